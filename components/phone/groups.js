// Which group one goes with, and the code with which one comes back.
import { Trouble } from "./api.js";
import { button, fill, h } from "./draw.js";
import { showPlace } from "./head.js";
import { chooseGroup, session } from "./session.js";
import { _ } from "./texts.js";

/** Choose the group: one tap. */
export function showGroups(view, { first }) {
  const { groups, observer } = session.home;
  const problem = h("p", { class: "problem", role: "alert" });
  showPlace(session.home.round.title, session.home.round.host_school);
  const pick = async (group) => {
    try {
      await chooseGroup(group.id);
      if (view.isConnected) first(); // else somebody has gone elsewhere meanwhile, and stays there
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      problem.textContent = error.sentence || _("There is no connection just now. Choose your group a little later: you can write already.");
    }
  };
  fill(
    view,
    h("h1", {}, _("Which group are you in?")),
    h("ul", { class: "cards" }, groups.map((group) => h("li", {}, groupButton(group, observer, pick)))),
    problem,
    button(observer.group ? _("Back") : _("I do not know yet"), () => first(), { class: "quiet wide" }),
    h("p", { class: "calm" }, returnCodeSaid()),
  );
}

function groupButton(group, observer, pick) {
  const made = button("", () => pick(group), { class: "card", "aria-pressed": String(group.id === observer.group) });
  return fill(made, h("strong", {}, group.name), group.id === observer.group && h("span", {}, `✓ ${_("your group")}`));
}

/** The return code in a sentence: what lets the same person in from another phone or tab. */
export function returnCodeSaid() {
  const code = session.home.observer.return_code;
  return [
    _("Your return code is "),
    h("strong", { class: "code" }, `${code.slice(0, 3)} ${code.slice(3)}`),
    _(". With it you get back in as yourself from another phone or browser."),
  ];
}
