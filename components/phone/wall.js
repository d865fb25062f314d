// What the group does at the wall: screening, red dots, sorting, predictions, theories. The server says what there is to do.
import { actsRefused, actsWaiting, forgetActs } from "./acts.js";
import { Trouble, call } from "./api.js";
import { bring, bringStyle } from "./bring.js";
import { hear } from "./bus.js";
import { ready } from "./coached.js";
import { button, fill, focusKept, h, released } from "./draw.js";
import { showPlace } from "./head.js";
import { session } from "./session.js";
import { state, troubleSaid } from "./sync.js";
import { showVote } from "./vote.js";
import { _, ngettext } from "./texts.js";
import { whatIsDeleted } from "./you.js";

/** Each stage's module, and what it draws with. */
const parts = {
  screening: ["screen", "showScreening"],
  red_dots: ["red_dots", "showRedDots"],
  analysis: ["sorting", "showSorting"],
  prediction: ["predict", "showPredict"],
  theories: ["drafting", "showDrafts"],
  next_level: ["drafting", "showDrafts"],
};

/** What the part that is on the page shows by itself; the others' refusals stand above it. */
const answeredInPlace = new Set(["change_draft"]);

/** The cards of the sorting with their words: they travel once. */
let deck = { round: "", name: "", cards: [] };

/**
 * Draw what the stage asks for into `view`; it is read again when the server tells of a change. What was done here is
 * seen at once: a part is given the acts that the server's answer does not hold yet.
 */
export async function showWall(view, { go }) {
  const body = h("div");
  const told = h("div", { role: "alert" });
  const cut = h("div", { role: "status" });
  const voting = h("div");
  fill(view, cut, told, voting, body);
  await bringStyle("debrief.css");
  const own = new Map();
  let gone = false;
  let latest = null;
  let asked = 0;
  let heard = 0;
  let drawn = "";
  let behind = false;
  let held = false;
  let voted = "null";
  let lately = [];
  await ready;

  const remember = async () => {
    const waiting = (await actsWaiting(session.id)).map(({ act }) => act);
    for (const act of waiting) own.set(act.id, act);
    return new Set(waiting.map(({ id }) => id));
  };

  // A ballot that is on its way is as it was tapped.
  const drawVote = (acts) => {
    const ballot = JSON.stringify(latest.vote ?? null);
    if (ballot === voted || acts.some((act) => act.kind === "vote")) return;
    voted = ballot;
    const goOn = focusKept(voting);
    showVote(voting, latest.vote);
    goOn();
  };

  // One after the other: a part may read the disk before it draws.
  let turn = Promise.resolve();
  const render = () => (turn = turn.then(paint, paint));
  const redraw = () => {
    const field = body.querySelector("textarea:focus, input:focus, select:focus");
    field?.blur();
    drawn = "";
    return render();
  };
  const paint = async () => {
    await released(view);
    const kept = await actsRefused(session.id);
    tellRefused(told, lately, kept);
    if (gone || !latest) return;
    showPlace(session.home.round.title, latest.stage_name);
    const acts = [...own.values()];
    drawVote(acts);
    const now = JSON.stringify([latest, acts, kept, session.home.words]);
    if (now === drawn) return;
    const show = await partOf(latest.stage);
    const wall = { ...latest, refused: kept };
    // Nothing that somebody is typing at or dragging is drawn anew: what is new waits for that.
    held = Boolean(body.querySelector("textarea:focus, input:focus, select:focus, .dragged"));
    if (held) return show?.beside?.(body, wall);
    drawn = now;
    const goOn = focusKept(body);
    if (show) await show(body, wall, { acts, waiting: new Set(acts.map((act) => act.card)), go, redraw, settle: render });
    else showTogether(body, latest);
    goOn();
  };

  const draw = async (refused = null) => {
    if (Array.isArray(refused)) lately = refused;
    const waiting = await remember();
    const mine = ++asked;
    try {
      if (latest) await render();
      const wall = withDeck(await call("GET", `/wall?have=${deck.round === session.id ? deck.name : ""}`, { token: session.token, shape: "stage" }));
      if (gone || mine < heard) return; // overtaken by a later answer
      heard = mine;
      behind = false;
      // What had been answered before this was asked for is in it.
      for (const id of [...own.keys()]) if (!waiting.has(id)) own.delete(id);
      latest = wall;
      await remember();
      await render();
    } catch (error) {
      if (!(error instanceof Trouble)) console.error(error);
      behind = true; // what was told of is not seen yet: asked for again
      if (!drawn) fill(body, h("p", { class: "notice wait" }, error.sentence || troubleSaid() || _("There is no connection just now. The wall appears here as soon as there is.")));
    }
  };
  const ears = [hear("sending", () => tellCut(cut, own.size)), hear("wall", draw), hear("acts", () => remember().then(render)), hear("home", () => draw())];
  // The tap that ends the typing comes first.
  body.addEventListener("focusout", () => setTimeout(() => held && render(), 300));
  const timer = setInterval(() => (drawn && !behind) || draw(), 4000);
  await draw();
  return () => {
    gone = true;
    clearInterval(timer);
    ears.forEach((stop) => stop());
  };
}

async function partOf(stage) {
  const [name, draws] = parts[stage] ?? [];
  return name && (await bring(name))[draws];
}

function withDeck(wall) {
  if (!wall.sorting) return wall;
  const { deck: name, cards } = wall.sorting;
  if (cards) deck = { round: session.id, name, cards };
  return { ...wall, sorting: { ...wall.sorting, cards: deck.cards } };
}

function showTogether(body, wall) {
  const over = wall.stage === "closed";
  const text = over ? _("Thank you. What the group has seen, named and planned stands in the outcome.") : _("Look up: this part is done together, at the wall.");
  fill(body, h("h1", {}, wall.stage_name), h("p", { class: "calm" }, text), over && h("p", { class: "calm" }, whatIsDeleted(session.home.round.days_kept)));
}

// What goes on without a network, and what does not.
function tellCut(place, n) {
  const text = state.trouble && n > 0 ? ngettext("No connection: {n} thing that you did is kept on this phone and goes out by itself.", "No connection: {n} things that you did are kept on this phone and go out by themselves.", n) : "";
  if (place.textContent.startsWith(text) && Boolean(text) === Boolean(place.textContent)) return;
  fill(place, text && h("p", { class: "notice wait" }, `${text} `, _("Undo, new cards and what the others do come when the connection is back.")));
}

function tellRefused(told, lately, kept) {
  const withWords = new Set(kept.map(({ id }) => id));
  fill(told, lately.filter(({ id }) => !withWords.has(id)).map((one) => h("p", { class: "notice stop" }, one.sentence)), kept.filter(({ act }) => !answeredInPlace.has(act.kind)).map(refusal));
}

// What was refused, with the words that were sent: they stay until somebody has done something with them.
function refusal({ id, refused, act }) {
  return h(
    "div",
    { class: "notice stop" },
    h("p", {}, refused),
    h("p", { class: "words" }, act.text),
    button(_("I do not need these words any more"), () => forgetActs(id), { class: "quiet" }),
  );
}
