// The node's JSON interface as this page uses it. Every answer is a value: nothing is thrown for what a
// network can do.

const TIMEOUT_MS = 10_000;
const SAVE_TIMEOUT_MS = 6_000;
const FILE_TIMEOUT_MS = 60_000;

export class RoomApi {
  // attempt: the one that this page speaks of; what it sends can reach no other
  constructor({ csrf, lease, attempt }) {
    this.csrf = csrf;
    this.lease = lease;
    this.attempt = String(attempt);
  }

  // -> {outcome: "saved", durability, rev, at, contact} | {outcome: "apart", why, contact}
  //  | {outcome: "refused", code} | {outcome: "unreachable"}
  async save(save) {
    const answer = await this.#call("POST", "/api/exam/answers", save, SAVE_TIMEOUT_MS);
    if (answer.outcome !== "ok") {
      return answer;
    }
    const { durability, rev, at, apart, contact } = answer.value;
    return apart === undefined
      ? { outcome: "saved", durability, rev, at: timeOf(at), contact }
      : { outcome: "apart", why: apart, contact };
  }

  // The bytes of a file that an answer is going to name.
  upload(item, bytes) {
    return this.#fetch(`/api/exam/files?item=${encodeURIComponent(item)}`, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/octet-stream",
        "X-CSRF-Token": this.csrf,
      },
      body: bytes,
    }, FILE_TIMEOUT_MS);
  }

  notes() {
    return this.#call("GET", "/api/exam/notes");
  }

  note(item, text) {
    return this.#call("POST", "/api/exam/notes", { item, text, lease: this.lease });
  }

  plays() {
    return this.#call("GET", "/api/exam/plays");
  }

  play(play) {
    return this.#call("POST", "/api/exam/plays", { ...play, lease: this.lease });
  }

  versions(item) {
    return this.#call("GET", `/api/exam/versions?item=${encodeURIComponent(item)}`);
  }

  state() {
    return this.#call("GET", "/api/exam/state");
  }

  answers() {
    return this.#call("GET", "/api/exam/answers");
  }

  signal(signal) {
    return this.#call("POST", "/api/exam/signal", signal);
  }

  handIn() {
    return this.#call("POST", "/api/exam/hand-in", { lease: this.lease });
  }

  // Calls back when something of this sitting changed that the page did not do, and with messages.
  follow(changed, message) {
    const source = new EventSource("/api/exam/live");
    source.addEventListener("state", changed);
    source.addEventListener("message", (event) => {
      const text = event.data.slice(event.data.indexOf("\n") + 1);
      message(text);
    });
    source.addEventListener("open", changed);
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(() => this.follow(changed, message), 3000 + Math.random() * 3000);
      }
    });
  }

  #call(method, path, body, millis = TIMEOUT_MS) {
    return this.#fetch(path, {
      method,
      headers: body === undefined
        ? { Accept: "application/json" }
        : {
          Accept: "application/json",
          "Content-Type": "application/json",
          "X-CSRF-Token": this.csrf,
        },
      body: body === undefined ? undefined : JSON.stringify(body),
    }, millis);
  }

  async #fetch(path, request, millis) {
    let response;
    try {
      response = await fetch(path, {
        ...request,
        headers: { ...request.headers, "X-Attempt": this.attempt },
        cache: "no-store",
        signal: AbortSignal.timeout(millis),
      });
    } catch {
      return { outcome: "unreachable" };
    }
    if (response.status === 502 || response.status === 503 || response.status === 504) {
      return { outcome: "unreachable" };
    }
    const value = await response.json().catch(() => null);
    if (response.ok && value !== null) {
      return { outcome: "ok", value };
    }
    return {
      outcome: "refused",
      code: value?.code ?? (response.status === 401 ? "NOT_SIGNED_IN" : `HTTP_${response.status}`),
      details: value?.details ?? {},
    };
  }
}

export function timeOf(instant) {
  // in the room's zone: the machine's own may be anything
  return new Date(instant).toLocaleTimeString("en-GB", { timeZone: document.documentElement.dataset.zone });
}
