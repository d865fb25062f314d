// All notes of this observer, by classroom, with where each is.
import { hear } from "./bus.js";
import { openNote } from "./capture.js";
import { button, fill, focusKept, h, inTurn, released } from "./draw.js";
import { showPlace } from "./head.js";
import { noteRow, whereIs } from "./note_row.js";
import { notesOf } from "./outbox.js";
import { classroom, session } from "./session.js";
import { readBack } from "./sync.js";
import { _, clock, ngettext } from "./texts.js";

/** Draw all notes into `view`; the answer stops following them. */
export async function showNotes(view, { go }) {
  const body = h("div");
  const held = h("p", { class: "calm", role: "status" });
  showPlace(session.home.round.title, _("All my notes"));
  fill(view, h("h1", {}, _("All my notes")), held, body, button(_("Type in paper sheets"), () => go("paper"), { class: "wide" }));
  const draw = inTurn(async () => {
    await released(body);
    const notes = await notesOf(session.id);
    const received = notes.filter((note) => whereIs(note).kind === "ok").length;
    const said = notes.length ? ngettext("{received} of {n} note received by the server.", "{received} of {n} notes received by the server.", notes.length, { received }) : _("You have not written anything yet.");
    const goOn = focusKept(body, ".note");
    fill(body, h("p", { class: "calm" }, said), byRoom(notes).map(([number, some]) => section(number, some)));
    goOn();
  });
  const ears = [hear("notes", draw), hear("sending", draw)];
  await draw();
  void askServer(held);
  return () => ears.forEach((stop) => stop());
}

// Not what this phone remembers: what the server says that it holds now.
async function askServer(place) {
  if (!session.token) return;
  try {
    const n = await readBack(session.id, session.token);
    const text = ngettext("The server was asked at {time}: it holds {n} note of yours.", "The server was asked at {time}: it holds {n} notes of yours.", n, { time: clock(Date.now()) });
    fill(place, text);
  } catch {
    fill(place, _("The server cannot be asked just now: these are the notes of this phone."));
  }
}

/** [[classroom's number, its notes]], in the order in which they were visited. */
export function byRoom(notes) {
  const rooms = new Map();
  for (const note of notes) rooms.set(note.classroom, [...(rooms.get(note.classroom) ?? []), note]);
  return [...rooms];
}

/** "3 · Room B12" as a heading. */
export function roomHeading(number) {
  const room = classroom(number);
  return h("h2", {}, [_("Classroom {n}", { n: number }), room.room].filter(Boolean).join(" · "));
}

function section(number, notes) {
  return h("section", {}, roomHeading(number), h("ul", { class: "notes" }, notes.map((note) => noteRow(note, { open: openNote }))));
}
