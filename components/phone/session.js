// Which round this phone is in, and what the server last said of it.
import { Trouble, call } from "./api.js";
import { bring } from "./bring.js";
import { hear, tell, tellHere } from "./bus.js";
import { keepSetting, read, setting, work } from "./disk.js";
import { newId } from "./draw.js";

/** The current round: {id, token, attempt, home, accepted, seen}, or null before joining. */
export let session = null;

/** Read it from the disk. */
export async function loadSession() {
  session = await read(["settings", "rounds"], async ({ settings, rounds }) => {
    const current = await settings.get("current");
    return current?.round ? ((await rounds.get(current.round)) ?? null) : null;
  });
  return session;
}

/** All rounds that this phone has joined. */
export function joinedRounds() {
  return read(["rounds"], ({ rounds }) => rounds.all());
}

/** Change what is kept of a round; the current one is told. */
export async function changeRound(id, change) {
  const changed = await work(["rounds"], async ({ rounds }) => {
    const kept = { ...((await rounds.get(id)) ?? { id, accepted: [] }) };
    Object.assign(kept, change(kept));
    await rounds.put(kept);
    return kept;
  });
  if (session?.id === id) {
    session = changed;
    tell("session");
  }
  return changed;
}

/** Said before a page is loaded anew on purpose: nothing is lost by it, so that nobody is asked. */
export const anew = { now: false };

// Another tab has joined again, or changed group: this one goes on with the same token. Where somebody else writes on
// this tablet now, nothing of the one before stays in this page.
hear("elsewhere", async () => {
  if (!session) return;
  const now = await read(["rounds"], ({ rounds }) => rounds.get(session.id));
  if (now?.home?.observer.id === session.home?.observer.id) session = now;
  else return void loadAnew();
  tellHere("session");
});

/** Load the page anew, as the phone's disk says. */
function loadAnew() {
  anew.now = true;
  location.replace("/c/");
}

/** Whoever is in the round here leaves it; what they have not sent goes out under their name. */
export async function handOn() {
  const { handOver } = await bring("handover");
  const before = session;
  session = null;
  await handOver(before, { leave: true });
  await keepSetting("who", {});
  await keepSetting("next", { code: before.home.classrooms.find((room) => room.code)?.code ?? "" });
  tell("session");
  loadAnew();
}

/** What a code opens, before joining. */
export function look(code) {
  return call("POST", "/look", { body: { code }, shape: "schools" });
}

/** The number that a code of this round stands for: known on the phone, or asked of the server. */
export async function roomOfCode(code) {
  const known = session?.home.classrooms.find((room) => room.code && room.code === code);
  if (known) return { round: session.id, number: known.number };
  const looked = await look(code);
  return { round: looked.round.id, number: looked.classroom, looked };
}

/** Join; the attempt's id is kept until it is answered, so that a lost answer does not take the name away. */
export async function join(form) {
  const kept = (await setting("attempt"))?.id;
  const attempt = kept ?? newId();
  if (!kept) await keepSetting("attempt", { id: attempt });
  const { token, ...home } = await call("POST", "/join", { body: { ...form, attempt }, shape: "token" });
  const { display_name, school_name } = home.observer;
  await keepSetting("who", { display_name, school: school_name });
  await changeHands(home.round.id, home.observer);
  session = await changeRound(home.round.id, () => ({ token, home, seen: home.seen }));
  await keepSetting("current", { round: home.round.id });
  await keepSetting("attempt", { id: null });
  tell("session");
  return home;
}

// A tablet goes round: nobody's unsent notes go out under the name of the next.
async function changeHands(round, observer) {
  const rounds = await joinedRounds();
  const before = rounds.find((one) => one.id === round && one.home);
  const other = before && !samePerson(before.home.observer, observer);
  const apart = rounds.filter((one) => one.id.startsWith(`${round}~`) && one.home && samePerson(one.home.observer, observer));
  if (!other && !apart.length) return;
  const { handOver, takeBack } = await bring("handover");
  if (other) await handOver(before);
  for (const { home } of apart) await takeBack(round, home.observer.id);
}

// A name stands once in a school; on a server that was set up again it has another id.
function samePerson(one, other) {
  return one.id === other.id || (one.school_name === other.school_name && one.display_name === other.display_name);
}

/** Go to a round that was joined before. */
export async function switchTo(id) {
  await keepSetting("current", { round: id });
  await loadSession();
  tell("session");
}

let asked = 0;
let answered = 0;

/** Ask the server what the round is like now. Raises `Trouble`; the phone goes on with what it has. */
export async function refresh() {
  if (!session?.token) return;
  const { id, token } = session;
  const mine = ++asked;
  try {
    const home = await call("GET", "/me", { token, shape: "round" });
    if (mine > answered) await keepHome(id, home, mine); // else overtaken by a later answer
  } catch (error) {
    await lost(id, token, error);
    throw error;
  }
}

/** Go with a group. Raises `Trouble`. */
export async function chooseGroup(group) {
  const { id, token } = session;
  const home = await call("PUT", "/me", { token, body: { group }, shape: "round" });
  await keepHome(id, home, ++asked);
}

async function keepHome(id, home, turn) {
  if (session?.id !== id) return;
  answered = turn;
  await changeRound(id, (row) => ({ home: { ...home, classroom: row.home?.classroom }, seen: row.seen ?? home.seen, gone: "" }));
  tell("home");
}

/** A token that the server no longer knows, or a round that is gone: kept notes stay, and the page says it. */
export async function lost(id, token, error) {
  if (!(error instanceof Trouble)) throw error;
  if (error.kind === "not_signed_in") {
    await changeRound(id, (kept) => (kept.token === token ? { token: null } : {}));
  } else if (error.kind === "gone") {
    await changeRound(id, () => ({ gone: error.sentence }));
    await forget(id);
  }
}

// What the server has deleted does not stay here either; what it never had stays, to be copied.
async function forget(id) {
  await work(["notes", "acts"], async ({ notes, acts }) => {
    for (const note of await notes.of(id)) if (!note.dirty) await notes.remove(note.id);
    for (const act of await acts.of(id)) await acts.remove(act.id);
  });
  tell("notes");
}

/** The classroom with this number, as the plan says now, or as much as a scanned door says. */
export function classroom(number) {
  const known = session?.home?.classrooms.find((room) => room.number === number);
  return known ?? { number, room: "", subject: "", year_group: "", no_devices: false };
}

/** The visits of the own group, in the order of the day. */
export function ownVisits() {
  const { observer, rota } = session.home;
  return rota.filter((visit) => visit.group === observer.group);
}
