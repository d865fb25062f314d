// Is a note so coarse that two people would picture different rooms?
import { NUMBER, WORD } from "./coach_tokens.js";
import { OWN } from "./coach_zones.js";

const [LONGEST, SHORT] = [14, 6];

/** True when, judgement and names left out, hardly a word is left that belongs to this room only. */
export function isVague(tokens, zones, names, judged, book) {
  const words = tokens.map((_token, at) => at).filter((at) => tokens[at].kind === WORD);
  if (!words.length || words.length > LONGEST) return false;
  if (tokens.some((token) => token.kind === NUMBER) || zones.some((zone) => zone !== OWN)) return false;
  const named = (at) => names.some(([start, end]) => start <= at && at < end);
  const coarse = (at) => book.has(tokens[at], "coarse") || book.has(tokens[at], "function");
  return words.filter((at) => !named(at) && !judged.has(at) && !coarse(at)).length <= (words.length <= SHORT ? 1 : 0);
}
