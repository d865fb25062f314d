// One note in a list: its words, its lens, and where it is, in words, sign and colour.
import { bring } from "./bring.js";
import { disk } from "./disk.js";
import { button, fill, h } from "./draw.js";
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
  const row = button("", () => open(note), { class: "note", "data-at": note.id });
  fill(
    row,
    h("span", { class: "words" }, note.text),
    h("span", { class: "marks" }, label, note.chosen && h("span", { class: "chosen" }, `★ ${_("chosen")}`), whereabouts(note)),
  );
  return h("li", { class: note.refused ? "refused" : "" }, row, note.refused && refusal(note, open));
}

// Few notes are ever refused: what to do then comes after what everybody needs.
function refusal(note, open) {
  const place = h("div", { class: "why" });
  void bring("refused").then(({ showRefusal }) => showRefusal(place, note, open));
  return place;
}
