// While a dialog is open the page behind it can be neither reached nor read: Quasar keeps only the Tab key out.

const page = document.getElementById("app");
let last = null;

page.addEventListener("focusin", (event) => (last = event.target));

new MutationObserver(() => {
  const open = document.querySelector("body > [id^='q-portal--dialog'] [aria-modal='true']") !== null;
  if (page.inert === open) return;
  page.inert = open;
  // Quasar gives the focus back before this is called, which does nothing to what is inert.
  if (!open && last?.isConnected && document.activeElement === document.body) last.focus();
}).observe(document.body, { childList: true });
