// The phone's own disk: IndexedDB, the only copy to lean on. Opened again when the browser closes it.
const NAME = "rounds";
const VERSION = 1;
let opening = null;
/** Where the browser keeps nothing: the page's own memory, so that notes still go out while it is open. */
let memory = null;

// Upgrades only add: a version that is older than the phone's data must still find everything.
function upgrade(db, from) {
  if (from < 1) {
    db.createObjectStore("settings", { keyPath: "key" });
    db.createObjectStore("rounds", { keyPath: "id" });
    db.createObjectStore("drafts", { keyPath: "id" }).createIndex("round", "round");
    db.createObjectStore("notes", { keyPath: "id" }).createIndex("round", "round");
    db.createObjectStore("acts", { keyPath: "id" }).createIndex("round", "round");
  }
}

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = (event) => upgrade(request.result, event.oldVersion);
    request.onblocked = () => reject(new Error("blocked"));
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      db.onclose = () => (opening = null);
      db.onversionchange = () => {
        db.close();
        opening = null;
      };
      resolve(db);
    };
  });
  opening.catch(() => (opening = null));
  return opening;
}

/**
 * One transaction: `act` gets the stores by name and may await nothing but them. What it returns is the answer, given
 * when the transaction is complete. A closed database is opened again, once.
 */
export async function work(names, act, mode = "readwrite") {
  if (memory) return act(memory);
  try {
    return await once(names, act, mode);
  } catch (error) {
    if (error?.name !== "InvalidStateError" && error?.name !== "AbortError") throw error;
    opening = null;
    return once(names, act, mode);
  }
}

/** The same, only reading. */
export function read(names, act) {
  return work(names, act, "readonly");
}

async function once(names, act, mode) {
  const transaction = (await open()).transaction(names, mode);
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

/** Whether this browser keeps anything: one write, one read. */
export async function works() {
  try {
    const at = Date.now();
    await work(["settings"], ({ settings }) => settings.put({ key: "test", at }));
    if ((await setting("test"))?.at === at) return true;
  } catch {
    // A private window, a full disk, a policy of the school.
  }
  memory = Object.fromEntries(["settings", "rounds", "drafts", "notes", "acts"].map((name) => [name, remembered(name)]));
  return false;
}

function remembered(name) {
  const kept = new Map();
  const key = (value) => (name === "settings" ? value.key : value.id);
  const copies = () => [...kept.values()].map((value) => structuredClone(value));
  const put = async (value) => void kept.set(key(value), structuredClone(value));
  return {
    get: async (id) => structuredClone(kept.get(id)),
    all: async () => copies(),
    of: async (round) => copies().filter((value) => value.round === round),
    put,
    add: put,
    remove: async (id) => void kept.delete(id),
  };
}

export function setting(key) {
  return read(["settings"], ({ settings }) => settings.get(key));
}

export function keepSetting(key, value) {
  return work(["settings"], ({ settings }) => settings.put({ key, ...value }));
}
