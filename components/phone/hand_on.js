// A tablet for several observers in turn: whoever goes takes their notes off the screen, whoever comes says who they are.
import { hear } from "./bus.js";
import { disk } from "./disk.js";
import { button, fill, h, refill } from "./draw.js";
import { showPlace } from "./head.js";
import { returnCodeSaid } from "./groups.js";
import { handOn, session } from "./session.js";
import { state } from "./sync.js";
import { _, ngettext } from "./texts.js";

/** Say what happens, and hand on at a tap. */
export function showHandOn(view, { go }) {
  const { observer, round } = session.home;
  const [waiting, step] = [h("div", { role: "status" }), h("div")];
  showPlace(round.title, _("Somebody else writes now"));
  fill(
    view,
    h("h1", {}, _("Somebody else writes now")),
    h("p", {}, _("Your notes leave this screen, {name}. Nobody who writes here after you sees them.", { name: observer.display_name })),
    waiting,
    h("p", { class: "return" }, returnCodeSaid(), " ", _("Keep it, on your sheet for example.")),
    step,
    button(_("Go on writing"), () => go("rooms"), { class: "quiet wide" }),
  );
  const draw = () => {
    refill(waiting, stillWaiting());
    refill(step, nextStep());
  };
  const ears = [hear("sending", draw), hear("disk", draw)];
  draw();
  return () => ears.forEach((stop) => stop());
}

function stillWaiting() {
  const said = ngettext("{n} note is not received yet. It waits on this device and goes out by itself, under your name.", "{n} notes are not received yet. They wait on this device and go out by themselves, under your name.", state.unsent);
  return state.unsent > 0 && h("p", { class: "notice wait" }, said);
}

function nextStep() {
  const lost = _("This browser keeps nothing just now, so that your notes would be lost: leave the page open until everything is received.");
  return disk.trouble ? h("p", { class: "notice stop" }, lost) : button(_("Hand on"), handOn, { class: "primary wide", id: "hand-on" });
}
