// Red dots: groups swap, and mark the cards of others that fail the test.
import { doAct } from "./acts.js";
import { button, fill, h } from "./draw.js";
import { reasons } from "./screen.js";
import { session } from "./session.js";
import { _, lensName } from "./texts.js";

/** Draw the other groups' cards: a tap, then the reason. */
export function showRedDots(body, wall, { waiting, go }) {
  const own = wall.to_screen.filter((card) => card.state !== "accepted").length;
  fill(
    body,
    h("h1", {}, _("Red dots")),
    h("p", { class: "calm" }, _("Cards of the other groups. A red dot sends a card back that is not specific or that judges.")),
    own > 0 && h("p", { class: "notice wait" }, _("Cards of your own group wait for other words.")),
    own > 0 && button(_("Look at them"), async () => (await import("./screen.js")).showScreening(body, wall, { waiting, go }), { class: "wide" }),
    h("ul", { class: "dots" }, wall.red_dots.map((card) => row(card, waiting.has(card.id)))),
    !wall.red_dots.length && h("p", { class: "calm" }, _("No cards of other groups are on the wall yet.")),
  );
}

function row(card, sent) {
  const why = h("div", { class: "answers", hidden: true });
  const open = h("button", { type: "button", class: "pick", "aria-expanded": "false", disabled: sent || card.dotted });
  fill(
    open,
    h("span", { class: "words" }, card.text),
    h("span", { class: "marks" }, h("span", { class: "lens" }, card.lens ? lensName(card.lens) : ""), (sent || card.dotted) && h("span", { class: "state stop" }, `● ${_("red dot")}`)),
  );
  open.addEventListener("click", () => {
    why.hidden = !why.hidden;
    open.setAttribute("aria-expanded", String(!why.hidden));
  });
  fill(why, h("p", {}, _("Red dot, because:")), reasons().map(([key, text]) => button(text, () => doAct(session.id, "red_dot", { card: card.id, reason: key }))));
  return h("li", {}, open, why);
}
