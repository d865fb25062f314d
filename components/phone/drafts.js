// What is being typed: on the phone's disk at every key, a note as soon as the hand rests.
import { TAB, heldElsewhere, hold, release, tell } from "./bus.js";
import { read, work } from "./disk.js";
import { newId } from "./draw.js";
import { freshNote, revised } from "./outbox.js";

/** The draft to go on with in this classroom: the one that was left, or an empty one. Never another tab's. */
export async function draftFor(round, classroom) {
  const left = await read(["drafts"], ({ drafts }) => drafts.of(round));
  const here = left.filter((draft) => draft.classroom === classroom).sort((one, other) => other.at - one.at);
  for (const draft of here) {
    if (draft.tab === TAB || !(await heldElsewhere(draft.id))) return held({ ...draft, tab: TAB });
  }
  return held({ id: newId(), round, classroom, text: "", lens: null, start: 0, end: 0, touched: false, tab: TAB, at: 0 });
}

/** A draft over a note that is there already. */
export function draftOf(note) {
  const { id, round, classroom, text, lens } = note;
  return held({ id, round, classroom, text, lens, start: text.length, end: text.length, touched: false, tab: TAB, at: 0 });
}

function held(draft) {
  hold(draft.id);
  return draft;
}

/** Keep the draft as it is now. */
export function keepDraft(draft) {
  return work(["drafts"], ({ drafts }) => drafts.put({ ...draft, at: Date.now() }));
}

/**
 * Make the draft's words the note's next revision, and take the draft away when it is `done`: one transaction. Only
 * words that were touched here count, so that an open field does not undo what another phone of the author changed. An
 * emptied note is deleted when it is done, not while somebody thinks.
 */
export async function commit(draft, { done }) {
  const { text, lens } = draft;
  const untouched = () => draft.text === text && draft.lens === lens;
  const note = await work(["notes", "drafts"], async ({ notes, drafts }) => {
    let kept = await notes.get(draft.id);
    if (kept?.deleted && draft.touched && text.trim()) {
      // It was deleted elsewhere while somebody wrote here: these words become a note of their own.
      await drafts.remove(draft.id);
      draft.id = newId();
      hold(draft.id);
      kept = undefined;
    }
    const next = draft.touched ? nextNote(kept, draft, text, lens, done) : kept;
    if (next && next !== kept) await (kept ? notes.put(next) : notes.add(next));
    if (done) await drafts.remove(draft.id);
    else await drafts.put({ ...draft, touched: draft.touched && !untouched(), at: Date.now() });
    return next;
  });
  if (untouched()) draft.touched = false;
  if (done) release(draft.id);
  tell("notes");
  return note;
}

function nextNote(kept, draft, text, lens, done) {
  const words = text.normalize("NFC").trim();
  if (!words) return kept && done ? revised(kept, { deleted: true }) : kept;
  const fresh = () => ({ ...freshNote(draft.id, draft.round, draft.classroom), begun: draft.begun ?? Date.now() });
  return revised(kept ?? fresh(), { text: words, lens });
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
