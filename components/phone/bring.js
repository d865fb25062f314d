// Brings what is not needed to write over a line that fails. Most browsers remember a failed import for as long as the
// page is open (whatwg/html #6768): all files of a module are fetched until they are here, and only then imported.
import { h } from "./draw.js";

/** Milliseconds: an answer that takes longer does not come. */
const PATIENCE = 20000;
const here = new URL(".", import.meta.url);
const texts = new Map();
const styles = new Map();

/** The module of this name. Raises without an answer; it can be asked for again then, and comes. */
export async function bringNow(name) {
  await withImports(`${name}.js`);
  return import(`./${name}.js`);
}

/** The same, whenever the line lets it through; `waiting` is called when that takes another try. */
export async function bring(name, waiting) {
  await untilDone(() => withImports(`${name}.js`), waiting);
  return import(`./${name}.js`);
}

/** A style sheet of the phone, in the same way. */
export function bringStyle(name, waiting) {
  const standing = () => new Promise((done) => document.head.append(h("link", { rel: "stylesheet", href: new URL(name, here).pathname, onload: done, onerror: done })));
  if (!styles.has(name)) styles.set(name, untilDone(() => textOf(name), waiting).then(standing));
  return styles.get(name);
}

/** What `act` answers in the end; it is done again after a pause, and at once when there is a network again. */
export async function untilDone(act, waiting) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch {
      if (!tries) waiting?.();
    }
    await online(Math.min(30000, 1000 * 2 ** Math.min(tries, 5)) * (0.6 + Math.random() * 0.4));
  }
}

function online(most) {
  return new Promise((go) => {
    const on = () => (clearTimeout(timer), removeEventListener("online", on), go());
    const timer = setTimeout(on, most);
    addEventListener("online", on);
  });
}

// What a module imports, and what that imports; the page itself would not have begun without those of the way in.
async function withImports(name) {
  const wanted = new Set([...document.querySelectorAll("link[rel=modulepreload]:not([fetchpriority])")].map((link) => link.href.split("/").at(-1)));
  let asked = [name];
  while (asked.length) {
    const found = (await Promise.all(asked.map(textOf))).flatMap((text) => [...text.matchAll(/\bfrom "\.\/(\w+\.js)"/g)]);
    asked.forEach((one) => wanted.add(one));
    asked = [...new Set(found.map(([, other]) => other))].filter((other) => !wanted.has(other));
  }
}

function textOf(name) {
  if (!texts.has(name)) {
    const coming = fetched(name);
    texts.set(name, coming);
    coming.catch(() => texts.delete(name));
  }
  return texts.get(name);
}

// From the browser's own store where it stands there; a login page that answers for it is no file of ours.
async function fetched(name) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    for (const cache of ["default", "reload"]) {
      const answer = await fetch(new URL(name, here), { cache, signal: stop.signal });
      const text = await answer.text();
      if (answer.ok && /javascript|css/.test(answer.headers.get("Content-Type"))) return text;
    }
    throw new Error(`${name}: something else answered`);
  } finally {
    clearTimeout(timer);
  }
}
