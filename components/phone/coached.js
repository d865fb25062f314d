// What the coach says of a text, for whoever draws it: one question, and the words that it is about.
import { hear, tell } from "./bus.js";
import { asked, coach, warming } from "./coach.js";
import { keepSetting, setting } from "./disk.js";
import { h, idle } from "./draw.js";
import { LONGEST } from "./outbox.js";
import { session } from "./session.js";
import { _ } from "./texts.js";

/** So much of the words stands before the question: with them it has two lines on a small phone. */
const QUOTED = 18;
/** Notes whose questions were tapped away: in the page's memory, kept nowhere. */
const quiet = new Set();
const known = new Map();
let off = false;

/** Whether this phone asks; `ready` is there when the disk has said so. */
export const ready = setting("coach").then((kept) => (off = Boolean(kept?.off)), () => {});
export const asks = () => !off;
hear("home", () => known.clear());
// While nothing else is to be done.
void (async () => {
  for (const _piece of warming()) await idle();
})();

/** Switch the questions on or off for all notes of this phone. */
export async function letAsk(on) {
  off = !on;
  tell("coach");
  await keepSetting("coach", { off }).catch(() => {});
}

/** No more questions for this note, as long as this page is open. */
export function leaveAlone(note) {
  quiet.add(note);
  tell("coach");
}

export const isLeftAlone = (note) => quiet.has(note);

/**
 * The places of a text that are asked about, in their order: [{start, end, kind, words, ask}], positions as strings count
 * them. A vague text has one place without words, at its end. Nothing when the questions are off.
 */
export function placesIn(text) {
  if (off || !text.trim()) return [];
  if (!known.has(text)) {
    if (known.size > 500) known.clear();
    known.set(text, found(text));
  }
  return known.get(text);
}

function found(text) {
  const signs = Array.from(text);
  if (signs.length > LONGEST) return []; // the field says that it is too long
  const { flags, vague, names } = coach(text, session?.home?.words ?? {});
  const at = (n) => signs.slice(0, n).join("").length;
  const place = ({ start, end, text: words }, kind, ask) => ({ start: at(start), end: at(end), kind, words, ask });
  const judged = flags.map((one) => place(one, one.kind, one.ask));
  const named = names.map((one) => place(one, "name", asked("name"))).filter((one) => judged.every((other) => one.end <= other.start || other.end <= one.start));
  const places = [...judged, ...named].sort((one, other) => one.start - other.start);
  const nothingElse = { start: text.length, end: text.length, kind: "vague", words: "", ask: asked("vague") };
  return vague && !places.length ? [nothingElse] : places;
}

/** The one to ask about first: a name must never stay, then what judges, in the order of the words. */
export function firstOf(places) {
  return places.find((place) => place.kind === "name") ?? places[0] ?? null;
}

/** What is asked about a card, without what the server asks out of it (a time, a room, a name) in its own words. */
export function besideAskedOut(text, out) {
  const signs = Array.from(text);
  const at = (n) => signs.slice(0, n).join("").length;
  const taken = out.map((one) => ({ start: at(one.start), end: at(one.end), kind: "out" }));
  const places = placesIn(text).filter((place) => taken.every((one) => place.end <= one.start || one.end <= place.start));
  return { places, all: [...places, ...taken].sort((one, other) => one.start - other.start) };
}

/** The text with the words marked that are asked about; `now` is the place that the question is about. */
export function marked(text, places, now = null) {
  const parts = [];
  let from = 0;
  for (const place of places) {
    if (place.start < from || place.end === place.start) continue;
    const words = text.slice(place.start, place.end);
    const kind = `${place.kind === "name" ? "flagged name" : "flagged"}${place === now ? " now" : ""}`;
    parts.push(text.slice(from, place.start), place.kind === "out" ? h("mark", {}, words) : h("span", { class: kind }, words));
    from = place.end;
  }
  parts.push(text.slice(from));
  return parts;
}

/** A question as it stands beside a text; of many words only the first are said again. */
export function question({ words, ask }) {
  const signs = Array.from(words);
  const said = signs.length > QUOTED ? `${signs.slice(0, QUOTED - 1).join("").trim()}…` : words;
  return [words && h("bdi", { class: "quoted" }, _("“{words}”", { words: said })), words && " ", ask];
}

/** The first question beside a card, or nothing: for its author and for the group that reads it. */
export function beside(places) {
  const first = firstOf(places);
  return first && h("p", { class: "beside" }, h("span", { class: "sign", "aria-hidden": "true" }, "?"), h("span", { class: "question" }, question(first)));
}
