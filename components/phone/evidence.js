// The cards of a pattern, read on request beside what cites it; read once, and kept as long as the page is open.
import { Trouble, call } from "./api.js";
import { fill, h } from "./draw.js";
import { session } from "./session.js";
import { troubleSaid } from "./sync.js";
import { _, lensName, ngettext } from "./texts.js";

const kept = new Map();
const unfolded = new Map();

/** How much stands behind a pattern, and what speaks against it: always in sight. */
export function standsOn(pattern) {
  const on = ngettext("{n} card", "{n} cards", pattern.cards);
  const of = ngettext("from {n} visit", "from {n} visits", pattern.visits);
  return [h("span", { class: "hint" }, `${on} ${of}`), pattern.exception && h("span", { class: "exception" }, h("b", {}, _("Exception")), ` ${pattern.exception}`)];
}

/** A line that unfolds into the pattern's cards. */
export function evidenceOf(pattern, open = false) {
  const list = h("ul", { class: "evidence", tabindex: "0", "aria-label": _("The cards of “{title}”", { title: pattern.title }) });
  const drawn = h("details", { class: "answered" }, h("summary", { "data-at": `cards ${pattern.id}` }, _("Read its cards")), pattern.summary && h("p", {}, pattern.summary), list);
  const key = `${pattern.id} ${pattern.cards} ${pattern.exception}`;
  const read = async () => {
    unfolded.set(pattern.id, drawn.open);
    if (!drawn.open) return;
    try {
      if (!kept.has(key)) kept.set(key, (await call("GET", `/patterns/${pattern.id}`, { token: session.token, shape: "evidence" })).evidence);
      fill(list, kept.get(key).map((card) => h("li", {}, h("span", { class: "words" }, card.text), card.lens && h("small", {}, lensName(card.lens)))));
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      fill(list, h("li", { class: "calm" }, error.sentence || troubleSaid() || _("There is no connection just now, so the cards cannot be read.")));
    }
  };
  drawn.addEventListener("toggle", read);
  drawn.open = unfolded.get(pattern.id) ?? open;
  return drawn;
}
