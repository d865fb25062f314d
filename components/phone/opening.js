// Before any module, and none itself: where the line breaks off while the page comes in, one file of twenty that is
// missing would leave it empty for good. Here it is tried again, with the scanned code still in the address.
(() => {
  /** Milliseconds after which nobody is left with a page that only says that it opens. */
  const SLOW = 15000;
  const script = document.querySelector("script[type=module]");
  const needed = [script.src, ...[...document.querySelectorAll("link[rel=modulepreload], link[rel=stylesheet]")].map((link) => link.href)];
  const opening = () => document.getElementById("opening");
  let trying = false;

  async function tryAgain() {
    if (trying || !opening()) return;
    trying = true;
    opening().textContent = opening().dataset.again;
    for (let wait = 1000; opening(); wait = Math.min(wait * 2, SLOW)) {
      await new Promise((go) => setTimeout(go, wait));
      if ((await Promise.all(needed.map(isHere))).every(Boolean) && opening()) return location.reload();
    }
  }

  // What has come stays in the browser's own store; a login page that answered for a file is asked for anew.
  async function isHere(address) {
    const ours = (answer) => answer.ok && /javascript|css/.test(answer.headers.get("Content-Type"));
    try {
      return ours(await fetch(address)) || ours(await fetch(address, { cache: "reload" }));
    } catch {
      return false;
    }
  }

  addEventListener("error", ({ target }) => {
    if (target === script) void tryAgain();
    if (target.rel === "stylesheet") setTimeout(() => target.replaceWith(target.cloneNode()), 2000);
  }, true);
  setTimeout(tryAgain, SLOW);
})();
