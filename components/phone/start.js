// Start here: reads the address, finds the round on the phone's disk, and shows the page that is asked for.
import { Trouble } from "./api.js";
import { bring, bringStyle } from "./bring.js";
import { hear } from "./bus.js";
import { disk, read, setting, tryDisk } from "./disk.js";
import { ask, button, fill, h } from "./draw.js";
import { showPlace, startHead } from "./head.js";
import { readBack, startSync, sendNow } from "./sync.js";
import { anew, changeRound, joinedRounds, loadSession, ownVisits, refresh, roomOfCode, session, switchTo } from "./session.js";
import { _ } from "./texts.js";

/** Milliseconds that the way in has the line for itself. */
const UNHURRIED = 10000;
/** Milliseconds that the first page has the disk for itself. */
const ALONE = 400;
let view = document.getElementById("view");
const foot = document.getElementById("foot");
let leave = null;
let shown = "";
let turn = 0;
let later = null;

// Each page's module is asked for when it is shown; the shell preloads those that everybody needs.
const pages = {
  room: ["capture", ({ showClassroom }, number) => showClassroom(view, number, { go })],
  rooms: ["rooms", ({ showRooms }) => showRooms(view, { go, openCode })],
  groups: ["groups", ({ showGroups }) => showGroups(view, { first })],
  notes: ["notes_list", ({ showNotes }) => showNotes(view, { go })],
  paper: ["paper", ({ showPaper }) => showPaper(view, { go })],
  hand: ["hand_on", ({ showHandOn }) => showHandOn(view, { go })],
  choose: ["choose", ({ showChoose }) => showChoose(view, { go })],
  wall: ["wall", ({ showWall }) => showWall(view, { go })],
  out: ["way_out", ({ showWayOut }) => showWayOut(view, { go })],
  practice: ["practice", ({ showPractice }) => showPractice(view, { on: () => (session ? first() : showCodePage()) })],
  you: ["you", ({ showYou }) => showYou(view, { go, another: () => showCodePage() })],
};

/** Show a page. What is on the page before is kept first. */
async function go(page, number = null, { push = true } = {}) {
  if (["room", "rooms", "paper"].includes(page) && isOver() && !(await leftWords(number))) return go("wall", null, { push });
  if (page === "room" && !(await acceptRoom(number))) return;
  const mine = await leaveBefore();
  if (push) history.pushState({ page, number }, "", page === "room" ? `/c/${number}` : "/c/");
  shown = page;
  const moved = document.getElementById("stage");
  if (moved?.dataset.page === page) moved.remove();
  if (!foot.hidden) drawFoot();
  const [name, show] = pages[page];
  const module = await moduleOf(name, mine);
  if (!module || mine !== turn) return;
  fresh();
  const stop = await show(module, number);
  if (mine !== turn) await stop?.();
  else leave = stop ?? null;
  scrollTo(0, 0);
  if (!view.contains(document.activeElement)) view.focus({ preventScroll: true });
  if (page !== "groups" && page !== "rooms") startLater();
}

// Each page draws into an element of its own: one that was overtaken, and still reads the disk, draws over nobody.
function fresh() {
  const before = view;
  view = h("main", { id: "view", tabindex: "-1" });
  before.replaceWith(view);
}

// A page that the line holds up says so, and comes by itself. One that broke off before anybody could wait for it may be
// lost until all is loaded anew: whatever is written stays on the disk.
async function moduleOf(name, mine = turn) {
  const said = (...parts) => {
    if (mine !== turn) return;
    if (session) showPlace(session.home.round.title);
    fill(view, h("div", { class: "notice wait", role: "status" }, parts));
  };
  const wait = () => said(h("p", {}, _("This page is not on this phone yet. It comes as soon as there is a connection.")));
  try {
    if (["capture", "groups", "rooms", "join"].includes(name)) return await import(`./${name}.js`).catch(() => bring(name, wait));
    await bringStyle("later.css", wait);
    return await bring(name, wait);
  } catch {
    said(h("p", {}, _("This page could not be loaded. What you have written is kept on this phone.")), button(_("Load it again"), loadAgain));
    return null;
  }
}

function loadAgain() {
  anew.now = true;
  location.reload();
}

/** What comes later in the day is loaded once one can type. */
function startLater() {
  later ??= bring("later").then(({ start: begin }) => begin({ go, pageOf, shown: () => shown }));
}

async function leaveBefore() {
  turn += 1;
  const mine = turn;
  const before = leave;
  leave = null;
  await before?.();
  delete view.dataset.room;
  return mine;
}

/** A room that is not on the group's rota is asked about once. */
async function acceptRoom(number) {
  const mine = ownVisits();
  if (!mine.length || mine.some((visit) => visit.classroom === number) || session.accepted.includes(number)) return true;
  const answer = await ask(
    _("Classroom {n} is not on your group’s rota.", { n: number }),
    _("You can write here all the same; it counts as a visit of your group."),
    [_("Write here"), "yes", "primary"],
    [_("Choose another classroom"), "no"],
  );
  if (answer !== "yes") {
    if (shown !== "rooms") await go("rooms");
    return false;
  }
  await changeRound(session.id, (kept) => ({ accepted: [...kept.accepted, number] }));
  return true;
}

/** Where somebody is taken who only wants to go on: a scanned door, else what the stage asks for, else the rota. */
function first() {
  const number = waiting ?? null;
  waiting = null;
  return number ? go("room", number) : go(pageOf(session.home.round.stage) ?? "rooms");
}

/** Whether no notes are taken any more: classrooms are no place to go then, but where words were left in a field. */
function isOver() {
  return session?.home?.round.stage === "closed";
}

async function leftWords(number) {
  const left = await read(["drafts"], ({ drafts }) => drafts.of(session.id)).catch(() => []);
  return left.some((draft) => draft.classroom === number && draft.touched && draft.text.trim());
}

/** The page on which this stage has something to do; at the end it says thank you. */
function pageOf(stage) {
  const wall = ["screening", "red_dots", "analysis", "prediction", "theories", "next_level", "closed"];
  return stage === "selection" ? "choose" : wall.includes(stage) ? "wall" : undefined;
}

let waiting = null;

async function openCode(typed) {
  const join = await moduleOf("join");
  return join && openAddress({ code: join.readCode(typed), number: null });
}

/** Follow a scanned or typed code; the answer is a sentence when that did not work. */
async function openAddress({ code, number }) {
  if (!session) return void (await showJoinPage(code));
  try {
    const mine = turn;
    const found = await roomOfCode(code);
    if (mine !== turn) return; // somebody has gone elsewhere meanwhile
    if (found.round !== session.id) {
      const known = (await joinedRounds()).find((round) => round.id === found.round);
      if (!known?.token) return void (await showJoinPage(code));
      await switchTo(found.round);
      await refresh().catch(() => {}); // without an answer it is as it was left
    }
    return void (found.number ? await go("room", found.number) : await go("rooms"));
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    return codeTrouble(error, number);
  }
}

// Without a network an unknown code cannot be looked up; the number at the door is enough to go on writing.
async function codeTrouble(error, number) {
  const unreachable = error.kind === "offline" || error.kind === "strange";
  if (number && unreachable) return void (await go("room", number));
  const sentence = unreachable ? _("There is no connection to look this code up. Choose the classroom from the list.") : error.sentence;
  if (shown !== "rooms") {
    await go("rooms");
    notice(sentence);
  }
  return sentence;
}

function notice(sentence) {
  view.prepend(h("p", { class: "notice wait", role: "alert" }, sentence));
}

async function showJoinPage(code, again = null) {
  const mine = await leaveBefore();
  const module = await moduleOf("join", mine);
  if (!module || mine !== turn) return null;
  const { showCode, showJoin } = module;
  shown = "join";
  fresh();
  drawFoot();
  const retry = (next) => (next ? showJoinPage(next, again) : showCodePage());
  if (!code) return showCode(view, { next: retry, practise: () => go("practice", null, { push: false }) });
  return showJoin(view, code, { joined: afterJoining, retry, again });
}

function showCodePage() {
  return showJoinPage("");
}

async function afterJoining(home) {
  waiting = home.classroom ?? waiting;
  if (!waiting) void bring("rooms");
  sendNow();
  void readBack(session.id, session.token).catch(() => {});
  history.replaceState(null, "", "/c/");
  if (home.observer.group || home.groups.length < 2) await first();
  else await go("groups");
}

/** A tablet that was handed on goes on with the same round, and asks who comes next. */
async function showNext() {
  const next = await setting("next");
  return next?.code ? showJoinPage(next.code, { ...next, another: true }) : showCodePage();
}

function rejoin() {
  const { observer, classrooms } = session.home;
  const code = session.code ?? classrooms.find((room) => room.code)?.code ?? "";
  const { display_name, school_name, return_code } = observer;
  return showJoinPage(code, { display_name, school: school_name, return_code });
}

function readAddress() {
  const carried = /^#import(?:=(.*))?$/s.exec(location.hash);
  if (carried) {
    history.replaceState(history.state, "", "/c/");
    return { carried: carried[1] ?? "" };
  }
  const number = Number(/^\/c\/(\d+)/.exec(location.pathname)?.[1] ?? 0) || null;
  const code = decodeURIComponent(location.hash.slice(1)).toUpperCase().replace(/[^A-Z0-9]/g, "").slice(0, 6);
  // The code has done its work: it stays in no history and on no screen.
  if (code) history.replaceState(history.state, "", location.pathname);
  return { number, code };
}

/** Sealed notes of another phone were scanned here: handed in, whoever this is. */
async function carry(value) {
  startLater();
  await leaveBefore();
  shown = "carry";
  drawFoot();
  const { showCarry } = await bring("carry");
  fresh();
  leave = await showCarry(view, value, { home: session && (() => go("rooms")) });
}

function followAddress() {
  const { number, code, carried } = readAddress();
  if (carried !== undefined) void carry(carried);
  else if (code) void openAddress({ code, number });
}

/** The pages of the day, with what the stage asks for. */
function drawFoot() {
  foot.hidden = !session?.home || shown === "join";
  if (foot.hidden) return;
  const stage = session.home.round.stage;
  const items = [["rooms", "▦", _("Rooms")], ["notes", "≡", _("My notes")]].slice(isOver() ? 1 : 0);
  if (["selection", "screening", "red_dots"].includes(stage)) items.push(["choose", "★", _("Choose")]);
  if (pageOf(stage) === "wall") items.push(["wall", "▤", _("Wall")]);
  items.push(["you", "○", _("You")]);
  const key = `${shown}/${items.map(([page]) => page)}`;
  if (foot.dataset.shown === key) return;
  foot.dataset.shown = key;
  const here = (page) => page === shown || (page === "rooms" && ["room", "paper"].includes(shown)) || (page === "you" && shown === "hand");
  fill(
    foot,
    items.map(([page, sign, text]) =>
      fill(button("", () => (page === shown && leave ? scrollTo(0, 0) : go(page)), { "aria-current": here(page) ? "page" : null }), h("span", { "aria-hidden": "true" }, sign), h("span", {}, text)),
    ),
  );
}

async function start() {
  // Who comes back has the field's modules on the phone: they are made ready while the disk is read.
  if (navigator.serviceWorker?.controller) void import("./capture.js").catch(() => {});
  await loadSession().catch(() => null);
  startHead({ rejoin, wayOut: () => go("out") });
  for (const kind of ["home", "place"]) hear(kind, drawFoot);
  // The disk came late (another tab was in its way): who this phone is stands on it.
  hear("disk", async () => !disk.trouble && !session && (await setting("current"))?.round && location.reload());
  // A page that comes back from the browser's memory may have been overtaken by a later one.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  addEventListener("popstate", (event) => event.state?.page && session && go(event.state.page, event.state.number, { push: false }));
  addEventListener("hashchange", followAddress);
  const drawn = showFirst();
  // The first page has the disk for itself until it is drawn, or asks something.
  await Promise.race([drawn.catch(() => {}), new Promise((on) => setTimeout(on, ALONE))]);
  startSync();
  void tryDisk();
  await drawn;
  // Who is still typing a name has the line for it; who has put the phone down gets the rest for a time without network.
  setTimeout(startLater, session ? 0 : UNHURRIED);
}

async function showFirst() {
  const { number, code, carried } = readAddress();
  const wanted = ["rooms", "notes"].find((page) => page === new URLSearchParams(location.search).get("show"));
  if (code && !session) waiting = number;
  if (carried !== undefined) await carry(carried);
  else if (code) await openAddress({ code, number });
  else if (!session) await showNext();
  else if (number) await go("room", number, { push: false });
  else if (wanted) await go(wanted, null, { push: false });
  else await go(session.home.observer.group || session.home.groups.length < 2 ? (pageOf(session.home.round.stage) ?? "rooms") : "groups", null, { push: false });
}

await start();
