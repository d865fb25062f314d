// Somebody at base types in a stack of paper sheets: a code, whose sheet it is, then note after note by keyboard alone.
import { Trouble } from "./api.js";
import { hear } from "./bus.js";
import { openNote } from "./capture.js";
import { commitLeft, draftFor, freshDraft } from "./drafts.js";
import { button, fill, h, inTurn, say } from "./draw.js";
import { Field } from "./field.js";
import { showPlace } from "./head.js";
import { readCode } from "./join.js";
import { noteRow, whereIs } from "./note_row.js";
import { notesOf, tooLong } from "./outbox.js";
import { classroom, session } from "./session.js";
import { closeSheet, lookAt, openSheet, waitingSheets } from "./sheets.js";
import { _, ngettext } from "./texts.js";

/** Draw it into `view`; the answer takes it down, with all words kept. */
export async function showPaper(view, { go }) {
  let stop = null;
  const next = async () => {
    await stop?.();
    stop = await askForSheet(view, { go, open });
  };
  const open = async (...sheet) => {
    await stop?.();
    stop = await typeIn(view, ...sheet, { go, next });
  };
  await next();
  return () => stop?.();
}

/** The code at the head of a sheet, then whose it is. */
async function askForSheet(view, { go, open }) {
  showPlace(session.home.round.title, _("Paper sheets"));
  const field = h("input", { id: "sheet", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 9, required: true });
  const problem = h("p", { class: "problem", role: "alert" });
  const whose = h("div");
  const rest = h("div");
  const form = h("form", { class: "join door" }, h("label", { for: "sheet" }, _("The code at the head of the sheet")), h("div", { class: "row" }, field, h("button", { type: "submit" }, _("Open"))), problem);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    fill(whose);
    problem.textContent = "";
    const code = readCode(field.value);
    try {
      const { writers, classroom: number } = await lookAt(code);
      fill(whose, chooseWriter(writers, number, async (writer) => open(await openSheet(code, writer), number, writer)));
      whose.querySelector("input")?.focus();
    } catch (error) {
      problem.textContent = said(error);
      field.select();
    }
  });
  fill(
    view,
    h("h1", {}, _("Type in paper sheets")),
    h("p", { class: "calm" }, _("Your own, or those of your group. Each note arrives under the name of who wrote it, and only they can read it afterwards.")),
    form,
    whose,
    rest,
    button(_("Back to the classrooms"), () => go("rooms"), { class: "quiet wide" }),
  );
  const draw = inTurn(async () => fill(rest, (await waitingSheets()).map(notReceived)));
  const ears = [hear("notes", draw), hear("sending", draw)];
  await draw();
  field.focus();
  return () => ears.forEach((end) => end());
}

function said(error) {
  if (!(error instanceof Trouble)) throw error;
  return error.sentence || _("A sheet is opened by the round, and there is no connection just now. Try again in a moment.");
}

/** The people of the group by name, to be chosen with the arrow keys and Enter. */
function chooseWriter(writers, number, chosen) {
  const problem = h("p", { class: "problem", role: "alert" });
  const form = h(
    "form",
    { class: "whose" },
    h(
      "fieldset",
      {},
      h("legend", {}, _("Classroom {n}: whose sheet is it?", { n: number })),
      writers.map((one, n) => h("label", {}, h("input", { type: "radio", name: "writer", value: one.id, checked: n === 0 }), h("span", {}, h("strong", {}, one.display_name), ` · ${one.school_name}`, one.you && ` · ${_("you")}`))),
    ),
    h("p", { class: "hint" }, _("Arrow keys choose, Enter goes on. Somebody who is not here has to join first: under “You”, “Somebody else writes now”.")),
    problem,
    h("button", { type: "submit", class: "primary wide" }, _("Type it in")),
  );
  // Enter on a choice goes on everywhere, also where browsers leave that to the button.
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await chosen(writers.find((one) => one.id === new FormData(form).get("writer")));
    } catch (error) {
      problem.textContent = said(error);
    }
  });
  return form;
}

function notReceived({ sheet, notes }) {
  return h("section", {}, h("h2", {}, _("Not received yet, from the sheet of {name}", { name: sheet.name })), h("ul", { class: "notes" }, notes.map((note) => noteRow(note, { open: openNote }))));
}

/** Note after note. `row`: the own round, or the row of another writer's sheet. */
async function typeIn(view, row, number, writer, { go, next }) {
  const begun = Date.now();
  const field = sheetField(await draftFor(row, number));
  const count = h("p", { class: "count", role: "status" });
  const list = h("ul", { class: "notes" });
  const other = button(_("Next sheet"), next, { id: "next-sheet" });
  const keep = button(_("Keep it"), () => kept(), { class: "primary", id: "keep", "aria-keyshortcuts": "Enter" });
  const room = classroom(number);
  showPlace(_("Paper sheet"), [_("Classroom {n}", { n: number }), room.room].filter(Boolean).join(" · "));
  fill(
    view,
    h("h1", {}, writer.you ? _("Classroom {n}: your sheet", { n: number }) : _("Classroom {n}: the sheet of {name}", { n: number, name: writer.display_name })),
    h("div", { class: "write sheet", onkeydown: keys }, h("div", { class: "paper" }, field.lines, field.much), h("div", { class: "under" }, field.lenses, h("div", { class: "row" }, other, keep))),
    howTo(),
    count,
    list,
    button(_("Back to the classrooms"), () => go("rooms"), { class: "quiet wide" }),
  );

  function keys(event) {
    if (event.isComposing) return;
    const lens = event.altKey && /^Digit([1-9])$/.exec(event.code)?.[1];
    if (lens) {
      event.preventDefault();
      field.chips[lens - 1]?.click();
    } else if (event.key === "Enter" && event.target === field.area && !event.shiftKey) {
      event.preventDefault();
      // An empty line ends a sheet, but not by a slip: the button is pressed by a second Enter.
      if (field.area.value.trim()) void kept();
      else other.focus();
    } else if (event.key === "ArrowUp" && event.target === field.area && !field.area.value) {
      event.preventDefault();
      list.querySelector(".note")?.click();
    }
  }

  let keeping = Promise.resolve();
  // The next note is typed while this one is kept, however quickly Enter is pressed.
  function kept() {
    field.area.focus();
    if (!field.draft.text.trim()) return;
    if (tooLong(field.draft.text)) return void say(_("This note is too long to be sent."));
    const note = field.handOn(freshDraft(row, number));
    keeping = Promise.all([keeping, note.then(draw, console.error)]);
  }

  const draw = inTurn(async () => {
    const notes = (await notesOf(row)).filter((note) => note.classroom === number && note.id !== field.draft.id && (writer.you || note.begun >= begun || note.dirty));
    const arrived = notes.filter((note) => whereIs(note).kind === "ok").length;
    fill(count, h("strong", {}, ngettext("{n} note typed", "{n} notes typed", notes.length)), h("span", {}, _("{n} received", { n: arrived })));
    fill(list, notes.reverse().map((note) => noteRow(note, { open: openNote })));
  });

  const ears = [hear("notes", draw), hear("sending", draw)];
  field.area.focus();
  await draw();
  void commitLeft(row, number);
  say(_("Type the first note. Enter keeps it."));
  return async () => {
    ears.forEach((stop) => stop());
    field.leave();
    await keeping;
    await field.rest();
    await closeSheet();
  };
}

/** Copying, and not composing: the coach asks its questions later, where its author or the group can answer them. */
function sheetField(draft) {
  const { lenses } = session.home.round;
  const field = new Field(draft, { id: "note", lenses, label: _("The next note of the sheet"), placeholder: _("The next note of the sheet"), asks: false });
  field.chips.forEach((chip, n) => {
    chip.setAttribute("aria-keyshortcuts", `Alt+${n + 1}`);
    chip.prepend(h("kbd", { "aria-hidden": "true" }, `Alt ${n + 1}`), " ");
  });
  return field;
}

function howTo() {
  const rows = [
    ["Enter", _("keeps the note and gives the next")],
    ["Alt 1 …", _("a lens, before or after the words")],
    ["↑", _("in the empty field: the last note once more")],
    ["Shift Enter", _("a new line in a note")],
    ["Enter Enter", _("in the empty field: the next sheet")],
  ];
  return h("dl", { class: "keys" }, rows.map(([key, does]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, does))));
}
