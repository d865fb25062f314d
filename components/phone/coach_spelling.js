// Words typed in haste: one letter too many, too few, other or swapped.
const RECOGNISED = "often";
const SHORTEST = 7;
// Words whose answer is kept.
const MOST = 2000;

/** Knows the words of a language; gives the word that was meant. */
export class Spelling {
  /** `knows` says whether something is a word: asked last, since few words are like one of ours. */
  constructor(words, knows) {
    this.knows = knows;
    this.found = new Map();
    this.byLetter = new Map();
    const targets = words[RECOGNISED].filter((word) => word.length >= SHORTEST);
    for (const word of targets.sort()) {
      if (this.byLetter.has(word[0])) this.byLetter.get(word[0]).push(word);
      else this.byLetter.set(word[0], [word]);
    }
  }

  meant(word) {
    if (word.length < SHORTEST) return word;
    if (!this.found.has(word)) {
      if (this.found.size > MOST) this.found.clear();
      this.found.set(word, this.#look(word));
    }
    return this.found.get(word);
  }

  #look(word) {
    const target = (this.byLetter.get(word[0]) ?? []).find((one) => oneSlip(word, one));
    return target && !this.knows(word) ? target : word;
  }
}

function oneSlip(typed, meant) {
  const shorter = Math.min(typed.length, meant.length);
  let start = 0;
  while (start < shorter && typed[start] === meant[start]) start += 1;
  let end = 0;
  while (end < shorter - start && typed[typed.length - 1 - end] === meant[meant.length - 1 - end]) end += 1;
  const rest = typed.slice(start, typed.length - end);
  const wanted = meant.slice(start, meant.length - end);
  if (rest.length === 2 && wanted.length === 2) return rest[0] === wanted[1] && rest[1] === wanted[0];
  return rest.length <= 1 && wanted.length <= 1;
}
