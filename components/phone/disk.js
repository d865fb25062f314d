// The phone's own disk: IndexedDB, the only copy to lean on. Opened again when the browser closes it; while the disk
// takes nothing, the page's own memory stands in for it, the page says so, and what it holds goes back when it can.
import { tell } from "./bus.js";
import { Memory } from "./memory.js";

const NAME = "rounds";
/** Upgrades only add. tests/browser/test_phone_disk.py starts from what each release before has left on phones. */
const VERSION = 1;
const STORES = ["settings", "rounds", "drafts", "notes", "acts"];
/** An open that takes longer is one that does not come: another tab holds an older database, or the browser hangs. */
const PATIENCE = 4000;
const TRY_AGAIN = 3000;

let opening = null;
let opened = false;
let memory = null;
let returning = false;
/** Why the disk takes nothing: "" (it does), "missing", "full" or "closed"; `emptied`: it had been cleared meanwhile. */
export const disk = { trouble: "", emptied: false };

/** What this page still knows, asked for when the browser has cleared the disk under it: rows by the store's name. */
const known = [];
export function whenEmptied(rows) {
  known.push(rows);
}

function upgrade(request, from) {
  const db = request.result;
  if (from < 1) {
    db.createObjectStore("settings", { keyPath: "key" });
    db.createObjectStore("rounds", { keyPath: "id" });
    db.createObjectStore("drafts", { keyPath: "id" }).createIndex("round", "round");
    db.createObjectStore("notes", { keyPath: "id" }).createIndex("round", "round");
    db.createObjectStore("acts", { keyPath: "id" }).createIndex("round", "round");
    if (opened) putBack(request.transaction);
  }
}

// Cleared while the page was open (the browser's "clear data", a phone short of room): in the same transaction.
function putBack(transaction) {
  disk.emptied = true;
  for (const rows of known) {
    for (const [name, values] of Object.entries(rows())) {
      for (const value of values) transaction.objectStore(name).put(value);
    }
  }
}

function open() {
  opening ??= within(PATIENCE, request(VERSION).catch((error) => {
    // A later release has been here and was taken back: it has only added, so everything is found.
    if (error?.name === "VersionError") return request();
    throw error;
  }));
  opening.catch(() => (opening = null));
  return opening;
}

// The shell asks for this module by itself too: the disk opens while the others are still being read.
if ("indexedDB" in self) open().catch(() => {});

function request(version) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, version);
    asked.onupgradeneeded = (event) => upgrade(asked, event.oldVersion);
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const db = asked.result;
      const gone = () => (opening = null);
      db.onclose = gone;
      // Another tab brings a later release, or the database is being deleted: stand in nobody's way.
      db.onversionchange = () => (gone(), db.close());
      opened = true;
      resolve(db);
    };
  });
}

function within(wait, promise) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DOMException("no answer", "TimeoutError")), wait);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * One transaction: `act` gets the stores by name and may await nothing but them. What it returns is the answer, given
 * when the transaction is complete. `act` can be called again: where the database was closed, or the disk is full.
 */
export async function work(names, act, mode = "readwrite") {
  if (memory) return remembered(names, act, mode);
  try {
    return await again(names, act, mode);
  } catch (error) {
    if (opened && !ofTheDisk(error)) throw error;
    await fallBack(error);
    return remembered(names, act, mode);
  }
}

// What waited while the memory was handed over belongs on the disk.
function remembered(names, act, mode) {
  const at = memory;
  return at.work((stores) => (at === memory ? act(stores) : work(names, act, mode)));
}

function ofTheDisk(error) {
  return error instanceof DOMException && !["ConstraintError", "DataError", "DataCloneError"].includes(error.name);
}

/** The same, only reading. */
export function read(names, act) {
  return work(names, act, "readonly");
}

async function again(names, act, mode) {
  try {
    return await once(names, act, mode);
  } catch (error) {
    if (!ofTheDisk(error) || ["QuotaExceededError", "TimeoutError"].includes(error.name)) throw error;
    (await opening?.catch(() => null))?.close();
    opening = null;
    return once(names, act, mode);
  }
}

async function once(names, act, mode) {
  // What was typed is on the disk even if the battery ends, where the browser can promise that.
  const transaction = (await open()).transaction(names, mode, { durability: names.includes("notes") ? "strict" : "relaxed" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
  });
  done.catch(() => {});
  const stores = Object.fromEntries(names.map((name) => [name, wrap(transaction.objectStore(name))]));
  let result;
  try {
    result = await act(stores);
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It is over already.
    }
    throw error;
  }
  await done;
  return result;
}

function wrap(store) {
  const promised = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  return {
    get: (key) => promised(store.get(key)),
    all: () => promised(store.getAll()),
    of: (round) => promised(store.index("round").getAll(round)),
    put: (value) => promised(store.put(value)),
    add: (value) => promised(store.add(value)),
    remove: (key) => promised(store.delete(key)),
  };
}

// A full disk can still be read; one that cannot leaves what this page knows.
async function fallBack(error) {
  const rows = {};
  try {
    if (error.name === "TimeoutError") throw error;
    await once(STORES, async (stores) => {
      for (const name of STORES) rows[name] = await stores[name].all();
    }, "readonly");
  } catch {
    for (const more of known) Object.assign(rows, more());
  }
  memory ??= new Memory(STORES, rows);
  const { name } = error;
  say(name === "QuotaExceededError" ? "full" : opened || name === "TimeoutError" ? "closed" : "missing");
  // Once for all who fell back: a second way back would write old rows over new ones, and let a later memory go.
  if (!returning) setTimeout(goBack, TRY_AGAIN);
  returning = true;
}

/** What was changed meanwhile goes to the disk as soon as it takes it; only then is the memory let go. */
async function goBack() {
  try {
    await memory.handOver((changes) => once(STORES, async (stores) => {
      for (const [name, id, value] of changes) {
        const there = value && (await stores[name].get(id));
        if (!value) await stores[name].remove(id);
        else if (!(there?.rev > value.rev)) await stores[name].put(value);
      }
      await stores.settings.put({ key: "test", at: Date.now() });
    }, "readwrite").then(() => {
      memory = null;
      returning = false;
    }));
    if (!memory) say("");
  } catch {
    setTimeout(goBack, TRY_AGAIN);
  }
}

function say(trouble) {
  if (disk.trouble === trouble) return;
  disk.trouble = trouble;
  tell("disk");
  tell("notes");
}

/** Find out at the start whether this browser keeps anything: one write. */
export async function tryDisk() {
  await keepSetting("test", { at: Date.now() });
}

export function setting(key) {
  return read(["settings"], ({ settings }) => settings.get(key));
}

export function keepSetting(key, value) {
  return work(["settings"], ({ settings }) => settings.put({ key, ...value }));
}
