// Review by keyboard: P passes, R goes to the reason (Enter rejects), N goes on, arrows walk the pictures.
const root = document.getElementById("gallery");
const form = document.getElementById("f-decide");
const reason = document.getElementById("f-reason");
const pictures = [...root.querySelectorAll(".gallery-picture")];

function walk(step) {
  const at = pictures.indexOf(document.activeElement);
  pictures[Math.max(0, Math.min(pictures.length - 1, at + step))]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.target === reason) {
    if (event.key === "Enter") {
      // the first button of the form would pass
      event.preventDefault();
      form.requestSubmit(form.querySelector("[value=reject]"));
    } else if (event.key === "Escape") {
      reason.blur();
    }
    return;
  }
  if (event.target.matches("input, textarea, select")) {
    return;
  }
  const run = {
    p: () => form.requestSubmit(form.querySelector("[value=pass]")),
    r: () => reason.focus(),
    n: () => window.location.assign(root.dataset.next),
    ArrowRight: () => walk(1),
    ArrowLeft: () => walk(-1),
  }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (run) {
    event.preventDefault();
    run();
  }
});
