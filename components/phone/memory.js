// What stands in for the phone's disk while that takes nothing, and what the page knows of it: rows in its own memory.

/** Stores by name, filled with `rows`; it knows what has changed since. */
export class Memory {
  constructor(names, rows) {
    this.changed = new Map();
    this.last = Promise.resolve();
    this.stores = Object.fromEntries(names.map((name) => [name, this.store(name, rows[name] ?? [])]));
  }

  /** One piece of work after the other, as transactions are. */
  work(act) {
    const result = this.last.then(() => act(this.stores));
    this.last = result.catch(() => {});
    return result;
  }

  /** `take` gets all changes, [[store, id, value or null]], while nothing else happens here. */
  handOver(take) {
    return this.work(() => take([...this.changed.values()]));
  }

  store(name, rows) {
    const key = name === "settings" ? "key" : "id";
    const kept = new Map(rows.map((row) => [row[key], row]));
    const copies = () => [...kept.values()].map((value) => structuredClone(value));
    const note = (id, value) => void this.changed.set(`${name} ${id}`, [name, id, value]);
    const put = async (value) => {
      const copy = structuredClone(value);
      kept.set(copy[key], copy);
      note(copy[key], copy);
    };
    return {
      get: async (id) => structuredClone(kept.get(id)),
      all: async () => copies(),
      of: async (round) => copies().filter((value) => value.round === round),
      put,
      add: put,
      remove: async (id) => {
        kept.delete(id);
        note(id, null);
      },
    };
  }
}

/** What this page knows of the disk: rows by store and key, as its own transactions have found and left them. */
export class Known {
  constructor(names) {
    this.stores = Object.fromEntries(names.map((name) => [name, new Map()]));
  }

  /** The row is so now; undefined: it is not there. */
  note(name, key, row) {
    if (row) this.stores[name].set(key, row);
    else this.stores[name].delete(key);
  }

  /** Of the rows that are `of` something these alone are there: [[key, row]]. */
  found(name, rows, of) {
    const store = this.stores[name];
    for (const [key, row] of store) if (of(row)) store.delete(key);
    for (const [key, row] of rows) store.set(key, row);
  }

  /** All rows by the store's name. */
  rows() {
    return Object.fromEntries(Object.entries(this.stores).map(([name, rows]) => [name, [...rows.values()]]));
  }
}
