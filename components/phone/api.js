// Talks to the server: every answer is JSON of the expected shape, or it is no answer.

export const PATIENCE = 8000;
/** Seconds: a proxy that says more is not believed. */
const LONGEST_WAIT = 300;

/**
 * Why there is no answer. Kinds: `offline` (nothing came back in time), `strange` (something that is not our server
 * answered: a captive portal, a proxy), or the server's own kind with its sentence. `late`: the patience ended.
 */
export class Trouble extends Error {
  constructor(kind, { status = 0, sentence = "", retryAfter = 0, late = false } = {}) {
    super(kind);
    Object.assign(this, { kind, status, sentence, retryAfter, late });
  }
}

let ahead = 0;

/** How far the server's clock is ahead of the phone's, in milliseconds; small differences count as none. */
export function skew() {
  return Math.abs(ahead) > 90000 ? ahead : 0;
}

/** The JSON that answers; `shape` names what it must have: an answer's list, or another part. Raises `Trouble`. */
export async function call(method, path, { token, body, shape }) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(`/api/v1${path}`, {
      method,
      headers: {
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(body ? { "Content-Type": "application/json" } : {}),
      },
      body: body ? (typeof body === "string" ? body : JSON.stringify(body)) : undefined,
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      signal: stop.signal,
    });
    return await understood(answer, shape);
  } catch (error) {
    throw error instanceof Trouble ? error : new Trouble("offline", { late: stop.signal.aborted });
  } finally {
    clearTimeout(timer);
  }
}

async function understood(answer, shape) {
  const status = answer.status;
  const text = await answer.text();
  let said = null;
  try {
    said = JSON.parse(text);
  } catch {
    // A login page, a proxy's excuse.
  }
  if (answer.ok && fits(said, shape)) {
    ahead = (Date.parse(answer.headers.get("Date")) || Date.now()) - Date.now();
    return said;
  }
  // A proxy of the school may ask for patience in its own words.
  const retryAfter = Math.min(LONGEST_WAIT, Number(answer.headers.get("Retry-After")) || 0);
  if (!answer.ok && typeof said?.error?.kind === "string") {
    throw new Trouble(said.error.kind, { status, sentence: String(said.error.sentence ?? ""), retryAfter });
  }
  throw new Trouble("strange", { status, retryAfter });
}

const LISTS = ["received", "refused", "notes", "schools", "packets"];

function fits(said, shape) {
  if (!said || typeof said !== "object" || !(shape in said)) return false;
  return LISTS.every((name) => !(name in said) || Array.isArray(said[name]));
}
