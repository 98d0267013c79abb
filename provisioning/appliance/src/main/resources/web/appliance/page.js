// What every page does: focus the error summary, follow server-sent events, send files with progress.
import { follow } from "./live.js";
import { enhanceUploads } from "./upload.js";

const summary = document.querySelector("[data-focus]");
if (summary) {
  summary.focus();
}

if (document.body.dataset.live) {
  follow(document.body.dataset.live);
}
enhanceUploads(document);
document.body.addEventListener("htmx:load", (event) => enhanceUploads(event.target));

// one menu open at a time; Escape closes it and gives the focus back
document.addEventListener("toggle", (event) => {
  if (event.target.matches("details.menu") && event.target.open) {
    for (const other of document.querySelectorAll("details.menu[open]")) {
      if (other !== event.target) other.open = false;
    }
  }
}, true);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    document.getElementById(opener.dataset.opens).showModal();
  }
  const closer = event.target.closest("[data-closes]");
  if (closer) {
    closer.closest("dialog").close();
  }
  const printer = event.target.closest("[data-print]");
  if (printer) {
    window.print();
  }
});
