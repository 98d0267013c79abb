// The seat's line to the proctors' desk: a beat every few seconds, a call for help, the words told so far.
// Works beside every page of the candidate; it needs only the element #seat-desk.
import { Recheck } from "./recheck.js";
import { SeatCamera } from "./seat-camera.js";
import { Snapshots } from "./snapshots.js";

const BEAT_MS = 4_000;
const TIMEOUT_MS = 8_000;
const box = document.getElementById("seat-desk");

if (box !== null) {
  start(box);
}

// What is left while this machine runs on its battery; where the browser does not say, nothing.
async function battery() {
  const power = await navigator.getBattery?.().catch(() => null);
  return power && !power.charging ? `?battery=${Math.round(power.level * 100)}` : "";
}

function start(desk) {
  const texts = desk.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-second button-small";
  const words = document.createElement("details");
  words.className = "seat-words";
  const summary = document.createElement("summary");
  const list = document.createElement("ul");
  words.append(summary, list);
  words.hidden = true;
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  desk.append(button, words, said);
  const camera = document.createElement("p");
  camera.className = "seat-camera";
  camera.setAttribute("role", "status");
  camera.hidden = true;
  const checking = document.createElement("p");
  checking.className = "seat-checking muted";
  checking.hidden = true;
  desk.append(camera, checking);
  const seatCamera = new SeatCamera({
    texts: { denied: texts.cameraDenied, used: texts.cameraUsed, missing: texts.cameraMissing, lost: texts.cameraLost },
    say: (text) => { camera.textContent = text; camera.hidden = text === ""; },
    opened: () => snapshots.begin(),
  });
  const snapshots = new Snapshots(seatCamera);
  const recheck = new Recheck({
    camera: seatCamera,
    text: texts.recheck,
    say: (text) => { checking.textContent = text; checking.hidden = text === ""; },
  });
  let notices = 0;
  let read = 0;
  showHelp(false);

  function showHelp(called) {
    button.disabled = called;
    button.textContent = called ? texts.called : texts.help;
  }

  async function ask(method, path) {
    try {
      const response = await fetch(path, {
        method,
        headers: method === "POST"
          ? { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": document.body.dataset.csrf }
          : { Accept: "application/json" },
        body: method === "POST" ? "{}" : undefined,
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  async function load() {
    const answer = await ask("GET", "/api/exam/notices");
    if (answer === null) {
      return;
    }
    notices = answer.notices.length;
    list.replaceChildren(...answer.notices.toReversed().map((notice) => {
      const line = document.createElement("li");
      line.className = `seat-word-${notice.kind.toLowerCase()}`;
      const at = document.createElement("span");
      at.className = "muted";
      at.textContent = `${notice.clock} ${texts[notice.kind.toLowerCase()]}`;
      line.append(at, document.createElement("br"), notice.text);
      return line;
    }));
    words.hidden = notices === 0;
    summary.textContent = `${texts.words} (${notices})`;
    words.classList.toggle("is-new", notices > read);
  }

  async function beat() {
    const answer = await ask("GET", `/api/exam/beat${await battery()}`);
    if (answer !== null) {
      showHelp(answer.helpCalled);
      seatCamera.need(answer.camera);
      recheck.wanted(answer.recheck);
      snapshots.wanted(answer.snapshotSeconds, answer.smallSnapshots);
      if (answer.notices !== notices) {
        await load();
      }
    }
    setTimeout(beat, BEAT_MS);
  }

  words.addEventListener("toggle", () => {
    if (words.open) {
      read = notices;
      words.classList.remove("is-new");
    }
  });
  button.addEventListener("click", async () => {
    button.disabled = true;
    const answer = await ask("POST", "/api/exam/help");
    showHelp(answer !== null);
    said.textContent = answer !== null ? texts.called : texts.helpFailed;
    if (answer === null) {
      button.textContent = texts.helpFailed;
    }
  });
  beat();
}
