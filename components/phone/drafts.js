// What is being typed: on the phone's disk at every key, a note as soon as the hand rests.
import { TAB, heldElsewhere, heldHere, hold, release, tell } from "./bus.js";
import { lastKnown, read, work } from "./disk.js";
import { newId } from "./draw.js";
import { freshNote, hasWords, revised } from "./outbox.js";

/** The draft to go on with in this classroom: the one that was left, or an empty one. Never another tab's. */
export async function draftFor(round, classroom) {
  const left = await read(["drafts"], ({ drafts }) => drafts.of(round));
  const here = left.filter((draft) => draft.classroom === classroom).sort((one, other) => other.at - one.at);
  for (const draft of here) {
    const free = draft.tab === TAB || !(await heldElsewhere(draft.id, draft.tab));
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
  const elsewhere = left && left.tab !== TAB && (await heldElsewhere(id, left.tab));
  const own = left && !elsewhere && (await takeOver(left));
  if (own) return held(own);
  const draft = { id, round, classroom, ...textOf(note), touched: false, tab: TAB, at: Date.now() };
  // Another tab writes at it: to look at it here takes nothing from there, and words that are put to it are a new note.
  if (elsewhere) return draft;
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

let committing = Promise.resolve();

/**
 * Make the draft's words the note's next revision, and take the draft away when it is `done`: one transaction. Only
 * words that were touched here count, so that an open field does not undo what another phone of the author changed;
 * where both were changed, these words become a note of their own. An emptied note is deleted when it is done, not
 * while somebody thinks. One after the other, since a draft can have another id afterwards.
 */
export function commit(draft, how) {
  const made = committing.then(() => committed(draft, how));
  committing = made.catch(() => {});
  return made;
}

async function committed(draft, { done }) {
  const { text, lens, touched } = draft;
  const untouched = () => draft.text === text && draft.lens === lens;
  const { id, note, base } = await work(["notes", "drafts"], async ({ notes, drafts }) => {
    const onDisk = await notes.get(draft.id);
    // Where the browser has cleared the disk under a note that is open: to change or delete it is still that.
    const there = onDisk ?? (draft.base === undefined ? undefined : lastKnown("notes", draft.id));
    const kept = await drafts.get(draft.id);
    const taken = kept && kept.tab !== draft.tab;
    const apart = touched && text.trim() && (taken || (there && overtaken(there, draft, text)));
    const own = apart ? { ...draft, id: newId(), base: undefined } : draft;
    const before = apart ? undefined : there;
    const next = touched ? nextNote(before, own, text, lens, done) : before;
    if (next && next !== onDisk) await notes.put(next);
    if ((apart || done) && !taken) await drafts.remove(draft.id);
    // Where the note has other words by now (another phone's), what stands here still goes on from those before.
    const base = next && next.text !== words({ text }) ? own.base : next?.text;
    if (!done && (apart || !taken)) await drafts.put({ ...own, base, touched: touched && !untouched(), at: Date.now() });
    return { id: own.id, note: next, base };
  });
  moved(draft, id);
  draft.base = base;
  if (untouched()) draft.touched = false;
  if (done) release(draft.id);
  tell("notes");
  return note;
}

// Deleted elsewhere while somebody wrote here, or given other words that these do not go on from. One whose deletion
// was refused is still there, and these are its words.
function overtaken(note, { base }, text) {
  if (note.deleted) return !note.refused;
  return base !== undefined && note.text !== base && !text.normalize("NFC").trim().startsWith(note.text);
}

function nextNote(kept, draft, text, lens, done) {
  const said = words({ text });
  if (!said) return kept && done ? { ...revised(kept, { deleted: true }), refused: null } : kept;
  const fresh = () => ({ ...freshNote(draft.id, draft.round, draft.classroom), begun: draft.begun ?? Date.now() });
  return revised(kept ?? fresh(), { text: said, lens, deleted: false });
}

/** Words that were left in other fields and never became a note: made notes, in case nobody comes back to them. */
export async function commitLeft(round, classroom) {
  const left = await read(["drafts"], ({ drafts }) => drafts.of(round));
  for (const draft of left) {
    if (typeof draft.classroom !== "number" || (draft.tab !== TAB && (await heldElsewhere(draft.id, draft.tab)))) continue;
    // Other tabs were asked meanwhile: it may have been opened here, and what is on the disk now counts.
    const own = heldHere(draft.id) ? null : await takeOver(draft);
    if (own && !heldHere(own.id)) await commit(own, { done: draft.classroom === classroom });
  }
}
