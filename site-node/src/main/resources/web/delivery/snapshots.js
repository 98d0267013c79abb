// Snapshots, when this exam takes them: at the start, at random around the interval, at signals and at the hand-in.
import { post } from "./seat-camera.js";

const SIGNAL_REST_MS = 10_000;

export class Snapshots {
  constructor(camera) {
    this.camera = camera;
    this.every = 0;
    this.timer = null;
    this.lastSignal = 0;
    document.addEventListener("visibilitychange", () => this.signal());
    window.addEventListener("blur", () => this.signal());
    document.getElementById("hand-in-confirm")?.addEventListener("click", () => this.take("HAND_IN"));
  }

  // Told with every beat; 0 seconds: none are wanted.
  wanted(seconds, small) {
    this.small = small;
    if (seconds === this.every) {
      return;
    }
    this.every = seconds;
    clearTimeout(this.timer);
    if (seconds > 0) {
      this.begin();
    }
  }

  // One at once when there is a camera, else when it opens.
  async begin() {
    clearTimeout(this.timer);
    await this.take("RANDOM");
    this.plan();
  }

  plan() {
    if (this.every > 0) {
      const wait = this.every * 1000 * (0.5 + Math.random());
      this.timer = setTimeout(() => this.begin(), wait);
    }
  }

  signal() {
    if (performance.now() - this.lastSignal > SIGNAL_REST_MS) {
      this.lastSignal = performance.now();
      this.take("SIGNAL");
    }
  }

  async take(cause) {
    if (this.every === 0) {
      return;
    }
    const picture = await this.camera.frame();
    if (picture !== null) {
      await post(`/api/exam/snapshots?cause=${cause}`, "image/jpeg", this.small ? await smaller(picture) : picture);
    }
  }
}

async function smaller(picture) {
  const image = await createImageBitmap(picture, { resizeWidth: 320 });
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d").drawImage(image, 0, 0);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.6); });
}
