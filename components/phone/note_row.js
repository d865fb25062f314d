// One note in a list: its words, its lens, and where it is, in words, sign and colour.
import { disk } from "./disk.js";
import { button, fill, h, say } from "./draw.js";
import { keepBoth, tryAgain } from "./outbox.js";
import { state } from "./sync.js";
import { _, clock, lensName } from "./texts.js";

/** Where a note is: {kind, sign, text}. */
export function whereIs(note) {
  if (note.refused) return { kind: "stop", sign: "!", text: _("not taken") };
  if (!note.dirty && note.received) return { kind: "ok", sign: "✓", text: _("received {time}", { time: clock(note.received.at) }) };
  if (state.sending.has(note.id)) return { kind: "sending", sign: "↑", text: _("sending") };
  if (disk.trouble) return { kind: "stop", sign: "!", text: _("only in this page") };
  return { kind: "wait", sign: "●", text: _("on this phone") };
}

/** The same as an element. */
export function whereabouts(note) {
  const { kind, sign, text } = whereIs(note);
  return h("span", { class: `state ${kind}` }, h("span", { "aria-hidden": "true" }, `${sign} `), text);
}

/** A note as a row that opens when it is tapped; a refused one shows its reason and the ways out. */
export function noteRow(note, { open }) {
  const label = h("span", { class: "lens" }, note.lens ? lensName(note.lens) : "");
  const row = button("", () => open(note), { class: "note", "data-note": note.id });
  fill(
    row,
    h("span", { class: "words" }, note.text),
    h("span", { class: "marks" }, label, note.chosen && h("span", { class: "chosen" }, `★ ${_("chosen")}`), whereabouts(note)),
  );
  return h("li", { class: note.refused ? "refused" : "" }, row, note.refused && refusal(note, open));
}

function refusal(note, open) {
  const { reason, sentence } = note.refused;
  const theirs = ["other_text", "not_yours", "deleted"].includes(reason);
  const why = sentence || _("The server holds other words for this note, from your other phone or tab.");
  return h(
    "div",
    { class: "why" },
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
