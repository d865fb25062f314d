// The field that somebody writes in: every key is on the phone's disk, and a rest of the hand makes a note of it.
import { bring, bringStyle } from "./bring.js";
import { release, tell } from "./bus.js";
import { commit, keepDraft } from "./drafts.js";
import { h, idle, say, stayWriting } from "./draw.js";
import { LONGEST, tooLong } from "./outbox.js";
import { _, lensName } from "./texts.js";

/** How long the hand has to rest before what was typed is sent. */
const REST = 1000;

/** A text field over a draft, with chips for its lens. */
export class Field {
  constructor(draft, { lenses, label, placeholder, id, asks = true }) {
    this.draft = draft;
    this.timer = null;
    this.keeping = null;
    this.dirty = false;
    this.changed = () => {};
    this.kept = () => {};
    this.area = h("textarea", {
      id,
      rows: 5,
      dir: "auto",
      "aria-label": label,
      "aria-describedby": asks ? `${id}-much ${id}-question` : `${id}-much`,
      placeholder,
      autocapitalize: "sentences",
      spellcheck: "true",
      enterkeyhint: "enter",
    });
    Object.assign(this, writingOf(this.area));
    this.much = h("p", { id: `${id}-much`, class: "much", role: "status" });
    this.chips = lenses.map((key) => this.chip(key));
    this.lenses = h("div", { class: "chips", role: "group", "aria-label": _("What it is about") }, this.chips);
    this.area.addEventListener("input", () => this.typed());
    this.moved = () => this.cursor();
    document.addEventListener("selectionchange", this.moved);
    this.left = () => void this.rest();
    addEventListener("pagehide", this.left);
    document.addEventListener("visibilitychange", this.left);
    this.show();
    // Words that were left here in the middle are a note soon, also if nobody goes on with them.
    if (draft.touched) this.timer = setTimeout(this.left, REST);
    if (asks) askLater(this);
  }

  /** Put the draft into the field: text, lens and cursor as they were. */
  show() {
    this.area.value = this.draft.text;
    this.area.setSelectionRange(this.draft.start, this.draft.end);
    this.mark();
    this.hints?.fresh();
  }

  /** The author changed the note elsewhere: shown here too, but never under somebody's fingers. */
  follow({ text, lens }) {
    const { draft, area } = this;
    if (draft.touched || this.dirty || this.keeping || document.activeElement === area) return;
    if (draft.text.normalize("NFC").trim() === text && draft.lens === lens) return;
    Object.assign(draft, { text, lens, base: text, start: text.length, end: text.length });
    this.show();
  }

  chip(key) {
    const chip = h("button", { type: "button", class: "chip", "data-lens": key }, lensName(key));
    stayWriting(chip);
    chip.addEventListener("click", () => {
      this.draft.lens = this.draft.lens === key ? null : key;
      this.typed();
    });
    return chip;
  }

  /** The cursor was put elsewhere: kept too, though it makes no note. */
  cursor() {
    const { value, selectionStart: start, selectionEnd: end } = this.area;
    if (document.activeElement !== this.area || value !== this.draft.text || !value) return;
    if (start === this.draft.start && end === this.draft.end) return;
    Object.assign(this.draft, { start, end });
    this.dirty = true;
    void this.keep();
  }

  typed() {
    const { value, selectionStart, selectionEnd } = this.area;
    Object.assign(this.draft, { text: value, start: selectionStart, end: selectionEnd, touched: true });
    this.draft.begun ??= Date.now();
    this.dirty = true;
    this.mark();
    this.changed();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.rest(), REST);
    void this.keep();
  }

  /** Write some words where the cursor is, as if they had been typed. */
  put(words) {
    const { value, selectionStart: start, selectionEnd: end } = this.area;
    const before = start > 0 && !/\s/.test(value[start - 1]) ? " " : "";
    const after = /^\s/.test(value.slice(end)) ? "" : " ";
    this.area.setRangeText(before + words + after, start, end, "end");
    this.typed();
    this.hints?.typed();
  }

  mark() {
    for (const chip of this.chips) {
      chip.setAttribute("aria-pressed", String(chip.dataset.lens === this.draft.lens));
    }
    const n = [...this.draft.text.trim()].length;
    const over = n > LONGEST;
    this.much.classList.toggle("over", over);
    this.area.setAttribute("aria-invalid", String(over));
    if (n <= LONGEST - 200) this.much.textContent = "";
    else if (over) this.much.textContent = _("{n} characters too many. Make two notes of it.", { n: n - LONGEST });
    else this.much.textContent = _("{n} characters left", { n: LONGEST - n });
  }

  /** Write the draft to the disk; while one write is under way, the next one waits and takes the latest words. */
  keep() {
    if (this.keeping || !this.dirty) return this.keeping ?? Promise.resolve();
    this.keeping = (async () => {
      try {
        while (this.dirty) {
          this.dirty = false;
          await keepDraft(this.draft);
        }
        this.kept();
      } catch (error) {
        this.dirty = true;
        console.error(error);
      } finally {
        this.keeping = null;
      }
    })();
    return this.keeping;
  }

  /** What was typed becomes a note, or its next revision; writing goes on. */
  async rest() {
    clearTimeout(this.timer);
    await this.keep();
    if (this.draft.text.trim()) await this.become(false);
    if (this.gone) release(this.draft.id);
  }

  /** What was typed is a note; the field is free. */
  async done() {
    clearTimeout(this.timer);
    await this.keep();
    const note = await this.become(true);
    if (note !== undefined || !this.draft.text.trim()) return note;
    // The disk has lost the note that these words were (the browser cleared it): what stands here is written anew.
    this.draft.touched = true;
    return this.become(true);
  }

  /** The field is free at once for the words of `next`; those that stood in it become a note meanwhile. */
  async handOn(next) {
    const { draft, keeping } = this;
    clearTimeout(this.timer);
    Object.assign(this, { draft: next, dirty: false });
    this.show();
    await keeping;
    const note = await commit(draft, { done: true });
    return note ?? commit(Object.assign(draft, { touched: true }), { done: true });
  }

  async become(done) {
    if (tooLong(this.draft.text)) {
      if (done) say(_("This note is too long to be sent."));
      tell("notes");
      return null;
    }
    return commit(this.draft, { done });
  }

  leave() {
    this.gone = true;
    this.hints?.leave();
    removeEventListener("pagehide", this.left);
    document.removeEventListener("visibilitychange", this.left);
    document.removeEventListener("selectionchange", this.moved);
    clearTimeout(this.timer);
  }
}

/** A text field, and `below` it room for one question: the room is there before the question is. */
export function writingOf(area) {
  const question = h("div", { class: "asking", id: `${area.id}-question` });
  const longest = h("p", { class: "question", "aria-hidden": "true" }, h("bdi", { class: "quoted" }, "“nnnnnnnnnnnnnnnnnn” "), _("What did you see or hear that made you write this?"));
  const below = h("div", { class: "below" }, h("div", { class: "spare" }, longest), question);
  return { area, question, below, lines: h("div", { class: "lines" }, area) };
}

/** Let the coach ask at a field `{area, question, below, draft}` when nothing else is to be done: typing is first. */
export async function askLater(field) {
  try {
    await idle();
    const [{ attach }] = await Promise.all([bring("hints"), bringStyle("later.css")]);
    if (!field.gone) field.hints = attach(field);
  } catch (error) {
    console.error(error); // nothing is asked then; everything can be written
  }
}
