// Theories of action: the group drafts when, so and then, with the evidence it cites and advice beside each part.
import { doAct, forgetActs } from "./acts.js";
import { keepSetting, setting } from "./disk.js";
import { button, fill, h, newId, say } from "./draw.js";
import { evidenceOf, standsOn } from "./evidence.js";
import { showPredict } from "./predict.js";
import { session } from "./session.js";
import { _, ngettext } from "./texts.js";

/** How long the hand rests before a part is sent. */
const REST = 1200;
/** Words of parts that were typed and not sent yet, as they are on the phone's disk: {theory: {field: text}}. */
let typed = null;
let typedIn = "";
let shown = "";
let predicting = false;

/** Draw the group's drafts; one is open. */
export async function showDrafts(body, wall, more) {
  if (typedIn !== place()) [typed, typedIn] = [(await setting(place())) ?? {}, place()];
  if (predicting) return showPredicting(body, wall, more);
  const drafts = draftsAfter(wall.drafts, more.acts);
  if (shown !== "new" && !drafts.some((draft) => draft.id === shown)) shown = drafts.at(-1)?.id ?? "";
  const draft = shown === "new" ? null : drafts.find((one) => one.id === shown);
  const heads = drafts.map((one, n) =>
    button(_("Draft {n}", { n: n + 1 }), () => ((shown = one.id), more.redraw()), { class: "chip", "data-at": `draft ${one.id}`, "aria-pressed": String(one === draft), "aria-label": `${_("Draft {n}", { n: n + 1 })}: ${one.when.slice(0, 60)}` }),
  );
  const stage = wall.stage === "theories" && button(_("Write a prediction"), () => ((predicting = true), more.redraw()), { class: "quiet wide", "data-at": "predict" });
  fill(
    body,
    h("h1", {}, _("Theories of action")),
    !drafts.length && h("p", { class: "calm" }, _("When we do something, so something happens for students as learners, then they achieve something. Begin with what you would do.")),
    drafts.length > 0 && h("div", { class: "chips", role: "group", "aria-label": _("Your group’s drafts") }, heads, button(`+ ${_("Another")}`, () => ((shown = "new"), more.redraw()), { class: "chip", "data-at": "another", "aria-pressed": String(!draft) })),
    draft ? theory(draft, wall, more) : begin(more),
    stage,
  );
  return null;
}

async function showPredicting(body, wall, more) {
  await showPredict(body, wall, more);
  body.append(button(_("Back to the theories"), () => ((predicting = false), more.redraw()), { class: "quiet wide" }));
}

// As they will be when the server has answered.
function draftsAfter(drafts, acts) {
  const now = drafts.map((draft) => ({ ...draft }));
  for (const act of acts) {
    const at = now.findIndex((draft) => draft.id === act.theory);
    if (act.kind === "draft" && at < 0) now.push({ id: act.theory, when: act.text, so: "", then: "", wrong_if: "", look_again: "", level: "teachers", patterns: [], relates_to: "", advice: [], fresh: true });
    if (act.kind === "change_draft" && at >= 0) now[at][act.field] = "text" in act ? act.text : act.value;
    if (act.kind === "remove_draft" && at >= 0) now.splice(at, 1);
  }
  return now;
}

function place() {
  return `drafts:${session.id}`;
}

function keepTyped(theory, field, text) {
  typed[theory] = { ...typed[theory], [field]: text };
  if (text === undefined) delete typed[theory][field];
  return keepSetting(place(), typed);
}

function begin({ redraw }) {
  const area = h("textarea", { id: "new-theory", rows: 3, "aria-label": _("When we …"), placeholder: _("When we …") });
  area.value = typed.new?.when ?? "";
  area.addEventListener("input", () => void keepTyped("new", "when", area.value));
  const start = async () => {
    const text = area.value.trim();
    if (!text) return area.focus();
    area.blur();
    const id = newId();
    await doAct(session.id, "draft", { theory: id, text });
    await keepTyped("new", "when", undefined);
    shown = id;
    return redraw();
  };
  return h("div", { class: "write" }, area, button(_("Begin this draft"), start, { class: "primary wide", "data-at": "begin" }));
}

function advised(draft, keys) {
  return draft.advice.filter((one) => keys.includes(one.key)).map((one) => h("p", { class: "advice" }, one.sentence));
}

/** While somebody types, the advice beside it follows; the fields stay as they are. */
showDrafts.beside = (body, wall) => {
  const draft = wall.drafts.find((one) => one.id === shown);
  if (draft) body.querySelectorAll("[data-advice]").forEach((place) => fill(place, advised(draft, place.dataset.advice.split(" "))));
};

function theory(draft, wall, more) {
  const advice = (...keys) => fill(h("div", { role: "note", "data-advice": keys.join(" ") }), advised(draft, keys));
  const part = (field, label, rows, ...keys) => [words(draft, field, label, rows, wall, more), advice(...keys)];
  const remove = async (pressed) => {
    if (pressed.dataset.sure !== "yes") {
      pressed.dataset.sure = "yes";
      pressed.textContent = _("Really remove it?");
      return;
    }
    await doAct(session.id, "remove_draft", { theory: draft.id });
  };
  return h(
    "div",
    { class: "table" },
    h(
      "div",
      { class: "near form" },
      part("when", _("When we …"), 3, "actor", "one_action", "seen"),
      part("so", _("so …"), 2, "so"),
      part("then", _("then …"), 2, "then", "students"),
      part("wrong_if", _("We would know we were wrong if …"), 2, "wrong_if"),
      whose(draft),
      lookAgain(draft),
      advice("look_again"),
      compared(draft, wall),
      button(_("Remove this draft"), remove, { class: "stop" }),
    ),
    h("section", { class: "reststhere", "aria-label": _("Evidence") }, h("h2", {}, _("It rests on")), advice("evidence"), wall.patterns.map((pattern) => cite(pattern, draft)), !wall.patterns.length && h("p", { class: "calm" }, _("There are no patterns to cite yet."))),
  );
}

/** A part in words: kept at every key, sent when the hand rests; where two wrote, both are shown. */
function words(draft, field, label, rows, wall, { settle }) {
  const id = `${field}-${draft.id}`;
  const now = draft[field] ?? "";
  const area = h("textarea", { id, rows });
  const refused = wall.refused.filter(({ act }) => act.kind === "change_draft" && act.theory === draft.id && act.field === field);
  area.value = typed[draft.id]?.[field] ?? now;
  let base = now;
  let timer = null;
  const mark = h("span", { class: "state hint", role: "status" }, refused.length ? "" : typed[draft.id]?.[field] !== undefined ? `● ${_("on this phone")}` : "");
  const send = async () => {
    clearTimeout(timer);
    const text = area.value.trim();
    if (text === base || (!text && field === "when")) return;
    await doAct(session.id, "change_draft", { theory: draft.id, field, text, seen: base });
    base = text;
    // What was typed while the act was kept is not in it.
    if (area.value.trim() === text) await keepTyped(draft.id, field, undefined);
  };
  area.addEventListener("input", () => {
    void keepTyped(draft.id, field, area.value);
    mark.textContent = `● ${_("on this phone")}`;
    clearTimeout(timer);
    timer = setTimeout(() => void send().then(() => (mark.textContent = "")), REST);
  });
  area.addEventListener("blur", () => void send().then(settle));
  return h("div", { class: "part" }, h("label", { for: id }, label, " ", mark), area, refused.at(-1) && differs(refused, draft, field, now));
}

function differs(refused, draft, field, now) {
  const { act, refused: sentence } = refused.at(-1);
  const ids = refused.map(({ id }) => id);
  const mine = async () => {
    await doAct(session.id, "change_draft", { theory: draft.id, field, text: act.text, seen: now });
    await forgetActs(...ids);
  };
  return h(
    "div",
    { class: "notice stop" },
    h("p", {}, sentence),
    h("p", { class: "words" }, _("Yours: {words}", { words: act.text })),
    h("div", { class: "answers" }, button(_("Keep mine"), mine), button(_("Keep what stands there"), () => forgetActs(...ids))),
  );
}

/** Whose work it is: one of three, always one of them. */
function whose(draft) {
  const levels = [["teachers", _("Teachers")], ["leaders", _("Leaders")], ["network", _("Network")]];
  const choice = ([value, name]) => {
    const choose = () => draft.level === value || doAct(session.id, "change_draft", { theory: draft.id, field: "level", value, seen: draft.level });
    return button(name, choose, { class: "chip", "aria-pressed": String(draft.level === value), "data-at": `level ${value}` });
  };
  return h("div", { class: "part", role: "group", "aria-labelledby": `level-${draft.id}` }, h("p", { class: "label", id: `level-${draft.id}` }, _("Whose work is it?")), h("div", { class: "chips" }, levels.map(choice)));
}

function lookAgain(draft) {
  const id = `look-${draft.id}`;
  const field = h("input", { id, type: "date", value: draft.look_again ?? "" });
  field.addEventListener("blur", () => {
    if (field.value !== (draft.look_again ?? "")) void doAct(session.id, "change_draft", { theory: draft.id, field: "look_again", value: field.value });
  });
  return h("div", { class: "part" }, h("label", { for: id }, _("Look again on")), field);
}

/** The theories of the field: offered beside a draft of one's own, and each comparison is the group's choice. */
function compared(draft, wall) {
  if (!wall.comparisons.length || draft.fresh) return null;
  const id = `like-${draft.id}`;
  const option = (one) => h("option", { value: one.key, selected: one.key === draft.relates_to }, one.title);
  const choice = h(
    "select",
    { id },
    h("option", { value: "" }, _("with none")),
    h("optgroup", { label: _("For teachers") }, wall.comparisons.filter((one) => !one.whole_school).map(option)),
    h("optgroup", { label: _("For the whole school") }, wall.comparisons.filter((one) => one.whole_school).map(option)),
  );
  choice.addEventListener("change", () => {
    choice.blur();
    void doAct(session.id, "change_draft", { theory: draft.id, field: "relates_to", value: choice.value });
  });
  return h("div", { class: "part" }, h("label", { for: id }, _("Compare it with a theory of the field")), choice);
}

function cite(pattern, draft) {
  const cited = draft.patterns.includes(pattern.id);
  const chip = button("", async () => {
    const patterns = cited ? draft.patterns.filter((id) => id !== pattern.id) : [...draft.patterns, pattern.id];
    await doAct(session.id, "change_draft", { theory: draft.id, field: "patterns", value: patterns });
    say(cited ? _("Not cited any more.") : ngettext("It rests on {n} pattern.", "It rests on {n} patterns.", patterns.length));
  }, { class: "chip long", "data-at": `cite ${pattern.id}`, "aria-pressed": String(cited) });
  return h("div", { class: "cited" }, fill(chip, h("span", {}, pattern.title || _("A pattern without a name"))), standsOn(pattern), evidenceOf(pattern, cited));
}
