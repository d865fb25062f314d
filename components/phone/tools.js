// A counter and a stopwatch: what they show goes into the note as words, "7 of 24" or "3 min 20 s".
import { keepSetting, setting } from "./disk.js";
import { button, fill, h, say, stayWriting } from "./draw.js";
import { _ } from "./texts.js";

const MOST = 999;

/** Both, as they were left in this classroom. `put` writes words into the note. */
export async function roomTools(round, number, put) {
  const key = `tools/${round}/${number}`;
  const kept = { n: 0, of: "", open: false, began: null, ...(await setting(key)) };
  const keep = (changes) => {
    Object.assign(kept, changes);
    void keepSetting(key, kept).catch(() => {});
  };
  const counter = countingRow(kept, keep, put);
  const watch = stopwatch(kept, keep, put);
  const toggle = button("", () => open(!kept.open), { class: "tool", "aria-controls": "counter" });
  fill(toggle, h("span", { "aria-hidden": "true" }, "#"), ` ${_("Count")}`);
  const open = (shown) => {
    keep({ open: shown });
    counter.hidden = !shown;
    toggle.setAttribute("aria-expanded", String(shown));
  };
  open(kept.open);
  [toggle, watch.button, ...counter.querySelectorAll("button")].forEach(stayWriting);
  return { buttons: [toggle, watch.button], counter, stop: watch.stop };
}

function countingRow(kept, keep, put) {
  const figure = h("output", { for: "of", "aria-live": "polite" });
  const of = h("input", { id: "of", inputmode: "numeric", maxlength: 3, autocomplete: "off", value: kept.of });
  const insert = button("", () => {
    put(counted(kept));
    say(_("In the note: {words}", { words: counted(kept) }));
    keep({ n: 0 });
    draw();
  }, { class: "put" });
  const less = button("−", () => step(-1), { class: "less", "aria-label": _("One less") });
  const more = button("", () => step(1), { class: "more" });
  const step = (by) => {
    keep({ n: Math.min(MOST, Math.max(0, kept.n + by)) });
    draw();
  };
  const draw = () => {
    figure.textContent = String(kept.n);
    fill(insert, h("span", { class: "unseen" }, `${_("Put into the note:")} `), counted(kept), h("span", { "aria-hidden": "true" }, " ↑"));
    less.disabled = kept.n === 0;
  };
  of.addEventListener("input", () => {
    of.value = of.value.replace(/\D/g, "");
    keep({ of: of.value });
    draw();
  });
  fill(more, h("span", { class: "unseen" }, `${_("Count one more")}, `), figure, h("span", { class: "plus", "aria-hidden": "true" }, "+1"));
  draw();
  const total = h("label", { class: "of", for: "of" }, _("of"), of);
  return h("div", { id: "counter", class: "counter", role: "group", "aria-label": _("Counter") }, less, more, total, insert);
}

/** "7 of 24", or "7" while nobody has said of how many. */
export function counted({ n, of }) {
  return of && Number(of) > 0 ? _("{n} of {of}", { n, of: Number(of) }) : String(n);
}

function stopwatch(kept, keep, put) {
  const made = button("", () => press(), { class: "tool", id: "watch" });
  let timer = null;
  const press = () => {
    if (kept.began === null) {
      keep({ began: Date.now() });
      say(_("The stopwatch runs."));
    } else {
      const words = lasted(Date.now() - kept.began);
      keep({ began: null });
      put(words);
      say(_("In the note: {words}", { words }));
    }
    draw();
  };
  const draw = () => {
    clearInterval(timer);
    const runs = kept.began !== null;
    made.classList.toggle("runs", runs);
    if (!runs) return void fill(made, h("span", { "aria-hidden": "true" }, "◷"), ` ${_("Time")}`);
    const time = h("span", { class: "time", "aria-hidden": "true" });
    const tick = () => (time.textContent = digits(Date.now() - kept.began));
    fill(made, h("span", { "aria-hidden": "true" }, "■"), h("span", { class: "unseen" }, _("Stop the time and put it into the note")), " ", time);
    tick();
    timer = setInterval(tick, 500);
  };
  draw();
  return { button: made, stop: () => clearInterval(timer) };
}

const seconds = (ms) => Math.max(0, Math.round(ms / 1000));

function digits(ms) {
  const n = seconds(ms);
  return `${Math.floor(n / 60)}:${String(n % 60).padStart(2, "0")}`;
}

/** "3 min 20 s"; how long, never what o'clock: a clock time would tell the room. */
export function lasted(ms) {
  const n = seconds(ms);
  if (n < 60) return _("{n} s", { n });
  return n % 60 ? _("{m} min {n} s", { m: Math.floor(n / 60), n: n % 60 }) : _("{m} min", { m: n / 60 });
}
