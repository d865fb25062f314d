// Whose words these are: the observer's, spoken by others, or written on a board.
import { NUMBER, SIGN, WORD } from "./coach_tokens.js";

export const OWN = 0;
const SPOKEN = 1;
export const WRITTEN = 2;
const CLOSES = new Map(Object.entries({
  "“": "”„“", "„": "“”", "«": "»", "»": "«", "‘": "’'‘", "”": "”", '"': '"”“', "'": "'’", "’": "’'",
}));
const SINGLE = ["'", "’", "‘"];
const SENTENCE = [".", "!", "?", "\n", "…"];
const CLAUSE = [...SENTENCE, ",", ";", "-", "–", "—"];

/** For each token, whose words it is part of. */
export function zonesOf(tokens, book) {
  return new Zones(tokens, book).mark();
}

class Zones {
  constructor(tokens, book) {
    this.tokens = tokens;
    this.book = book;
    this.zones = tokens.map(() => OWN);
    this.quotes = [];
  }

  mark() {
    this.markQuotes();
    this.tokens.forEach((token, at) => {
      if (this.zones[at] !== OWN) return;
      if (token.word === ":" || token.word === "=") this.colon(at);
      else if (CLAUSE.includes(token.word)) this.dash(at);
      else if (token.kind === WORD && this.has(at, "say")) this.say(at);
    });
    return this.zones;
  }

  markQuotes() {
    let at = 0;
    while (at < this.tokens.length) {
      const token = this.tokens[at];
      const end = token.kind === SIGN && CLOSES.has(token.word) && this.opens(at) ? this.closing(at) : -1;
      if (end < 0) {
        at += 1;
        continue;
      }
      this.fill(at, end + 1, this.sourceBefore(at, 6) || this.readBefore(at) ? WRITTEN : SPOKEN);
      this.quotes.push([at, end]);
      at = end + 1;
    }
  }

  readBefore(at) {
    return (at > 0 && this.has(at - 1, "reads")) || (at > 1 && this.has(at - 2, "reads"));
  }

  opens(at) {
    const token = this.tokens[at];
    if (!SINGLE.includes(token.word) && token.word !== '"') return true;
    const gluedBefore = token.joined && this.tokens[at - 1].kind !== SIGN;
    const gluedAfter = at + 1 < this.tokens.length && this.tokens[at + 1].joined;
    if (token.word === '"') return !(token.joined && this.tokens[at - 1].kind === NUMBER) && at + 1 < this.tokens.length;
    return !gluedBefore && gluedAfter;
  }

  closing(at) {
    const wanted = CLOSES.get(this.tokens[at].word);
    const single = SINGLE.includes(this.tokens[at].word);
    for (let end = at + 1; end < this.tokens.length; end++) {
      const token = this.tokens[end];
      if (token.kind === SIGN && wanted.includes(token.word)) {
        if (!single) return end;
        const next = this.tokens[end + 1];
        if (token.joined && (!next || !next.joined || next.kind === SIGN)) return end;
      }
      if (token.word === "\n" && single) break;
    }
    return single ? -1 : this.tokens.length - 1;
  }

  colon(at) {
    if (at + 1 >= this.tokens.length) return;
    const first = this.clauseStart(at, SENTENCE);
    if (this.tokens[at].word === "=") {
      const end = this.sentenceEnd(at);
      if (this.any(first, end, "source")) this.fill(first, end, WRITTEN);
      return;
    }
    if ((at - first <= 14 && this.any(first, at, "source")) || (at > 0 && this.has(at - 1, "reads"))) {
      this.fill(at + 1, this.speechEnd(at + 1), WRITTEN);
      return;
    }
    const near = this.clauseStart(at, CLAUSE);
    const spoken = at - near <= 6 && this.any(near, at, "speaker") && !this.any(near, at, "aimed");
    if (spoken && !this.quotedFrom(at + 1)) this.fill(at + 1, this.speechEnd(at + 1), SPOKEN);
  }

  dash(at) {
    if (["-", "–", "—"].includes(this.tokens[at].word) && !this.tokens[at].joined) {
      const first = this.clauseStart(at, SENTENCE);
      if (at - first <= 7 && this.any(first, at, "listed")) this.fill(at + 1, this.sentenceEnd(at + 1), WRITTEN);
    }
  }

  say(at) {
    const first = this.clauseStart(at, SENTENCE);
    const sourced = this.any(Math.max(first, at - 4), at, "source");
    if (this.has(at, "reads") || sourced) {
      if (sourced && !this.has(at, "ask")) this.fill(at + 1, this.sentenceEnd(at + 1), WRITTEN);
      return;
    }
    if (this.postposed(at) || (this.has(at, "sayweak") && !this.near(at, "saidthat"))) return;
    let end = at + 1;
    while (end < this.tokens.length && this.zones[end] === OWN) {
      const token = this.tokens[end];
      if (SENTENCE.includes(token.word) || [";", "–", "—"].includes(token.word) || (token.word === "-" && !token.joined)) break;
      if (token.word === "," && (this.has(at, "ask") || !this.speechlike(end + 1))) break;
      if (["and", "then", "but"].includes(token.word) && this.acts(end + 1)) break;
      end += 1;
    }
    if (!this.quotedFrom(end)) this.fill(at + 1, end, SPOKEN);
  }

  near(at, name) {
    for (let after = at + 1; after < Math.min(at + 4, this.tokens.length); after++) if (this.has(after, name)) return true;
    return false;
  }

  postposed(at) {
    const next = this.tokens[at + 1];
    const ends = !next || CLAUSE.includes(next.word) || ["to", "quietly", "loudly", "aloud"].includes(next.word);
    const near = this.clauseStart(at, CLAUSE);
    const first = this.clauseStart(Math.max(near - 1, 0), SENTENCE);
    if (ends && near < at && at - near <= 4 && near > first && this.tokens[near - 1].word === "," && this.any(near, at, "speaker")) {
      this.fill(first, near, SPOKEN);
      return true;
    }
    return false;
  }

  speechlike(at) {
    for (let end = at; end < this.tokens.length; end++) {
      if (CLAUSE.includes(this.tokens[end].word)) return false;
      if (this.has(end, "address")) return true;
      if (this.has(end, "act") || this.has(end, "speaker") || this.tokens[end].kind === NUMBER) return false;
    }
    return false;
  }

  acts(at) {
    return at < this.tokens.length && (this.has(at, "act") || this.has(at, "speaker"));
  }

  quotedFrom(at) {
    return this.quotes.some(([start]) => start === at);
  }

  speechEnd(at) {
    let end = this.sentenceEnd(at);
    while (end < this.tokens.length && this.zones[end] === OWN && this.speechlike(end)) end = this.sentenceEnd(end);
    return end;
  }

  sentenceEnd(at) {
    while (at < this.tokens.length) {
      if (this.zones[at] === OWN && SENTENCE.includes(this.tokens[at].word)) return at + 1;
      at += 1;
    }
    return at;
  }

  clauseStart(at, signs) {
    while (at > 0) {
      const before = this.tokens[at - 1];
      if (before.kind === SIGN && signs.includes(before.word) && !(before.word === "-" && before.joined)) break;
      at -= 1;
    }
    return at;
  }

  sourceBefore(at, most) {
    return this.any(Math.max(this.clauseStart(at, SENTENCE), at - most), at, "source");
  }

  fill(start, end, zone) {
    for (let at = start; at < Math.min(end, this.tokens.length); at++) if (this.zones[at] === OWN) this.zones[at] = zone;
  }

  has(at, name) {
    return this.book.has(this.tokens[at], name);
  }

  any(start, end, name) {
    for (let at = start; at < end; at++) if (this.has(at, name) && this.zones[at] === OWN) return true;
    return false;
  }
}
