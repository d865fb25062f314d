// Two things in one note: made two notes, side by side. What was noted first stays in the note's history.
import { bringStyle } from "./bring.js";
import { tell } from "./bus.js";
import { work } from "./disk.js";
import { button, fill, h, newId, say } from "./draw.js";
import { freshNote, revised } from "./outbox.js";
import { _ } from "./texts.js";

/** Where a note most likely falls apart: behind a sentence, else a semicolon, an “and” or a comma, nearest the middle. */
export function parted(text) {
  for (const seam of [/[.!?…]["”’)]*\s+|\n+/g, /;\s*|\s[–—-]\s/g, /,?\s+(?:and|then|but|while)\s+/gi, /,\s+/g]) {
    const seams = [...text.matchAll(seam)].filter(({ index, 0: all }) => text.slice(0, index).trim() && text.slice(index + all.length).trim());
    if (!seams.length) continue;
    const middle = seams.reduce((one, other) => (far(other, text) < far(one, text) ? other : one));
    const end = middle.index + middle[0].length;
    const kept = seam.source.startsWith("[.") ? end : middle.index;
    return [text.slice(0, kept).trim(), text.slice(end).trim()];
  }
  return [text.trim(), ""];
}

function far({ index }, text) {
  return Math.abs(index - text.length / 2);
}

/** Make two of a note: one transaction, so that no half is ever lost. The second one stands behind the first. */
export async function split(id, first, second) {
  const made = newId();
  await work(["notes"], async ({ notes }) => {
    const kept = await notes.get(id);
    const { round, classroom, lens, chosen, begun } = kept;
    await notes.put(revised(kept, { text: first.normalize("NFC").trim() }));
    const fresh = { ...freshNote(made, round, classroom), begun: begun + 1 };
    await notes.add(revised(fresh, { text: second.normalize("NFC").trim(), lens, chosen }));
  });
  tell("notes");
  return made;
}

/** Ask for the two halves, in a dialog over the page. */
export async function openSplit(note) {
  await bringStyle("debrief.css");
  const [one, other] = parted(note.text);
  const area = (id, label, value) => {
    const made = h("textarea", { id, rows: 4, maxlength: "2000" });
    made.value = value;
    return [h("label", { for: id }, label), made];
  };
  const [labelOne, first] = area("half-one", _("The first note"), one);
  const [labelOther, second] = area("half-two", _("The second note"), other);
  const problem = h("p", { class: "problem", role: "alert" });
  const dialog = h("dialog", { class: "sheet", "aria-labelledby": "two" });
  const keep = async () => {
    const empty = [first, second].find((half) => !half.value.trim());
    problem.textContent = empty ? _("Each of the two needs words: one thing seen or heard in each.") : "";
    if (empty) return empty.focus();
    await split(note.id, first.value, second.value);
    dialog.close();
    return say(_("Made two notes of it."));
  };
  fill(
    dialog,
    h("h2", { id: "two" }, _("Make two notes of it")),
    h("p", { class: "hint" }, _("One thing seen or heard is one note. What you wrote first stays kept.")),
    labelOne,
    first,
    labelOther,
    second,
    problem,
    h("div", { class: "answers" }, button(_("Keep both"), keep, { class: "primary" }), button(_("Leave it as it is"), () => dialog.close())),
  );
  // What opened it has been drawn anew meanwhile.
  dialog.addEventListener("close", () => {
    dialog.remove();
    document.querySelector(`[data-at="two ${CSS.escape(note.id)}"]`)?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  (second.value ? first : second).focus();
}
