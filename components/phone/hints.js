// The coach at the field: after a rest of the hand, words are underlined and one question stands below. It never writes.
import { hear } from "./bus.js";
import { asks, firstOf, isLeftAlone, leaveAlone, letAsk, marked, placesIn, question, ready } from "./coached.js";
import { button, fill, h, say, stayWriting } from "./draw.js";
import { _ } from "./texts.js";

/** How long the hand rests before words are asked about, and before a note is called vague: it may only be unfinished. */
const REST = 1000;
const UNFINISHED = 1500;

/** Begin to ask at a field; the answer has `fresh` (another note is in the field) and `leave`. */
export function attach(field) {
  const hints = new Hints(field);
  void ready.then(() => hints.fresh());
  return hints;
}

class Hints {
  constructor(field) {
    this.field = field;
    this.area = field.area;
    this.text = "";
    this.places = [];
    this.now = null;
    this.told = new Set();
    this.mirror = h("div", { class: "mirror", "aria-hidden": "true", dir: "auto" });
    this.behind = h("div", { class: "behind" }, this.mirror);
    this.area.before(this.behind);
    this.stops = [
      listen(this.area, "input", () => this.typed()),
      listen(this.area, "compositionend", () => this.wait()),
      listen(this.area, "scroll", () => this.scrolled()),
      hear("coach", () => this.look()),
      hear("home", () => this.wait()),
    ];
    this.sizes = new ResizeObserver(() => this.sized());
    this.sizes.observe(this.area);
  }

  leave() {
    clearTimeout(this.timer);
    this.stops.forEach((stop) => stop());
    this.sizes.disconnect();
  }

  /** Another note is in the field. */
  fresh() {
    this.told.clear();
    this.draw([], null);
    fill(this.field.question);
    this.field.below.classList.toggle("unasked", !asks());
    this.wait();
  }

  /** A key: what stands stays with its words, what was changed goes; nothing is looked for. */
  typed() {
    if (this.places.length) {
      const places = moved(this.text, this.area.value, this.places);
      this.draw(places, places.find((place) => place.was === this.now) ?? null);
    }
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), REST);
  }

  look(patient = false) {
    clearTimeout(this.timer);
    if (!this.area.isConnected) return this.leave();
    const text = this.area.value;
    this.field.below.classList.toggle("unasked", !asks());
    if (isLeftAlone(this.field.draft.id)) return this.now && this.draw([], null);
    const places = placesIn(text);
    const first = firstOf(places);
    if (first?.kind === "vague" && !patient && this.now?.kind !== "vague") {
      this.draw([], null);
      this.timer = setTimeout(() => this.look(true), UNFINISHED);
      return undefined;
    }
    // The question that stands is answered before another one comes.
    const same = this.now && places.find((place) => place.kind === this.now.kind && place.words === this.now.words);
    return this.draw(places, same ?? first);
  }

  draw(places, now) {
    const before = this.now;
    Object.assign(this, { text: this.area.value, places, now });
    fill(this.mirror, places.length > 0 && [marked(this.text, places, now), "\u200b"]);
    this.sized();
    if (now && before && now.kind === before.kind && now.words === before.words) return;
    if (now) this.ask(now);
    else if (before) fill(this.field.question);
  }

  ask(now) {
    const away = this.button("×", () => this.away(), { class: "away", "aria-label": _("Do not ask in this note") });
    fill(this.field.question, h("p", { class: "question" }, question(now)), away);
    const told = `${now.words}\n${now.ask}`;
    if (this.told.has(told)) return;
    this.told.add(told);
    say(now.words ? _("“{words}”: {ask}", now) : now.ask);
  }

  /** One tap: not in this note. The next one, elsewhere in the same place: in no note. */
  away() {
    const held = this.field.question.contains(document.activeElement);
    leaveAlone(this.field.draft.id);
    const sentence = _("Nothing more is asked in this note.");
    const never = this.button(_("Switch off for all notes"), () => this.never(), { class: "quiet" });
    fill(this.field.question, h("p", { class: "question" }, sentence), never);
    say(sentence);
    if (held) never.focus();
  }

  async never() {
    await letAsk(false);
    const sentence = _("Switched off. Under “You” it can be switched on again.");
    fill(this.field.question, h("p", { class: "question" }, sentence));
    this.field.below.classList.remove("unasked");
    say(sentence);
    this.area.focus();
  }

  button(text, act, props) {
    const made = button(text, act, props);
    stayWriting(made);
    return made;
  }

  scrolled() {
    this.mirror.style.transform = `translateY(${-this.area.scrollTop}px)`;
  }

  // The lines are drawn only where the mirror breaks its text as the field does: a line under another word is worse than
  // none, and the question says the words.
  sized() {
    if (!this.places.length) return;
    this.mirror.style.width = `${this.area.clientWidth}px`;
    const height = Math.max(this.mirror.offsetHeight, this.area.clientHeight);
    this.behind.classList.toggle("apart", Math.abs(height - this.area.scrollHeight) > 2);
    this.scrolled();
  }
}

function listen(element, kind, act) {
  element.addEventListener(kind, act);
  return () => element.removeEventListener(kind, act);
}

/** Where the places are after an edit: those in what was not touched, each remembering what it `was`. */
export function moved(before, after, places) {
  const most = Math.min(before.length, after.length);
  let same = 0;
  while (same < most && before[same] === after[same]) same += 1;
  let tail = 0;
  while (tail < most - same && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const by = after.length - before.length;
  const kept = [];
  for (const place of places) {
    const goesOn = place.end === same && isLetter(after[same]);
    if (place.kind === "vague") kept.push({ ...place, start: after.length, end: after.length, was: place });
    else if (place.end <= same && !goesOn) kept.push({ ...place, was: place });
    else if (place.start >= before.length - tail && !(place.start === before.length - tail && isLetter(after[after.length - tail - 1]))) {
      kept.push({ ...place, start: place.start + by, end: place.end + by, was: place });
    }
  }
  return kept;
}

function isLetter(sign) {
  return sign !== undefined && /[\p{L}\p{N}’']/u.test(sign);
}
