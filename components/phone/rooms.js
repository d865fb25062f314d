// The classrooms: which is next, and which door one stands at.
import { button, fill, h, say } from "./draw.js";
import { showPlace } from "./head.js";
import { notesOf } from "./outbox.js";
import { classroom, ownVisits, session } from "./session.js";
import { _, ngettext } from "./texts.js";

/** All classrooms: the group's own in the order of the day, the others below, and a field for a door's code. */
export async function showRooms(view, { go, openCode }) {
  const { classrooms, observer, groups, round } = session.home;
  const mine = ownVisits();
  const numbers = new Set(mine.map((visit) => visit.classroom));
  const counts = await countNotes();
  const others = classrooms.filter((room) => !numbers.has(room.number));
  const group = groups.find((one) => one.id === observer.group);
  showPlace(round.title, group ? group.name : round.host_school);
  fill(
    view,
    h("h1", {}, _("Classrooms")),
    onPaper(counts, go),
    !counts.size && button(_("Before the first visit: practise for two minutes"), () => go("practice"), { class: "quiet wide practise" }),
    mine.length > 0 && h("h2", {}, _("Your rota")),
    h("ul", { class: "cards" }, mine.map((visit) => h("li", {}, roomButton(classroom(visit.classroom), visit, counts, go)))),
    doorCode(openCode),
    others.length > 0 && h("h2", {}, mine.length ? _("Other classrooms") : _("All classrooms")),
    h("ul", { class: "cards" }, others.map((room) => h("li", {}, roomButton(room, null, counts, go)))),
    button(_("Type in paper sheets"), () => go("paper"), { class: "wide" }),
  );
}

/** Rooms without phones in which one wrote on paper, until there are notes of them. */
function onPaper(counts, go) {
  const waiting = (session.onPaper ?? []).filter((number) => !counts.get(number));
  const row = (number) => {
    const made = button("", () => go("room", number), { class: "card room", "data-paper": String(number) });
    const about = h("span", { class: "about" }, h("strong", {}, _("Classroom {n}: type in what you wrote on paper", { n: number })), h("span", {}, classroom(number).room));
    return h("li", {}, fill(made, h("span", { class: "number", "aria-hidden": "true" }, "✎"), about));
  };
  return waiting.length > 0 && [h("h2", {}, _("After the visit")), h("ul", { class: "cards reminders" }, waiting.map(row))];
}

async function countNotes() {
  const counts = new Map();
  for (const note of await notesOf(session.id)) counts.set(note.classroom, (counts.get(note.classroom) ?? 0) + 1);
  return counts;
}

function roomButton(room, visit, counts, go) {
  const n = counts.get(room.number) ?? 0;
  const made = button("", () => go("room", room.number), { class: "card room", "data-room": String(room.number) });
  const when = visit && `${visit.start}–${visit.end}`;
  return fill(
    made,
    h("span", { class: "number", "aria-hidden": "true" }, String(room.number)),
    h(
      "span",
      { class: "about" },
      h("strong", {}, h("span", { class: "unseen" }, `${_("Classroom {n}", { n: room.number })} · `), room.room || _("Classroom {n}", { n: room.number })),
      h("span", {}, [room.subject, room.year_group].filter(Boolean).join(" · ")),
      room.left_out && h("span", { class: "wait" }, `● ${_("not visited today")}`),
      room.no_devices && h("span", { class: "wait" }, `● ${_("no phones in this room")}`),
    ),
    h("span", { class: "when" }, when && h("strong", {}, when), n > 0 && h("span", {}, ngettext("{n} note", "{n} notes", n))),
  );
}

function doorCode(openCode) {
  const field = h("input", { id: "door", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 9, inputmode: "text" });
  const problem = h("p", { class: "problem", role: "alert" });
  const open = h("button", { type: "submit" }, _("Open"));
  const form = h("form", { class: "door" }, h("label", { for: "door" }, _("At a door: scan its code with the phone’s camera, or type it")), h("div", { class: "row" }, field, open), problem);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = (await openCode(field.value)) ?? "";
    if (problem.textContent) say(problem.textContent);
  });
  return form;
}
