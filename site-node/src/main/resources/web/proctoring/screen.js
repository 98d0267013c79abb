// The projector's page: a new code every minute, drawn by the node; the bar shows how long it holds.
const screen = document.getElementById("screen");
const image = document.getElementById("screen-qr");
const progress = document.getElementById("screen-progress");
const typed = document.getElementById("screen-code");
const room = encodeURIComponent(screen.dataset.room);
const exam = encodeURIComponent(screen.dataset.exam);
let changesAt = 0;

async function load() {
  try {
    const response = await fetch(`/api/room/${exam}/check-in-code?room=${room}`, { cache: "no-store" });
    if (!response.ok) {
      throw new Error(`HTTP ${response.status}`);
    }
    const code = await response.json();
    image.src = `${screen.dataset.qr}?room=${room}&at=${encodeURIComponent(code.code)}`;
    image.classList.remove("is-stale");
    // for phones without a camera; the same code, the same minute
    typed.textContent = code.code.match(/.{1,4}/g).join(" ");
    changesAt = performance.now() + code.changesInMillis;
  } catch (problem) {
    console.warn(problem);
    image.classList.add("is-stale");
    typed.textContent = "";
    changesAt = performance.now() + 2000;
  }
  setTimeout(load, Math.max(300, changesAt - performance.now() + 150));
}

setInterval(() => {
  progress.value = Math.max(0, Math.ceil((changesAt - performance.now()) / 1000));
}, 500);
load();
