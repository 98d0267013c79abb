// Saves answers one item at a time, in order, until the node says that they are durable.
//
// Rules (domain, section 11; XSP/1 section 2):
// - a change is sent at most DEBOUNCE_MS after the last key, and at most LONGEST_WAIT_MS after the first;
// - one save is under way at a time per item; a newer answer replaces a waiting one, never one under way;
// - a save keeps its operation id over every repeat, so the node counts it once;
// - nothing leaves the waiting list before the node's answer names that operation;
// - what waits survives a reload of this tab (sessionStorage: gone with the tab, not shared with others).

export const DEBOUNCE_MS = 400;
export const LONGEST_WAIT_MS = 900;
export const RETRY_MS_MAX = 5000;
const WAITING_MAX = 600;

export class Autosave {
  // send(save) resolves to {outcome: "saved"|"refused"|"unreachable", durability?, code?, at?}
  constructor({ key, send, onChange, storage = window.sessionStorage }) {
    this.key = key;
    this.send = send;
    this.onChange = onChange;
    this.storage = storage;
    this.waiting = new Map();
    this.underWay = new Map();
    this.timers = new Map();
    this.firstChange = new Map();
    this.failures = 0;
    this.state = { unsaved: 0, reachable: true, durability: null, at: null, refused: null };
    for (const save of this.#restore()) {
      this.waiting.set(save.item, save);
    }
  }

  // Answers that a reload found still waiting: item -> response.
  restored() {
    return new Map([...this.waiting].map(([item, save]) => [item, save.response]));
  }

  // Sends what a reload left behind.
  resume() {
    for (const item of this.waiting.keys()) {
      this.#dispatch(item);
    }
    this.#tell();
  }

  changed(item, response) {
    if (this.waiting.size >= WAITING_MAX && !this.waiting.has(item)) {
      throw new RangeError("more answers wait than a paper has items");
    }
    this.waiting.set(item, { item, op: crypto.randomUUID(), response });
    this.#store();
    const now = performance.now();
    const first = this.firstChange.get(item) ?? now;
    this.firstChange.set(item, first);
    const wait = Math.max(0, Math.min(DEBOUNCE_MS, first + LONGEST_WAIT_MS - now));
    clearTimeout(this.timers.get(item));
    this.timers.set(item, setTimeout(() => this.#dispatch(item), wait));
    this.#tell();
  }

  // Sends everything now; resolves to true when nothing waits any more, false after the time given.
  async flush(millisMax) {
    const end = performance.now() + millisMax;
    for (;;) {
      for (const item of [...this.waiting.keys()]) {
        clearTimeout(this.timers.get(item));
        this.#dispatch(item);
      }
      if (this.waiting.size === 0 && this.underWay.size === 0) {
        return true;
      }
      if (performance.now() > end || this.state.refused) {
        return false;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  clear() {
    this.waiting.clear();
    this.storage.removeItem(this.key);
  }

  async #dispatch(item) {
    const save = this.underWay.get(item) ?? this.waiting.get(item);
    if (!save || this.underWay.has(item)) {
      return;
    }
    this.underWay.set(item, save);
    this.firstChange.delete(item);
    let result;
    try {
      result = await this.send(save);
    } catch (unexpected) {
      console.error(unexpected);
      result = { outcome: "unreachable" };
    }
    this.underWay.delete(item);
    if (result.outcome === "saved") {
      this.failures = 0;
      if (this.waiting.get(item)?.op === save.op) {
        this.waiting.delete(item);
      }
      this.state = {
        ...this.state, reachable: true, refused: null, durability: result.durability, at: result.at,
      };
    } else if (result.outcome === "refused") {
      this.state = { ...this.state, reachable: true, refused: result.code };
    } else {
      this.failures += 1;
      this.state = { ...this.state, reachable: false };
      const pause = Math.min(RETRY_MS_MAX, 250 * 2 ** Math.min(this.failures, 5));
      this.timers.set(item, setTimeout(() => this.#dispatch(item), pause * (0.5 + Math.random() / 2)));
    }
    this.#store();
    this.#tell();
    if (result.outcome === "saved" && this.waiting.has(item)) {
      this.#dispatch(item);
    }
  }

  #store() {
    this.storage.setItem(this.key, JSON.stringify([...this.waiting.values()]));
  }

  #restore() {
    const text = this.storage.getItem(this.key);
    return text === null ? [] : JSON.parse(text);
  }

  #tell() {
    this.state = { ...this.state, unsaved: this.waiting.size };
    this.onChange(this.state);
  }
}
