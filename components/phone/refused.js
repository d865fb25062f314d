// What to do with a note that the server did not take: change it, send it again, keep both, copy its words.
import { button, fill, h, say } from "./draw.js";
import { keepBoth, tryAgain } from "./outbox.js";
import { _ } from "./texts.js";

/** Why the server did not take a note, and the ways out, drawn into `place`. */
export function showRefusal(place, note, open) {
  const { reason, sentence } = note.refused;
  const theirs = ["other_text", "not_yours", "deleted"].includes(reason);
  const why = sentence || _("The server holds other words for this note, from your other phone or tab.");
  fill(
    place,
    h("p", {}, why),
    h(
      "div",
      { class: "answers" },
      theirs && button(reason === "deleted" ? _("Keep it as a new note") : _("Keep both"), () => keepBoth(note.id)),
      !theirs && button(_("Change it"), () => open(note)),
      ["round_gone", "wrong_stage", "unknown_classroom", "too_large"].includes(reason) &&
        button(_("Try again"), () => tryAgain(note.id)),
      button(_("Copy the words"), () => copy(note.text)),
    ),
  );
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say(_("Copied."));
  } catch {
    // Without https there is no clipboard: the words are selected, to be copied by hand.
    const area = h("textarea", { readonly: true, class: "copied" });
    area.value = text;
    const dialog = h("dialog", {}, h("p", {}, _("Hold the words to copy them.")), area, button(_("Close"), () => dialog.close()));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    area.select();
  }
}
