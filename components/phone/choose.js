// Selection: alone, each observer chooses a few notes for the wall.
import { bring } from "./bring.js";
import { hear } from "./bus.js";
import { openNote } from "./capture.js";
import { beside, isLeftAlone, marked, placesIn, ready } from "./coached.js";
import { button, fill, focusKept, h, inTurn, released, say } from "./draw.js";
import { showPlace } from "./head.js";
import { whereabouts } from "./note_row.js";
import { byRoom, roomHeading } from "./notes_list.js";
import { change, notesOf } from "./outbox.js";
import { session } from "./session.js";
import { _, lensName } from "./texts.js";

/** Draw the own notes by visit, to be tapped; the answer stops following them. */
export async function showChoose(view) {
  const { least, most } = session.home.round.choose;
  const count = h("p", { class: "count", role: "status" });
  const body = h("div");
  showPlace(session.home.round.title, _("Selection"));
  fill(
    view,
    h("h1", {}, _("Choose {least} to {most} notes for the wall", { least, most })),
    h("p", { class: "calm" }, _("Those that say most about the problem of practice. On the wall they have no author and no room. Change the words of a note before you choose it, where that makes it plainer.")),
    count,
    body,
  );
  const draw = inTurn(async () => {
    await ready;
    await released(body);
    const notes = await notesOf(session.id);
    const chosen = notes.filter((note) => note.chosen).length;
    fill(count, h("strong", {}, _("{n} chosen", { n: chosen })), h("span", {}, advice(chosen, least, most)));
    const goOn = focusKept(body, ".pick");
    fill(body, notes.length ? byRoom(notes).map(([number, some]) => section(number, some)) : h("p", { class: "calm" }, _("You have no notes yet.")));
    goOn();
  });
  const ears = [hear("notes", draw), hear("sending", draw), hear("home", draw), hear("coach", draw)];
  await draw();
  return () => ears.forEach((stop) => stop());
}

function advice(chosen, least, most) {
  if (chosen < least) return _("{n} more make {least}.", { n: least - chosen, least });
  if (chosen > most) return _("That is more than {most}: which say the same?", { most });
  return _("That is a good number.");
}

function section(number, notes) {
  return h("section", {}, roomHeading(number), h("ul", { class: "choose" }, notes.map(row)));
}

function row(note) {
  const places = isLeftAlone(note.id) ? [] : placesIn(note.text);
  const pick = button("", () => toggle(note), { class: "pick", "aria-pressed": String(note.chosen), "data-at": note.id });
  fill(
    pick,
    h("span", { class: "tick", "aria-hidden": "true" }, note.chosen ? "✓" : ""),
    h("span", { class: "words" }, marked(note.text, places)),
    h("span", { class: "marks" }, h("span", { class: "lens" }, note.lens ? lensName(note.lens) : ""), note.chosen && h("span", { class: "chosen" }, _("chosen")), whereabouts(note)),
  );
  const named = (text, at) => ({ class: "quiet", "data-at": `${at} ${note.id}`, "aria-label": `${text}: ${note.text.slice(0, 60)}` });
  const two = async () => (await bring("splitting")).openSplit(note);
  return h("li", {}, pick, beside(places), button(_("Change the words"), () => openNote(note), named(_("Change the words"), "words")), button(_("Make two of it"), two, named(_("Make two of it"), "two")));
}

async function toggle(note) {
  const changed = await change(note.id, { chosen: !note.chosen });
  say(changed.chosen ? _("Chosen.") : _("Not chosen any more."));
}
