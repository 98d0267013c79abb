// A note of the candidate's own beside each item: kept by the node while the test lasts, no answer, seen
// by nobody else. Nothing of the test waits for it: what the node does not take is tried again.

const WAIT_MS = 2_000;
const AGAIN_MS = 15_000;

export class ItemNotes {
  // texts: {kept, waiting, full}
  constructor({ root, api, texts }) {
    Object.assign(this, { api, texts });
    this.boxes = new Map([...root.querySelectorAll("[data-note]")]
      .map((box) => [box.dataset.note, box]));
    this.waiting = new Map();
    for (const [item, box] of this.boxes) {
      box.addEventListener("input", () => {
        this.waiting.set(item, box.value);
        this.#say(item, this.texts.waiting);
        this.#later(WAIT_MS);
      });
    }
  }

  async load() {
    const answer = await this.api.notes();
    if (answer.outcome !== "ok") {
      return;
    }
    for (const [item, text] of Object.entries(answer.value.notes)) {
      const box = this.boxes.get(item);
      if (box && !this.waiting.has(item)) {
        box.value = text;
        box.closest("details").open = true;
      }
    }
  }

  async flush() {
    for (const [item, text] of this.waiting) {
      const answer = await this.api.note(item, text);
      if (answer.outcome === "unreachable") {
        this.#later(AGAIN_MS);
        return;
      }
      if (this.waiting.get(item) === text) {
        this.waiting.delete(item);
        this.#say(item, answer.outcome === "ok" ? this.texts.kept : this.texts.full);
      }
    }
  }

  #later(millis) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), millis);
  }

  #say(item, text) {
    this.boxes.get(item).closest("details").querySelector(".note-said").textContent = text;
  }
}
