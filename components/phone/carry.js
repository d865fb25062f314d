// Carries somebody else's sealed notes to the round: kept here until the server has them, and shown to nobody.
import { Trouble, call } from "./api.js";
import { hear, tell } from "./bus.js";
import { setting, work } from "./disk.js";
import { button, fill, h } from "./draw.js";
import { showPlace } from "./head.js";
import { _, ngettext } from "./texts.js";

const FORMAT = "rounds-rescued/1";
const MOST_AT_ONCE = 100 * 1024;
const AGAIN = 10000;
let timer = null;
let running = null;

/** The page for what was scanned (`value`), or for a file when nothing was. */
export async function showCarry(view, value, { home }) {
  const said = h("p", { class: "carried", role: "status" });
  const problem = h("p", { class: "problem", role: "alert" });
  const take = async (found) => {
    fill(problem, "");
    await keep(found);
    await tellOf(said, problem);
  };
  showPlace("");
  fill(
    view,
    h("h1", {}, _("Notes from another phone")),
    said,
    problem,
    h("p", { class: "calm" }, _("They are sealed: nobody sees here what they say or who wrote them. You can scan the next code, with the phone’s camera.")),
    filePicker(take, problem),
    home && button(_("Back to my notes"), home, { class: "quiet wide" }),
  );
  if (value) await take([value]);
  else await tellOf(said, problem);
  return hear("carried", (done) => draw(said, problem, done));
}

function filePicker(take, problem) {
  const input = h("input", { id: "file", type: "file", accept: ".txt,.json,text/plain,application/json" });
  input.addEventListener("change", async () => {
    try {
      const { format, packets } = JSON.parse(await input.files[0].text());
      if (format !== FORMAT || !Array.isArray(packets)) throw new SyntaxError("format");
      await take(packets);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      fill(problem, _("This is not a file with notes that a phone wrote."));
    }
    input.value = "";
  });
  return h("div", { class: "door" }, h("label", { for: "file" }, _("Or bring in the file that a phone saved")), input);
}

async function tellOf(said, problem) {
  fill(said, _("Handing in…"));
  await draw(said, problem, await deliver());
}

async function draw(said, problem, { notes, waiting, sentences }) {
  if (sentences.length) fill(problem, [...new Set(sentences)].join(" "));
  const { parts } = await carried();
  const open = Object.values(parts).map((part) => part.of - Object.keys(part.got).length)[0];
  if (notes) fill(said, ngettext("✓ {n} note handed in.", "✓ {n} notes handed in.", notes));
  else if (open) fill(said, ngettext("● Kept. {n} more code belongs to it: scan it too.", "● Kept. {n} more codes belong to it: scan them too.", open));
  else if (waiting) fill(said, _("● Kept on this phone. There is no connection: it goes to the round by itself when there is one. Leave this page open."));
  else fill(said, "");
}

async function carried() {
  return { packets: [], parts: {}, ...(await setting("carried")) };
}

// Each code that a camera reads opens a tab of its own: in one transaction, so that none takes away another's.
function change(act) {
  return work(["settings"], async ({ settings }) => {
    const kept = { key: "carried", packets: [], parts: {}, ...(await settings.get("carried")) };
    act(kept);
    await settings.put(kept);
  });
}

function keep(found) {
  return change((kept) => gather(found, kept));
}

function gather(found, kept) {
  for (const one of found) {
    const [id, i, n, text] = String(one).split(".");
    if (text === undefined) {
      kept.packets.push(id);
      continue;
    }
    const part = (kept.parts[`${id}.${n}`] ??= { of: Number(n), got: {} });
    part.got[Number(i)] = text;
    if (Object.keys(part.got).length < part.of) continue;
    kept.packets.push(Array.from({ length: part.of }, (_one, at) => part.got[at + 1]).join(""));
    delete kept.parts[`${id}.${n}`];
  }
  kept.packets = [...new Set(kept.packets)];
}

/** Hand in what is carried; what is answered goes. {notes, waiting, sentences}. Tried again by itself. */
export function deliver() {
  running ??= handIn().finally(() => (running = null));
  return running;
}

async function handIn() {
  const done = { notes: 0, waiting: false, sentences: [] };
  clearTimeout(timer);
  for (let { packets } = await carried(); packets.length; { packets } = await carried()) {
    const some = firstOf(packets);
    try {
      const answer = await call("POST", "/rescued", { body: { packets: some }, shape: "packets" });
      answer.packets.forEach(({ notes, sentence }) => {
        done.notes += notes;
        if (sentence) done.sentences.push(sentence);
      });
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (error.sentence) done.sentences.push(error.sentence);
      done.waiting = true;
      timer = setTimeout(() => void deliver().then((later) => tell("carried", later)), Math.max(AGAIN, error.retryAfter * 1000));
      return done;
    }
    await change((kept) => (kept.packets = kept.packets.filter((packet) => !some.includes(packet))));
  }
  return done;
}

function firstOf(packets) {
  let size = 0;
  return packets.filter((packet, i) => (size += packet.length) < MOST_AT_ONCE || i === 0).slice(0, 100);
}
