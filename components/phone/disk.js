// The phone's own disk: IndexedDB, the only copy to lean on. Opened again when the browser closes it; while the disk
// takes nothing, the page's own memory stands in for it, the page says so, and what it holds goes back when it can.
import { tell } from "./bus.js";
import { Known, Memory } from "./memory.js";

const NAME = "rounds";
/** Upgrades only add. tests/browser/test_phone_disk.py starts from what each release before has left on phones. */
const VERSION = 1;
const STORES = ["settings", "rounds", "drafts", "notes", "acts"];
/** An open that takes longer is one that does not come: another tab holds an older database, or the browser hangs. */
const PATIENCE = 4000;
const TRY_AGAIN = 3000;

let opening = null;
let opened = false;
/** Which database this is: the browser may clear it while the page is open, and another tab may make it anew first. */
let made = null;
let memory = null;
let returning = false;
/** Why the disk takes nothing: "" (it does), "missing", "full" or "closed"; `emptied`: it had been cleared meanwhile. */
export const disk = { trouble: "", emptied: false };

const known = new Known(STORES);

/** A row as this page's transactions found or left it last: for when the disk has lost it since. */
export function lastKnown(name, key) {
  return known.stores[name].get(key);
}

function upgrade(request, from) {
  const db = request.result;
  if (from < 1) {
    db.createObjectStore("settings", { keyPath: "key" });
    db.createObjectStore("rounds", { keyPath: "id" });
    db.createObjectStore("drafts", { keyPath: "id" }).createIndex("round", "round");
    db.createObjectStore("notes", { keyPath: "id" }).createIndex("round", "round");
    db.createObjectStore("acts", { keyPath: "id" }).createIndex("round", "round");
  }
}

// The first transaction on a database. One that is not the one that the page knew was cleared meanwhile (the browser's
// "clear data", a phone short of room): what the page knows goes back to it, and all others wait for that.
async function recognise(db, mode = made ? "readwrite" : "readonly") {
  const before = made;
  const names = before ? STORES : ["settings"];
  const transaction = db.transaction(names, mode);
  const stores = Object.fromEntries(names.map((name) => [name, wrap(transaction.objectStore(name))]));
  const kept = (await stores.settings.get("made"))?.id;
  if (!kept && mode === "readonly") return recognise(db, "readwrite");
  const id = kept ?? crypto.getRandomValues(new Uint32Array(2)).join("-");
  transaction.oncomplete = () => (made = id);
  if (!kept) await stores.settings.put({ key: "made", id });
  if (!before || before === id) return;
  disk.emptied = true;
  for (const [name, rows] of Object.entries(known.rows())) {
    for (const row of rows) {
      if (row.key !== "made" && later(row, await stores[name].get(row.key ?? row.id))) await stores[name].put(row);
    }
  }
}

// What another tab has put there meanwhile stays, unless this page knows more.
function later(row, there) {
  const of = ({ rev, at }) => rev ?? at ?? 0;
  return !there || of(row) > of(there);
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
      recognise(db).catch(() => {});
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
  const learnt = [];
  const stores = Object.fromEntries(names.map((name) => [name, wrap(transaction.objectStore(name), learnt)]));
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
  for (const [how, ...what] of learnt) known[how](...what);
  return result;
}

// `learnt` gets what is known when the transaction is complete.
function wrap(store, learnt = []) {
  const { name, keyPath } = store;
  const promised = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const found = async (asked, of) => {
    const rows = await promised(asked);
    learnt.push(["found", name, rows.map((row) => [row[keyPath], row]), of]);
    return rows;
  };
  const written = (asked, key, row) => {
    learnt.push(["note", name, key, row && structuredClone(row)]);
    return promised(asked);
  };
  return {
    get: async (key) => {
      const row = await promised(store.get(key));
      learnt.push(["note", name, key, row]);
      return row;
    },
    all: () => found(store.getAll(), () => true),
    of: (round) => found(store.index("round").getAll(round), (row) => row.round === round),
    put: (value) => written(store.put(value), value[keyPath], value),
    add: (value) => written(store.add(value), value[keyPath], value),
    remove: (key) => written(store.delete(key), key),
  };
}

// A full disk can still be read; one that cannot leaves what this page knows.
async function fallBack(error) {
  let rows = {};
  try {
    if (error.name === "TimeoutError") throw error;
    await once(STORES, async (stores) => {
      for (const name of STORES) rows[name] = await stores[name].all();
    }, "readonly");
  } catch {
    rows = known.rows();
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
