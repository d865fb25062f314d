// A dot vote: an observer's own dots, changed until the vote is closed. Counts come only when the hall sees them.
import { doAct } from "./acts.js";
import { button, fill, h, say } from "./draw.js";
import { session } from "./session.js";
import { _, ngettext } from "./texts.js";

/** Draw `vote` into `place`; nothing where there is none. What was tapped stays while it travels. */
export function showVote(place, vote) {
  if (!vote || (vote.closed && !vote.counts)) {
    if (!vote) return void fill(place);
    return void fill(place, h("section", { class: "vote" }, title(vote), h("p", { class: "calm" }, _("This vote is closed. The counts come on the wall when the facilitator shows them."))));
  }
  if (vote.counts) return void fill(place, h("section", { class: "vote" }, title(vote), results(vote)));
  const chosen = new Set(vote.chosen);
  let abstained = vote.abstained;
  const left = h("p", { class: "count", role: "status" });
  const draw = () => {
    const n = vote.dots - chosen.size;
    const text = abstained ? _("You abstain.") : n ? ngettext("{n} dot left", "{n} dots left", n) : _("All your dots are set. You can change them until the vote is closed.");
    fill(left, text);
    chips.forEach((chip) => {
      const on = chosen.has(chip.dataset.option);
      chip.setAttribute("aria-pressed", String(on));
      chip.querySelector(".tick").textContent = on ? "●" : "○";
    });
    none.setAttribute("aria-pressed", String(abstained));
  };
  const send = () => doAct(session.id, "vote", { vote: vote.id, options: [...chosen], abstain: abstained });
  const pick = async (id) => {
    if (!chosen.delete(id)) {
      if (chosen.size >= vote.dots) return void say(fill(left, _("All your dots are set: take one away first.")).textContent);
      chosen.add(id);
    }
    abstained = false;
    draw();
    await send();
  };
  const chips = vote.options.map((option) => {
    const chip = h("button", { type: "button", class: "pick", "data-option": option.id, "data-at": option.id }, h("span", { class: "tick", "aria-hidden": "true" }), h("span", { class: "words", dir: "auto" }, option.text));
    chip.addEventListener("click", () => void pick(option.id));
    return chip;
  });
  const none = button(_("I abstain"), async () => {
    abstained = !abstained;
    chosen.clear();
    draw();
    await send();
  }, { class: "quiet", "data-at": "abstain" });
  fill(
    place,
    h("section", { class: "vote" }, title(vote), left, h("ul", { class: "choose" }, chips.map((chip) => h("li", {}, chip))), none,
      h("p", { class: "calm" }, _("Nobody sees how you vote, and nobody sees counts before the facilitator shows them."))),
  );
  draw();
}

function title(vote) {
  const titles = { patterns: _("Which patterns matter most?"), theories: _("Which theories of action do we take on?"), next_steps: _("Which next steps come first?") };
  return h("h1", {}, titles[vote.on]);
}

function results(vote) {
  const options = [...vote.options].sort((one, other) => vote.counts[other.id] - vote.counts[one.id]);
  return h("ol", { class: "plain" }, options.map((option) => h("li", { dir: "auto" }, h("strong", {}, String(vote.counts[option.id])), ` ${option.text}`, vote.chosen.includes(option.id) && " ●")));
}
