// What is loaded after one can type: the event stream, the worker, the modules of the rest of the day.
import { idle } from "./draw.js";
import { setting } from "./disk.js";
import { startLive } from "./live.js";
import { startWorker } from "./worker.js";

/** Begin; nothing here is needed to write. */
export function start() {
  startLive();
  startWorker();
  // Firefox would ask somebody for permission; here nothing is ever asked.
  if (!CSS.supports("-moz-appearance", "none")) navigator.storage?.persist?.().catch(() => {});
  // Never "install" in the middle of a visit: an app on an iPhone's home screen does not see what the browser keeps.
  addEventListener("beforeinstallprompt", (event) => event.preventDefault());
  // Somebody else's notes that this phone still carries.
  void setting("carried").then(async (kept) => kept?.packets.length && (await import("./carry.js")).deliver());
  // What was typed in of other people's sheets leaves this phone when it is received.
  void import("./sheets.js").then(({ followSheets }) => followSheets());
  // So that they are there when the network is not.
  const names = ["hints", "join", "way_out", "carry", "notes_list", "you", "hand_on", "on_paper", "paper", "choose", "splitting", "wall", "screen", "red_dots", "sorting", "predict", "drafting"];
  const practice = async () => (await import("./practice.js")).statements();
  void idle(5000).then(() => Promise.all([...names.map((name) => import(`./${name}.js`)), practice()])).catch(() => {});
}
