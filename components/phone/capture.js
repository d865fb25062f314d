// The classroom's page: the problem of practice in sight, one large field, what the thumb needs, and the notes so far.
import { bring, bringStyle } from "./bring.js";
import { hear } from "./bus.js";
import { commitLeft, draftFor, draftOf, freshDraft } from "./drafts.js";
import { button, fill, focusKept, h, inTurn, released, say } from "./draw.js";
import { Field } from "./field.js";
import { fitAround, showPlace } from "./head.js";
import { noteRow, whereabouts } from "./note_row.js";
import { notesOf, tooLong } from "./outbox.js";
import { classroom, session } from "./session.js";
import { _ } from "./texts.js";

/** Draw the page of one classroom into `view`; the answer takes it down again, with all words kept. */
export async function showClassroom(view, number, { go }) {
  const round = session.id;
  const room = classroom(number);
  const draft = await draftFor(round, number);
  const field = newField(draft);
  const mark = h("p", { class: "where", role: "status" });
  const list = h("ul", { class: "notes" });
  const next = button(_("Next note"), () => void nextNote().catch(console.error), { class: "primary", id: "next", "aria-keyshortcuts": "Control+Enter Meta+Enter" });
  const line = h("div", { class: "visit" });
  showPlace(_("Classroom {n}", { n: number }), roomSaid(room));
  fill(
    view,
    h("h1", { class: "unseen" }, _("Classroom {n}", { n: number })),
    focus(),
    line,
    room.no_devices && noDevices(number, go),
    h(
      "div",
      { class: "write", onkeydown: quick },
      h("div", { class: "paper" }, field.lines, field.much),
      h("div", { id: "under", class: "under" }, field.below, field.lenses, h("div", { class: "row" }, next), mark),
    ),
    h("h2", {}, _("Your notes here")),
    list,
  );
  view.dataset.room = String(number);

  // With a keyboard of its own: the next note without a tap.
  function quick(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    next.click();
  }

  async function nextNote() {
    field.area.focus();
    if (tooLong(field.draft.text)) return say(_("This note is too long to be sent."));
    const keeping = field.handOn(freshDraft(round, number));
    fill(mark);
    const note = await keeping;
    void commitLeft(round, number);
    if (note) say(_("Kept. Write the next note."));
    await draw();
  }

  const draw = inTurn(async () => {
    await released(list);
    const notes = (await notesOf(round)).filter((note) => note.classroom === number);
    const open = notes.find((note) => note.id === field.draft.id);
    if (open) field.follow(open);
    const empty = !field.draft.text.trim();
    const whole = open?.text === field.draft.text.normalize("NFC").trim();
    if (empty || whole || !field.keeping) fill(mark, empty ? "" : whole ? whereabouts(open) : typing());
    const others = notes.filter((note) => note !== open).reverse();
    const shown = JSON.stringify(others.map((note) => [note, whereabouts(note).textContent]));
    if (list.dataset.shown !== shown) {
      list.dataset.shown = shown;
      const goOn = focusKept(list, ".note");
      fill(list, others.length ? others.map((note) => noteRow(note, { open: (one) => openNote(one) })) : h("li", { class: "calm" }, _("None yet. One thing seen or heard is one note.")));
      goOn();
    }
  });

  // Said when it is so: at the first key after the disk has it, and while it keeps every key.
  field.changed = () => !field.draft.text.trim() && fill(mark, "");
  field.kept = () => fill(mark, field.draft.text.trim() ? typing() : "");
  const plan = () => {
    const [before, now] = [view.querySelector(".focus"), focus()];
    if (before?.textContent !== now.textContent) before?.replaceWith(now); // else it stays unfolded
    more.draw();
  };
  const more = afterWriting(number, { go, line, next, put: (words) => field.put(words) });
  const ears = [hear("notes", draw), hear("sending", draw), hear("home", plan), fitAround(document.getElementById("under"))];
  plan();
  await draw();
  void commitLeft(round, number);
  return async () => {
    ears.forEach((stop) => stop());
    more.stop();
    field.leave();
    await field.rest();
  };
}

function noDevices(number, go) {
  const place = h("div", { class: "notice wait" }, h("p", {}, _("No phones in this room: write on paper and type it in afterwards.")));
  void bring("on_paper").then(({ offer }) => offer(place, number, go)).catch(console.error);
  return place;
}

/** The visit's clock, the counter and the stopwatch come once one can write; without them one writes all the same. */
function afterWriting(number, { go, line, next, put }) {
  let stops = null;
  let gone = false;
  const more = {
    draw: () => {},
    stop: () => {
      gone = true;
      stops?.forEach((stop) => stop());
    },
  };
  const come = async () => {
    const [{ visitLine }, { roomTools }] = await Promise.all([bring("visit"), bring("tools"), bringStyle("later.css")]);
    const visit = await visitLine(number, go);
    const tools = await roomTools(session.id, number, put);
    stops = [visit.stop, tools.stop];
    if (gone) return more.stop();
    line.replaceWith(visit.element);
    next.before(...tools.buttons);
    next.parentElement.before(tools.counter);
    more.draw = visit.draw;
  };
  void come().catch(console.error);
  return more;
}

function newField(draft) {
  return new Field(draft, {
    id: "note",
    lenses: session.home.round.lenses,
    label: _("What do you see and hear?"),
    placeholder: _("What do you see and hear?"),
  });
}

function typing() {
  return whereabouts({ dirty: true });
}

function roomSaid(room) {
  return [room.room, room.subject, room.year_group].filter(Boolean).join(" · ");
}

/** The problem of practice, or the focus statements: always in sight; long ones unfold. */
export function focus() {
  const { problem_of_practice: problem, focus_statements: statements } = session.home.round;
  if (!problem && !statements.length) return h("div", { class: "focus", hidden: true });
  const title = problem ? _("Problem of practice") : _("What we look for");
  const lines = (problem ? [problem] : statements).map((line) => h("span", { class: "line" }, line));
  const unfold = h("button", { type: "button", "aria-expanded": "false" });
  fill(unfold, h("span", { class: "title" }, title), h("span", { class: "text" }, lines));
  unfold.addEventListener("click", () => {
    unfold.setAttribute("aria-expanded", String(unfold.getAttribute("aria-expanded") !== "true"));
  });
  return h("aside", { class: "focus", "aria-label": title }, unfold);
}

/** Change, move or delete one note, in a dialog over the page. */
export async function openNote(note) {
  const field = new Field(await draftOf(note), {
    id: "again",
    lenses: session.home.round.lenses,
    label: _("Your note"),
    placeholder: "",
  });
  const dialog = h("dialog", { class: "sheet", "aria-labelledby": "own" });
  const close = async () => {
    if ((await field.done()) === null && field.draft.text.trim()) return;
    field.leave();
    dialog.close();
  };
  fill(
    dialog,
    h("h2", { id: "own" }, _("Your note")),
    field.lines,
    field.below,
    field.much,
    field.lenses,
    h(
      "div",
      { class: "answers" },
      button(_("Done"), close, { class: "primary" }),
      button(_("Delete"), async (pressed) => {
        if (pressed.dataset.sure !== "yes") {
          pressed.dataset.sure = "yes";
          pressed.textContent = _("Really delete it?");
          return;
        }
        Object.assign(field.draft, { text: "", touched: true });
        await field.done();
        field.leave();
        dialog.close();
        say(_("Deleted."));
      }, { class: "stop" }),
    ),
  );
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    void close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  field.area.focus();
}
