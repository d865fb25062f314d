// Practice before the first visit: five short statements; each describes or judges, and why. Nothing of it is kept.
import { button, fill, h } from "./draw.js";
import { showPlace } from "./head.js";
import { _ } from "./texts.js";

/** Draw five statements, one after another, into `view`; `on` leads to where somebody was going. */
export async function showPractice(view, { on }) {
  showPlace(_("Practice"));
  const kinds = await statements().catch(() => null);
  if (!kinds) return fill(view, h("p", { class: "notice wait" }, _("The practice cannot be loaded just now. You can write without it.")), button(_("Go on"), on, { class: "primary wide" }));
  const five = drawn(kinds);
  const next = (at) => (at < five.length ? showStatement(view, five, at, { on, next }) : showEnd(view, { on }));
  return next(0);
}

let pool = null;

/** All statements, asked for early: they are there when the network is not. */
export async function statements() {
  pool ??= await (await fetch(new URL("./practice.json", import.meta.url))).json();
  return pool;
}

/** One of each kind; two or three of the five judge, so that neither answer is the rule. */
export function drawn(kinds) {
  for (;;) {
    const five = kinds.map((kind) => kind[Math.floor(Math.random() * kind.length)]);
    if ([2, 3].includes(five.filter((one) => one.judges).length)) return five;
  }
}

function showStatement(view, five, at, { on, next }) {
  const one = five[at];
  const words = h("p", { class: "words" }, one.text);
  const result = h("div", { role: "status", class: "result" });
  const choices = [[_("It describes"), false], [_("It judges"), true]].map(([text, judges]) => {
    const made = h("button", { type: "button", "aria-pressed": "false" }, text);
    made.addEventListener("click", () => answer(judges, made));
    return made;
  });
  const further = button(at < five.length - 1 ? _("Next") : _("Done"), () => next(at + 1), { class: "primary wide", hidden: true });
  const answer = (judges, pressed) => {
    pressed.setAttribute("aria-pressed", "true");
    choices.forEach((choice) => (choice.disabled = true));
    fill(words, shown(one));
    fill(result, said(one, judges === one.judges));
    further.hidden = false;
    further.focus({ preventScroll: true });
    further.scrollIntoView({ block: "nearest" });
  };
  const title = h("h1", { class: "small", tabindex: "-1" }, _("Does it describe, or judge?"));
  fill(
    view,
    h("div", { class: "row" }, title, h("p", { class: "calm" }, _("{n} of {all}", { n: at + 1, all: five.length }))),
    h("article", { class: "wallcard" }, words),
    h("div", { class: "choices" }, choices),
    result,
    further,
    button(_("Leave the practice"), on, { class: "quiet wide" }),
  );
  title.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function shown({ text, words }) {
  const start = words ? text.indexOf(words) : -1;
  return start < 0 ? text : [text.slice(0, start), h("span", { class: "flagged now" }, words), text.slice(start + words.length)];
}

function said({ judges, why, instead }, same) {
  const verdict = same ? (judges ? _("Yes, it judges.") : _("Yes, it describes.")) : judges ? _("Look again: it judges.") : _("Look again: it describes.");
  return [h("p", { class: "verdict" }, h("span", { "aria-hidden": "true" }, same ? "✓ " : "↺ "), verdict), h("p", {}, why), instead && h("p", { class: "calm" }, _("For example: {instead}", { instead }))];
}

function showEnd(view, { on }) {
  fill(
    view,
    h("h1", { tabindex: "-1" }, _("That is all")),
    h("p", {}, _("Write down what anybody else in the room could have written too: who did and said what, how many of how many, in whose words. What it means is talked about afterwards, together.")),
    h("p", { class: "calm" }, _("Nothing of this practice is kept.")),
    button(_("Go on"), on, { class: "primary wide" }),
    button(_("Five others"), () => showPractice(view, { on }), { class: "wide" }),
  );
  view.querySelector("h1").focus({ preventScroll: true });
}
