// A language's lists and rules out of their packed form, as app/observation/language/packing.py writes it.
const MARKS = "%+@_~";
const MARKED = /[%+@_~]/;
const FORMS = [(word) => word + "s", (word) => stem(word) + "ed", (word) => stem(word) + "ing", (word) => word + "ly", (word) => "un" + word];
// The mark of a word that a second list has as well.
const ALSO = "`";

/** {words: {class: [word]}, rules: {kind: [pattern]}} of what `packed` holds. */
export function unpacked(packed) {
  const words = Object.fromEntries(Object.entries(packed.words).map(([name, list]) => [name, told(list)]));
  for (const [name, second] of Object.entries(packed.also)) {
    words[second].push(...words[name].filter((word) => word.endsWith(ALSO)).map((word) => word.replace(/[%+@_~]*.$/, "")));
  }
  for (const name of Object.keys(words)) words[name] = words[name].flatMap((word) => unfolded(word.replace(ALSO, "")));
  const rules = Object.entries(packed.rules).map(([kind, list]) => [kind, list.split("\n").map(pattern)]);
  return { words, rules: Object.fromEntries(rules) };
}

/** The words of a list whose words begin with how many letters they share with the one before. */
function told(list) {
  let before = "";
  return (list.match(/[A-Z][^A-Z]*/g) ?? []).map((part) => (before = before.slice(0, part.charCodeAt(0) - 65) + part.slice(1)));
}

/** A word, and the forms of it that its marks name. */
function unfolded(marked) {
  let end = marked.length;
  while (end > 0 && MARKS.includes(marked[end - 1])) end -= 1;
  if (end === marked.length) return marked;
  const word = marked.slice(0, end);
  const found = [word];
  for (let at = end; at < marked.length; at++) found.push(FORMS[MARKS.indexOf(marked[at])](word));
  return found;
}

function pattern(packed) {
  const rule = packed.replace("[", "[ ").replace("]", " ]");
  return MARKED.test(rule) ? rule.split(" ").map(step).join(" ") : rule;
}

function step(packed) {
  if (!MARKED.test(packed)) return packed;
  const [, lead, words, tail] = /^([-!]?)(.*?)(\??)$/.exec(packed);
  return lead + words.split("|").flatMap(unfolded).join("|") + tail;
}

function stem(word) {
  return word.endsWith("e") ? word.slice(0, -1) : word;
}
