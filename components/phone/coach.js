// The language coach: a quiet question where a note judges, is vague or names somebody. No DOM: it runs anywhere.
import data from "./coach_en.js";
import { namesIn } from "./coach_names.js";
import { RuleBook } from "./coach_rules.js";
import { tokensOf } from "./coach_tokens.js";
import { isVague } from "./coach_vague.js";
import { OWN, zonesOf } from "./coach_zones.js";
import { _ } from "./texts.js";

const FIRST = ["prescription", "inference", "evaluation"];
const book = new RuleBook(data);

/** Does beforehand, a piece at a time, what the first notes would wait for: the rules are read, and read as notes are. */
export const warming = () => book.inLots(coach);

/**
 * What to ask about a note, with positions in code points: {flags: [{kind, start, end, text, ask}], vague, names:
 * [{start, end, text}]}. `flag` and `leave` are a network's own words and phrases. As app/observation/language_coach.py.
 */
export function coach(text, { flag = [], leave = [] } = {}) {
  const signs = Array.from(text);
  const tokens = book.spelt(tokensOf(signs, book.kept));
  const zones = zonesOf(tokens, book);
  const left = phrases(tokens, leave);
  const matches = book.matches(tokens);
  const terms = matches.filter((match) => match.kind === "leave");
  const own = zones.map((zone, at) => zone === OWN && !left[at]);
  const found = matches.filter((match) => FIRST.includes(match.kind) && counts(match, own, terms));
  phrases(tokens, flag).forEach((here, at) => {
    if (here && !left[at]) found.push({ kind: "evaluation", start: at, end: at + 1 });
  });
  const flags = apart(found, tokens, own);
  const figures = matches.filter((match) => match.kind === "figure");
  const known = left.map((here, at) => here || figures.some((one) => one.start <= at && at < one.end));
  const names = namesIn(tokens, zones, known, book);
  const judged = new Set(flags.flatMap((one) => tokens.slice(one.start, one.end).map((_token, at) => one.start + at)));
  const span = (start, end) => {
    const [first, last] = [tokens[start].start, tokens[end - 1].end];
    return { start: first, end: last, text: signs.slice(first, last).join("") };
  };
  return {
    flags: flags.map((one) => ({ kind: one.kind, ...span(one.start, one.end), ask: asked(one.kind) })),
    vague: isVague(tokens, zones, names, judged, book),
    names: names.map(([start, end]) => span(start, end)),
  };
}

/** The question for a kind of judgement, from the table of the practice; also for `vague` and `name`. */
export function asked(kind) {
  return {
    evaluation: _("What did you see or hear that made you write this?"),
    inference: _("What did they do or say?"),
    prescription: _("Keep ideas for the afternoon. What happened?"),
    vague: _("How many of how many? What would a camera have recorded?"),
    name: _("Take out the name: “a student”, “the teacher”."),
  }[kind];
}

/** In the observer's own words, and no part of a term of a subject; a longer phrase around a term counts. */
function counts(match, own, terms) {
  if (!own.slice(match.start, match.end).every(Boolean)) return false;
  return terms.every((term) => match.end <= term.start || match.start >= term.end || around(match, term));
}

function around(match, term) {
  return match.start <= term.start && match.end >= term.end && match.end - match.start > term.end - term.start;
}

/** Judgements that do not overlap: a prescription stays, else the longer one; neighbours of one kind are asked about once. */
function apart(found, tokens, own) {
  const kept = [];
  const order = (one, other) =>
    (one.kind !== FIRST[0]) - (other.kind !== FIRST[0]) || one.start - one.end - (other.start - other.end) || FIRST.indexOf(one.kind) - FIRST.indexOf(other.kind) || one.start - other.start;
  for (const match of [...found].sort(order)) {
    if (kept.every((other) => match.end <= other.start || match.start >= other.end)) kept.push(match);
  }
  kept.sort((one, other) => one.start - other.start);
  const joined = [];
  for (const match of kept) {
    const last = joined.at(-1);
    let start = match.start;
    while (start > 0 && own[start - 1] && book.has(tokens[start - 1], "stress") && (!last || last.end < start)) start -= 1;
    if (last && last.kind === match.kind && nextTo(last.end, start, tokens)) last.end = match.end;
    else joined.push({ ...match, start });
  }
  return joined;
}

function nextTo(end, start, tokens) {
  return end === start || (end + 1 === start && ["and", "&"].includes(tokens[end].word));
}

function phrases(tokens, wanted) {
  const marked = tokens.map(() => false);
  for (const phrase of wanted) {
    const words = book.spelt(tokensOf(Array.from(phrase), book.kept)).map((token) => token.word);
    for (let at = 0; words.length && at + words.length <= tokens.length; at++) {
      if (words.every((word, n) => tokens[at + n].word === word)) marked.fill(true, at, at + words.length);
    }
  }
  return marked;
}
