// What is drawn anew under somebody's fingers: the focus goes on where it was.

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
