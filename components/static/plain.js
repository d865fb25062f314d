// What a plain page does better with a script; each of its forms works without one.

for (const select of document.querySelectorAll("select[name=timezone]")) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!select.value && [...select.options].some((option) => option.value === here)) select.value = here;
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // over plain http there is no clipboard
    }
    button.textContent = button.dataset.done;
  });
}

for (const button of document.querySelectorAll("button[data-show]")) {
  button.hidden = false;
  const field = document.getElementById(button.dataset.show);
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  });
}

for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", () => {
    // Checking a passphrase takes a moment; a second tap would send it twice.
    const button = form.querySelector("button[type=submit]");
    setTimeout(() => (button.disabled = true));
    addEventListener("pageshow", () => (button.disabled = false), { once: true });
  });
}

// A slip's address ends with #CODE. It stays out of every log: it is sent in the body of a form.
const lesson = document.querySelector("form[action='/lesson']");
if (lesson && location.hash.length > 1) {
  lesson.elements.code.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
  lesson.requestSubmit();
}
