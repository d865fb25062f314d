// Paper sheets of others that are typed in here: their notes wait in a row of their own, and go out under their author.
import { Trouble, call } from "./api.js";
import { hear, heldElsewhere, hold, release, tell } from "./bus.js";
import { work } from "./disk.js";
import { changeRound, joinedRounds, session } from "./session.js";

/** The row that is being typed into: what was received stays in sight as long as that lasts. */
let open = "";
let tidying = null;

/** What the code of a sheet opens: {classroom, writers}. Raises `Trouble`. */
export function lookAt(code) {
  return call("POST", "/sheets", { token: session.token, body: { code }, shape: "writers" });
}

/** Begin to type in the sheet of `writer`: the id of the row that its notes belong to. Raises `Trouble`. */
export async function openSheet(code, writer) {
  if (writer.you) return session.id;
  const { token } = await call("POST", "/sheets", { token: session.token, body: { code, writer: writer.id }, shape: "token" });
  const id = `${session.id}~paper~${writer.id}`;
  const sheet = { round: session.id, code, writer: writer.id, name: writer.display_name };
  open = id;
  hold(id);
  await changeRound(id, () => ({ token, sheet, gone: "" }));
  return id;
}

/** A server that was set up again knows the token no more: another one, by the same sheet. Null where that is refused; raises `Trouble` without an answer. */
export async function tokenAgain({ id, sheet }) {
  if (session?.id !== sheet.round || !session.token) return null;
  try {
    const { token } = await call("POST", "/sheets", { token: session.token, body: { code: sheet.code, writer: sheet.writer }, shape: "token" });
    await changeRound(id, () => ({ token }));
    return token;
  } catch (error) {
    // Without an answer it is asked for again; one that says no stays a no.
    if (!(error instanceof Trouble) || ["offline", "strange"].includes(error.kind)) throw error;
    return null;
  }
}

/** The typing is over: what the server has leaves this phone. */
export function closeSheet() {
  release(open);
  open = "";
  return tidy();
}

/** Rows of sheets with notes that are not received: [{sheet, notes}]. */
export async function waitingSheets() {
  const rows = (await joinedRounds()).filter(({ sheet, id }) => sheet?.round === session.id && id !== open);
  const found = await Promise.all(rows.map(async (row) => ({ ...row, notes: await work(["notes"], ({ notes }) => notes.of(row.id), "readonly") })));
  return found.map((row) => ({ ...row, notes: row.notes.filter((note) => note.dirty && !note.deleted) })).filter(({ notes }) => notes.length);
}

/** From now on, whatever is received of a sheet that nobody types in any more leaves this phone. */
export function followSheets() {
  hear("notes", tidy);
  return tidy();
}

function tidy() {
  tidying ??= tidied().finally(() => (tidying = null));
  return tidying;
}

async function tidied() {
  let gone = 0;
  for (const { id, sheet } of await joinedRounds()) {
    if (!sheet || id === open || (await heldElsewhere(id))) continue;
    gone += await work(["rounds", "notes", "drafts"], async ({ rounds, notes, drafts }) => {
      if (id === open) return 0; // begun again while another tab was asked
      const [kept, begun] = [await notes.of(id), await drafts.of(id)];
      const received = kept.filter((note) => !note.dirty);
      const over = begun.filter((draft) => !draft.touched);
      for (const note of received) await notes.remove(note.id);
      for (const draft of over) await drafts.remove(draft.id);
      if (received.length === kept.length && over.length === begun.length) await rounds.remove(id);
      return received.length;
    });
  }
  if (gone) tell("notes");
}
