// The way in: a code, a name, a school.
import { Trouble } from "./api.js";
import { setting } from "./disk.js";
import { button, fill, h, say } from "./draw.js";
import { showPlace } from "./head.js";
import { join, look } from "./session.js";
import { _ } from "./texts.js";

/** Ask for a code, where none was scanned. */
export function showCode(view, { code = "", problem = "", next, practise = null }) {
  const field = h("input", { id: "code", value: code, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 9, required: true });
  const why = h("p", { class: "problem", role: "alert" }, problem);
  const form = h(
    "form",
    { class: "join" },
    h("h1", {}, _("Join a round")),
    h("p", { class: "calm" }, _("Scan the code in the hall or at a door with your phone’s camera, or type its six characters.")),
    h("label", { for: "code" }, _("Code")),
    field,
    why,
    h("button", { type: "submit", class: "primary wide" }, _("Go on")),
  );
  showPlace("");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    next(readCode(field.value));
  });
  fill(
    view,
    form,
    practise && button(_("Practise first: does it describe, or judge?"), practise, { class: "quiet wide" }),
    button(_("Bring in notes from another phone’s file"), () => (location.hash = "import"), { class: "quiet wide" }),
  );
  if (!code) field.focus();
}

/** The code that somebody meant. */
export function readCode(typed) {
  return typed.toUpperCase().replace(/[^A-Z0-9]/g, "").slice(0, 6);
}

/** Show what the code opens, and ask for name and school. `again`: who this phone was before, or that it is `another`. */
export async function showJoin(view, code, { joined, retry, again = null }) {
  fill(view, h("p", { class: "calm", role: "status" }, _("Looking for the round…")));
  let looked;
  try {
    looked = await look(code);
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    return showCode(view, { code, problem: troubleAtDoor(error), next: retry });
  }
  if (looked.round.stage === "closed") {
    return showCode(view, { code, problem: _("This round is over, so nobody can join it any more. Thank you for coming."), next: retry });
  }
  const who = again ?? (await setting("who")) ?? {};
  drawJoin(view, code, looked, who, { joined, retry });
}

function troubleAtDoor(error) {
  if (error.kind === "offline") return _("There is no connection just now. The code is kept here: try again in a moment.");
  if (error.kind === "strange") return _("Something other than the round is answering. Perhaps this wifi asks you to sign in first.");
  return error.sentence;
}

function drawJoin(view, code, { round, schools }, who, { joined, retry }) {
  const name = h("input", { id: "name", autocomplete: "name", maxlength: 60, required: true, value: who.display_name ?? "", autocapitalize: "words", spellcheck: "false" });
  const before = schools.find((school) => school.name === who.school);
  const school = h(
    "select",
    { id: "school", required: true },
    h("option", { value: "" }, _("Choose your school")),
    schools.map((one) => h("option", { value: one.id, selected: one === before }, one.name)),
  );
  const back = h("input", { id: "return", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 9, value: who.return_code ?? "" });
  const more = h("details", { open: Boolean(who.return_code || who.another) }, h("summary", {}, _("I have joined before")), h("label", { for: "return" }, _("Return code")), back, h("p", { class: "hint" }, _("It stands under “You” on the phone or tab that you joined with.")));
  const why = h("p", { class: "problem", role: "alert" });
  const go = h("button", { type: "submit", class: "primary wide" }, _("Join"));
  const form = h(
    "form",
    { class: "join" },
    h("h1", {}, who.another ? _("Who writes now?") : round.title),
    h("p", { class: "calm" }, `${round.host_school} · ${new Date(`${round.date}T12:00`).toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" })}`),
    h("label", { for: "name" }, _("Your name")),
    name,
    h("p", { class: "hint" }, _("Nobody sees it beside a note: not the facilitator, not the wall, not the document.")),
    h("label", { for: "school" }, _("Your school")),
    school,
    more,
    why,
    go,
  );
  const enter = (return_code) => join({ code, display_name: name.value, school: school.value, return_code });
  // A server that was set up again knows neither this phone nor the return code that it has filled in by itself.
  const enterAgain = (error) => {
    if (error.kind !== "bad_input" || !back.value || back.value !== who.return_code) throw error;
    return enter("");
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (go.disabled) return;
    go.disabled = true;
    go.textContent = _("Joining…");
    try {
      await joined(await enter(readCode(back.value)).catch(enterAgain));
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      why.textContent = troubleAtDoor(error);
      say(why.textContent);
      if (error.kind === "taken") more.open = true;
      go.disabled = false;
      go.textContent = _("Join");
    }
  });
  showPlace(round.title);
  fill(view, form, button(_("Another code"), () => retry(""), { class: "quiet wide" }));
  if (!name.value) name.focus();
}
