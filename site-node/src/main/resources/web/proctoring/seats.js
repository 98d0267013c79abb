// One seat of the map: number, name, state, and the worst thing that can be said of it.
import { fill, make, minutes } from "./dom.js";

const UNSEEN_WARN_MS = 15_000;
const UNSEEN_BAD_MS = 45_000;

// What needs a proctor's eye: "bad", "warn" or null. Only a candidate who works can be in trouble.
export function trouble(seat) {
  if (seat.state !== "WORKING") {
    return null;
  }
  if (seat.seenMillisAgo === null || seat.seenMillisAgo > UNSEEN_BAD_MS) {
    return "bad";
  }
  return seat.seenMillisAgo > UNSEEN_WARN_MS ? "warn" : null;
}

export function seatTile(seat, texts, { chosen, dim, press }) {
  const worst = trouble(seat);
  const label = worst ? texts.trouble[worst] : texts.seat[seat.state];
  const details = [];
  if (seat.state === "WORKING" || seat.state === "PAUSED") {
    details.push(`${seat.answered} ${texts.answers}`);
    if (seat.remainingMillis !== null) {
      details.push(fill(texts.minutesLeft, minutes(seat.remainingMillis)));
    }
  }
  if (seat.incidents > 0) {
    details.push(`⚑ ${seat.incidents}`);
  }
  return make("button", {
    type: "button",
    class: ["seat", `seat-${seat.state.toLowerCase()}`, worst ? `seat-${worst}` : "",
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
