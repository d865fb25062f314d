// What the group does at the wall: screening, red dots, predictions. The server says what there is to do.
import { actsRefused, actsWaiting, forgetActs } from "./acts.js";
import { Trouble, call } from "./api.js";
import { hear } from "./bus.js";
import { button, fill, h } from "./draw.js";
import { showPlace } from "./head.js";
import { showPredict } from "./predict.js";
import { showRedDots } from "./red_dots.js";
import { showScreening } from "./screen.js";
import { session } from "./session.js";
import { troubleSaid } from "./sync.js";
import { showVote } from "./vote.js";
import { _ } from "./texts.js";

const parts = {
  screening: showScreening,
  red_dots: showRedDots,
  prediction: showPredict,
  theories: showPredict,
};

/** Draw what the stage asks for into `view`; it is read again when the server tells of a change. */
export async function showWall(view, { go }) {
  const body = h("div");
  const told = h("div", { role: "alert" });
  const voting = h("div");
  fill(view, told, voting, body);
  let gone = false;
  let drawn = "";
  let lately = [];
  const draw = async (refused = null) => {
    if (Array.isArray(refused)) lately = refused;
    const kept = await actsRefused(session.id);
    const withWords = new Set(kept.map(({ id }) => id));
    fill(told, lately.filter(({ id }) => !withWords.has(id)).map((one) => h("p", { class: "notice stop" }, one.sentence)), kept.map(refusal));
    try {
      const wall = await call("GET", "/wall", { token: session.token, shape: "stage" });
      const waiting = new Set((await actsWaiting(session.id)).map((kept) => kept.act.card));
      if (gone) return;
      wall.refused = kept;
      showPlace(session.home.round.title, wall.stage_name);
      const now = JSON.stringify([wall, [...waiting]]);
      // Nothing that somebody is typing at is drawn anew.
      if (now === drawn || body.querySelector("textarea:focus")) return;
      drawn = now;
      showVote(voting, wall.vote);
      const show = parts[wall.stage];
      if (show) show(body, wall, { waiting, go });
      else fill(body, h("h1", {}, wall.stage_name), h("p", { class: "calm" }, wall.stage === "closed" ? _("Thank you. What the group has seen, named and planned stands in the outcome.") : _("Look up: this part is done together, at the wall.")));
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (!drawn) fill(body, h("p", { class: "notice wait" }, error.sentence || troubleSaid() || _("There is no connection just now. The wall appears here as soon as there is.")));
    }
  };
  const ears = [hear("wall", draw), hear("acts", () => draw()), hear("home", () => draw())];
  const timer = setInterval(() => drawn || draw(), 4000);
  await draw();
  return () => {
    gone = true;
    clearInterval(timer);
    ears.forEach((stop) => stop());
  };
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
