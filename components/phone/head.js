// The head of every page: where one is, and how many notes the server does not have yet.
import { hear, tellHere } from "./bus.js";
import { disk } from "./disk.js";
import { button, fill, h } from "./draw.js";
import { anew, session } from "./session.js";
import { sendNow, state, troubleSaid } from "./sync.js";
import { _, ngettext } from "./texts.js";

const head = document.getElementById("head");
const notices = document.getElementById("notices");
const place = h("p", { class: "place" });
const pill = button("", () => sendNow(), { class: "pill", id: "unsent" });

/** Draw the head once; it follows what happens. */
export function startHead({ rejoin, wayOut }) {
  fill(head, place, pill);
  const draw = () => {
    drawPill();
    drawNotices(rejoin, wayOut);
  };
  hear("sending", draw);
  hear("session", draw);
  hear("disk", draw);
  addEventListener("beforeunload", (event) => state.unsent > 0 && !anew.now && event.preventDefault());
  draw();
  const sizes = new ResizeObserver(fit);
  sizes.observe(head);
  sizes.observe(document.getElementById("foot"));
  addEventListener("resize", fit);
}

/** What is measured so that nothing covers the field: the row under the thumb, while it is there. */
export function fitAround(element) {
  const sizes = new ResizeObserver(fit);
  sizes.observe(element);
  return () => sizes.disconnect();
}

// Large letters or an open keyboard leave little room: then only the problem of practice stays in sight.
function fit() {
  const root = document.documentElement;
  const high = (id) => document.getElementById(id)?.offsetHeight ?? 0;
  const letter = parseFloat(getComputedStyle(root).fontSize);
  // All is measured before anything is set: the browser lays the page out once.
  const [top, foot, under] = ["head", "foot", "under"].map(high);
  root.style.setProperty("--head", `${top}px`);
  root.style.setProperty("--foot", `${foot}px`);
  root.style.setProperty("--under", `${under}px`);
  root.classList.toggle("tight", innerHeight < 28 * letter);
  // What lies under the thumb stays in sight as long as it leaves the field its place.
  root.classList.toggle("crowded", under > innerHeight * 0.5);
}

/** Say where one is. Head and foot are first seen with the page: alone, they would be laid out once more. */
export function showPlace(text, more = "") {
  head.hidden = !session;
  tellHere("place");
  fill(place, h("strong", {}, text), more && h("span", {}, more));
  document.title = text ? `${text} · Rounds` : "Rounds";
}

function drawPill() {
  const { unsent, sending, trouble } = state;
  const kind = unsent === 0 ? "ok" : sending.size ? "sending" : "wait";
  const sign = { ok: "✓", sending: "↑", wait: "●" }[kind];
  const text = unsent === 0 ? (state.written ? _("All received") : _("Ready")) : ngettext("{n} not yet received", "{n} not yet received", unsent);
  if (pill.dataset.shown === kind + text) return;
  pill.dataset.shown = kind + text;
  pill.className = `pill ${kind}`;
  fill(pill, h("span", { "aria-hidden": "true" }, sign), ` ${text}`);
  pill.title = trouble ? troubleSaid() : _("Send now");
}

function drawNotices(rejoin, wayOut) {
  const shown = [];
  if (disk.trouble) shown.push(notice("stop", "!", diskSaid()));
  else if (disk.emptied) shown.push(notice("wait", "●", _("This browser has just cleared what it kept of this page. What the page still knew is kept again: look through your notes.")));
  if (session?.gone) shown.push(notice("wait", "●", session.gone));
  else if (session && !session.token) {
    const text = _("This phone is no longer known to the round. Your notes are safe on it, and go out when you join again.");
    shown.push(notice("stop", "!", text, button(_("Join again"), rejoin)));
  } else if (state.trouble && state.unsent) {
    shown.push(notice("wait", "●", troubleSaid(), session && button(_("Network gone for good?"), wayOut, { class: "quiet" })));
  }
  const key = shown.map((element) => element.textContent).join("\n");
  if (notices.dataset.shown === key) return;
  notices.dataset.shown = key;
  fill(notices, shown);
}

function diskSaid() {
  const more = _("What you write stays only while this page is open, and is sent as always: leave the page open until everything is received.");
  const why = {
    missing: _("This browser cannot keep anything on this phone (a private window, perhaps)."),
    full: _("This phone’s storage is full: nothing more can be kept on it."),
    closed: _("This browser does not let the page keep anything just now. Close its other tabs."),
  };
  return `${why[disk.trouble]} ${more}`;
}

function notice(kind, sign, text, more = null) {
  return h("div", { class: `notice ${kind}`, role: "status" }, h("span", { "aria-hidden": "true" }, sign), h("p", {}, text), more);
}
