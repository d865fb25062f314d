// What is being typed: on the phone's disk at every key, a note as soon as the hand rests.
import { TAB, heldElsewhere, hold, release, tell } from "./bus.js";
import { read, work } from "./disk.js";
import { newId } from "./draw.js";
import { freshNote, hasWords, lastSeen, revised } from "./outbox.js";

/** The draft to go on with in this classroom: the one that was left, or an empty one. Never another tab's. */
export async function draftFor(round, classroom) {
  const left = await read(["drafts"], ({ drafts }) => drafts.of(round));
  const here = left.filter((draft) => draft.classroom === classroom).sort((one, other) => other.at - one.at);
  for (const draft of here) {
    const free = draft.tab === TAB || !(await heldElsewhere(draft.id));
    const own = free && (await takeOver(draft));
    if (own) return held(own);
  }
  return freshDraft(round, classroom);
}

/** An empty field in this classroom. */
export function freshDraft(round, classroom) {
  return held({ id: newId(), round, classroom, text: "", lens: null, start: 0, end: 0, touched: false, tab: TAB, at: 0 });
}

// From here on it is this tab's, also where the one before only slept: `keepDraft` there finds another owner.
function takeOver(draft) {
  return work(["drafts", "notes"], async ({ drafts, notes }) => {
    const kept = await drafts.get(draft.id);
    if (kept?.tab !== draft.tab) return null;
    const note = await notes.get(draft.id);
    if (!kept.touched && note?.deleted) return void (await drafts.remove(draft.id));
    const own = { ...kept, tab: TAB };
    // Only read here since, and changed elsewhere: the words to go on with are the note's.
    if (!kept.touched && note && note.text !== words(kept)) Object.assign(own, textOf(note));
    await drafts.put(own);
    return own;
  });
}

/** A draft over a note that is there already: its words, or those that were typed over it and are not yet its own. */
export async function draftOf(note) {
  const { id, round, classroom } = note;
  const left = await read(["drafts"], ({ drafts }) => drafts.get(id));
  const free = left && (left.tab === TAB || !(await heldElsewhere(id)));
  const own = free && (await takeOver(left));
  if (own) return held(own);
  const draft = { id, round, classroom, ...textOf(note), touched: false, tab: TAB, at: Date.now() };
  await work(["drafts"], ({ drafts }) => drafts.put(draft));
  return held(draft);
}

function textOf({ text, lens }) {
  return { text, lens, base: text, start: text.length, end: text.length };
}

function held(draft) {
  hold(draft.id);
  return draft;
}

function words({ text }) {
  return text.normalize("NFC").trim();
}

/** Keep the draft as it is now. Where another tab has taken it over, these words go on as a note of their own. */
export async function keepDraft(draft) {
  const { id, before } = await work(["drafts"], async ({ drafts }) => {
    const kept = await drafts.get(draft.id);
    const own = !kept || kept.tab === draft.tab ? draft.id : newId();
    await drafts.put({ ...draft, ...(own !== draft.id && { id: own, base: undefined }), at: Date.now() });
    return { id: own, before: hasWords(kept) };
  });
  moved(draft, id);
  if (before !== hasWords(draft)) tell("drafts");
}

function moved(draft, id) {
  if (id === draft.id) return;
  release(draft.id);
  Object.assign(draft, { id, base: undefined });
  hold(id);
}

/**
 * Make the draft's words the note's next revision, and take the draft away when it is `done`: one transaction. Only
 * words that were touched here count, so that an open field does not undo what another phone of the author changed;
 * where both were changed, these words become a note of their own. An emptied note is deleted when it is done, not
 * while somebody thinks.
 */
export async function commit(draft, { done }) {
  const { text, lens, touched } = draft;
  const untouched = () => draft.text === text && draft.lens === lens;
  const { id, note } = await work(["notes", "drafts"], async ({ notes, drafts }) => {
    const onDisk = await notes.get(draft.id);
    // Where the browser has cleared the disk under a note that is open: to change or delete it is still that.
    const there = onDisk ?? (draft.base === undefined ? undefined : lastSeen(draft.round, draft.id));
    const apart = touched && text.trim() && there && overtaken(there, draft, text);
    const own = apart ? { ...draft, id: newId(), base: undefined } : draft;
    const kept = apart ? undefined : there;
    const next = touched ? nextNote(kept, own, text, lens, done) : kept;
    if (next && next !== onDisk) await notes.put(next);
    if (apart || done) await drafts.remove(draft.id);
    if (!done) await drafts.put({ ...own, base: next?.text, touched: touched && !untouched(), at: Date.now() });
    return { id: own.id, note: next };
  });
  moved(draft, id);
  draft.base = note?.text;
  if (untouched()) draft.touched = false;
  if (done) release(draft.id);
  tell("notes");
  return note;
}

// Deleted elsewhere while somebody wrote here, or given other words that these do not go on from.
function overtaken(note, { base }, text) {
  if (note.deleted) return true;
  return base !== undefined && note.text !== base && !text.normalize("NFC").trim().startsWith(note.text);
}

function nextNote(kept, draft, text, lens, done) {
  const said = words({ text });
  if (!said) return kept && done ? revised(kept, { deleted: true }) : kept;
  const fresh = () => ({ ...freshNote(draft.id, draft.round, draft.classroom), begun: draft.begun ?? Date.now() });
  return revised(kept ?? fresh(), { text: said, lens });
}

/** Words that were left in other fields and never became a note: made notes, in case nobody comes back to them. */
export async function commitLeft(round, classroom, except) {
  const left = await read(["drafts"], ({ drafts }) => drafts.of(round));
  for (const draft of left) {
    if (draft.id === except || typeof draft.classroom !== "number") continue;
    if (draft.tab !== TAB && (await heldElsewhere(draft.id))) continue;
    await commit(draft, { done: draft.classroom === classroom });
  }
}
