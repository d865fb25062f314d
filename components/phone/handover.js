// A tablet goes from one observer to the next: what the one before has not sent yet goes out under their own name.
import { tell } from "./bus.js";
import { work } from "./disk.js";
import { newId } from "./draw.js";
import { freshNote, revised } from "./outbox.js";

/**
 * Set apart what belongs to `before`, the round as the observer before had it: unsent notes wait in a row of their own,
 * with their own token, until they are received; what was received is the server's, and leaves this phone.
 */
export async function handOver(before) {
  const apart = `${before.id}~${before.home.observer.id}`;
  await work(["rounds", "notes", "drafts", "acts"], async ({ rounds, notes, drafts, acts }) => {
    for (const draft of await drafts.of(before.id)) {
      const kept = (await notes.get(draft.id)) ?? freshNote(draft.id, before.id, draft.classroom ?? 0);
      const text = draft.text.normalize("NFC").trim();
      if (draft.touched && text) await notes.put(revised(kept.deleted ? { ...kept, id: newId(), rev: 0, deleted: false } : kept, { text, lens: draft.lens }));
      await drafts.remove(draft.id);
    }
    for (const note of await notes.of(before.id)) {
      if (note.dirty) await notes.put({ ...note, round: apart });
      else await notes.remove(note.id);
    }
    for (const act of await acts.of(before.id)) await acts.put({ ...act, round: apart });
    await rounds.put({ ...before, id: apart });
  });
  tell("notes");
}

/** The observer comes back to this tablet: what still waited apart is theirs again. */
export async function takeBack(round, observer) {
  const apart = `${round}~${observer}`;
  await work(["rounds", "notes", "acts"], async ({ rounds, notes, acts }) => {
    for (const note of await notes.of(apart)) await notes.put({ ...note, round });
    for (const act of await acts.of(apart)) await acts.put({ ...act, round });
    await rounds.remove(apart);
  });
  tell("notes");
}
