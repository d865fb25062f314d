// Screening: one chosen note at a time, read aloud in the group. Specific? Free of judgement?
import { doAct, forgetActs } from "./acts.js";
import { asks, beside, besideAskedOut, marked } from "./coached.js";
import { button, fill, focusKept, h, say } from "./draw.js";
import { askLater, writingOf } from "./field.js";
import { session } from "./session.js";
import { _, lensName, ngettext } from "./texts.js";

/** The card that is being read, and where it stands: another one never takes its place under a finger. */
let reading = { id: null, place: 0 };
/** What the group has answered about it: {specific, free}, each true, false or not yet. */
let answers = {};
let latest = null;
let lookedAt = false;
/** Words that were found for a card, until the server has taken them. */
const found = new Map();

/** Draw the group's next card with its two questions. */
export function showScreening(body, wall, { waiting, acts = [] }) {
  latest = { wall, waiting, acts };
  const cards = wall.to_screen.filter((card) => !waiting.has(card.id));
  if (!cards.length) {
    const goOn = focusKept(body);
    fill(body, h("h1", {}, _("Screening")), howFar(), h("p", { class: "calm" }, _("No card of your group is waiting. New ones appear here.")), answered());
    return goOn();
  }
  const here = cards.findIndex((card) => card.id === reading.id);
  const place = here >= 0 ? here : Math.min(reading.place, cards.length - 1);
  const card = cards[place];
  if (card.id !== reading.id || card.text !== reading.text) answers = {};
  reading = { id: card.id, place, text: card.text };
  const redraw = () => showScreening(body, latest.wall, latest);
  const counted = ngettext("{n} card of your group to screen", "{n} cards of your group to screen", cards.length);
  const drawn = JSON.stringify([card, cards.length > 1, asks() && session.home.words]);
  const before = body.querySelector(".wallcard");
  if (before?.dataset.drawn === drawn) {
    body.querySelector("h1").textContent = counted; // a button under a finger stays the same button
    body.querySelector(".howfar").replaceWith(howFar());
    if (!body.querySelector(".answered")?.contains(document.activeElement)) body.querySelector(".answeredplace").replaceWith(answered());
    return undefined;
  }
  // The next card comes at once, also where there is no network: this one waits for the server's answer.
  const act = async (kind, fields = {}) => {
    await doAct(session.id, kind, { card: card.id, seen: card.text, was: card.state, ...fields });
    latest.waiting.add(card.id);
    redraw();
  };
  const goOn = focusKept(body, ".wallcard");
  const decide = h("div", { class: "decide" });
  const drawDecisions = () => fill(decide, decisions(card, body, act, redraw));
  drawDecisions();
  fill(
    body,
    h("h1", { class: "small" }, counted),
    howFar(),
    h("p", { class: "calm" }, _("Read it aloud. One phone in the group decides with all.")),
    cardDrawn(card, drawn),
    h(
      "div",
      { class: "asked" },
      question("specific", _("Is it specific?"), _("Could somebody who was not there see it?"), drawDecisions),
      question("free", _("Is it free of judgement?"), _("What was seen or heard, not what it was worth."), drawDecisions),
    ),
    decide,
    cards.length > 1 && button(_("Another card first"), () => another(redraw), { class: "quiet wide" }),
    answered(),
  );
  return goOn();
}

/** One of the two questions: yes or no, and changed as often as the group changes its mind. */
function question(key, title, hint, changed) {
  const choices = [[true, _("Yes")], [false, _("No")]].map(([value, text]) => {
    const choice = h("button", { type: "button", class: "answer", "aria-pressed": String(answers[key] === value) }, text);
    choice.addEventListener("click", () => {
      answers[key] = answers[key] === value ? undefined : value;
      choices.forEach((one, n) => one.setAttribute("aria-pressed", String(answers[key] === (n === 0))));
      changed();
    });
    return choice;
  });
  return h(
    "div",
    { class: "question2", role: "group", "aria-labelledby": `q-${key}` },
    h("p", { id: `q-${key}` }, h("strong", {}, title), h("span", { class: "hint" }, hint)),
    h("div", { class: "yesno" }, choices),
  );
}

function howFar() {
  const { to_screen: waiting, screened } = latest.wall;
  const n = (state) => screened.filter((card) => card.state === state).length;
  const back = waiting.filter((card) => card.state === "returned").length;
  const said = [
    _("{n} on the wall", { n: n("accepted") }),
    _("{n} dropped", { n: n("dropped") }),
    back > 0 && _("{n} sent back", { n: back }),
  ];
  return h("p", { class: "howfar hint" }, said.filter(Boolean).join(" · "));
}

function another(redraw) {
  const cards = latest.wall.to_screen.filter((card) => !latest.waiting.has(card.id));
  reading = { id: null, place: (reading.place + 1) % Math.max(1, cards.length) };
  redraw();
}

function cardDrawn(card, drawn) {
  const returned = card.state === "returned";
  const { places, all } = besideAskedOut(card.text, card.asked_out ?? []);
  return h(
    "article",
    { class: "wallcard", "data-drawn": drawn },
    h("p", { class: "words" }, marked(card.text, all)),
    (card.lens || card.late) && h("p", { class: "lens" }, [card.lens && lensName(card.lens), card.late && _("came late")].filter(Boolean).join(" · ")),
    returned && h("p", { class: "notice wait" }, h("span", { "aria-hidden": "true" }, "● "), _("Sent back: {reason}", { reason: reasonName(card.reason) })),
    card.asked_out?.length > 0 && h("p", { class: "notice wait" }, _("The marked words say a time, a room or a name. Find other words (“for six minutes”, not “at 9:42”).")),
    beside(places),
  );
}

function decisions(card, body, act, redraw) {
  const asked = card.asked_out?.length > 0;
  const returned = card.state === "returned";
  const both = answers.specific === true && answers.free === true;
  const no = answers.specific === false || answers.free === false;
  const accept = () => {
    if (!both) return say(_("Answer both questions first: two times yes, and it goes on the wall."));
    return act("accept", asked ? { confirmed: true } : {});
  };
  const reason = answers.free === false ? "judgement" : answers.specific === false ? "not_specific" : "";
  return [
    returned && h("p", { class: "calm" }, _("It came back: find other words for it first, or drop it.")),
    !returned && !no && button(asked ? _("It is a quotation: on the wall") : _("On the wall"), accept, { class: both ? "primary" : "unready", "aria-describedby": "both" }),
    !returned && !no && !both && h("p", { id: "both", class: "hint" }, _("Two times yes, and it goes on the wall.")),
    button(_("Find other words"), () => reword(body, card, latest.wall, act, redraw), { class: returned || no || (asked && !both) ? "primary" : "" }),
    button(_("Drop it"), () => act("drop", { reason }), { class: "stop" }),
  ];
}

/** What the group has decided, to be looked at and taken back. */
function answered() {
  const { screened } = latest.wall;
  const shown = screened.filter((card) => !latest.waiting.has(card.id));
  if (!shown.length) return h("div", { class: "answeredplace" });
  const turn = { accepted: ["drop", _("Take it off the wall")], dropped: ["accept", _("On the wall after all")] };
  const row = (card) => {
    const [kind, text] = turn[card.state];
    return h(
      "li",
      {},
      h("p", { class: "words" }, card.text),
      h("div", { class: "marks" }, h("span", { class: `state ${card.state === "accepted" ? "ok" : ""}` }, card.state === "accepted" ? `✓ ${_("on the wall")}` : `✕ ${_("dropped")}`), button(text, () => doAct(session.id, kind, { card: card.id, seen: card.text, was: card.state }), { class: "quiet", "data-at": `turn ${card.id}`, "aria-label": `${text}: ${card.text.slice(0, 60)}` })),
    );
  };
  const list = h("details", { class: "answered" }, h("summary", { "data-at": "answered" }, ngettext("{n} card that your group has answered", "{n} cards that your group has answered", shown.length)), h("ul", { class: "dots" }, shown.map(row)));
  list.open = lookedAt;
  list.addEventListener("toggle", () => (lookedAt = list.open));
  return h("div", { class: "answeredplace" }, list);
}

function reword(body, card, wall, act, redraw) {
  const area = h("textarea", { id: "reword", rows: 5, dir: "auto", "aria-label": _("Other words"), "aria-describedby": "reword-question" });
  const key = `${card.id} ${card.text}`;
  const refused = wall.refused.filter(({ act: done }) => done.kind === "reword" && done.card === card.id);
  area.value = found.get(key) ?? refused.at(-1)?.act.text ?? card.text;
  area.addEventListener("input", () => found.set(key, area.value));
  const field = { ...writingOf(area), draft: { id: card.id } };
  void askLater(field);
  fill(
    body,
    h("h1", { class: "small" }, _("Find other words")),
    h("p", { class: "calm" }, _("What was seen or heard? How many of how many? What was noted stays as it was; only the card changes.")),
    field.lines,
    field.below,
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
function reasonName(reason) {
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
