// One seat of the map: number, name, state, and the worst thing that can be said of it.
import { fill, make, minutes } from "./dom.js";

// A page beats every four seconds: one beat missed, two, then it is cut off.
const SILENT_NOTE_MS = 5_000;
const SILENT_WARN_MS = 10_000;
const SILENT_BAD_MS = 15_000;
const ORDER = [null, "note", "warn", "bad"];

// The worst indicator of a seat: {level: null | "note" | "warn" | "bad", why: key of texts.trouble}.
export function worst(seat) {
  const found = [];
  if (seat.desk.openCases.includes("HELP")) {
    // before everything that is as bad: a person waits
    found.push(["bad", "help"]);
  }
  if (seat.state === "WORKING") {
    const silent = seat.seenMillisAgo;
    if (silent === null || silent > SILENT_BAD_MS) {
      found.push(["bad", "bad"]);
    } else if (silent > SILENT_WARN_MS) {
      found.push(["warn", "warn"]);
    } else if (silent > SILENT_NOTE_MS) {
      found.push(["note", "note"]);
    }
  }
  if (seat.state === "WORKING" && seat.desk.camera !== null && seat.desk.camera !== "WORKS") {
    found.push(["warn", "camera"]);
  }
  if (seat.desk.openCases.length > 0) {
    found.push(["warn", "case"]);
  }
  const mayGoOn = seat.state !== "HANDED_IN" || seat.desk.handedInByTime;
  if (seat.desk.proposedMillis > 0 && mayGoOn) {
    found.push(["warn", "lost"]);
  }
  if (seat.desk.warnings > 0 && seat.state === "WORKING") {
    found.push(["note", "warned"]);
  }
  return found.reduce(
    (most, [level, why]) => (ORDER.indexOf(level) > ORDER.indexOf(most.level) ? { level, why } : most),
    { level: null, why: null });
}

// Whether a proctor should look now.
export function trouble(seat) {
  const { level } = worst(seat);
  return level === "bad" || level === "warn";
}

export function seatTile(seat, texts, { chosen, dim, press }) {
  const { level, why } = worst(seat);
  const label = why === null ? texts.seat[seat.state] : texts.trouble[why];
  const details = [];
  if (seat.state === "WORKING" || seat.state === "PAUSED") {
    details.push(`${seat.answered} ${texts.answers}`);
    if (seat.remainingMillis !== null) {
      details.push(fill(texts.minutesLeft, minutes(seat.remainingMillis)));
    }
  }
  if (seat.desk.proposedMillis > 0) {
    details.push(`+${minutes(seat.desk.proposedMillis)}?`);
  }
  if (seat.incidents > 0) {
    details.push(`⚑ ${seat.incidents}`);
  }
  if (seat.desk.warnings > 0) {
    details.push(`⚠ ${seat.desk.warnings}`);
  }
  return make("button", {
    type: "button",
    class: ["seat", `seat-${seat.state.toLowerCase()}`, level ? `seat-${level}` : "",
      chosen ? "is-chosen" : "", dim ? "is-dim" : ""].join(" "),
    "data-sitting": String(seat.sitting),
    "aria-pressed": chosen ? "true" : null,
    onclick: press,
  },
  make("span", { class: "seat-number" }, String(seat.seat), seat.moved ? "↔" : null),
  make("span", { class: "seat-name" }, seat.name),
  make("span", { class: "seat-state" }, label),
  make("span", { class: "seat-details" }, details.join(" · ")));
}
