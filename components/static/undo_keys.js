// Ctrl+Z and Ctrl+Y take back what was done at the wall (`pressed` in pages/control.py). Outside of a field the browser
// would also take back words that were typed in one before, and they would be kept so.
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || !["z", "y"].includes(event.key.toLowerCase())) return;
  if (!event.target.matches("textarea, select, input:not([type=checkbox], [type=radio])")) event.preventDefault();
});
