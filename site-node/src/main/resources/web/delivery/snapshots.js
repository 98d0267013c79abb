// The candidate's camera, when this exam takes snapshots: at the start, at random around the interval, at
// signals and at the hand-in. What the camera cannot do is told in plain words and to the proctor; nobody is stopped.
import { Camera, problemOf } from "../identity/camera.js";

const RETRY_MS = 30_000;
const SIGNAL_REST_MS = 10_000;
const STATE = { denied: "DENIED", used: "IN_USE", missing: "MISSING" };

export class Snapshots {
  constructor({ texts, say }) {
    Object.assign(this, { texts, say });
    this.every = 0;
    this.camera = null;
    this.opening = false;
    this.timer = null;
    this.lastSignal = 0;
    this.video = document.createElement("video");
    this.video.muted = true;
    this.video.playsInline = true;
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
    if (seconds === 0) {
      this.camera?.close();
      this.camera = null;
      this.say("");
    } else {
      this.begin();
    }
  }

  async begin() {
    if (this.every === 0 || this.opening) {
      return;
    }
    this.opening = true;
    try {
      this.camera = await Camera.open(this.video);
      this.say("");
      await this.take("RANDOM");
      this.plan();
    } catch (problem) {
      const found = problemOf(problem);
      this.say(this.texts[found]);
      tell(STATE[found]);
      this.timer = setTimeout(() => this.begin(), RETRY_MS);
    } finally {
      this.opening = false;
    }
  }

  plan() {
    const wait = this.every * 1000 * (0.5 + Math.random());
    this.timer = setTimeout(async () => {
      if (this.camera?.lost) {
        this.say(this.texts.lost);
        tell("LOST");
        this.camera = null;
        this.begin();
        return;
      }
      await this.take("RANDOM");
      this.plan();
    }, wait);
  }

  signal() {
    if (performance.now() - this.lastSignal > SIGNAL_REST_MS) {
      this.lastSignal = performance.now();
      this.take("SIGNAL");
    }
  }

  async take(cause) {
    if (this.every === 0 || this.camera === null || this.camera.lost) {
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

function tell(camera) {
  post("/api/exam/camera", "application/json", JSON.stringify({ camera }));
}

// A lost snapshot is not repeated: the next one comes.
async function post(path, type, body) {
  try {
    await fetch(path, {
      method: "POST",
      headers: {
        "X-Attempt": document.getElementById("exam")?.dataset.attempt ?? "",
        "Content-Type": type, "X-CSRF-Token": document.body.dataset.csrf, Accept: "application/json",
      },
      body,
      keepalive: typeof body === "string",
      cache: "no-store",
      signal: AbortSignal.timeout(10_000),
    });
  } catch (unreachable) {
    console.debug(unreachable.name);
  }
}
