// Saves answers one at a time, in the order in which they were begun, until the node says that they
// are durable.
//
// Rules (domain, section 11; XSP/1 sections 2 and 11):
// - a change is sent at most DEBOUNCE_MS after the last key, LONGEST_WAIT_MS after the first;
// - every edit has an operation id from its first key on and is kept in the outbox until the node's
//   answer names it; it is repeated with the same id, so the node counts it once;
// - an edit goes on from the revision that stood in the page when it was begun: if the node holds
//   another one by then, nothing is overwritten and the candidate is asked;
// - what is written after the end is an edit of its own, so that it cannot spoil one made in time;
// - an edit that could not go out says by the monotonic clock how long it was held, and which of the
//   node's statements the page had; the wall clock of this machine is never asked.

export const DEBOUNCE_MS = 400;
export const LONGEST_WAIT_MS = 900;
export const RETRY_MS_MAX = 4000;
export const HELD_MS = 3000;
const EDITS_MAX = 1500;
const AGAIN_LATER_MS = 3000;
const REPLACED_MS = 6000;

export class Autosave {
  // send(save) resolves to {outcome: "saved", rev, durability, at, contact} | {outcome: "apart", why,
  //   contact} | {outcome: "refused", code} | {outcome: "unreachable"}
  // known: item -> {rev, op, response}; reload() resolves to such an object or null
  // onChange(state) after every step; onConflict(item, held, mine); onApart(item, why)
  // onKnown(item, answer) when the node holds another answer; unbroken: the contact is of this very page
  constructor({
    outbox, send, reload, known, lease, contact, unbroken = true, onKnown = () => {},
    onChange, onConflict, onApart,
  }) {
    Object.assign(this, { outbox, send, reload, lease, onKnown, onChange, onConflict, onApart });
    this.known = new Map(Object.entries(known));
    this.queues = new Map();
    this.conflicts = new Map();
    this.due = new Map();
    this.firstChange = new Map();
    this.numbered = 0;
    this.failures = 0;
    this.sending = null;
    this.stopped = false;
    this.ended = false;
    this.timer = null;
    this.state = {
      unsaved: 0, reachable: true, durability: null, at: null, refused: null, since: null,
    };
    this.contactMade(contact, unbroken);
  }

  // A statement of the node that it spoke with this page now; or with an earlier one of this machine.
  contactMade(contact, unbroken = true) {
    if (contact) {
      this.contact = { text: contact, at: performance.now(), unbroken };
    }
  }

  // Takes up what an earlier page of this machine left; item -> newest response.
  async restore() {
    const newest = new Map();
    for (const edit of await this.outbox.all()) {
      this.numbered = Math.max(this.numbered, edit.n);
      this.#queue(edit.item).push({
        ...edit, unbroken: false, editedAt: performance.now(), sent: true,
      });
      newest.set(edit.item, edit.response);
    }
    return newest;
  }

  changed(item, response) {
    const queue = this.#queue(item);
    const now = performance.now();
    let edit = queue.at(-1);
    if (edit === undefined || edit.sent || edit.ended !== this.ended) {
      if (this.#unsaved() >= EDITS_MAX) {
        throw new RangeError("more edits wait than a paper has items");
      }
      const before = queue.at(-1);
      edit = {
        op: crypto.randomUUID(), item, n: ++this.numbered, ended: this.ended, sent: false,
        base: this.known.get(item)?.rev ?? 0, after: before?.op ?? null, lease: this.lease,
      };
      queue.push(edit);
      this.firstChange.set(item, now);
    }
    Object.assign(edit, {
      response, editedAt: now, unbroken: this.contact.unbroken, refused: null,
      contact: this.contact.text, afterContact: now - this.contact.at,
    });
    this.outbox.put(edit);
    const first = this.firstChange.get(item) ?? now;
    this.#later(item, Math.max(0, Math.min(DEBOUNCE_MS, first + LONGEST_WAIT_MS - now)));
    this.#tell();
  }

  // Sends everything as soon as the node answers.
  resume() {
    this.failures = 0;
    for (const item of this.queues.keys()) {
      this.#later(item, 0);
    }
    this.#tell();
  }

  // Sends everything now; true when all is settled, false when refused or after the time given.
  async flush(millisMax) {
    const end = performance.now() + millisMax;
    for (const item of this.queues.keys()) {
      this.due.set(item, 0);
    }
    for (;;) {
      this.#pump();
      if (this.#unsaved() === 0) {
        return true;
      }
      if (performance.now() > end || this.state.refused || this.conflicts.size > 0) {
        return false;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  // The candidate has chosen; both answers end in the history, the chosen one last.
  resolve(item, keepMine) {
    const held = this.conflicts.get(item);
    this.conflicts.delete(item);
    const queue = this.#queue(item);
    queue[0].base = held.rev;
    this.#holds(item, held);
    this.outbox.put(queue[0]);
    if (!keepMine) {
      queue[0].sent = true;
      this.changed(item, held.response);
    }
    this.#later(item, 0);
  }

  // How the item's answer stands: saved | waiting | conflict | refused.
  standing(item) {
    const head = this.queues.get(item)?.[0];
    if (head === undefined) {
      return "saved";
    }
    return this.conflicts.has(item) ? "conflict" : head.refused ? "refused" : "waiting";
  }

  // What is not confirmed, for the emergency file: item -> edit.
  pending() {
    return new Map([...this.queues].filter(([, queue]) => queue.length > 0)
      .map(([item, queue]) => [item, queue.at(-1)]));
  }

  // Another tab or machine writes from now on; what is kept stays for it.
  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  #queue(item) {
    if (!this.queues.has(item)) {
      this.queues.set(item, []);
    }
    return this.queues.get(item);
  }

  #later(item, millis) {
    this.due.set(item, performance.now() + millis);
    this.#wake();
  }

  #wake() {
    clearTimeout(this.timer);
    const next = this.#heads()[0];
    if (next !== undefined && !this.stopped && this.sending === null) {
      const wait = Math.min(...this.#heads().map((edit) => this.due.get(edit.item) ?? 0));
      this.timer = setTimeout(() => this.#pump(), Math.max(0, wait - performance.now()));
    }
  }

  #heads() {
    return [...this.queues.values()]
      .map((queue) => queue[0])
      .filter((edit) => edit && !edit.refused && !this.conflicts.has(edit.item))
      .sort((one, other) => one.n - other.n);
  }

  async #pump() {
    if (this.sending !== null || this.stopped) {
      return;
    }
    const now = performance.now();
    const edit = this.#heads().find((each) => (this.due.get(each.item) ?? 0) <= now);
    if (edit === undefined) {
      this.#wake();
      return;
    }
    edit.sent = true;
    this.sending = edit;
    this.state = { ...this.state, since: this.state.since ?? now };
    const watch = setTimeout(() => this.#tell(), HELD_MS);
    const result = await this.send(this.#save(edit));
    clearTimeout(watch);
    this.sending = null;
    if (!this.stopped) {
      await this.#settle(edit, result);
      this.#tell();
      this.#wake();
    }
  }

  #save(edit) {
    const heldMillis = Math.round(performance.now() - edit.editedAt);
    const save = {
      item: edit.item, op: edit.op, rev: edit.base + 1, response: edit.response,
      lease: this.lease || edit.lease,
    };
    return heldMillis < HELD_MS && edit.unbroken ? save : {
      ...save,
      held: {
        contact: edit.contact, heldMillis, afterContactMillis: Math.round(edit.afterContact),
        unbroken: edit.unbroken,
      },
    };
  }

  async #settle(edit, result) {
    const queue = this.#queue(edit.item);
    this.contactMade(result.contact);
    if (result.outcome === "saved") {
      this.#reached();
      this.#holds(edit.item, { rev: result.rev, op: edit.op, response: edit.response });
      this.state = { ...this.state, durability: result.durability, at: result.at };
      this.#done(queue, edit, result.rev);
    } else if (result.outcome === "apart") {
      this.#reached();
      this.#done(queue, edit, edit.base);
      this.onApart(edit.item, result.why);
    } else if (result.outcome === "unreachable") {
      this.failures += 1;
      this.state = { ...this.state, reachable: false };
      const pause = Math.min(RETRY_MS_MAX, 250 * 2 ** Math.min(this.failures, 5));
      this.#later(edit.item, pause * (0.5 + Math.random() / 2));
    } else {
      await this.#refused(queue, edit, result.code);
    }
  }

  async #refused(queue, edit, code) {
    this.state = { ...this.state, reachable: true, since: null };
    if (code === "REVISION_CONFLICT") {
      const all = await this.reload();
      const held = all?.[edit.item];
      if (held === undefined || held.op === edit.after) {
        // nothing to compare with yet, or our own earlier edit that arrived without its answer
        edit.base = held?.rev ?? edit.base;
        this.#later(edit.item, held === undefined ? AGAIN_LATER_MS : 0);
      } else if (same(held.response, edit.response)) {
        this.#holds(edit.item, held);
        this.#done(queue, edit, held.rev);
      } else {
        this.conflicts.set(edit.item, held);
        this.onConflict(edit.item, held, edit.response);
      }
    } else if (code === "PAUSED" || code === "NOT_SIGNED_IN") {
      this.state = { ...this.state, refused: code };
      this.#later(edit.item, AGAIN_LATER_MS);
    } else if (code === "WRITER_ELSEWHERE") {
      // after a while the node keeps it beside the answers
      this.state = { ...this.state, refused: code };
      this.#later(edit.item, REPLACED_MS);
    } else {
      edit.refused = code;
      edit.sent = false;
      this.state = { ...this.state, refused: code };
    }
  }

  #reached() {
    this.failures = 0;
    this.state = { ...this.state, reachable: true, refused: null, since: null };
    for (const head of this.#heads()) {
      // what waited for the node goes now
      this.due.set(head.item, Math.min(this.due.get(head.item) ?? 0, performance.now() + DEBOUNCE_MS));
    }
  }

  #done(queue, edit, rev) {
    queue.shift();
    this.outbox.remove(edit.op);
    if (queue.length > 0 && queue[0].after === edit.op) {
      queue[0].base = rev;
      this.outbox.put(queue[0]);
    }
    if (queue.length > 0) {
      this.#later(edit.item, 0);
    }
  }

  #holds(item, answer) {
    this.known.set(item, answer);
    this.onKnown(item, answer);
  }

  #unsaved() {
    return [...this.queues.values()].reduce((sum, queue) => sum + queue.length, 0);
  }

  #tell() {
    const items = [...this.queues.values()].filter((queue) => queue.length > 0).length;
    const slow = this.state.since !== null && performance.now() - this.state.since >= HELD_MS;
    this.state = { ...this.state, unsaved: items, conflicts: this.conflicts.size, slow };
    this.onChange(this.state);
  }
}

function same(one, other) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every(
    (name) => JSON.stringify(one[name] ?? []) === JSON.stringify(other[name] ?? []));
}
