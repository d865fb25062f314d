// Prediction: what a student who did everything would know and be able to do, resting on patterns.
import { actsRefused, actsWaiting, doAct, forgetActs } from "./acts.js";
import { hear } from "./bus.js";
import { keepSetting, setting } from "./disk.js";
import { button, fill, h, say } from "./draw.js";
import { evidenceOf, standsOn } from "./evidence.js";
import { session } from "./session.js";
import { _ } from "./texts.js";

/** Where the prediction that was sent last is: the page is drawn anew while it travels. */
let last = null;

/** Draw the question, the patterns to cite and a field; what is being written is kept at every key. */
export async function showPredict(body, wall) {
  const key = `prediction:${session.id}`;
  let kept = (await setting(key)) ?? { text: "", patterns: [] };
  const back = kept.text ? null : wall.refused.find(({ act }) => act.kind === "predict");
  if (back) {
    kept = { text: back.act.text, patterns: back.act.patterns };
    await keepSetting(key, kept);
    await forgetActs(back.id);
  }
  const chosen = new Set(kept.patterns);
  const area = h("textarea", { id: "prediction", rows: 4, "aria-label": _("Your prediction"), placeholder: _("Such a student would …") });
  area.value = kept.text;
  const keep = () => keepSetting(key, { text: area.value, patterns: [...chosen] });
  area.addEventListener("input", keep);
  const problem = h("p", { class: "problem", role: "alert" });
  const where = h("p", { class: "where", id: "sent", role: "status" });
  const show = (kind, text) => {
    last = kind ? [kind, text] : null;
    const place = document.getElementById("sent") ?? where;
    fill(place, last && h("span", { class: `state ${kind}` }, text));
  };
  if (last) fill(where, h("span", { class: `state ${last[0]}` }, last[1]));
  const chips = [];
  const cited = (wall.patterns ?? []).map((pattern) => {
    const chip = h("button", { type: "button", class: "chip long", "data-at": `cite ${pattern.id}`, "aria-pressed": String(chosen.has(pattern.id)) }, pattern.title || _("A pattern without a name"));
    chips.push(chip);
    chip.addEventListener("click", () => {
      if (!chosen.delete(pattern.id)) chosen.add(pattern.id);
      chip.setAttribute("aria-pressed", String(chosen.has(pattern.id)));
      void keep();
    });
    return h("div", { class: "cited" }, chip, standsOn(pattern), evidenceOf(pattern));
  });
  const send = async () => {
    const text = area.value.trim();
    const patterns = (wall.patterns ?? []).map((pattern) => pattern.id).filter((id) => chosen.has(id));
    problem.textContent = !text ? _("Write the prediction first.") : !patterns.length ? _("Choose at least one pattern that it rests on.") : "";
    if (problem.textContent) return;
    show("wait", `● ${_("on this phone")}`);
    follow(await doAct(session.id, "predict", { text, patterns }), text, patterns);
    area.value = "";
    chosen.clear();
    chips.forEach((chip) => chip.setAttribute("aria-pressed", "false"));
    await keep();
    problem.textContent = "";
  };
  // The words leave the phone only when the server has them; refused ones come back into the field.
  const follow = (id, text, patterns) => {
    const stop = hear("wall", async (refused) => {
      if ((await actsWaiting(session.id)).some((waiting) => waiting.id === id)) return;
      stop();
      if (Array.isArray(refused) && refused.some((one) => one.id === id)) {
        const field = document.getElementById("prediction");
        const there = (await actsRefused(session.id)).some((kept) => kept.id === id);
        if (field && !field.value && there) {
          field.value = text;
          await keepSetting(key, { text, patterns });
          await forgetActs(id);
        }
        show(null);
      } else {
        show("ok", `✓ ${_("received: it is on the wall")}`);
        say(_("Your prediction is on the wall."));
      }
    });
  };
  fill(
    body,
    h("h1", { class: "question" }, wall.question || _("If you were a student at this school and did everything you were asked to do, what would you know and be able to do?")),
    area,
    h("p", { class: "label", id: "rests" }, _("It rests on these patterns:")),
    h("div", { class: "patterns", role: "group", "aria-labelledby": "rests" }, cited),
    problem,
    where,
    button(_("Put it on the wall"), send, { class: "primary wide", "data-at": "send" }),
  );
}
