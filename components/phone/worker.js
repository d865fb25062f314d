// Registers the worker, and lets a new version in only when nobody is in the middle of something.
import { state } from "./sync.js";
import { fill, h, button } from "./draw.js";
import { _ } from "./texts.js";

let touched = false;

/** Only https and localhost have workers; everything else works without. */
export function startWorker() {
  if (!("serviceWorker" in navigator)) return;
  addEventListener("input", () => (touched = true), { once: true, capture: true });
  navigator.serviceWorker.register("/c/service_worker.js", { scope: "/c/", updateViaCache: "none" }).then(watch, () => {});
}

function watch(registration) {
  const offer = () => {
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    if (!busy() && state.unsent === 0) takeOver(registration.waiting);
    else notice(registration.waiting);
  };
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  offer();
}

function busy() {
  // What was typed before this module came counts too.
  return touched || [...document.querySelectorAll("textarea, input")].some((field) => field.value !== field.defaultValue);
}

function takeOver(waiting) {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("take over");
}

/** After the first input: when somebody says so, or by itself when the phone is put away and all notes are received. */
function notice(waiting) {
  if (document.getElementById("newer")) return;
  const place = h("div", { id: "newer", class: "notice", role: "status" });
  const update = button(_("Update"), () => {
    if (state.unsent === 0) takeOver(waiting);
    else fill(place, h("p", {}, _("Your notes go out first; then update.")), update);
  });
  fill(place, h("p", {}, _("There is a newer version of this page.")), update);
  document.getElementById("notices").after(place);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && state.unsent === 0) takeOver(waiting);
  });
}
