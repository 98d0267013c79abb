// The time left, counted by the node: the lab PC's own clock is never read. Between two statements of
// the node the page counts with performance.now(), which a changed wall clock does not move.

export class ServerClock {
  constructor() {
    this.remainingMs = null;
    this.statedAt = 0;
    this.paused = false;
  }

  // A statement of the node; halfTripMs is half of the time the request took.
  state(remainingMs, paused, halfTripMs = 0) {
    const stated = Math.max(0, remainingMs - halfTripMs);
    this.remainingMs = stated;
    this.statedAt = performance.now();
    this.paused = paused;
  }

  known() {
    return this.remainingMs !== null;
  }

  left() {
    if (!this.known()) {
      return 0;
    }
    const passed = this.paused ? 0 : performance.now() - this.statedAt;
    return Math.max(0, this.remainingMs - passed);
  }
}

// 1:05:09, or 05:09 below an hour.
export function formatLeft(millis) {
  const seconds = Math.ceil(millis / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

// Says each warning once, when the time left first falls to it.
export class Warnings {
  constructor(minutes, say) {
    this.open = [...minutes].sort((a, b) => b - a);
    this.say = say;
  }

  check(leftMs) {
    const due = this.open.filter((minutes) => leftMs <= minutes * 60_000);
    if (due.length > 0) {
      this.open = this.open.filter((minutes) => !due.includes(minutes));
      this.say(due[due.length - 1]);
    }
  }
}
