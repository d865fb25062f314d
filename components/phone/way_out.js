// The way out when the network is gone for good: sealed notes as codes for another phone's camera, or as a file.
import { hear } from "./bus.js";
import { button, fill, h, inTurn, say } from "./draw.js";
import { showPlace } from "./head.js";
import { pending } from "./outbox.js";
import { qrDrawing } from "./qr.js";
import { seal } from "./seal.js";
import { joinedRounds, session } from "./session.js";
import { asSent } from "./sync.js";
import { _, ngettext } from "./texts.js";

/** Longest packet in one code: more makes squares that a camera does not tell apart on a small screen. */
const MOST_IN_CODE = 640;
const MOST_IN_PACKET = 80 * 1024;
const FORMAT = "rounds-rescued/1";

/** Draw it into `view`; the answer stops following the notes. */
export async function showWayOut(view, { go }) {
  showPlace(session.home.round.title, _("Hand the notes over"));
  const said = h("p", { role: "status" });
  const ways = h("div", { class: "decide" });
  const place = h("div");
  fill(
    view,
    h("h1", {}, _("Hand the notes over")),
    said,
    ways,
    place,
    h("p", { class: "hint" }, _("A file is brought in at {address}, on any phone or computer.", { address: `${location.host}/c/#import` })),
    h("p", { class: "calm" }, _("They are sealed: whoever carries them cannot read them, and they arrive under your name as if this phone had sent them. They stay here too, until the round itself has confirmed them.")),
    button(_("Back to my notes"), () => go("notes"), { class: "quiet wide" }),
  );
  const codes = () => showCodes(place);
  const draw = inTurn(async () => {
    const n = (await toGo()).reduce((sum, { notes }) => sum + notes.length, 0);
    fill(said, standing(n));
    const can = n > 0;
    fill(ways, can && [button(_("As codes for another phone"), codes, { class: "primary wide" }), button(_("As a file"), saveFile, { class: "wide" })]);
    if (!n) fill(place);
  });
  const ears = [hear("notes", draw), hear("session", draw)];
  await draw();
  return () => ears.forEach((stop) => stop());
}

function standing(n) {
  if (!n && !session.token) return _("This phone is no longer known to the round: join again first.");
  if (!n) return _("Every note is received. There is nothing to hand over.");
  return ngettext("{n} note is only on this phone. If the network does not come back, somebody else can take it to the round.", "{n} notes are only on this phone. If the network does not come back, somebody else can take them to the round.", n);
}

/** What is not received, each with the token of its author: also of those who wrote on this device before. */
async function toGo() {
  const rows = (await joinedRounds()).filter(({ token, gone }) => token && !gone);
  const waiting = await Promise.all(rows.map(async ({ id, token }) => ({ token, notes: (await pending(id)).ready.map(asSent) })));
  return waiting.filter(({ notes }) => notes.length);
}

async function allPackets(most) {
  const sealed = [];
  for (const { token, notes } of await toGo()) sealed.push(...(await packets(token, notes, most)));
  return sealed;
}

/** Packets of at most so many characters; halved until each fits. One long note stays whole. */
async function packets(token, notes, most) {
  const packet = await seal(token, notes);
  if (notes.length === 1 || (packet.length <= most && notes.length <= 100)) return [packet];
  const half = Math.ceil(notes.length / 2);
  return [...(await packets(token, notes.slice(0, half), most)), ...(await packets(token, notes.slice(half), most))];
}

/** What the codes say: a packet each, and one that is too long in parts that find together again. */
export function addresses(all, origin) {
  return all.flatMap((packet) => {
    const n = Math.ceil(packet.length / MOST_IN_CODE);
    if (n === 1) return `${origin}/c/#import=${packet}`;
    const size = Math.ceil(packet.length / n);
    return Array.from({ length: n }, (_one, i) => `${origin}/c/#import=${packet.slice(-8)}.${i + 1}.${n}.${packet.slice(i * size, (i + 1) * size)}`);
  });
}

async function showCodes(place) {
  const all = addresses(await allPackets(MOST_IN_CODE), location.origin);
  let at = 0;
  const heading = h("h2", { tabindex: -1 });
  const code = h("div", { class: "code-place" });
  const back = button(_("Back"), () => show(at - 1));
  const next = button(_("Next code"), () => show(at + 1), { class: "primary" });
  const show = (to) => {
    at = to;
    const text = _("Code {i} of {n}", { i: at + 1, n: all.length });
    fill(heading, text);
    fill(code, qrDrawing(all[at], text, Math.min(place.clientWidth, 440, Math.max(280, innerHeight * 0.75))));
    back.hidden = at === 0;
    next.hidden = at === all.length - 1;
    say(text);
  };
  fill(place, heading, h("p", { class: "hint" }, _("Another phone’s own camera reads it, like a door. When that phone says “handed in” or “kept”, go on.")), code, h("div", { class: "answers" }, back, next));
  show(0);
  heading.scrollIntoView({ block: "start" });
}

async function saveFile() {
  const content = JSON.stringify({ format: FORMAT, packets: await allPackets(MOST_IN_PACKET) });
  const name = `rounds-notes-${new Date().toISOString().slice(0, 10)}.txt`;
  const file = new File([content], name, { type: "text/plain" });
  if (matchMedia("(pointer: coarse)").matches && navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return;
    } catch (error) {
      if (error.name === "AbortError") return;
    }
  }
  const link = h("a", { href: URL.createObjectURL(file), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  say(_("The file is saved."));
}
