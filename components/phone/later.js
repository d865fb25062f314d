// What is loaded after one can type: the event stream, the worker, the modules of the rest of the day.
import { sendActs } from "./acts.js";
import { bring, bringStyle, untilDone } from "./bring.js";
import { h, idle } from "./draw.js";
import { setting } from "./disk.js";
import { startLive } from "./live.js";
import { followStage } from "./moved.js";
import { sendToo } from "./sync.js";
import { startWorker } from "./worker.js";

/** Begin; nothing here is needed to write. */
export function start(pages) {
  followStage(pages);
  void bringStyle("later.css");
  sendToo(sendActs);
  for (const [rel, address] of [["manifest", "/c/manifest.webmanifest"], ["icon", "icon.svg"], ["apple-touch-icon", "icon-180.png"]]) {
    document.head.append(h("link", { rel, href: new URL(address, import.meta.url).pathname }));
  }
  startLive();
  startWorker();
  // Firefox would ask somebody for permission; here nothing is ever asked.
  if (!CSS.supports("-moz-appearance", "none")) navigator.storage?.persist?.().catch(() => {});
  // Never "install" in the middle of a visit: an app on an iPhone's home screen does not see what the browser keeps.
  addEventListener("beforeinstallprompt", (event) => event.preventDefault());
  // Somebody else's notes that this phone still carries.
  void setting("carried").then(async (kept) => kept?.packets.length && (await bring("carry")).deliver());
  // What was typed in of other people's sheets leaves this phone when it is received.
  void bring("sheets").then(({ followSheets }) => followSheets());
  // So that they are there when the network is not.
  const names = ["rooms", "hints", "refused", "visit", "tools", "handover", "join", "way_out", "carry", "notes_list", "you", "hand_on", "on_paper", "paper", "choose", "splitting", "wall", "screen", "red_dots", "sorting", "predict", "drafting"];
  const practice = async () => untilDone((await bring("practice")).statements);
  void idle(5000).then(() => Promise.all([...names.map((name) => bring(name)), practice()])).catch(console.error);
}
