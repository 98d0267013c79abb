// Live pictures of the node's cameras, one request at a time each; a camera that is away is told.
const root = document.getElementById("cameras");
const texts = JSON.parse(root.dataset.texts);
const BETWEEN_MS = 400;
const AWAY_MS = 2_000;

async function follow(figure) {
  const image = figure.querySelector("img");
  const state = figure.querySelector("[data-state]");
  const hint = figure.querySelector("[data-hint]");
  const show = (tone, word, text) => {
    state.className = `tag ${tone}`;
    state.textContent = word;
    hint.textContent = text;
  };
  let wait = BETWEEN_MS;
  if (!document.hidden) {
    try {
      const response = await fetch(`/api/technician/cameras/${figure.dataset.camera}`, { cache: "no-store" });
      if (response.ok) {
        const before = image.src;
        image.src = URL.createObjectURL(await response.blob());
        image.hidden = false;
        if (before.startsWith("blob:")) {
          URL.revokeObjectURL(before);
        }
        show("tag-good", texts.live, "");
      } else {
        show("tag-bad", texts.away, texts.awayHint);
        wait = AWAY_MS;
      }
    } catch {
      show("tag-warn", texts.unreachable, "");
      wait = AWAY_MS;
    }
  }
  setTimeout(() => follow(figure), wait);
}

root.querySelectorAll("[data-camera]").forEach(follow);
