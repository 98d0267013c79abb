// The page before the start: goes on by itself when the proctor has checked in, opened or started.
import "./beat.js";

const stage = document.querySelector("[data-exam-state]");
const POLL_MS = 10_000;

async function changed() {
  let html;
  try {
    const response = await fetch("/exam", { cache: "no-store", headers: { Accept: "text/html" } });
    if (!response.ok) {
      return;
    }
    html = await response.text();
  } catch {
    return;
  }
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-exam-state]");
  if (fresh === null || fresh.dataset.examState !== stage.dataset.examState) {
    window.location.assign("/exam");
  }
}

const source = new EventSource("/api/exam/live");
source.addEventListener("state", changed);
source.addEventListener("open", changed);
setInterval(changed, POLL_MS);
