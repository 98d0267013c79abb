// One person at the desk: compare by the desk's camera, take or bring a new photo.
import { Camera, check, problemOf } from "./camera.js";
import { CheckView } from "./show.js";

const root = document.getElementById("identity-desk");
const texts = JSON.parse(root.dataset.texts);
const view = new CheckView(texts);
const byId = (id) => document.getElementById(id);
let camera = null;

async function open() {
  if (camera !== null && !camera.lost) {
    return true;
  }
  view.tell(texts.opening);
  try {
    camera = await Camera.open(byId("identity-video"));
  } catch (error) {
    view.tell(texts.camera[problemOf(error)]);
    return false;
  }
  view.open(true);
  return true;
}

async function compare() {
  if (!(await open())) {
    return;
  }
  const kind = await check({
    camera, url: `${root.dataset.api}/frames`, csrf: root.dataset.csrf, show: (step) => view.step(step),
  });
  if (kind === "LOST") {
    view.open(false);
    view.tell(texts.camera.lost);
    return;
  }
  camera.close();
  window.location.reload();
}

async function bring(picture) {
  const reason = byId("f-photo-reason").value.trim();
  if (reason === "") {
    view.tell(texts.reasonMissing);
    byId("f-photo-reason").focus();
    return;
  }
  let response;
  try {
    response = await fetch(`${root.dataset.api}/photo?reason=${encodeURIComponent(reason)}`, {
      method: "POST",
      headers: { "Content-Type": picture.type, "X-CSRF-Token": root.dataset.csrf, Accept: "application/json" },
      body: picture,
    });
  } catch {
    view.tell(texts.unreachable);
    return;
  }
  if (response.ok) {
    camera?.close();
    window.location.reload();
    return;
  }
  const answer = await response.json().catch(() => ({}));
  view.tell(answer.advice?.length > 0 ? texts.advice[answer.advice[0]] : answer.title ?? texts.unreachable);
}

byId("identity-compare")?.addEventListener("click", compare);
byId("identity-capture").addEventListener("click", async () => {
  if (camera === null || camera.lost) {
    if (await open()) {
      view.tell(texts.captureAgain);
      byId("identity-capture").textContent = texts.captureNow;
    }
    return;
  }
  const picture = await camera.frame();
  if (picture !== null) {
    await bring(picture);
  }
});
byId("identity-upload").addEventListener("click", async () => {
  const [file] = byId("f-photo-file").files;
  if (file === undefined) {
    view.tell(texts.fileMissing);
    byId("f-photo-file").focus();
    return;
  }
  await bring(file);
});
// no button works before this script does
root.querySelectorAll("button[disabled]").forEach((button) => { button.disabled = false; });
