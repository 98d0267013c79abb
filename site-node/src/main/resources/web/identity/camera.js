// The browser's camera as a source of JPEG frames, and the loop that shows them to the node.
const WIDTH = 640;
const HEIGHT = 480;
const QUALITY = 0.9;
const BETWEEN_MS = 120;
const BUSY_MS = 900;
const UNREACHABLE_MS = 2_000;

export class Camera {
  // Throws what getUserMedia throws; see problemOf.
  static async open(video) {
    if (!navigator.mediaDevices?.getUserMedia) {
      throw new DOMException("no camera interface", "NotFoundError");
    }
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { width: { ideal: WIDTH }, height: { ideal: HEIGHT }, facingMode: "user" },
    });
    video.srcObject = stream;
    await video.play();
    return new Camera(video, stream);
  }

  constructor(video, stream) {
    this.video = video;
    this.stream = stream;
    this.canvas = document.createElement("canvas");
    this.lost = false;
    for (const track of stream.getVideoTracks()) {
      track.addEventListener("ended", () => {
        this.lost = true;
        this.whenLost?.();
      });
    }
  }

  // Resolves to a JPEG blob; null while there is no picture.
  frame() {
    const { videoWidth, videoHeight } = this.video;
    if (videoWidth === 0 || videoHeight === 0) {
      return Promise.resolve(null);
    }
    const shrink = Math.min(1, WIDTH / Math.max(videoWidth, videoHeight));
    this.canvas.width = Math.round(videoWidth * shrink);
    this.canvas.height = Math.round(videoHeight * shrink);
    this.canvas.getContext("2d").drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    return new Promise((resolve) => this.canvas.toBlob(resolve, "image/jpeg", QUALITY));
  }

  close() {
    this.lost = true;
    this.stream.getTracks().forEach((track) => track.stop());
    this.video.srcObject = null;
  }
}

// Which text tells what is wrong with the camera.
export function problemOf(error) {
  switch (error.name) {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotReadableError":
    case "AbortError":
      return "used";
    default:
      return "missing";
  }
}

const pause = (millis) => new Promise((resolve) => { setTimeout(resolve, millis); });

// Shows frames to the node until it has come to an end. Resolves to the last step's kind, or to
// "LOST" when the camera went away.
export async function check({ camera, url, csrf, show, between = BETWEEN_MS }) {
  let first = true;
  while (!camera.lost) {
    const picture = await camera.frame();
    if (picture === null) {
      await pause(between);
      continue;
    }
    const step = await send(first ? `${url}?first=1` : url, csrf, picture);
    if (step === null) {
      show({ kind: "UNREACHABLE", advice: [], good: 0, turn: null });
      await pause(UNREACHABLE_MS);
      continue;
    }
    first = false;
    show(step);
    if (step.kind !== "LOOKING" && step.kind !== "TURNING" && step.kind !== "BUSY") {
      return step.kind;
    }
    await pause(step.kind === "BUSY" ? BUSY_MS + Math.random() * BUSY_MS : between);
  }
  return "LOST";
}

async function send(url, csrf, picture) {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "image/jpeg", "X-CSRF-Token": csrf, Accept: "application/json" },
      body: picture,
      cache: "no-store",
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
