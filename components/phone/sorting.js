// Silent sorting: the group puts its cards on piles. What is in the hand goes on the pile that is tapped.
import { doAct } from "./acts.js";
import { button, fill, h, newId, say } from "./draw.js";
import { pilesAfter, unsortedOf } from "./piles.js";
import { session } from "./session.js";
import { _, lensName, ngettext } from "./texts.js";

/** The cards that were tapped; none: the next card that is not sorted is in the hand. */
let chosen = [];
let passed = [];
let opened = "";
let listed = false;

/** Draw the hand and the piles. */
export function showSorting(body, wall, { acts, redraw }) {
  const { sorting } = wall;
  if (!sorting?.open) {
    const text = sorting ? _("Sorting is over. Look up: the sortings are laid together at the wall.") : _("Look up: this part is done together, at the wall.");
    fill(body, h("h1", {}, wall.stage_name), h("p", { class: "calm" }, text));
    return;
  }
  const piles = pilesAfter(sorting.piles, acts);
  const cards = new Map(sorting.cards.map((card) => [card.id, card]));
  chosen = chosen.filter((id) => cards.has(id));
  const table = { wall, sorting, piles, cards, unsorted: unsortedOf(sorting.cards, piles), acts, redraw };
  const focused = document.activeElement?.dataset?.at;
  const parts = [head(table), h("div", { class: "table" }, h("div", { class: "near" }, hand(table), rest(table)), pilesDrawn(table)), ready(table)];
  fill(body, parts);
  if (focused) (body.querySelector(`[data-at="${CSS.escape(focused)}"]`) ?? body.querySelector(".hand button, .put"))?.focus();
}

function head({ sorting, unsorted, acts }) {
  const turn = (kind, text, what) =>
    button(text, () => doAct(session.id, kind, {}), { class: "turn", "data-at": kind, disabled: !what || acts.some((act) => act.kind === kind), "aria-label": what ? `${text}: ${what}` : text });
  const all = sorting.cards.length;
  return h(
    "div",
    { class: "sorthead" },
    h("div", {}, h("h1", {}, _("Sort in silence")), h("p", { class: "hint", role: "status" }, _("{n} of {all} cards are on a pile", { n: all - unsorted.length, all }))),
    h("div", { class: "turns" }, turn("undo_sorting", `↶ ${_("Undo")}`, sorting.undo), turn("redo_sorting", `↷ ${_("Redo")}`, sorting.redo)),
  );
}

/** What is in the hand: the chosen cards, or the next one that is not sorted. */
function inHand({ unsorted }) {
  if (chosen.length) return chosen;
  const next = unsorted.find((card) => !passed.includes(card.id)) ?? unsorted[0];
  return next ? [next.id] : [];
}

function hand(table) {
  const ids = inHand(table);
  const { cards, unsorted, redraw } = table;
  if (!ids.length) {
    return h("section", { class: "hand done", "aria-label": _("In your hand") }, h("p", {}, _("All cards are on a pile. Look at the piles: does each hold together? Give names if you like.")));
  }
  const many = chosen.length > 1;
  const shown = many ? h("p", { class: "words" }, ngettext("{n} card chosen", "{n} cards chosen", ids.length)) : cardFace(cards.get(ids[0]), table, "words");
  return h(
    "section",
    { class: "hand", "aria-label": _("In your hand") },
    shown,
    h(
      "div",
      { class: "handrow" },
      h("p", { class: "hint" }, _("Tap the pile it goes on.")),
      chosen.length > 0 && button(many ? _("Choose none") : _("Put it back"), () => ((chosen = []), redraw()), { class: "quiet", "data-at": "none" }),
      !chosen.length && unsorted.length > 1 && button(_("Later"), () => later(ids[0], table), { class: "quiet", "data-at": "later" }),
    ),
  );
}

function later(id, { unsorted, redraw }) {
  passed = [...passed.filter((one) => one !== id), id];
  if (unsorted.every((card) => passed.includes(card.id))) passed = [id];
  redraw();
}

function cardFace(card, table, kind) {
  const face = h("p", { class: kind, draggable: "true" }, card.text, card.lens && h("small", {}, lensName(card.lens)));
  return dragging(face, card.id, table);
}

/** A card in a list: a tap takes it into the hand or puts it back, with others; it can be dragged. */
function cardRow(id, table) {
  const card = table.cards.get(id);
  const row = h("button", { type: "button", class: "sortcard", draggable: "true", "aria-pressed": String(chosen.includes(id)), "data-at": `card ${id}` }, h("span", { class: "words" }, card.text), card.lens && h("small", {}, lensName(card.lens)));
  row.addEventListener("click", () => {
    chosen = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
    table.redraw();
  });
  row.addEventListener("keydown", (event) => {
    if (event.key !== "m" && event.key !== "M") return;
    if (!chosen.includes(id)) chosen = [...chosen, id];
    table.redraw().then(() => document.querySelector(".put")?.focus());
  });
  return h("li", {}, dragging(row, id, table));
}

// While somebody drags, nothing is drawn anew: see wall.js.
function dragging(element, id, table) {
  element.addEventListener("dragstart", (event) => {
    if (!chosen.includes(id)) chosen = [id];
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    element.classList.add("dragged");
  });
  element.addEventListener("dragend", () => {
    element.classList.remove("dragged");
    table.redraw();
  });
  return element;
}

function dropping(element, put) {
  element.addEventListener("dragover", (event) => (event.preventDefault(), element.classList.add("over")));
  element.addEventListener("dragleave", () => element.classList.remove("over"));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    document.querySelectorAll(".dragged").forEach((one) => one.classList.remove("dragged"));
    void put();
  });
  return element;
}

async function put(table, pile) {
  const cards = inHand(table);
  if (!cards.length) return say(_("Your hand is empty: tap a card first."));
  chosen = [];
  passed = passed.filter((id) => !cards.includes(id));
  await doAct(session.id, "sort", { cards, pile });
  return say(ngettext("Put on the pile. {n} card is left.", "Put on the pile. {n} cards are left.", Math.max(0, table.unsorted.length - 1)));
}

async function putOnNew(table) {
  const cards = inHand(table);
  chosen = [];
  await doAct(session.id, "pile", { pile: newId(), cards });
}

function pilesDrawn(table) {
  const { piles, unsorted } = table;
  const make = button(`+ ${_("A new pile")}`, () => putOnNew(table), { class: "put new", "data-at": "new" });
  const back = chosen.length > 0 && button(`↩ ${_("Off the piles")}`, () => put(table, ""), { class: "put new", "data-at": "off" });
  return h(
    "section",
    { class: "piles", "aria-label": _("Piles") },
    !piles.length && unsorted.length > 0 && h("p", { class: "calm" }, _("Take the card in your hand as the beginning of a pile. Put to it what belongs together; nobody has to say why.")),
    piles.map((pile) => pileDrawn(pile, table)),
    h("div", { class: "pileends" }, dropping(make, () => putOnNew(table)), back),
  );
}

/** What a pile is called; without a name, by its first card. */
function called(pile, cards) {
  if (pile.name) return pile.name;
  const first = cards.get(pile.cards.find((id) => cards.has(id)))?.text ?? "";
  return first ? _("as “{words}”", { words: first.length > 60 ? `${first.slice(0, 58).trimEnd()}…` : first }) : _("An empty pile");
}

function pileDrawn(pile, table) {
  const { cards, redraw } = table;
  const name = called(pile, cards);
  const here = pile.cards.filter((id) => cards.has(id));
  const open = opened === pile.id;
  const onto = h("button", { type: "button", class: `put ${pile.name ? "" : "nameless"}`, "data-at": `pile ${pile.id}`, "aria-label": _("Put on the pile {name}", { name }) }, h("span", { class: "words" }, name), h("b", {}, ngettext("{n} card", "{n} cards", here.length)));
  onto.addEventListener("click", () => void put(table, pile.id));
  const look = button(open ? _("Close") : _("Look"), () => ((opened = open ? "" : pile.id), redraw()), { class: "quiet", "data-at": `look ${pile.id}`, "aria-expanded": String(open), "aria-label": `${open ? _("Close") : _("Look")}: ${name}` });
  const drawn = h("div", { class: "pile", "data-pile": pile.id }, h("div", { class: "pilerow" }, onto, look), open && pileOpen(pile, here, table));
  return dropping(drawn, () => put(table, pile.id));
}

function pileOpen(pile, here, table) {
  const { piles, cards } = table;
  const field = h("input", { id: `name-${pile.id}`, value: pile.name, maxlength: "200", placeholder: _("What holds it together (can wait)"), "aria-label": _("Name of the pile") });
  const keep = async () => {
    const text = field.value.trim();
    if (text !== pile.name) await doAct(session.id, "name_pile", { pile: pile.id, text, seen: pile.name });
  };
  field.addEventListener("change", keep);
  field.addEventListener("keydown", (event) => event.key === "Enter" && field.blur());
  const others = piles.filter((one) => one.id !== pile.id);
  const into = h("select", { "aria-label": _("Join to another pile") }, h("option", { value: "" }, _("Join to …")), others.map((one) => h("option", { value: one.id }, called(one, cards))));
  into.addEventListener("change", async () => {
    const to = into.value;
    into.blur();
    opened = to;
    await doAct(session.id, "join_piles", { into: to, pile: pile.id });
  });
  return h(
    "div",
    { class: "inside" },
    field,
    h("ul", {}, here.map((id) => cardRow(id, table)), !here.length && h("li", { class: "calm" }, _("No card is on it."))),
    h("div", { class: "answers" }, others.length > 0 && into, button(_("Take it apart"), () => doAct(session.id, "take_pile", { pile: pile.id }), { class: "stop" })),
  );
}

/** All cards that are not sorted, to choose several at once. */
function rest(table) {
  const { unsorted, redraw } = table;
  if (unsorted.length < 2) return null;
  const details = h("details", { class: "rest" }, h("summary", { "data-at": "rest" }, ngettext("{n} card is not sorted yet", "{n} cards are not sorted yet", unsorted.length)));
  if (listed) {
    details.open = true;
    details.append(h("p", { class: "hint" }, _("Tap as many as belong together, then the pile.")), h("ul", {}, unsorted.map((card) => cardRow(card.id, table))));
  }
  // Hundreds of cards are drawn only where somebody looks at them.
  details.addEventListener("toggle", () => {
    if (details.open === listed) return;
    listed = details.open;
    redraw();
  });
  return details;
}

function ready({ sorting, unsorted, acts }) {
  const last = acts.findLast?.((act) => act.kind === "ready");
  const is = last ? last.ready : sorting.ready;
  if (unsorted.length && !is) return null;
  const press = button(is ? `✓ ${_("Your group has finished")}` : _("Our group has finished"), () => doAct(session.id, "ready", { ready: !is }), { class: is ? "wide" : "primary wide", "aria-pressed": String(is), "data-at": "ready" });
  return h("div", { class: "readyrow" }, press, is && h("p", { class: "hint" }, _("You can go on moving cards until the facilitator ends it.")));
}
