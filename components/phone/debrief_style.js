// The style sheet of the debrief is no part of what a classroom loads.
import { h } from "./draw.js";

/** Load it once, before something of the debrief is shown. */
export function debriefStyle() {
  const address = new URL("./debrief.css", import.meta.url).href;
  if (document.querySelector(`link[href="${address}"]`)) return null;
  return new Promise((resolve) => {
    const link = h("link", { rel: "stylesheet", href: address, onload: resolve, onerror: resolve });
    document.head.append(link);
  });
}
