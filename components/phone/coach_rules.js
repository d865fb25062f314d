// Rules: patterns over the words of a note, found from left to right.
import { Spelling } from "./coach_spelling.js";
import { NUMBER, SIGN, WORD } from "./coach_tokens.js";
import { unpacked } from "./coach_words.js";

const [ONE, GAP, OPEN, CLOSE, BEGINS, ENDS, BEFORE_NOT, NEXT_NOT, STARTS, STOPS] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const MARKS = { "[": OPEN, "]": CLOSE, "^": BEGINS, $: ENDS, "^^": STARTS, $$: STOPS };
// Signs between clauses of one sentence.
const WITHIN = [",", "&", "/", "(", ")", "'", "’", "‘", '"', "“", "”", "+"];
const KINDS = ["evaluation", "inference", "prescription", "leave", "figure"];
const LOT = 8;
const NONE = [];

/** All rules of a language, filed under the words and classes that they can begin with. */
export class RuleBook {
  constructor(packed) {
    const data = unpacked(packed);
    this.classes = new Map();
    for (const [name, words] of Object.entries(data.words)) {
      for (const word of words) filed(this.classes, word, name);
    }
    this.kept = new Set(data.words.kept);
    this.endings = data.words.ending;
    // Read when they are first tried, or when there is time for all of them.
    this.rules = KINDS.flatMap((kind) => data.rules[kind].map((pattern) => ({ kind, pattern, elements: null })));
    this.spelling = new Spelling(data.words, (word) => this.#knows(word));
    this.byWord = new Map();
    this.byClass = new Map();
    this.anywhere = [];
    // What was looked up once; the words of a visit are few.
    this.found = new Map();
    this.rules.forEach((rule, number) => this.#file(number, rule));
  }

  /** Reads all rules, and gives their words to `act`, about as many at a time as a note has. */
  *inLots(act) {
    for (let at = 0; at < this.rules.length; at += LOT) {
      const lot = this.rules.slice(at, at + LOT);
      lot.forEach(read);
      yield act(lot.map((rule) => rule.pattern).join(" "));
    }
  }

  #knows(word) {
    if (this.classes.has(word)) return true;
    this.literal ??= ` ${this.rules.map((rule) => rule.pattern).join(" ")} `.replace(/[ |?][-!]?/g, " ");
    return this.literal.includes(` ${word} `);
  }

  #file(number, rule) {
    for (const part of rule.pattern.split(" ")) {
      const element = elementOf(part);
      if (element.does === GAP || (element.does === ONE && element.number)) {
        this.anywhere.push(number);
        return;
      }
      if (element.does !== ONE) continue;
      for (const word of element.words) filed(this.byWord, word, number);
      for (const name of element.classes) filed(this.byClass, name, number);
      if (!element.optional) return;
    }
  }

  /** The tokens with slips of the finger put right; a capital within a clause may be a name and stays. */
  spelt(tokens) {
    return tokens.map((token, at) => {
      const begins = at === 0 || tokens[at - 1].kind === SIGN;
      return token.kind === WORD && (begins || !token.capital) ? { ...token, word: this.spelling.meant(token.word) } : token;
    });
  }

  classesOf(token) {
    return this.classes.get(token.word) ?? NONE;
  }

  has(token, name) {
    return this.classesOf(token).includes(name);
  }

  /** Every place where a rule fits: {kind, start, end} in tokens, by place and then in the order of the rules. */
  matches(tokens) {
    const found = [];
    tokens.forEach((token, at) => {
      for (const number of this.#rulesFor(token)) {
        const rule = this.rules[number];
        read(rule);
        const span = this.#fits(rule.elements, 0, tokens, at, -1, -1);
        if (span) found.push({ kind: rule.kind, start: span[0] < 0 ? at : span[0], end: span[1] < 0 ? span[2] : span[1] });
      }
    });
    return found;
  }

  #rulesFor(token) {
    if (!this.byWord.has(token.word) && !this.classes.has(token.word)) return this.anywhere;
    if (!this.found.has(token.word)) {
      const numbers = new Set([...this.anywhere, ...(this.byWord.get(token.word) ?? NONE)]);
      for (const name of this.classesOf(token)) for (const number of this.byClass.get(name) ?? NONE) numbers.add(number);
      this.found.set(token.word, [...numbers].sort((one, other) => one - other));
    }
    return this.found.get(token.word);
  }

  #fits(elements, step, tokens, at, from, to) {
    if (step === elements.length) return [from, to, at];
    const element = elements[step];
    if (element.does === GAP) {
      for (let skipped = 0; skipped <= element.most; skipped++) {
        const fit = this.#fits(elements, step + 1, tokens, at + skipped, from, to);
        if (fit) return fit;
        if (at + skipped >= tokens.length || tokens[at + skipped].kind === SIGN) return null;
      }
      return null;
    }
    if (element.does === ONE) {
      if (at < tokens.length && this.#is(element, tokens[at])) {
        const fit = this.#fits(elements, step + 1, tokens, at + 1, from, to);
        if (fit) return fit;
      }
      return element.optional ? this.#fits(elements, step + 1, tokens, at, from, to) : null;
    }
    if (element.does === OPEN) from = at;
    else if (element.does === CLOSE) to = at;
    else if (!this.#stands(element, tokens, at)) return null;
    return this.#fits(elements, step + 1, tokens, at, from, to);
  }

  #stands(element, tokens, at) {
    if (element.does === BEGINS) return at === 0 || tokens[at - 1].kind === SIGN;
    if (element.does === ENDS) return at === tokens.length || tokens[at].kind === SIGN;
    if (element.does === STARTS) return at === 0 || (tokens[at - 1].kind === SIGN && !WITHIN.includes(tokens[at - 1].word));
    if (element.does === STOPS) return at === tokens.length || (tokens[at].kind === SIGN && !WITHIN.includes(tokens[at].word));
    if (element.does === BEFORE_NOT) return at === 0 || !this.#is(element, tokens[at - 1]);
    return at === tokens.length || !this.#is(element, tokens[at]);
  }

  #is(element, token) {
    if (element.words.has(token.word) || (element.number && token.kind === NUMBER)) return true;
    return element.classes.length > 0 && this.classesOf(token).some((name) => element.classes.includes(name));
  }
}

function read(rule) {
  rule.elements ??= rule.pattern.split(" ").map(elementOf);
}

function elementOf(part) {
  if (part in MARKS) return { does: MARKS[part], words: new Set(), classes: NONE };
  if (part.length > 1 && part[0] === "*") return { does: GAP, most: Number(part.slice(1)), words: new Set(), classes: NONE };
  let does = ONE;
  let optional = false;
  if (part.length > 1 && (part[0] === "-" || part[0] === "!")) {
    does = part[0] === "-" ? BEFORE_NOT : NEXT_NOT;
    part = part.slice(1);
  } else if (part.length > 1 && part.endsWith("?")) {
    optional = true;
    part = part.slice(0, -1);
  }
  const choices = part.split("|");
  const named = (choice) => choice.length > 2 && choice[0] === "<";
  const words = new Set(choices.filter((choice) => !named(choice)));
  const classes = choices.filter(named).map((choice) => choice.slice(1, -1));
  return { does, words, classes, number: words.has("#"), optional, most: 0 };
}

function filed(files, key, number) {
  if (files.has(key)) files.get(key).push(number);
  else files.set(key, [number]);
}
