// The one camera of a seat, for snapshots and face checks: open while either needs it. What it cannot do is told in
// plain words and to the proctor; nobody is stopped.
import { Camera, problemOf } from "../identity/camera.js";

const RETRY_MS = 30_000;
const STATE = { denied: "DENIED", used: "IN_USE", missing: "MISSING", lost: "LOST" };

export class SeatCamera {
  // opened() after each time the camera gives pictures
  constructor({ texts, say, opened }) {
    Object.assign(this, { texts, say, opened });
    this.needed = false;
    this.problem = null;
    this.camera = null;
    this.opening = false;
    this.timer = null;
    this.video = document.createElement("video");
    this.video.muted = true;
    this.video.playsInline = true;
  }

  need(wanted) {
    if (wanted === this.needed) {
      return;
    }
    this.needed = wanted;
    clearTimeout(this.timer);
    if (wanted) {
      this.#open();
    } else {
      this.camera?.close();
      this.camera = null;
      this.problem = null;
      this.say("");
    }
  }

  get works() {
    return this.camera !== null && !this.camera.lost;
  }

  // A JPEG; null while there is none.
  frame() {
    return this.works ? this.camera.frame() : Promise.resolve(null);
  }

  async #open() {
    if (!this.needed || this.opening) {
      return;
    }
    this.opening = true;
    try {
      const camera = await Camera.open(this.video);
      camera.whenLost = () => this.#failed("lost");
      this.camera = camera;
      this.problem = null;
      this.say("");
      tell("WORKS");
      this.opened();
    } catch (problem) {
      this.#failed(problemOf(problem));
    } finally {
      this.opening = false;
    }
  }

  #failed(problem) {
    this.camera = null;
    this.problem = problem;
    if (this.needed) {
      this.say(this.texts[problem]);
      tell(STATE[problem]);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#open(), problem === "lost" ? 0 : RETRY_MS);
    }
  }
}

function tell(camera) {
  post("/api/exam/camera", "application/json", JSON.stringify({ camera }));
}

// Lost on the way is lost: the next one comes.
export async function post(path, type, body) {
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
