// A language's lists and rules out of their packed form, as app/observation/language/packing.py writes it.
const ENDINGS = new Map(Object.entries({
  "%": (word) => word + "s",
  "+": (word) => stem(word) + "ed",
  "@": (word) => stem(word) + "ing",
  "_": (word) => word + "ly",
  "~": (word) => "un" + word,
}));

// The mark of a word that a second list has as well.
const ALSO = "`";

/** {words: {class: [word]}, rules: {kind: [pattern]}} of what `packed` holds. */
export function unpacked(packed) {
  const words = Object.fromEntries(Object.entries(packed.words).map(([name, list]) => [name, told(list)]));
  for (const [name, second] of Object.entries(packed.also)) {
    words[second].push(...words[name].filter((word) => word.endsWith(ALSO)).map((word) => word.replace(/[%+@_~]*`/, "")));
  }
  for (const name of Object.keys(words)) words[name] = words[name].flatMap((word) => unfolded(word.replace(ALSO, "")));
  const rules = Object.entries(packed.rules).map(([kind, list]) => [kind, list.split("\n").map(pattern)]);
  return { words, rules: Object.fromEntries(rules) };
}

/** The words of a list whose words begin with how many letters they share with the one before. */
function told(list) {
  const found = [];
  let before = "";
  for (const [, same, rest] of list.matchAll(/([A-Z])([^A-Z]*)/g)) {
    before = before.slice(0, same.charCodeAt(0) - 65) + rest;
    found.push(before);
  }
  return found;
}

/** A word, and the forms of it that its marks name. */
function unfolded(marked) {
  let end = marked.length;
  while (ENDINGS.has(marked[end - 1])) end -= 1;
  const word = marked.slice(0, end);
  return [word, ...Array.from(marked.slice(end), (mark) => ENDINGS.get(mark)(word))];
}

function pattern(rule) {
  return rule.replaceAll("[", "[ ").replaceAll("]", " ]").replaceAll(/([^ |]+)[%+@_~]+/g, (marked) => {
    const lead = /^[-!]/.exec(marked)?.[0] ?? "";
    return lead + unfolded(marked.slice(lead.length)).join("|");
  });
}

function stem(word) {
  return word.endsWith("e") ? word.slice(0, -1) : word;
}
