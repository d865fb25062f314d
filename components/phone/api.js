// Talks to the server: every answer is JSON of the expected shape, or it is no answer.

export const PATIENCE = 8000;

/**
 * Why there is no answer. Kinds: `offline` (nothing came back in time), `strange` (something that is not our server
 * answered: a captive portal, a proxy), or the server's own kind with its sentence.
 */
export class Trouble extends Error {
  constructor(kind, { status = 0, sentence = "", retryAfter = 0 } = {}) {
    super(kind);
    Object.assign(this, { kind, status, sentence, retryAfter });
  }
}

/** The JSON that answers; `shape` is a key that it must have. Raises `Trouble`. */
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
    throw error instanceof Trouble ? error : new Trouble("offline");
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
  if (answer.ok && said && typeof said === "object" && shape in said) return said;
  if (!answer.ok && said?.error?.kind) {
    const retryAfter = Number(answer.headers.get("Retry-After")) || 0;
    throw new Trouble(said.error.kind, { status, sentence: said.error.sentence, retryAfter });
  }
  throw new Trouble("strange", { status });
}
