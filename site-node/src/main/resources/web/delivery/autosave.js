// Saves answers one item at a time, in order, until the node says that they are durable.
//
// Rules (domain, section 11; XSP/1 section 2):
// - a change is sent at most DEBOUNCE_MS after the last key, LONGEST_WAIT_MS after the first;
// - per item one save is under way; it is repeated with the same operation id and revision until the
//   node answers, so the node counts it once; only then follows what was typed meanwhile;
// - nothing leaves the list before the node's answer names that operation;
// - what is not confirmed survives a reload of this tab (sessionStorage: gone with the tab, not shared).

export const DEBOUNCE_MS = 400;
export const LONGEST_WAIT_MS = 900;
export const RETRY_MS_MAX = 5000;
const ITEMS_MAX = 600;
const CONFLICTS_MAX = 5;

export class Autosave {
  // send(save) resolves to {outcome: "saved"|"refused"|"unreachable", durability?, rev?, code?, at?}
  // revisions: item -> last revision the node holds; reload() resolves to such an object or null
  constructor({ key, send, reload, revisions, onChange, storage = window.sessionStorage }) {
    Object.assign(this, { key, send, reload, onChange, storage });
    this.revisions = new Map(Object.entries(revisions));
    this.waiting = new Map();
    this.underWay = new Map();
    this.sending = new Set();
    this.timers = new Map();
    this.firstChange = new Map();
    this.conflicts = new Map();
    this.failures = 0;
    this.state = { unsaved: 0, reachable: true, durability: null, at: null, refused: null };
    for (const { item, response } of this.#restore()) {
      this.waiting.set(item, response);
    }
  }

  // Answers that a reload found not yet confirmed: item -> response.
  restored() {
    return new Map(this.waiting);
  }

  // Sends what a reload left behind.
  resume() {
    this.#sendAll();
    this.#tell();
  }

  changed(item, response) {
    if (this.waiting.size >= ITEMS_MAX && !this.waiting.has(item)) {
      throw new RangeError("more answers wait than a paper has items");
    }
    this.waiting.set(item, response);
    this.#store();
    const now = performance.now();
    const first = this.firstChange.get(item) ?? now;
    this.firstChange.set(item, first);
    this.#later(item, Math.max(0, Math.min(DEBOUNCE_MS, first + LONGEST_WAIT_MS - now)));
    this.#tell();
  }

  // Sends everything now; true when all is confirmed, false when refused or after the time given.
  async flush(millisMax) {
    const end = performance.now() + millisMax;
    for (;;) {
      this.#sendAll();
      if (this.#unsaved() === 0) {
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
    this.underWay.clear();
    this.storage.removeItem(this.key);
  }

  #sendAll() {
    for (const item of new Set([...this.underWay.keys(), ...this.waiting.keys()])) {
      this.#dispatch(item);
    }
  }

  #later(item, millis) {
    clearTimeout(this.timers.get(item));
    this.timers.set(item, setTimeout(() => this.#dispatch(item), millis));
  }

  async #dispatch(item) {
    if (this.sending.has(item)) {
      return;
    }
    if (!this.underWay.has(item)) {
      if (!this.waiting.has(item)) {
        return;
      }
      this.underWay.set(item, {
        item,
        op: crypto.randomUUID(),
        rev: (this.revisions.get(item) ?? 0) + 1,
        response: this.waiting.get(item),
      });
      this.waiting.delete(item);
      this.firstChange.delete(item);
    }
    clearTimeout(this.timers.get(item));
    this.sending.add(item);
    const save = this.underWay.get(item);
    const result = await this.send(save);
    this.sending.delete(item);
    await this.#settle(item, save, result);
    this.#store();
    this.#tell();
  }

  async #settle(item, save, result) {
    if (result.outcome === "saved") {
      this.failures = 0;
      this.conflicts.delete(item);
      this.underWay.delete(item);
      this.revisions.set(item, result.rev);
      this.state = {
        ...this.state, reachable: true, refused: null, durability: result.durability, at: result.at,
      };
      if (this.waiting.has(item)) {
        this.#later(item, 0);
      }
    } else if (result.outcome === "unreachable") {
      this.failures += 1;
      this.state = { ...this.state, reachable: false };
      const pause = Math.min(RETRY_MS_MAX, 250 * 2 ** Math.min(this.failures, 5));
      this.#later(item, pause * (0.5 + Math.random() / 2));
    } else if (result.code === "REVISION_CONFLICT" && this.#mayRetry(item)) {
      // another page of this sitting saved before: what stands in front of the candidate now counts
      const held = await this.reload();
      if (held !== null) {
        this.revisions = new Map(Object.entries(held));
      }
      this.underWay.delete(item);
      if (!this.waiting.has(item)) {
        this.waiting.set(item, save.response);
      }
      this.#later(item, 200);
    } else {
      this.state = { ...this.state, reachable: true, refused: result.code };
    }
  }

  #mayRetry(item) {
    const count = (this.conflicts.get(item) ?? 0) + 1;
    this.conflicts.set(item, count);
    return count <= CONFLICTS_MAX;
  }

  #unsaved() {
    return new Set([...this.underWay.keys(), ...this.waiting.keys()]).size;
  }

  #store() {
    const open = new Map([...this.underWay.values()].map((save) => [save.item, save.response]));
    this.waiting.forEach((response, item) => open.set(item, response));
    if (open.size === 0) {
      this.storage.removeItem(this.key);
    } else {
      this.storage.setItem(
        this.key, JSON.stringify([...open].map(([item, response]) => ({ item, response }))));
    }
  }

  #restore() {
    const text = this.storage.getItem(this.key);
    return text === null ? [] : JSON.parse(text);
  }

  #tell() {
    this.state = { ...this.state, unsaved: this.#unsaved() };
    this.onChange(this.state);
  }
}
