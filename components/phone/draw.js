// Draws elements; text is always set as text.

/** An element with properties, listeners (`onclick: …`) and children; false and null are left out. */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(3)) {
    if (child !== false && child !== null && child !== undefined) element.append(child);
  }
}

/** Everything inside replaced by these. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** The same, where that says something else: otherwise what stands there stays, unfolded, focused or pressed. */
export function refill(element, ...children) {
  const made = h("div", {}, children);
  if (made.textContent !== element.textContent) element.replaceChildren(...made.childNodes);
}

/** A button; what it does may be async, and it cannot be pressed twice meanwhile. */
export function button(text, act, props = {}) {
  const made = h("button", { type: "button", ...props }, text);
  made.addEventListener("click", async () => {
    if (made.getAttribute("aria-disabled") === "true") return;
    made.setAttribute("aria-disabled", "true");
    try {
      await act(made);
    } finally {
      made.removeAttribute("aria-disabled");
    }
  });
  return made;
}

/** A press of this button leaves the cursor and the keyboard where they are. */
export function stayWriting(element) {
  element.addEventListener("mousedown", (event) => event.preventDefault());
}

/** Says something to somebody who listens to the screen. */
export function say(text) {
  document.getElementById("said").textContent = text;
}

/** A question in a dialog: the value of the button that was pressed, or null. */
export function ask(question, more, ...answers) {
  return new Promise((resolve) => {
    const dialog = h("dialog", { "aria-labelledby": "question" });
    fill(
      dialog,
      h("h2", { id: "question" }, question),
      more && h("p", {}, more),
      h(
        "div",
        { class: "answers" },
        answers.map(([text, value, kind]) => button(text, () => dialog.close(value), { class: kind ?? "" })),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue || null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * The same drawing, one after the other: asked for while it is drawn, it is drawn once more. What two drawings read from
 * the disk at the same time need not come in their order, and the older one would stay.
 */
export function inTurn(draw) {
  let drawing = null;
  let again = false;
  return () => {
    again = true;
    drawing ??= (async () => {
      try {
        while (again) {
          again = false;
          await draw();
        }
      } finally {
        drawing = null;
      }
    })();
    return drawing;
  };
}

/**
 * Until nothing in `body` is pressed: drawn anew between press and release, the click would go to nobody. Bounded, since
 * browsers have let `:active` stand after a drag.
 */
export async function released(body) {
  for (let n = 0; n < 40 && body.querySelector("button:active, summary:active"); n += 1) {
    await new Promise((go) => setTimeout(go, 50));
  }
}

/** Remember where the focus is in `body`; the answer puts it there again, or at `otherwise` when that is gone. */
export function focusKept(body, otherwise = "h1") {
  const here = document.activeElement;
  if (!body.contains(here)) return () => {};
  const same = here.dataset.at ? `[data-at="${CSS.escape(here.dataset.at)}"]` : here.id ? `#${CSS.escape(here.id)}` : null;
  return () => {
    if (body.contains(document.activeElement)) return;
    const place = (same && body.querySelector(same)) || body.querySelector(otherwise);
    if (place && !place.matches("button, a, input, textarea, select, summary")) place.setAttribute("tabindex", "-1");
    place?.focus();
  };
}

/** When the browser has nothing else to do, or after a while. */
export function idle(timeout = 3000) {
  return new Promise((go) => ("requestIdleCallback" in self ? requestIdleCallback(go, { timeout }) : setTimeout(go, timeout / 2)));
}

/** A random id of 22 characters; works without https, where randomUUID is missing. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
