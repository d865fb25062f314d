// A sign while a file is being made: the file is fetched and then handed to the browser. Without a script it is a link.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a.file");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.getAttribute("aria-busy") === "true") return;
  const sign = link.closest(".actions, .versions")?.querySelector(".making");
  const say = (words) => { if (sign) sign.textContent = words; };
  link.setAttribute("aria-busy", "true");
  say(link.dataset.making);
  try {
    const answer = await fetch(link.href);
    if (!answer.ok || !answer.headers.get("Content-Disposition")) throw new Error(await sentenceOf(answer));
    const address = URL.createObjectURL(await answer.blob());
    const handed = document.createElement("a");
    handed.href = address;
    handed.download = link.getAttribute("download");
    handed.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    say(link.dataset.made);
  } catch (error) {
    say(error.message && !(error instanceof TypeError) ? error.message : link.dataset.failed);
  } finally {
    link.removeAttribute("aria-busy");
  }
});

async function sentenceOf(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("p.lead")?.textContent ?? "";
}
