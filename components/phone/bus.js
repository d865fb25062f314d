// What changed on this phone, told to this tab and to the other tabs.
const here = new EventTarget();
const others = "BroadcastChannel" in self ? new BroadcastChannel("rounds") : null;

/** This tab, as long as it lives; a duplicated tab gets its own. */
export const TAB = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16)).join("");

/**
 * Kinds: notes, drafts (a field has words, or none any more), sending, session, home, disk, wall; `place`: a page says
 * where one is; `elsewhere`: another tab has changed who this phone is.
 */
export function tell(kind, detail = null) {
  tellHere(kind, detail);
  if (["notes", "drafts", "session"].includes(kind)) others?.postMessage({ kind });
}

/** The same for this tab alone. */
export function tellHere(kind, detail = null) {
  here.dispatchEvent(new CustomEvent(kind, { detail }));
}

/** Listen; the answer ends it. */
export function hear(kind, act) {
  const listener = (event) => act(event.detail);
  here.addEventListener(kind, listener);
  return () => here.removeEventListener(kind, listener);
}

const held = new Set();
const answers = new Map();

/** This tab writes at a draft; other tabs leave it alone. */
export function hold(id) {
  held.add(id);
}

export function release(id) {
  held.delete(id);
}

/** Whether a field of this tab has the draft. */
export function heldHere(id) {
  return held.has(id);
}

// Where the browser says which tabs live (https), nobody waits for the answer of one that was closed or killed.
const named = (tab) => `tab ${tab}`;
navigator.locks?.request(named(TAB), () => new Promise(() => {})).catch(() => {});

async function mayLive(tab) {
  const { held, pending } = (await navigator.locks?.query().catch(() => null)) ?? {};
  return !tab || !held || [...held, ...pending].some(({ name }) => name === named(tab));
}

/** Whether another living tab (where it is known: this one) writes at this draft. One that was killed does not answer. */
export async function heldElsewhere(id, tab = "") {
  if (!others || !(await mayLive(tab))) return false;
  return new Promise((resolve) => {
    answers.set(id, () => resolve(true));
    others.postMessage({ kind: "who holds", id });
    setTimeout(() => {
      answers.delete(id);
      resolve(false);
    }, 120);
  });
}

others?.addEventListener("message", ({ data }) => {
  if (data.kind === "who holds" && held.has(data.id)) others.postMessage({ kind: "I hold", id: data.id });
  else if (data.kind === "I hold") answers.get(data.id)?.();
  else if (["notes", "drafts"].includes(data.kind)) tellHere(data.kind);
  else if (data.kind === "session") tellHere("elsewhere");
});
