// A note in words, numbers and signs, each with its place counted in code points.
export const WORD = "w";
export const NUMBER = "n";
export const SIGN = "s";
const APOSTROPHES = "'’`´ʼ";
const HYPHENS = "-‐‑";
const SPACES = new Set([9, 11, 12, 13, 32, 0x85, 0xa0, 0x1680, 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff]);
for (let code = 0x2000; code < 0x2010; code++) SPACES.add(code);
const LETTERS = [
  [0x41, 0x5a], [0x61, 0x7a], [0xaa, 0xaa], [0xb5, 0xb5], [0xba, 0xba], [0xc0, 0xd6], [0xd8, 0xf6], [0xf8, 0x2af],
  [0x300, 0x1fff], [0x2c00, 0x2dff], [0x3040, 0xd7ff], [0xf900, 0xfdff], [0xfe70, 0xfefe], [0x10000, 0x1efff],
  [0x20000, 0x3ffff],
];
const CAPITALS = [
  [0x41, 0x5a, 32], [0xc0, 0xd6, 32], [0xd8, 0xde, 32], [0x391, 0x3a1, 32], [0x3a3, 0x3a9, 32], [0x410, 0x42f, 32],
  [0x400, 0x40f, 80],
];
const PAIRS = [[0x100, 0x137], [0x139, 0x148], [0x14a, 0x177], [0x179, 0x17e]];

/** The text in tokens {start, end, word, kind, capital, joined, shout}; words in `kept` keep their apostrophe. */
export function tokensOf(signs, kept) {
  const found = [];
  let at = 0;
  while (at < signs.length) {
    if (space(signs[at])) {
      at += 1;
    } else if (digit(signs[at])) {
      const end = endOfNumber(signs, at);
      found.push(token(signs, at, end, NUMBER, kept));
      at = end;
    } else if (letter(signs[at])) {
      const end = endOfWord(signs, at);
      found.push(...word(signs, at, end, kept));
      at = end;
    } else if (HYPHENS.includes(signs[at]) && at > 0 && at < signs.length - 1 && inside(signs[at - 1]) && inside(signs[at + 1])) {
      at += 1;
    } else {
      found.push(token(signs, at, at + 1, SIGN, kept));
      at += 1;
    }
  }
  return found;
}

function word(signs, start, end, kept) {
  if (end - start > 2 && "sS".includes(signs[end - 1]) && APOSTROPHES.includes(signs[end - 2])) {
    const owner = token(signs, start, end - 2, WORD, kept);
    return [owner, { start: end - 2, end, word: "'s", kind: WORD, capital: false, joined: true }];
  }
  return [token(signs, start, end, WORD, kept)];
}

function token(signs, start, end, kind, kept) {
  let said = signs[start];
  if (kind !== SIGN) {
    said = "";
    for (let at = start; at < end; at++) said += APOSTROPHES.includes(signs[at]) ? "'" : small(signs[at]);
    if (kind === WORD && !kept.has(said)) said = said.replaceAll("'", "");
  }
  const joined = start > 0 && !space(signs[start - 1]);
  const shout = end - start > 1 && small(signs[start + 1]) !== signs[start + 1];
  return { start, end, word: said, kind, capital: small(signs[start]) !== signs[start], joined, shout };
}

function endOfWord(signs, at) {
  while (at < signs.length) {
    if (!inside(signs[at]) && !(APOSTROPHES.includes(signs[at]) && at + 1 < signs.length && letter(signs[at + 1]))) break;
    at += 1;
  }
  return at;
}

function endOfNumber(signs, at) {
  while (at < signs.length) {
    const within = ".,:/".includes(signs[at]) && at + 1 < signs.length && digit(signs[at + 1]);
    if (!inside(signs[at]) && signs[at] !== "%" && !within) break;
    at += 1;
  }
  return at;
}

function small(sign) {
  const code = sign.codePointAt(0);
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? String.fromCharCode(code + 32) : sign;
  for (const [first, last, step] of CAPITALS) if (first <= code && code <= last) return String.fromCodePoint(code + step);
  for (const [first, last] of PAIRS) {
    if (first <= code && code <= last && (code - first) % 2 === 0 && code !== 0x130) return String.fromCodePoint(code + 1);
  }
  return sign;
}

function inside(sign) {
  return letter(sign) || digit(sign);
}

function digit(sign) {
  return sign >= "0" && sign <= "9" && sign.length === 1;
}

function space(sign) {
  return SPACES.has(sign.codePointAt(0));
}

function letter(sign) {
  const code = sign.codePointAt(0);
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
  return LETTERS.some(([first, last]) => first <= code && code <= last);
}
