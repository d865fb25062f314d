// Sends the outbox: in batches, again and again, until receipts have come. It lives in the page, not in the worker.
import { Trouble, call } from "./api.js";
import { bringNow } from "./bring.js";
import { hear, tell } from "./bus.js";
import { disk } from "./disk.js";
import { inTurn } from "./draw.js";
import { counted, merge, pending, setApart, settle } from "./outbox.js";
import { joinedRounds, lost, session } from "./session.js";
import { _ } from "./texts.js";

const MOST_NOTES = 200;
const MOST_BYTES = 120 * 1024;
const REST = 300;
/** The wifi of a school comes back for all phones at once: they do not. */
const SPREAD = 1500;

/** What is on its way now (ids), how it stands with the network, and what the head of the page says of it. */
export const state = { sending: new Set(), unsent: 0, written: 0, trouble: null };

const also = [];
let timer = null;
let due = 0;
let notBefore = 0;
let running = false;
let again = false;
let tries = 0;
let most = MOST_NOTES;

/** Begin to listen for every reason to send. */
export function startSync() {
  hear("notes", () => void count().then(() => nudge(REST)));
  hear("drafts", () => void count().catch(console.error));
  hear("acts", () => nudge(0));
  hear("session", () => nudge(0));
  addEventListener("online", () => {
    tries = 0;
    nudge(Math.random() * SPREAD, true);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") sendNow();
  });
  void count().then(() => nudge(0));
}

/** What else goes out when the notes have: `send(round, token)`, which raises `Trouble`. */
export function sendToo(send) {
  also.push(send);
  nudge(0);
}

/** A tap, the network, the light: no waiting. */
export function sendNow() {
  tries = 0;
  nudge(0);
}

// The sooner of two reasons counts: somebody who goes on writing does not put off what is ready. Nothing, not even a
// tap, comes before the time that the server has asked for. A clock that is set anew changes none of this.
function nudge(wait, fresh = wait === 0) {
  if (running) {
    again = true;
    return;
  }
  const now = performance.now();
  const pausing = Math.max(fresh || !state.trouble ? wait : pause(), notBefore - now);
  const at = now + pausing;
  if (timer && due <= at) return;
  clearTimeout(timer);
  due = at;
  timer = setTimeout(run, pausing);
}

async function run() {
  running = true;
  again = false;
  timer = null;
  let left = false;
  try {
    left = await sendAll();
    state.trouble = null;
    tries = 0;
  } catch (error) {
    if (!(error instanceof Trouble)) console.error(error);
    state.trouble = error instanceof Trouble ? error : new Trouble("strange");
    notBefore = performance.now() + (error.retryAfter ?? 0) * 1000;
    tries += 1;
    left = true;
  } finally {
    running = false;
    state.sending.clear();
  }
  await count().catch(console.error);
  if (left || again) nudge(state.trouble ? pause() : 0);
}

// Doubling up to 5 s while somebody looks, spread so that forty phones do not come back in the same moment.
function pause() {
  const most = document.visibilityState === "visible" ? 5000 : 30000;
  return Math.min(most, 500 * 2 ** Math.min(tries, 8)) * (0.6 + Math.random() * 0.4);
}

/** Count anew what is not received; what was on the disk when this was asked is in it. */
export const count = inTurn(async () => {
  let unsent = 0;
  let written = 0;
  for (const { id, token, gone, sheet } of await joinedRounds()) {
    if (id !== session?.id && (gone || (!token && !sheet))) continue;
    const held = await counted(id);
    unsent += held.unsent;
    if (id === session?.id || sheet) written += held.written;
  }
  Object.assign(state, { unsent, written });
  tell("sending");
});

/** Everything of every round that this phone is in; whether something is left. One round holds up no other. */
async function sendAll() {
  let left = false;
  let trouble = null;
  for (const row of await joinedRounds()) {
    const { id, gone, sheet } = row;
    let { token } = row;
    if (gone || (!token && !sheet)) continue;
    try {
      token ??= await (await bringNow("sheets")).tokenAgain(row);
      if (!token) continue;
      left = (await sendNotes(id, token, !sheet)) || left;
      for (const send of also) await send(id, token);
    } catch (error) {
      if (["not_signed_in", "gone"].includes(error.kind)) await lost(id, token, error);
      else trouble = error;
      if (error.kind === "offline" || !(error instanceof Trouble)) break;
    }
  }
  if (trouble) throw trouble;
  return left;
}

// What was typed in for somebody else can be sent and not read (`reads`): where they went on with it, it is theirs.
async function sendNotes(round, token, reads) {
  const { ready, unsent, stale } = await pending(round);
  if (stale && reads) await readBack(round, token);
  if (!ready.length) return false;
  const { notes, body } = batch(ready, unsent);
  state.sending = new Set(notes.map((note) => note.id));
  tell("sending");
  try {
    await settle(await call("POST", "/notes", { token, body, shape: "received" }));
    most = Math.min(MOST_NOTES, most * 2);
  } catch (error) {
    return fewer(notes, error);
  }
  const after = await pending(round);
  const unanswered = notes.some((sent) => after.ready.some((note) => note.id === sent.id && note.rev === sent.rev));
  if (unanswered) throw new Trouble("strange");
  return after.ready.length > 0 || (after.stale && reads);
}

// A request that is too much for the server, for a proxy before it or for the line goes again with half of its notes;
// one note that is too much alone stands apart.
async function fewer(notes, error) {
  const refused = error.status === 413 || error.kind === "bad_input";
  if (refused && notes.length === 1) {
    const sentence = error.sentence || _("Something between this phone and the round refuses this note as too large. Make it shorter, or copy it out.");
    await setApart(notes[0], { kind: "too_large", sentence });
    return true;
  }
  if (refused || error.late) most = Math.max(1, Math.floor(notes.length / 2));
  if (refused) return true;
  throw error;
}

/** As many as fit into one request by number and by bytes, with how many stay behind. */
export function batch(ready, unsent) {
  const notes = ready.slice(0, most);
  const encode = () => JSON.stringify({ notes: notes.map(asSent), unsent: Math.max(0, unsent - notes.length) });
  let body = encode();
  while (notes.length > 1 && new TextEncoder().encode(body).length > MOST_BYTES) {
    notes.length = Math.ceil(notes.length / 2);
    body = encode();
  }
  return { notes, body };
}

/** A note as the API takes it. */
export function asSent({ id, rev, classroom, lens, text, written_at, chosen, deleted }) {
  return deleted
    ? { id, rev, classroom, text: "", written_at, deleted }
    : { id, rev, classroom, lens, text, written_at, chosen };
}

/**
 * Read what the server holds of this observer: after joining again, when it knows a later revision, and when somebody
 * wants to know. The answer is how many notes that are. Raises `Trouble`.
 */
export async function readBack(round, token) {
  const asked = Date.now();
  const { notes } = await call("GET", "/notes", { token, shape: "notes" });
  await merge(round, notes, asked);
  return notes.filter((note) => !note.deleted).length;
}

/** Why nothing goes out, in a sentence; empty when all is well. */
export function troubleSaid() {
  const { trouble } = state;
  if (!trouble) return "";
  if (trouble.kind === "offline") {
    if (disk.trouble) return _("No connection to the round just now.");
    return _("No connection to the round. Your notes are kept on this phone and go out by themselves.");
  }
  if (trouble.kind === "strange") {
    return _("Something other than the round is answering: perhaps this wifi asks you to sign in first. Your notes are kept on this phone.");
  }
  return trouble.sentence || _("The server cannot take notes just now. They are kept on this phone and go out by themselves.");
}
