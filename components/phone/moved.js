// The facilitator has gone on: said to whoever is elsewhere, with the way there; nobody is pulled out of a sentence.
import { hear } from "./bus.js";
import { button, fill, h } from "./draw.js";
import { session } from "./session.js";
import { _ } from "./texts.js";

let before = null;

/** Follow the stage and the votes; `shown` says which page is on, `pageOf` which page a stage has. */
export function followStage(pages) {
  before = session && stood();
  hear("home", () => stageMoved(pages));
  hear("vote", () => voteMoved(pages));
}

function stood() {
  return { round: session.id, stage: session.home.round.stage };
}

function stageMoved({ go, shown, pageOf }) {
  const { stage, stage_name } = session.home.round;
  if (before?.round === session.id && stage !== before.stage) {
    const place = document.getElementById("stage") ?? h("div", { id: "stage", class: "notice", role: "status" });
    const page = pageOf(stage);
    place.dataset.page = page ?? "";
    fill(place, h("p", {}, _("The round is at “{stage}” now.", { stage: stage_name })), page && button(_("Go there"), () => (place.remove(), go(page))));
    if (!place.isConnected) document.getElementById("notices").after(place);
    if (page === shown()) place.remove();
  }
  before = stood();
}

/** A vote was opened, closed or counted: the way is shown once. */
function voteMoved({ go, shown }) {
  if (["wall", "join"].includes(shown()) || document.getElementById("vote-notice")) return;
  const place = h("div", { id: "vote-notice", class: "notice", role: "status" });
  fill(place, h("p", {}, _("There is a vote.")), button(_("Go there"), () => (place.remove(), go("wall"))));
  document.getElementById("notices").after(place);
}
