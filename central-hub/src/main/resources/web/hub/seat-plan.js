// The seats of a room as a grid of buttons, beside the fields that say the same in numbers and stay
// what is sent. Each press gives a seat its next state; arrow keys walk, and nothing is lost: while
// a field holds something that is no list of this room's seats, the grid says so and waits.
const SEATS_MAX = 500;
const COLUMNS_MAX = 50;
const STATES = ["good", "broken", "wheelchair", "both"];

const plan = document.querySelector("[data-seat-plan]");
const words = plan.dataset;
const table = plan.querySelector("table");
const said = plan.querySelector("[data-said]");
const field = (name) => document.getElementById(`f-${name}`);

// The numbers of "3, 7-9", or null when the text is no such list up to the room's last seat.
function read(text, seats) {
  const found = new Set();
  for (const part of text.split(/[\s,，;；、]+/).filter((one) => one !== "")) {
    const ends = /^(\d{1,4})(?:[-–~](\d{1,4}))?$/.exec(part);
    if (ends === null) return null;
    const first = Number(ends[1]);
    const last = Number(ends[2] ?? ends[1]);
    if (first < 1 || last < first || last > seats) return null;
    for (let seat = first; seat <= last; seat++) found.add(seat);
  }
  return found;
}

// Runs of three and more as a range.
function written(found) {
  const sorted = [...found].sort((one, other) => one - other);
  const parts = [];
  for (let at = 0; at < sorted.length;) {
    let end = at;
    while (sorted[end + 1] === sorted[end] + 1) end++;
    if (end - at >= 2) parts.push(`${sorted[at]}-${sorted[end]}`);
    else parts.push(...sorted.slice(at, end + 1));
    at = end + 1;
  }
  return parts.join(", ");
}

function whole(name, max) {
  const number = Number(field(name).value);
  return Number.isInteger(number) && number >= 1 && number <= max ? number : null;
}

// What the fields say, or null when they cannot be shown as a room.
function room() {
  const seats = whole("seats", SEATS_MAX);
  const columns = whole("columns", COLUMNS_MAX);
  if (seats === null || columns === null) return null;
  const broken = read(field("broken").value, seats);
  const wheelchair = read(field("accessible").value, seats);
  return broken === null || wheelchair === null ? null : { seats, columns, broken, wheelchair };
}

function stateOf(shown, seat) {
  return STATES[(shown.broken.has(seat) ? 1 : 0) + (shown.wheelchair.has(seat) ? 2 : 0)];
}

function word(state) {
  return words[`word${state[0].toUpperCase()}${state.slice(1)}`];
}

function dress(button, seat, state) {
  button.className = "seat-cell"
    + (state === "broken" || state === "both" ? " seat-broken" : "")
    + (state === "wheelchair" || state === "both" ? " seat-wheelchair" : "");
  button.replaceChildren(...[String(seat), word(state)].map((text, at) => {
    const line = document.createElement("span");
    line.className = at === 0 ? "seat-top" : "seat-word";
    line.textContent = text;
    return line;
  }));
  button.setAttribute("aria-label", words.seat.replace("#", seat).replace("@", word(state)));
}

function draw() {
  const shown = room();
  said.textContent = shown === null ? words.unreadable : "";
  table.hidden = shown === null;
  if (shown === null) return;
  const before = Number(table.querySelector("button[tabindex='0']")?.dataset.seat ?? 1);
  const current = Math.min(before, shown.seats);
  table.tBodies[0].replaceChildren();
  for (let first = 1; first <= shown.seats; first += shown.columns) {
    const row = table.tBodies[0].insertRow();
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = words.row.replace("#", (first - 1) / shown.columns + 1);
    row.append(head);
    for (let seat = first; seat < first + shown.columns && seat <= shown.seats; seat++) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.seat = String(seat);
      button.tabIndex = seat === current ? 0 : -1;
      dress(button, seat, stateOf(shown, seat));
      row.insertCell().append(button);
    }
  }
}

function press(button) {
  const shown = room();
  const seat = Number(button.dataset.seat);
  const next = (STATES.indexOf(stateOf(shown, seat)) + 1) % STATES.length;
  for (const [set, is] of [[shown.broken, (next & 1) !== 0], [shown.wheelchair, (next & 2) !== 0]]) {
    if (is) set.add(seat);
    else set.delete(seat);
  }
  field("broken").value = written(shown.broken);
  field("accessible").value = written(shown.wheelchair);
  dress(button, seat, STATES[next]);
  focus(button);
  said.textContent = button.getAttribute("aria-label");
}

function focus(button) {
  for (const other of table.querySelectorAll("button[tabindex='0']")) other.tabIndex = -1;
  button.tabIndex = 0;
  button.focus();
}

table.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) press(button);
});
table.addEventListener("keydown", (event) => {
  const button = event.target.closest("button");
  const columns = whole("columns", COLUMNS_MAX);
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  if (!button || !(event.key in steps)) return;
  event.preventDefault();
  const next = table.querySelector(`button[data-seat="${Number(button.dataset.seat) + steps[event.key]}"]`);
  if (next) focus(next);
});
for (const name of ["seats", "columns", "broken", "accessible"]) {
  field(name).addEventListener("input", draw);
}
plan.hidden = false;
draw();
