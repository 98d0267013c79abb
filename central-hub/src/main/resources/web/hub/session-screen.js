// A code that is no longer refreshed must not look as if it were: the picture fades.
const STALE_MS = 10_000;
const box = document.getElementById("session-code");
let seen = performance.now();
box.addEventListener("htmx:afterSwap", () => {
  seen = performance.now();
  box.classList.remove("is-stale");
});
setInterval(() => box.classList.toggle("is-stale", performance.now() - seen > STALE_MS), 1_000);
