// Names of people in the room, none of authors, characters or worksheets.
import { NUMBER, SIGN, WORD } from "./coach_tokens.js";
import { OWN, WRITTEN } from "./coach_zones.js";

// Signs after which no capital is due.
const WITHIN = [",", "&", "/", "+", "("];

/** [start, end] in tokens of every name; none in what is written on a board, none in what is to be left alone. */
export function namesIn(tokens, zones, left, book) {
  const reader = new Names(tokens, zones, left, book);
  const found = [];
  let at = 0;
  while (at < tokens.length) {
    const end = reader.nameAt(at);
    if (end > at) found.push([at, end]);
    at = Math.max(end, at + 1);
  }
  return found;
}

class Names {
  constructor(tokens, zones, left, book) {
    this.tokens = tokens;
    this.zones = zones;
    this.left = left;
    this.book = book;
    // Somebody out of a book is spoken of: then a first name alone may be another.
    this.bookish = tokens.some((token, at) => this.figure(at) || book.has(token, "bookish"));
  }

  figure(at) {
    return this.tokens[at].capital && this.has(at, "figure") && !(at > 0 && this.has(at - 1, "title"));
  }

  nameAt(at) {
    if (this.zones[at] === WRITTEN || this.left[at] || this.tokens[at].kind !== WORD) return at;
    if (this.has(at, "title")) return this.titled(at);
    if (this.isFirst(at) && this.meant(at) && !this.acted(at) && !this.writtenBy(at)) return this.withSurname(at + 1);
    return this.unlisted(at) ? this.withSurname(at + 1) : at;
  }

  // A name in no list: a capital where none is due, no word of ours, and somebody of that name acts or is asked.
  unlisted(at) {
    if (this.bookish || this.zones[at] !== OWN || this.acted(at) || !this.strange(at)) return false;
    const before = this.tokens[at - 1];
    if (!before || (before.kind === SIGN && !WITHIN.includes(before.word))) return this.does(at + 1, "human") || this.together(at);
    return this.does(at + 1, "act") || this.has(at - 1, "asked") || this.together(at) || this.beside(at);
  }

  // A capital and small letters, in none of our lists, and not made like the word for a role, a thing or a people.
  strange(at) {
    const { word, kind, capital, shout } = this.tokens[at];
    if (!capital || shout || kind !== WORD || [...word].length < 3 || this.book.classes.has(word)) return false;
    return !this.book.endings.some((ending) => word.endsWith(ending));
  }

  does(at, verbs) {
    return at < this.tokens.length && this.has(at, verbs);
  }

  // “… and Rafe build”: two names, and what the two do.
  together(at) {
    const other = this.tokens[at + 2];
    if (!other || !["and", "&"].includes(this.tokens[at + 1].word)) return false;
    return other.capital && (this.has(at + 2, "first") || this.strange(at + 2)) && this.both(at + 3);
  }

  // The second of two names.
  beside(at) {
    if (at < 2 || !["and", "&"].includes(this.tokens[at - 1].word) || !this.tokens[at - 2].capital) return false;
    return (this.has(at - 2, "first") || this.strange(at - 2)) && this.both(at + 1);
  }

  both(at) {
    return at < this.tokens.length && this.book.has({ word: this.tokens[at].word + "s" }, "act");
  }

  // In speech a name is somebody's here when they are called by it; who is talked about may be out of a book.
  meant(at) {
    if (this.zones[at] === OWN || at === 0 || at + 1 === this.tokens.length) return true;
    const called = this.tokens[at - 1].kind === SIGN || this.tokens[at + 1].kind === SIGN;
    return called || this.has(at - 1, "toname") || this.has(at - 1, "say") || this.addressed(at);
  }

  titled(at) {
    let name = at + 1;
    if (this.tokens[name]?.word === ".") name += 1;
    while (name + 1 < this.tokens.length && this.has(name, "particle") && this.tokens[name + 1].kind === WORD) name += 1;
    if (name >= this.tokens.length || this.left[name] || this.acted(at) || !this.surname(at, name)) return at;
    return this.tokens[name].capital ? this.withSurname(name + 1) : name + 1;
  }

  surname(at, name) {
    const token = this.tokens[name];
    if (token.kind !== WORD || [...token.word].length < 2 || this.has(name, "fiction") || this.has(name, "title")) return false;
    if (this.has(name, "first") && !this.has(name, "wordname")) return true;
    const known = ["common", "function", "act", "say"].some((group) => this.has(name, group));
    return token.capital ? !this.has(name, "function") : !known && !this.has(at, "wordtitle");
  }

  isFirst(at) {
    const token = this.tokens[at];
    if (!(this.has(at, "first") || this.has(at, "wordname")) || this.has(at, "figure")) return false;
    if (at > 0 && this.tokens[at - 1].kind === NUMBER) return false;
    if (!this.has(at, "wordname") && !this.bookish) return token.capital || this.has(at, "lower");
    if (!token.capital && !(this.bookish && this.has(at, "lower"))) return false;
    return this.acting(at) || (this.addressed(at) && !this.bookish);
  }

  acting(at) {
    const after = this.tokens[at + 1];
    if (!after) return false;
    const before = this.tokens[at - 1]?.word;
    if (["the", "a", "in", "this", "each", "every", "my", "our", "next", "last"].includes(before)) return false;
    const joined = ["and", "&"].includes(after.word) && at + 2 < this.tokens.length && this.has(at + 2, "first");
    return this.has(at + 1, "act") || this.has(at + 1, "say") || after.word === "'s" || joined;
  }

  addressed(at) {
    if (at === 0) return false;
    return this.has(at - 1, "toname") || (["and", "&"].includes(this.tokens[at - 1].word) && at > 1 && this.has(at - 2, "first"));
  }

  acted(at) {
    return at > 0 && this.has(at - 1, "part") && this.tokens[at + 1]?.word !== "'s";
  }

  writtenBy(at) {
    return at > 0 && this.tokens[at - 1].word === "by" && this.withSurname(at + 1) > at + 1;
  }

  withSurname(end) {
    const token = this.tokens[end];
    if (token && token.kind === WORD && token.capital && !this.left[end]) {
      if (token.joined && this.tokens[end - 1].kind === WORD) return end + 1;
      const known = this.has(end, "first") || ["common", "function", "act", "say"].some((name) => this.has(end, name));
      if (!known && [...token.word].length > 2) return end + 1;
    }
    return end;
  }

  has(at, name) {
    return this.book.has(this.tokens[at], name);
  }
}
