// Sends the outbox: in batches, again and again, until receipts have come. It lives in the page, not in the worker.
import { actsWaiting, sendActs } from "./acts.js";
import { Trouble, call } from "./api.js";
import { hear, tell } from "./bus.js";
import { merge, pending, settle } from "./outbox.js";
import { joinedRounds, lost, refresh, session } from "./session.js";
import { _ } from "./texts.js";

const MOST_NOTES = 200;
const MOST_BYTES = 120 * 1024;
const REST = 300;

/** What is on its way now (ids), how it stands with the network, and what the head of the page says of it. */
export const state = { sending: new Set(), unsent: 0, written: 0, trouble: null };

let timer = null;
let due = 0;
let running = false;
let again = false;
let tries = 0;
let most = MOST_NOTES;

/** Begin to listen for every reason to send. */
export function startSync() {
  hear("notes", () => void count().then(() => nudge(REST)));
  hear("acts", () => nudge(0));
  hear("session", () => nudge(0));
  addEventListener("online", () => sendNow());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") sendNow();
  });
  void count().then(() => nudge(0));
}

/** A tap, the network, the light: no waiting. */
export function sendNow() {
  tries = 0;
  nudge(0);
}

// The sooner of two reasons counts: somebody who goes on writing does not put off what is ready.
function nudge(wait) {
  if (running) {
    again = true;
    return;
  }
  const pausing = state.trouble && wait ? Math.max(wait, pause()) : wait;
  const at = Date.now() + pausing;
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
    if (state.trouble) void refresh();
    state.trouble = null;
    tries = 0;
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    state.trouble = error;
    tries += 1;
    left = true;
  } finally {
    running = false;
    state.sending.clear();
    await count();
    tell("sending");
  }
  if (left || again) nudge(state.trouble ? pause() : 0);
}

// Doubling up to 5 s while somebody looks, spread so that forty phones do not come back in the same moment.
function pause() {
  const most = document.visibilityState === "visible" ? 5000 : 30000;
  const calm = Math.min(most, 500 * 2 ** Math.min(tries, 8)) * (0.6 + Math.random() * 0.4);
  return Math.max(calm, (state.trouble?.retryAfter ?? 0) * 1000);
}

async function count() {
  const { unsent, written } = session ? await pending(session.id) : { unsent: 0, written: 0 };
  Object.assign(state, { unsent, written });
  tell("sending");
}

/** Everything of every round that this phone is in; whether something is left. */
async function sendAll() {
  let left = false;
  for (const { id, token, gone } of await joinedRounds()) {
    if (!token || gone) continue;
    try {
      left = (await sendNotes(id, token)) || left;
      while ((await actsWaiting(id)).length && (await sendActs(id, token)));
    } catch (error) {
      if (!["not_signed_in", "gone"].includes(error.kind)) throw error;
      await lost(id, token, error);
    }
  }
  return left;
}

async function sendNotes(round, token) {
  const { ready, unsent, stale } = await pending(round);
  if (stale) await readBack(round, token);
  if (!ready.length) return false;
  const { notes, body } = batch(ready, unsent);
  state.sending = new Set(notes.map((note) => note.id));
  tell("sending");
  try {
    await settle(await call("POST", "/notes", { token, body, shape: "received" }));
    most = MOST_NOTES;
  } catch (error) {
    if (error.kind !== "too_large" || notes.length === 1) throw error;
    most = Math.floor(notes.length / 2);
    return true;
  }
  const after = await pending(round);
  const unanswered = notes.some((sent) => after.ready.some((note) => note.id === sent.id && note.rev === sent.rev));
  if (unanswered) throw new Trouble("strange");
  return after.ready.length > 0 || after.stale;
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

function asSent({ id, rev, classroom, lens, text, written_at, chosen, deleted }) {
  return deleted
    ? { id, rev, classroom, text: "", written_at, deleted }
    : { id, rev, classroom, lens, text, written_at, chosen };
}

/** Read what the server holds of this observer: after joining again, and when it knows a later revision. */
export async function readBack(round, token) {
  const { notes } = await call("GET", "/notes", { token, shape: "notes" });
  await merge(round, notes);
}

/** Why nothing goes out, in a sentence; empty when all is well. */
export function troubleSaid() {
  const { trouble } = state;
  if (!trouble) return "";
  if (trouble.kind === "offline") return _("No connection to the round. Your notes are kept on this phone and go out by themselves.");
  if (trouble.kind === "strange") {
    return _("Something other than the round is answering: perhaps this wifi asks you to sign in first. Your notes are kept on this phone.");
  }
  return trouble.sentence || _("The server cannot take notes just now. They are kept on this phone and go out by themselves.");
}
