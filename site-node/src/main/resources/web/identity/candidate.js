// The candidate's step before the start: look into the camera, or ask the proctor. Goes on by itself.
import { Camera, check, problemOf } from "./camera.js";
import { CheckView } from "./show.js";

const POLL_MS = 5_000;
const root = document.getElementById("identity");
const texts = JSON.parse(root.dataset.texts);
const view = new CheckView(texts);
const byId = (id) => document.getElementById(id);

async function call(path, body) {
  try {
    const response = await fetch(path, {
      method: body === undefined ? "GET" : "POST",
      headers: { "X-CSRF-Token": root.dataset.csrf, "Content-Type": "application/json", Accept: "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

const reload = () => window.location.replace("/exam/identity");

async function ask(why) {
  const answer = await call("/api/exam/identity/ask", why === null ? {} : { why });
  if (answer === null) {
    view.tell(texts.unreachable);
    return;
  }
  reload();
}

async function start() {
  const button = byId("identity-start");
  button.disabled = true;
  view.tell(texts.opening);
  let camera;
  try {
    camera = await Camera.open(byId("identity-video"));
  } catch (error) {
    view.tell(texts.camera[problemOf(error)]);
    byId("identity-decline").textContent = texts.ask;
    byId("identity-decline").dataset.why = "NO_CAMERA";
    button.textContent = texts.retry;
    button.disabled = false;
    return;
  }
  byId("identity-intro").hidden = true;
  button.hidden = true;
  view.open(true);
  await call("/api/exam/identity/restart", {});
  const kind = await check({
    camera, url: "/api/exam/identity/frames", csrf: root.dataset.csrf, show: (step) => view.step(step),
  });
  camera.close();
  if (kind === "LOST") {
    view.open(false);
    view.tell(texts.camera.lost);
    button.hidden = false;
    button.disabled = false;
    button.textContent = texts.retry;
    return;
  }
  reload();
}

// Whatever the proctor does shows within a moment, and in any case after the poll.
async function look() {
  const answer = await call("/api/exam/identity");
  if (answer === null) {
    return;
  }
  const state = answer.refused ? "no" : { ASKED: "asked", BY_EYE: "eye" }[answer.kind] ?? "camera";
  const camera = root.dataset.state === "camera";
  if (answer.kind === "SETTLED" || (camera ? state === "no" : state !== root.dataset.state)) {
    window.location.replace("/exam");
  }
}

if (root.dataset.state === "camera") {
  byId("identity-start").addEventListener("click", start);
  byId("identity-decline").addEventListener("click", (event) => ask(event.target.dataset.why ?? "DECLINED"));
} else {
  byId("identity-again")?.addEventListener("click", async () => {
    await call("/api/exam/identity/restart", { again: true });
    window.location.replace("/exam/identity?again=1");
  });
  if (root.dataset.state === "eye" && root.dataset.ask === "yes") {
    await call("/api/exam/identity/ask", {});
  }
}
// no button works before this script does
root.querySelectorAll("button[disabled]").forEach((button) => { button.disabled = false; });
const source = new EventSource("/api/exam/live");
source.addEventListener("state", look);
source.addEventListener("open", look);
setInterval(look, POLL_MS);
