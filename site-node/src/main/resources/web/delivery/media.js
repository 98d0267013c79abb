// Audio and video. A play is counted by the node before it begins and always from the start; a play that
// this page has begun may be stopped and goes on where it was.

export function mediaControls(root, api) {
  const boxes = [...root.querySelectorAll("[data-media]")];
  const plays = new Map();
  const shown = (box) => plays.get(box.dataset.place) ?? 0;
  const show = (box, said) => {
    const player = box.querySelector("audio, video");
    const button = box.querySelector("[data-media-play]");
    const most = Number(box.dataset.most);
    const left = most - shown(box);
    const begun = box.dataset.begun === "yes";
    button.textContent = player.paused ? box.dataset.play : box.dataset.stop;
    button.disabled = !begun && most > 0 && left <= 0;
    const rest = most === 0 ? "" : left > 0 ? box.dataset.left.replace("{0}", left) : box.dataset.none;
    box.querySelector(".media-said").textContent =
      [said ?? (player.paused ? "" : box.dataset.playing), rest].filter(Boolean).join(" · ");
  };
  for (const box of boxes) {
    const player = box.querySelector("audio, video");
    player.addEventListener("ended", () => {
      box.dataset.begun = "";
      show(box);
    });
    player.addEventListener("play", () => show(box));
    player.addEventListener("pause", () => show(box));
    player.addEventListener("error", () => show(box, box.dataset.broken));
    // media keys of the keyboard may pause, never wind back
    player.addEventListener("seeking", () => {
      if (player.currentTime < (player.heard ?? 0) - 1) {
        player.currentTime = player.heard;
      }
    });
    player.addEventListener("timeupdate", () => { player.heard = player.currentTime; });
    box.querySelector("[data-media-play]").addEventListener("click", () => press(box, player));
    show(box);
  }

  async function press(box, player) {
    if (!player.paused) {
      player.pause();
      return;
    }
    if (box.dataset.begun !== "yes") {
      const answer = await api.play({
        item: box.closest(".item").dataset.item,
        clip: box.dataset.media,
        play: shown(box) + 1,
      });
      if (answer.outcome !== "ok") {
        await counted();
        show(box, answer.outcome === "unreachable" ? box.dataset.unreachable : undefined);
        return;
      }
      take(answer.value.plays);
      player.heard = 0;
      player.src = `${box.dataset.src}?play=${shown(box)}`;
      box.dataset.begun = "yes";
    }
    boxes.forEach((other) => other !== box && other.querySelector("audio, video").pause());
    try {
      await player.play();
    } catch {
      show(box, box.dataset.broken);
    }
  }

  function take(counts) {
    Object.entries(counts).forEach(([place, count]) => plays.set(place, count));
    boxes.forEach((box) => show(box));
  }

  async function counted() {
    const answer = await api.plays();
    if (answer.outcome === "ok") {
      take(answer.value.plays);
    }
  }

  return boxes.length === 0 ? Promise.resolve() : counted();
}
