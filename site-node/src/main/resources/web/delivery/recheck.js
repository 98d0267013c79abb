// A face check while the test goes on: a few pictures to the node, one line of text, nothing to do.
import { check } from "../identity/camera.js";
import { post } from "./seat-camera.js";

const BETWEEN_MS = 700;

export class Recheck {
  // say(text) shows a quiet line
  constructor({ camera, text, say }) {
    Object.assign(this, { camera, text, say });
    this.running = false;
  }

  // Told with every beat: number of the check that waits for a picture, 0 for none.
  async wanted(number) {
    if (number === 0 || this.running) {
      return;
    }
    if (!this.camera.works) {
      if (this.camera.problem !== null) {
        await post("/api/exam/recheck/missed", "application/json", JSON.stringify({ why: "NO_CAMERA" }));
      }
      return;
    }
    this.running = true;
    this.say(this.text);
    try {
      await check({
        camera: this.camera.camera,
        url: "/api/exam/recheck",
        csrf: document.body.dataset.csrf,
        show: () => {},
        between: BETWEEN_MS,
      });
    } finally {
      this.running = false;
      this.say("");
    }
  }
}
