// What this page notices about itself while the test is on: being left, full screen, clipboard, print, a
// second screen. Each signal is told to the node once, with how long it lasted by the monotonic clock;
// what happened while the node was out of reach says so, and is never held against the candidate.

const MOMENT_MS = 400;
const RETRY_MS = 3000;
const WAITING_MAX = 100;

export class Watch {
  // rules: {leaving, fullScreen, clipboard}; send(signal) resolves to {outcome}; noticed(kind) after each
  constructor({ rules, lease, send, reachable, noticed, cover }) {
    Object.assign(this, { rules, lease, send, reachable, noticed, cover });
    this.waiting = [];
    this.leftAt = null;
    this.leftReachable = true;
    this.stopped = false;
  }

  start() {
    const { rules } = this;
    if (rules.leaving !== "IGNORED") {
      window.addEventListener("blur", () => this.#away());
      window.addEventListener("focus", () => this.#back());
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") {
          this.#away();
        } else if (document.hasFocus()) {
          this.#back();
        }
      });
      window.addEventListener("beforeprint", () => this.#tell("PRINT"));
      if (window.screen.isExtended === true) {
        this.#tell("SECOND_SCREEN");
      }
    }
    if (!rules.clipboard) {
      for (const [name, kind] of [["copy", "COPY"], ["cut", "COPY"], ["paste", "PASTE"]]) {
        document.addEventListener(name, (event) => {
          event.preventDefault();
          this.#tell(kind);
        });
      }
      document.addEventListener("contextmenu", (event) => event.preventDefault());
      document.addEventListener("drop", (event) => event.preventDefault());
    }
    if (rules.fullScreen) {
      this.#fullScreen();
      document.addEventListener("fullscreenchange", () => {
        if (document.fullscreenElement === null && !this.stopped) {
          this.#tell("FULL_SCREEN_LEFT");
        }
        this.#fullScreen();
      });
      this.cover.querySelector("button").addEventListener("click", () => {
        document.documentElement.requestFullscreen().catch(() => {});
      });
    }
  }

  stop() {
    this.stopped = true;
  }

  #fullScreen() {
    this.cover.hidden = this.stopped || document.fullscreenElement !== null;
  }

  #away() {
    if (this.leftAt === null) {
      this.leftAt = performance.now();
      this.leftReachable = this.reachable();
    }
  }

  #back() {
    if (this.leftAt === null) {
      return;
    }
    const lasted = performance.now() - this.leftAt;
    this.leftAt = null;
    if (lasted >= MOMENT_MS) {
      this.#tell("LEFT", lasted, this.leftReachable);
    }
  }

  #tell(kind, lasted = 0, reachedBefore = true) {
    if (this.stopped || this.waiting.length >= WAITING_MAX) {
      return;
    }
    this.waiting.push({
      lease: this.lease, signal: crypto.randomUUID(), kind, lastedMillis: Math.round(lasted),
      reached: reachedBefore && this.reachable(),
    });
    this.noticed(kind);
    this.#send();
  }

  async #send() {
    if (this.sending || this.waiting.length === 0 || this.stopped) {
      return;
    }
    this.sending = true;
    const signal = this.waiting[0];
    const answer = await this.send(signal);
    this.sending = false;
    if (answer.outcome === "unreachable") {
      signal.reached = false;
      setTimeout(() => this.#send(), RETRY_MS);
    } else {
      this.waiting.shift();
      this.#send();
    }
  }
}
