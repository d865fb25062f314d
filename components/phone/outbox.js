// The notes of this phone: each has a revision, and is forgotten by the outbox only when a receipt names both.
import { tell } from "./bus.js";
import { read, work } from "./disk.js";
import { newId } from "./draw.js";
import { _, labelled } from "./texts.js";

async function allOf(round) {
  const notes = await read(["notes"], ({ notes: store }) => store.of(round));
  return notes.sort((one, other) => one.begun - other.begun);
}

/** The notes of a round, in the order in which they were begun; a deleted one only where that was refused. */
export async function notesOf(round) {
  return (await allOf(round)).filter((note) => !note.deleted || note.refused);
}

/** What has to be sent: changed and not refused; and how many are not received, with the refused ones. */
export async function pending(round) {
  const notes = await allOf(round);
  const changed = notes.filter((note) => note.dirty);
  const ready = changed.filter((note) => !note.refused);
  return { ready, unsent: changed.length, stale: notes.some((note) => note.stale) };
}

/**
 * How many notes are not received, and how many there are. A field with words that no note has yet (being typed, or too
 * long to become one) is not received either; read together, or words that become a note meanwhile would be neither.
 */
export function counted(round) {
  return read(["drafts", "notes"], async ({ drafts, notes }) => {
    const held = await notes.of(round);
    const changed = new Set(held.filter((note) => note.dirty).map((note) => note.id));
    const unmade = (await drafts.of(round)).filter((draft) => hasWords(draft) && !changed.has(draft.id));
    return { unsent: changed.size + unmade.length, written: held.length };
  });
}

/** Whether somebody has written into this draft what is not yet its note's. */
export function hasWords(draft) {
  return Boolean(draft?.touched && draft.text.trim());
}

/** The longest note, in code points. */
export const LONGEST = 2000;

/** Whether these words are more than one note takes: they stay in the field, to be parted by who wrote them. */
export function tooLong(text) {
  return [...text.trim()].length > LONGEST;
}

/** The next revision of a note, made inside a transaction; the same note where nothing changed. */
export function revised(note, change) {
  const next = { ...note, ...change };
  const same = ["text", "lens", "classroom", "chosen", "deleted"].every((name) => next[name] === note[name]);
  if (same) return note;
  return { ...next, rev: note.rev + 1, dirty: true, refused: null, written_at: labelled() };
}

export function freshNote(id, round, classroom) {
  return { id, round, classroom, lens: null, text: "", rev: 0, chosen: false, deleted: false, dirty: false,
    received: null, refused: null, begun: Date.now() };
}

/** Change a note of this phone. A deleted one stays as a sign until the server has it. */
export async function change(id, fields) {
  const note = await work(["notes"], async ({ notes }) => {
    const kept = await notes.get(id);
    if (!kept) return null;
    const next = revised(kept, fields);
    await notes.put(next);
    return next;
  });
  tell("notes");
  return note;
}

/** Send a refused note once more as it is. */
export async function tryAgain(id) {
  await work(["notes"], async ({ notes }) => {
    const kept = await notes.get(id);
    if (kept) await notes.put({ ...kept, refused: null });
  });
  tell("notes");
}

/** Keep a refused note's words as a new note; the server's words, where it has any, come back to the old one. */
export async function keepBoth(id) {
  await work(["notes"], async ({ notes }) => {
    const kept = await notes.get(id);
    const { text, lens, begun } = kept;
    const copy = { ...freshNote(newId(), kept.round, kept.classroom), begun };
    await notes.add(revised(copy, { text, lens }));
    if (["other_text", "deleted"].includes(kept.refused?.reason)) await notes.put({ ...kept, rev: 0, dirty: false, refused: null, stale: true });
    else await notes.remove(id);
  });
  tell("notes");
}

/** Note what became of each note that was sent; nothing else is ever forgotten. */
export async function settle(answer) {
  const at = Date.now();
  await work(["notes"], async ({ notes }) => {
    for (const receipt of answer.received) {
      const note = await notes.get(receipt.id);
      if (!note) continue;
      if (receipt.state === "older") await notes.put(older(note, receipt));
      else if (note.rev === receipt.rev) await notes.put(arrived(note, receipt, at));
      // An answer that comes late says nothing of the words that were received since.
      else if (receipt.rev > (note.received?.rev ?? 0)) await notes.put({ ...note, received: { rev: receipt.rev, at } });
    }
    for (const refusal of answer.refused ?? []) {
      const note = await notes.get(refusal.id);
      if (note && note.rev === refusal.rev && !refusal.field) {
        await notes.put({ ...note, refused: { reason: refusal.reason, sentence: refusal.sentence } });
      }
    }
  });
  tell("notes");
}

/** A note that cannot be sent at all, though it is alone in its request: set apart, in nobody's way. */
export function setApart({ id, rev }, { kind, sentence }) {
  return settle({ received: [], refused: [{ id, rev, reason: kind, sentence }] });
}

function arrived(note, receipt, at) {
  const chosen = note.deleted ? note.chosen : receipt.chosen;
  return { ...note, chosen, dirty: false, refused: null, stale: false, received: { rev: receipt.rev, at } };
}

// The server holds a later revision (of another phone or tab): what it is, is read before anything is decided.
function older(note, receipt) {
  return note.rev === receipt.rev ? { ...note, dirty: false, stale: true } : note;
}

/**
 * Bring in what the server holds. Words of this phone that it does not have stay, for the author to decide; what it
 * holds no more in spite of its receipt (it was set up again from an older copy) goes out again. `asked`: when.
 */
export async function merge(round, held, asked) {
  const at = Date.now();
  await work(["notes"], async ({ notes }) => {
    const there = new Map(held.map((theirs) => [theirs.id, theirs]));
    for (const own of await notes.of(round)) {
      const theirs = there.get(own.id);
      const merged = theirs ? mergedNote(own, theirs, round, at) : null;
      there.delete(own.id);
      if (merged) await notes.put(merged);
      else if (forgotten(own, theirs, asked)) await notes.put({ ...own, dirty: true, received: null });
    }
    for (const theirs of there.values()) {
      const merged = mergedNote(undefined, theirs, round, at);
      // One that waits in another row (an observer's before, a sheet's) says there what is to become of it.
      if (merged && !(await notes.get(theirs.id))) await notes.put(merged);
    }
  });
  tell("notes");
}

function forgotten(own, theirs, asked) {
  return !own.dirty && own.received?.at < asked && own.received.rev > (theirs?.rev ?? 0);
}

function mergedNote(own, theirs, round, at) {
  const received = { rev: theirs.rev, at: Date.parse(theirs.received_at) || at };
  const { rev, classroom, lens, text, chosen, deleted } = theirs;
  const held = { rev, classroom, lens, text, chosen, deleted, dirty: false, refused: null, stale: false, received };
  if (!own) return deleted ? null : { ...freshNote(theirs.id, round, classroom), ...held, begun: Date.parse(theirs.written_at) || at };
  if (own.rev === 0 && own.stale) return { ...own, ...held };
  if (own.dirty || own.rev > rev) return null;
  if (!own.stale) return rev > own.rev ? { ...own, ...held } : null;
  const changed = own.rev > (own.received?.rev ?? 0) && !own.deleted;
  if (!changed || own.text === text) return { ...own, ...held };
  const refused = deleted
    ? { reason: "deleted", sentence: _("You have deleted this note on your other phone or tab, and changed it here.") }
    : { reason: "other_text", sentence: "" };
  return { ...own, rev, dirty: true, stale: false, refused };
}
