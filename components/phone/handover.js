// A tablet goes from one observer to the next: what the one before has not sent yet goes out under their own name.
import { tell } from "./bus.js";
import { work } from "./disk.js";
import { newId } from "./draw.js";
import { freshNote, revised } from "./outbox.js";

/**
 * Set apart what belongs to `before`, the round as the observer before had it: unsent notes wait in a row of their own,
 * with their own token, until they are received; what was received is the server's, and leaves this phone. With `leave`
 * nobody is in the round on this phone until somebody joins.
 */
export async function handOver(before, { leave = false } = {}) {
  const { observer } = before.home;
  const apart = `${before.id}~${observer.id}`;
  await work(["rounds", "notes", "drafts", "acts", "settings"], async ({ rounds, notes, drafts, acts, settings }) => {
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
    await rounds.put({ ...before, id: apart, token: before.token ?? (await rounds.get(apart))?.token });
    await rename(settings, (key) => key.includes(before.id) && !key.includes("~") && `${key}~${observer.id}`);
    if (!leave) return;
    await rounds.remove(before.id);
    await settings.put({ key: "current", round: null });
  });
  tell("notes");
}

/** The observer comes back to this tablet: what still waited apart is theirs again. */
export async function takeBack(round, observer) {
  const apart = `${round}~${observer}`;
  await work(["rounds", "notes", "acts", "settings"], async ({ rounds, notes, acts, settings }) => {
    for (const note of await notes.of(apart)) await notes.put({ ...note, round });
    for (const act of await acts.of(apart)) await acts.put({ ...act, round });
    const { accepted = [], onPaper = [] } = (await rounds.get(apart)) ?? {};
    await rounds.put({ ...((await rounds.get(round)) ?? { id: round }), accepted, onPaper });
    await rounds.remove(apart);
    await rename(settings, (key) => key.includes(round) && key.endsWith(`~${observer}`) && key.slice(0, key.lastIndexOf("~")));
  });
  tell("notes");
}

// Words that were typed into fields of the debrief, counters, the time one came: whoever is next begins without them.
async function rename(settings, named) {
  for (const kept of await settings.all()) {
    const key = named(kept.key);
    if (!key) continue;
    await settings.remove(kept.key);
    await settings.put({ ...kept, key });
  }
}
