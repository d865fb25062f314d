// Prediction: what a student who did everything would know and be able to do, resting on patterns.
import { doAct } from "./acts.js";
import { keepSetting, setting } from "./disk.js";
import { button, fill, h, say } from "./draw.js";
import { session } from "./session.js";
import { _ } from "./texts.js";

/** Draw the question, the patterns to cite and a field; what is being written is kept at every key. */
export async function showPredict(body, wall) {
  const key = `prediction:${session.id}`;
  const kept = (await setting(key)) ?? { text: "", patterns: [] };
  const chosen = new Set(kept.patterns);
  const area = h("textarea", { id: "prediction", rows: 4, "aria-label": _("Your prediction"), placeholder: _("Such a student would …") });
  area.value = kept.text;
  const keep = () => keepSetting(key, { text: area.value, patterns: [...chosen] });
  area.addEventListener("input", keep);
  const problem = h("p", { class: "problem", role: "alert" });
  const chips = (wall.patterns ?? []).map((pattern) => {
    const chip = h("button", { type: "button", class: "chip long", "aria-pressed": String(chosen.has(pattern.id)) }, pattern.title);
    chip.addEventListener("click", () => {
      if (!chosen.delete(pattern.id)) chosen.add(pattern.id);
      chip.setAttribute("aria-pressed", String(chosen.has(pattern.id)));
      void keep();
    });
    return chip;
  });
  const send = async () => {
    const text = area.value.trim();
    const patterns = (wall.patterns ?? []).map((pattern) => pattern.id).filter((id) => chosen.has(id));
    problem.textContent = !text ? _("Write the prediction first.") : !patterns.length ? _("Choose at least one pattern that it rests on.") : "";
    if (problem.textContent) return;
    await doAct(session.id, "predict", { text, patterns });
    area.value = "";
    chosen.clear();
    chips.forEach((chip) => chip.setAttribute("aria-pressed", "false"));
    await keep();
    say(_("It is on its way to the wall."));
    problem.textContent = "";
  };
  fill(
    body,
    h("h1", { class: "question" }, wall.question || _("If you were a student at this school and did everything you were asked to do, what would you know and be able to do?")),
    area,
    h("p", { class: "label", id: "rests" }, _("It rests on these patterns:")),
    h("div", { class: "chips", role: "group", "aria-labelledby": "rests" }, chips),
    problem,
    button(_("Put it on the wall"), send, { class: "primary wide" }),
  );
}
