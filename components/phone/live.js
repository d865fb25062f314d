// Hears what changes in the round: server-sent events, read with fetch, since EventSource cannot send a token.
import { PATIENCE, Trouble } from "./api.js";
import { hear, tell } from "./bus.js";
import { changeRound, lost, refresh, session } from "./session.js";
import { readBack } from "./sync.js";

/** Longer than two signs of life of the server. */
const SILENCE = 35000;
let stop = null;
let tries = 0;
let timer = null;

/** Listen while somebody looks at the page. */
export function startLive() {
  document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? listen() : hush()));
  addEventListener("online", () => listen());
  hear("session", () => {
    if (!stop || stop.token !== session?.token) listen();
  });
  void refresh().catch(unanswered);
  listen();
}

// A proxy that lets no stream through: asked now and then instead, twice a minute or less.
async function ask() {
  await refresh();
  if (session?.token) await readBack(session.id, session.token);
}

function unanswered(error) {
  if (!(error instanceof Trouble)) console.error(error);
}

function hush() {
  clearTimeout(timer);
  stop?.abort.abort();
  stop = null;
}

function listen() {
  hush();
  if (!session?.token || document.visibilityState === "hidden") return;
  const own = { abort: new AbortController(), token: session.token, round: session.id };
  stop = own;
  read(own).catch(() => {}).finally(() => {
    if (stop !== own) return;
    stop = null;
    tries += 1;
    if (tries % 8 === 4) void ask().catch(unanswered);
    timer = setTimeout(listen, Math.min(5000, 500 * 2 ** Math.min(tries, 5)) * (0.6 + Math.random() * 0.4));
  });
}

async function read(own) {
  let waiting = setTimeout(() => own.abort.abort(), PATIENCE);
  const answer = await fetch("/api/v1/events", {
    headers: { Authorization: `Bearer ${own.token}`, "Last-Event-ID": session.seen ?? "" },
    cache: "no-store",
    credentials: "omit",
    signal: own.abort.signal,
  });
  if (answer.status === 401) await lost(own.round, own.token, new Trouble("not_signed_in"));
  if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("text/event-stream")) throw new Trouble("strange");
  tries = 0;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    clearTimeout(waiting);
    waiting = setTimeout(() => own.abort.abort(), SILENCE);
    const { value, done } = await reader.read();
    if (done) break;
    const parts = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
    rest = parts.pop();
    await heard(parts.map(told).filter(Boolean), own);
  }
  clearTimeout(waiting);
}

function told(part) {
  const lines = part.split("\n");
  const data = lines.find((line) => line.startsWith("data:"))?.slice(5);
  return data && { id: lines.find((line) => line.startsWith("id:"))?.slice(3).trim(), kind: JSON.parse(data).kind };
}

// What was told together is asked about once. Only what was read is done with: the place from which one listens moves
// here alone, so that after a break everything is told again that no answer has shown.
async function heard(events, own) {
  if (!events.length) return;
  const some = (...kinds) => events.some(({ kind }) => kinds.includes(kind));
  // Forty phones hear this at once; they do not ask at once.
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 400));
  if (some("stage", "rota", "words", "reload")) await refresh();
  if (some("receipt", "reload")) await readBack(own.round, own.token);
  if (some("card", "stage", "vote", "reload")) tell("wall");
  if (some("vote")) tell("vote");
  const { id } = events.at(-1);
  if (id) await changeRound(own.round, () => ({ seen: id }));
}
