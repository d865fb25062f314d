// Red dots: groups swap. One tap marks a card of the other group that fails the test, and sends it back with its reason.
import { doAct } from "./acts.js";
import { bring } from "./bring.js";
import { button, fill, focusKept, h, say } from "./draw.js";
import { session } from "./session.js";
import { _, lensName, ngettext } from "./texts.js";

/** Whether the group looks at its own cards just now. */
let atHome = false;

/** Draw the cards that this group looks at. */
export function showRedDots(body, wall, more) {
  const { acts, waiting } = more;
  const own = wall.to_screen.filter((card) => !waiting.has(card.id)).length;
  atHome &&= own > 0;
  if (atHome) return showOwn(body, wall, more);
  const cards = wall.red_dots.map((card) => withActs(card, acts));
  const marked = cards.filter((card) => card.dotted).length;
  const [focused] = (document.activeElement?.dataset?.at ?? "").split(" ");
  const goOn = focusKept(body, `[data-at^="${CSS.escape(focused)} "]`);
  fill(
    body,
    h("h1", {}, _("Red dots")),
    own > 0 && backAtHome(own, body, wall, more),
    h("p", { class: "calm" }, _("You have swapped: these are another group’s cards. A tap marks one that judges or is not specific, and sends it back.")),
    cards.length > 0 && h("p", { class: "count", role: "status" }, h("strong", {}, ngettext("{n} card to look at", "{n} cards to look at", cards.length)), h("span", {}, _("{n} marked", { n: marked }))),
    h("ul", { class: "dots" }, cards.map(row)),
    !cards.length && h("p", { class: "calm" }, _("There are no cards of another group for yours to look at. They appear here.")),
  );
  if (focused) goOn();
  return null;
}

function backAtHome(own, body, wall, more) {
  const text = ngettext("{n} card of your own group waits for other words.", "{n} cards of your own group wait for other words.", own);
  return h("div", { class: "notice wait" }, h("p", {}, text), button(_("Look at them"), () => showOwn(body, wall, more)));
}

/** The own group's cards that came back; nothing that others do takes them away from who reads them. */
async function showOwn(body, wall, more) {
  atHome = true;
  (await bring("screen")).showScreening(body, wall, more);
  if (body.querySelector(".goback")) return;
  const back = () => ((atHome = false), more.redraw());
  body.append(button(_("Back to the other group’s cards"), back, { class: "quiet wide goback" }));
}

// As it will be when the server has answered.
function withActs(card, acts) {
  let now = card;
  for (const act of acts) {
    if (act.card !== card.id) continue;
    if (act.kind === "red_dot") now = { ...now, dotted: true, reason: dots().find(([key]) => key === act.reason)?.[2] ?? act.reason, sent: true };
    if (act.kind === "take_dot_back") now = { ...now, dotted: false, reason: "" };
  }
  return now;
}

function row(card) {
  const mark = ([key, text, why]) =>
    button(`● ${text}`, async () => {
      await doAct(session.id, "red_dot", { card: card.id, reason: key });
      say(_("Marked: it goes back."));
    }, { class: "dot", "data-at": `${card.id} ${key}`, "aria-label": `${why}: ${card.text.slice(0, 60)}` });
  const back = () => button(_("Take it back"), () => doAct(session.id, "take_dot_back", { card: card.id }), { class: "quiet", "data-at": `${card.id} back`, "aria-label": `${_("Take it back")}: ${card.text.slice(0, 60)}` });
  return h(
    "li",
    { class: card.dotted ? "marked" : "" },
    h("p", { class: "words" }, card.text),
    card.lens && h("p", { class: "lens" }, lensName(card.lens)),
    card.dotted
      ? h("div", { class: "marks" }, h("span", { class: "state stop" }, `● ${card.reason}`), back())
      : h("div", { class: "dotrow", role: "group", "aria-label": _("Red dot, because:") }, dots().map(mark)),
  );
}

/** Key, on the button, and in a sentence. */
function dots() {
  return [
    ["judgement", _("judges"), _("It judges instead of describing")],
    ["not_specific", _("not specific"), _("It is not specific enough")],
    ["name_place_time", _("name, time"), _("It says a name, a place or a time")],
  ];
}
