// Who this phone is in the round, what is kept and when it is deleted.
import { asks, letAsk, ready } from "./coached.js";
import { button, fill, h } from "./draw.js";
import { showPlace } from "./head.js";
import { returnCodeSaid } from "./groups.js";
import { session } from "./session.js";
import { _, ngettext } from "./texts.js";

/** Draw it into `view`. */
export async function showYou(view, { go, another }) {
  const { observer, round, groups } = session.home;
  const group = groups.find((one) => one.id === observer.group);
  await ready;
  showPlace(round.title, _("You"));
  fill(
    view,
    h("h1", {}, observer.display_name),
    h("p", { class: "calm" }, [observer.school_name, group?.name].filter(Boolean).join(" · ")),
    h("p", { class: "return" }, returnCodeSaid()),
    button(group ? _("Change group") : _("Choose your group"), () => go("groups"), { class: "wide" }),
    button(_("Somebody else writes now"), () => go("hand"), { class: "wide" }),
    button(_("Join another round"), another, { class: "wide quiet" }),
    button(_("Hand the notes over without a network"), () => go("out"), { class: "wide quiet" }),
    h("h2", {}, _("Questions while you write")),
    asking(),
    button(_("Practise: does it describe, or judge?"), () => go("practice"), { class: "wide" }),
    h("h2", {}, _("Who sees what you write")),
    h("p", {}, _("A note is yours. Nobody reads it before you choose it for the wall, and on the wall it has no author and no room.")),
    h("p", {}, whatIsDeleted(round.days_kept)),
    h("h2", {}, _("On the home screen")),
    h("p", {}, homeScreenSaid()),
    !self.isSecureContext && h("p", { class: "notice wait" }, _("This address has no https. Notes are kept and sent, but the page cannot open without the network: leave it open during the visits.")),
  );
}

function homeScreenSaid() {
  if (matchMedia("(display-mode: standalone)").matches) {
    return _("You are in the app on the home screen. A door that you scan opens in the browser, and on an iPhone the browser does not see the notes in here: type the door’s code under “Rooms” instead.");
  }
  return _("During the visits stay here in the browser, where a scanned door opens: on an iPhone an app on the home screen keeps notes of its own. Whoever wants the app adds the page by the browser’s menu before the day, and types the doors’ codes.");
}

function asking() {
  const state = h("span", { "aria-hidden": "true" });
  const draw = () => {
    made.setAttribute("aria-checked", String(asks()));
    state.textContent = asks() ? `✓ ${_("on")}` : _("off");
  };
  const made = button(_("Ask about words that judge"), () => letAsk(!asks()).then(draw), { role: "switch", class: "wide switch", "aria-describedby": "asks-more" });
  made.append(state);
  draw();
  const more = _("When words judge, are vague or name somebody, they are underlined and one question stands below. It is found on this phone, sent nowhere and counted nowhere.");
  return [made, h("p", { class: "hint", id: "asks-more" }, more)];
}

/** What is deleted `days` after the close, and what stays. */
export function whatIsDeleted(days) {
  return ngettext("All notes are deleted {n} day after the round is closed; what stays are patterns, predictions and theories of action.", "All notes are deleted {n} days after the round is closed; what stays are patterns, predictions and theories of action.", days);
}
