// Screening: one chosen note at a time, read aloud in the group. Specific? Free of judgement?
import { doAct, forgetActs } from "./acts.js";
import { button, fill, h } from "./draw.js";
import { session } from "./session.js";
import { _, lensName, ngettext } from "./texts.js";

/** The card that is being read, and where it stands: another one never takes its place under a finger. */
let reading = { id: null, place: 0 };
let latest = null;
/** Words that were found for a card, until the server has taken them. */
const found = new Map();

/** Draw the group's next card with its two questions. */
export function showScreening(body, wall, { waiting }) {
  latest = { wall, waiting };
  const cards = wall.to_screen.filter((card) => !waiting.has(card.id));
  if (!cards.length) {
    fill(body, h("h1", {}, _("Screening")), h("p", { class: "calm" }, _("No card of your group is waiting. New ones appear here.")));
    return;
  }
  const here = cards.findIndex((card) => card.id === reading.id);
  const place = here >= 0 ? here : Math.min(reading.place, cards.length - 1);
  const card = cards[place];
  reading = { id: card.id, place };
  const redraw = () => showScreening(body, latest.wall, latest);
  const counted = ngettext("{n} card of your group to screen", "{n} cards of your group to screen", cards.length);
  const drawn = JSON.stringify([card, cards.length > 1]);
  const before = body.querySelector(".wallcard");
  if (before?.dataset.drawn === drawn) {
    body.querySelector("h1").textContent = counted; // a button under a finger stays the same button
    return;
  }
  // The next card comes at once, also where there is no network: this one waits for the server's answer.
  const act = async (kind, fields = {}) => {
    await doAct(session.id, kind, { card: card.id, ...fields });
    latest.waiting.add(card.id);
    redraw();
  };
  fill(
    body,
    h("h1", { class: "small" }, counted),
    h("p", { class: "calm" }, _("Read it aloud. One phone in the group decides with all.")),
    cardDrawn(card, drawn),
    h(
      "ul",
      { class: "questions" },
      h("li", {}, h("strong", {}, _("Is it specific? ")), _("Could somebody who was not there see it?")),
      h("li", {}, h("strong", {}, _("Is it free of judgement? ")), _("What was seen or heard, not what it was worth.")),
    ),
    h("div", { class: "decide" }, decisions(card, body, act, redraw)),
    cards.length > 1 && button(_("Another card first"), () => another(redraw), { class: "quiet wide" }),
  );
}

function another(redraw) {
  const cards = latest.wall.to_screen.filter((card) => !latest.waiting.has(card.id));
  reading = { id: null, place: (reading.place + 1) % Math.max(1, cards.length) };
  redraw();
}

function cardDrawn(card, drawn) {
  const returned = card.state === "returned";
  return h(
    "article",
    { class: "wallcard", "data-drawn": drawn },
    h("p", { class: "words" }, marked(card)),
    card.lens && h("p", { class: "lens" }, lensName(card.lens)),
    returned && h("p", { class: "notice wait" }, h("span", { "aria-hidden": "true" }, "● "), _("Sent back: {reason}", { reason: reasonName(card.reason) })),
    card.asked_out?.length > 0 && h("p", { class: "notice wait" }, _("The marked words say a time, a room or a name. Find other words (“for six minutes”, not “at 9:42”).")),
  );
}

// Positions count code points.
function marked({ text, asked_out: places }) {
  const points = [...text];
  const parts = [];
  let from = 0;
  for (const { start, end } of places ?? []) {
    parts.push(points.slice(from, start).join(""), h("mark", {}, points.slice(start, end).join("")));
    from = end;
  }
  return [...parts, points.slice(from).join("")];
}

function decisions(card, body, act, redraw) {
  const asked = card.asked_out?.length > 0;
  return [
    card.state !== "returned" && !asked && button(_("On the wall"), () => act("accept"), { class: "primary" }),
    card.state !== "returned" && asked && button(_("It is a quotation: on the wall"), () => act("accept", { confirmed: true })),
    button(_("Find other words"), () => reword(body, card, latest.wall, act, redraw), { class: card.state === "returned" || asked ? "primary" : "" }),
    button(_("Drop it"), () => act("drop"), { class: "stop" }),
  ];
}

function reword(body, card, wall, act, redraw) {
  const area = h("textarea", { id: "reword", rows: 5, "aria-label": _("Other words") });
  const key = `${card.id} ${card.text}`;
  const refused = wall.refused.filter(({ act: done }) => done.kind === "reword" && done.card === card.id);
  area.value = found.get(key) ?? refused.at(-1)?.act.text ?? card.text;
  area.addEventListener("input", () => found.set(key, area.value));
  fill(
    body,
    h("h1", { class: "small" }, _("Find other words")),
    h("p", { class: "calm" }, _("What was seen or heard? How many of how many? What was noted stays as it was; only the card changes.")),
    area,
    h(
      "div",
      { class: "answers" },
      button(_("Keep these words"), async () => {
        const text = area.value.trim();
        if (!text) return area.focus();
        area.blur();
        await act("reword", { text, seen: card.text });
        await forgetActs(...refused.map(({ id }) => id));
      }, { class: "primary" }),
      button(_("Back"), () => (area.blur(), redraw()), { class: "quiet" }),
    ),
  );
  area.focus();
}

/** Why a card is sent back, in words. */
export function reasonName(reason) {
  return reasons().find(([key]) => key === reason)?.[1] ?? reason;
}

/** The reasons that can be tapped. */
export function reasons() {
  return [
    ["judgement", _("It judges")],
    ["not_specific", _("It is not specific")],
    ["name_place_time", _("It says a name, a place or a time")],
  ];
}
