// How long the visit still is: a calm line with a quiet mark two minutes before its end, and the next room one tap away.
import { keepSetting, setting } from "./disk.js";
import { button, fill, h, refill, say } from "./draw.js";
import { classroom, ownVisits, session } from "./session.js";
import { skew } from "./api.js";
import { _ } from "./texts.js";

const SOON = 2;
const MINUTE = 60000;
const vibrated = new Set();

/** The line above the field; `draw` follows a change of the rota, `stop` ends it. */
export async function visitLine(number, go) {
  const time = h("p", { class: "time", id: "time" });
  const next = h("div", { class: "onward" });
  const element = h("div", { class: "visit" }, time, next);
  const came = await cameAt(number);
  let said = "";
  const draw = () => {
    const visit = visitNow(number, came);
    const shown = visit ? standing(visit) : { kind: "", text: "" };
    element.className = `visit ${shown.kind}`;
    const key = JSON.stringify(shown);
    if (said === key) return;
    said = key;
    fill(time, shown.sign && h("span", { "aria-hidden": "true" }, shown.sign), shown.text && h("strong", {}, shown.text), shown.more && h("span", { class: "until" }, shown.more));
    if (shown.kind === "soon") mark(`${session.id}/${number}/${visit.end}`, shown.text);
  };
  const plan = () => {
    refill(next, nextRoom(number, go));
    draw();
  };
  plan();
  const timer = setInterval(draw, 5000);
  return { element, draw: plan, stop: () => clearInterval(timer) };
}

/** What the line says of a visit with `left` minutes: words and a sign, never a colour alone. */
export function standing({ left, start, end, began }) {
  const until = _("until {end}", { end });
  if (began > 0) return { kind: "", text: `${start}–${end}` };
  if (left > SOON) return { kind: "", text: _("{n} min left", { n: Math.ceil(left) }), more: until };
  if (left > 0) return { kind: "soon", sign: "◔ ", text: left > 1 ? _("2 minutes left") : _("1 minute left"), more: until };
  return { kind: "over", sign: "✓ ", text: _("The visit is over"), more: until };
}

// A phone that may shakes once, softly; where it may not, nothing is asked and nothing happens.
function mark(key, text) {
  if (vibrated.has(key)) return;
  vibrated.add(key);
  say(text);
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(120);
}

/** The rota's time of this visit, today; off the rota, from when one came in, as long as a visit is. */
function visitNow(number, came) {
  const { timezone, date, minutes } = session.home.round;
  const now = new Date(Date.now() + skew());
  const local = zoned(now, timezone);
  const at = local.minutes;
  const planned = ownVisits().filter((visit) => visit.classroom === number);
  const visit = planned.find((one) => at < clockMinutes(one.end) + 10) ?? planned.at(-1);
  if (visit && local.date === date) {
    const [start, end] = [clockMinutes(visit.start), clockMinutes(visit.end)];
    return end - at < -10 ? null : { start: visit.start, end: visit.end, left: end - at, began: start - at };
  }
  if (visit) return { start: visit.start, end: visit.end, left: 0, began: 1 };
  const end = came + minutes * MINUTE;
  const left = (end - now.getTime()) / MINUTE;
  return left < -10 ? null : { start: "", end: zoned(new Date(end), timezone).clock, left, began: 0 };
}

async function cameAt(number) {
  const key = `came/${session.id}/${number}`;
  const kept = await setting(key);
  const now = Date.now() + skew();
  // Hours later one comes for another visit.
  if (kept && now - kept.at < 90 * MINUTE && now >= kept.at) return kept.at;
  await keepSetting(key, { at: now }).catch(() => {});
  return now;
}

function zoned(date, timeZone) {
  const options = { hour: "2-digit", minute: "2-digit", second: "2-digit", year: "numeric", month: "2-digit", day: "2-digit", hourCycle: "h23" };
  let parts;
  try {
    parts = new Intl.DateTimeFormat("en-GB", { ...options, timeZone }).formatToParts(date);
  } catch {
    parts = new Intl.DateTimeFormat("en-GB", options).formatToParts(date); // a zone that this browser does not know
  }
  const of = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  const minutes = Number(of.hour) * 60 + Number(of.minute) + Number(of.second) / 60;
  return { date: `${of.year}-${of.month}-${of.day}`, minutes, clock: `${of.hour}:${of.minute}` };
}

function clockMinutes(text) {
  const [hours, minutes] = text.split(":").map(Number);
  return hours * 60 + minutes;
}

function nextRoom(number, go) {
  const visits = ownVisits();
  const here = visits.findIndex((visit) => visit.classroom === number);
  const next = here >= 0 ? visits[here + 1] : null;
  if (!next) return fill(button("", () => go("rooms")), h("strong", {}, _("All classrooms")));
  const room = classroom(next.classroom);
  const made = button("", () => go("room", next.classroom));
  const text = h("strong", {}, _("Next: classroom {n}", { n: next.classroom }));
  return fill(made, text, h("span", {}, [room.room, next.start].filter(Boolean).join(" · ")));
}
