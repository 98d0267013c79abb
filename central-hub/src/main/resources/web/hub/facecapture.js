// The candidate's own face: camera or file, preview, look by the centre, retake, confirm. The
// picture is drawn on a canvas first, so that nothing but pixels leaves the phone.
const WIDTH = 590;
const HEIGHT = 826;
const QUALITY = 0.92;

const root = document.getElementById("face-capture");
const byId = (id) => document.getElementById(id);

const problems = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotReadableError: "used",
  AbortError: "used",
};

function start() {
  const video = byId("face-video");
  const canvas = byId("face-picture");
  const say = byId("face-say");
  const file = byId("face-file");
  let stream = null;
  let picture = null;
  let turn = 0;

  const show = (part) => {
    byId("face-live").hidden = part !== "live";
    byId("face-taken").hidden = part !== "taken";
    byId("face-open").hidden = part !== "start";
    byId("face-shoot").hidden = part !== "live";
    byId("face-again").hidden = part !== "taken";
    byId("face-other").hidden = part !== "start";
    byId("face-send").hidden = true;
  };

  const close = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
  };

  const open = async () => {
    turn += 1;
    say.textContent = "";
    try {
      if (!navigator.mediaDevices?.getUserMedia) {
        throw new DOMException("no camera interface", "NotFoundError");
      }
      stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { width: { ideal: 1280 }, height: { ideal: 960 }, facingMode: "user" },
      });
      video.srcObject = stream;
      stream.getVideoTracks()[0].addEventListener("ended", () => {
        close();
        show("start");
        say.textContent = root.dataset.lost;
      });
      show("live");
      await video.play();
      say.textContent = root.dataset.ready;
      byId("face-shoot").focus();
    } catch (error) {
      close();
      show("start");
      say.textContent = root.dataset[problems[error.name] ?? "missing"];
    }
  };

  // The middle of the source in a portrait's ratio.
  const draw = (source, width, height) => {
    const cutWidth = Math.min(width, (height * WIDTH) / HEIGHT);
    const cutHeight = Math.min(height, (width * HEIGHT) / WIDTH);
    const shrink = Math.min(1, WIDTH / cutWidth);
    canvas.width = Math.round(cutWidth * shrink);
    canvas.height = Math.round(cutHeight * shrink);
    canvas.getContext("2d").drawImage(
      source, (width - cutWidth) / 2, (height - cutHeight) / 2, cutWidth, cutHeight,
      0, 0, canvas.width, canvas.height,
    );
    return new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", QUALITY); });
  };

  const put = async (query) => {
    try {
      const response = await fetch(root.dataset.url + query, {
        method: "PUT",
        headers: {
          "Content-Type": "image/jpeg",
          "X-CSRF-Token": document.body.dataset.csrf,
          Accept: "application/json",
        },
        body: picture,
        cache: "no-store",
      });
      return await response.json();
    } catch {
      return { done: false, said: root.dataset.unreachable, again: true };
    }
  };

  const taken = async (blob) => {
    picture = blob;
    turn += 1;
    const mine = turn;
    show("taken");
    say.textContent = root.dataset.looking;
    byId("face-again").focus();
    const answer = await put("?look=1");
    if (mine !== turn) {
      return;
    }
    say.textContent = answer.said ?? root.dataset.unreachable;
    byId("face-send").hidden = !(answer.done || answer.again);
    if (answer.done) {
      byId("face-send").focus();
    }
  };

  byId("face-open").addEventListener("click", open);
  byId("face-again").addEventListener("click", () => {
    file.value = "";
    open();
  });
  byId("face-shoot").addEventListener("click", async () => {
    if (video.videoWidth > 0) {
      const blob = await draw(video, video.videoWidth, video.videoHeight);
      close();
      await taken(blob);
    }
  });
  file.addEventListener("change", async () => {
    if (file.files.length === 0) {
      return;
    }
    close();
    try {
      const image = await createImageBitmap(file.files[0]);
      await taken(await draw(image, image.width, image.height));
    } catch {
      show("start");
      say.textContent = root.dataset.unreadable;
    }
  });
  byId("face-send").addEventListener("click", async () => {
    byId("face-send").disabled = true;
    say.textContent = root.dataset.sending;
    const answer = await put("");
    byId("face-send").disabled = false;
    say.textContent = answer.said ?? root.dataset.unreachable;
    if (answer.done && root.dataset.next !== "") {
      window.location.assign(root.dataset.next);
    } else if (answer.done) {
      byId("face-send").hidden = true;
      byId("face-again").hidden = true;
      byId("face-other").hidden = true;
      say.focus();
    }
  });
  show("start");
}

if (root) {
  start();
}
