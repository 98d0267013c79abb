// The room's JSON interface. Answers are values: {ok, value} or {ok: false, text}.
const TIMEOUT_MS = 15_000;

export class RoomClient {
  constructor(exam, unreachable) {
    this.base = `/api/room/${encodeURIComponent(exam)}`;
    this.unreachable = unreachable;
  }

  state() {
    return this.#call("GET", `${this.base}/state`);
  }

  find(number) {
    return this.#call("GET", `${this.base}/find?number=${encodeURIComponent(number)}`);
  }

  checkIn(number, { camera = false, reason = "" } = {}) {
    return this.#call("POST", `${this.base}/check-in`, { number, camera, reason });
  }

  // A frame of the desk's camera; {} while no code was read.
  scan(picture) {
    return this.#call("POST", `${this.base}/scan`, picture);
  }

  phase(to) {
    return this.#call("POST", `${this.base}/phase`, { to });
  }

  close() {
    return this.#call("POST", `${this.base}/close`, {});
  }

  act(action, sittings, { reason = "", seat = 0, minutes = 0, sheets = 0 } = {}) {
    return this.#call("POST", `${this.base}/actions`, { action, sittings, reason, seat, minutes, sheets });
  }

  desk() {
    return this.#call("GET", `${this.base}/desk`);
  }

  compensate(sittings, reason, minutes = 0) {
    return this.#call("POST", `${this.base}/compensations`, { sittings, reason, minutes });
  }

  openCase(sitting, kind, statement) {
    return this.#call("POST", `${this.base}/cases`, { sitting, kind, statement });
  }

  stepCase(id, step) {
    return this.#call("POST", `${this.base}/cases/${encodeURIComponent(id)}`, step);
  }

  lateChange(sitting, kind, detail, reason, details) {
    return this.#call("POST", `${this.base}/late-changes`, { sitting, kind, detail, reason, details });
  }

  standIn(asked) {
    return this.#call("POST", `${this.base}/stand-ins`, asked);
  }

  readCentre(word) {
    return this.#call("POST", `${this.base}/centre/${encodeURIComponent(word)}`, {});
  }

  handover(sitting) {
    return this.#call("GET", `${this.base}/handover/${sitting}`);
  }

  swap(sitting, other, reason) {
    return this.#call("POST", `${this.base}/swap`, { sitting, other, reason });
  }

  snapshots(everySeconds, reason) {
    return this.#call("POST", `${this.base}/snapshots`, { everySeconds, reason });
  }

  // Keeps a picture as evidence; its name goes into the incident.
  evidence(picture) {
    return this.#call("POST", `${this.base}/pictures`, picture);
  }

  incident(sitting, category, statement, evidence = "") {
    return this.#call("POST", `${this.base}/incidents`, { sitting, category, statement, evidence });
  }

  message(sittings, text, warning = false) {
    return this.#call("POST", `${this.base}/messages`, { sittings, text, warning });
  }

  open(code, reason, second) {
    return this.#call("POST", `${this.base}/open`, { code, reason, second });
  }

  follow(changed, lineState) {
    const source = new EventSource("/api/room/live");
    source.addEventListener("room", changed);
    source.addEventListener("open", () => { lineState(true); changed(); });
    source.addEventListener("error", () => {
      lineState(false);
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(() => this.follow(changed, lineState), 3000 + Math.random() * 2000);
      }
    });
  }

  async #call(method, path, body) {
    try {
      const response = await fetch(path, {
        method,
        headers: body === undefined ? { Accept: "application/json" } : {
          Accept: "application/json",
          "Content-Type": body instanceof Blob ? "image/jpeg" : "application/json",
          "X-CSRF-Token": document.body.dataset.csrf,
        },
        body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status === 401) {
        window.location.assign(`/staff?next=${encodeURIComponent(window.location.pathname)}`);
      }
      const value = response.status === 204 ? {} : await response.json();
      return response.ok
        ? { ok: true, value }
        : { ok: false, code: value.code, text: value.title ?? `HTTP ${response.status}`, details: value.details };
    } catch {
      return { ok: false, text: this.unreachable };
    }
  }
}
