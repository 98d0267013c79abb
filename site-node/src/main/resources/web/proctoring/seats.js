// One seat of the map: number, name, state, and the worst thing that can be said of it.
import { fill, make, minutes } from "./dom.js";

// The worst indicator as the node found it: {level: null | "note" | "warn" | "bad", why: key of texts.trouble}.
export function worst(seat) {
  const [first] = seat.indicators;
  return first === undefined ? { level: null, why: null } : { level: first.level.toLowerCase(), why: first.why };
}

// Everything that is to be said of a seat, the worst first.
export function said(seat, texts) {
  return seat.indicators.map((found) => texts.trouble[found.why]);
}

// Whether a proctor should look now.
export function trouble(seat) {
  const { level } = worst(seat);
  return level === "bad" || level === "warn";
}

export function seatTile(seat, texts, { chosen, dim, press }) {
  const { level, why } = worst(seat);
  const others = seat.indicators.length - 1;
  const more = others > 0 ? ` +${others}` : "";
  const loud = level === "bad" || level === "warn";
  const label = loud ? texts.trouble[why] + more : texts.seat[seat.state];
  const details = level === "note" ? [texts.trouble[why] + more] : [];
  if (seat.state === "WORKING" || seat.state === "PAUSED") {
    details.push(`${seat.answered} ${texts.answers}`);
    if (seat.remainingMillis !== null) {
      details.push(fill(texts.minutesLeft, minutes(seat.remainingMillis)));
    }
  }
  if (seat.desk.proposedMillis > 0) {
    details.push(fill(texts.proposed, minutes(seat.desk.proposedMillis)));
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
    title: said(seat, texts).join(" · ") || null,
    "aria-pressed": chosen ? "true" : null,
    onclick: press,
  },
  make("span", { class: "seat-number" }, String(seat.seat), seat.moved ? "↔" : null),
  make("span", { class: "seat-name" }, seat.name),
  make("span", { class: "seat-state" }, label),
  make("span", { class: "seat-details" }, details.join(" · ")));
}
