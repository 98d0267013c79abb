// A ticket held to the desk's camera: frames go to the node until it reads a code, then a person confirms.
import { make } from "./dom.js";

const BETWEEN_MS = 350;
const SIDE = 1280;

export class Scan {
  constructor({ client, texts, dialogs }) {
    Object.assign(this, { client, texts, dialogs });
    this.dialogs.dialog.addEventListener("close", () => this.stop());
  }

  async open() {
    const t = this.texts.scan;
    this.stop();
    const video = make("video", { class: "scan-video", muted: true, playsinline: true, "aria-label": t.picture });
    const say = make("p", { role: "status" }, t.hold);
    this.dialogs.ask({ title: t.title, body: [video, say] });
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: false, video: { width: { ideal: SIDE }, facingMode: { ideal: "environment" } },
      });
    } catch (problem) {
      video.hidden = true;
      say.textContent = problem.name === "NotAllowedError" ? t.denied : t.missing;
      return;
    }
    this.stream = stream;
    video.srcObject = stream;
    await video.play();
    this.look(video, say, stream);
  }

  async look(video, say, stream) {
    const canvas = document.createElement("canvas");
    while (this.stream === stream) {
      const picture = await frame(video, canvas);
      const answer = picture === null ? null : await this.client.scan(picture);
      if (this.stream !== stream) {
        return;
      }
      if (answer?.ok && answer.value.admissionNumber) {
        this.stop();
        this.dialogs.confirm(answer.value, { camera: true });
        return;
      }
      if (answer !== null && !answer.ok) {
        say.textContent = answer.text;
      }
      await new Promise((resolve) => { setTimeout(resolve, BETWEEN_MS); });
    }
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
  }
}

function frame(video, canvas) {
  if (video.videoWidth === 0) {
    return Promise.resolve(null);
  }
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.85); });
}
