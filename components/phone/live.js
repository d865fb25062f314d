// Hears what changes in the round: server-sent events, read with fetch, since EventSource cannot send a token.
import { PATIENCE } from "./api.js";
import { hear, tell } from "./bus.js";
import { changeRound, lost, refresh, session } from "./session.js";
import { readBack } from "./sync.js";
import { Trouble } from "./api.js";

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
  void refresh();
  listen();
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
    for (const part of parts) await heard(part, own);
  }
  clearTimeout(waiting);
}

async function heard(part, own) {
  const lines = part.split("\n");
  const id = lines.find((line) => line.startsWith("id:"))?.slice(3).trim();
  const data = lines.find((line) => line.startsWith("data:"))?.slice(5);
  if (!data) return;
  const { kind } = JSON.parse(data);
  // Forty phones hear this at once; they do not ask at once.
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 400));
  if (["stage", "rota", "words", "reload"].includes(kind)) await refresh();
  if (["receipt", "reload"].includes(kind)) await readBack(own.round, own.token).catch(() => {});
  if (["card", "stage", "vote", "reload"].includes(kind)) tell("wall");
  if (id && kind !== "reload") await changeRound(own.round, () => ({ seen: id }));
}
