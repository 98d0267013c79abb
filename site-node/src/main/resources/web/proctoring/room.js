// The proctor's page: seat map first, tinted by the worst indicator, trouble first; every action with a reason.
import { fill, make } from "./dom.js";
import { RoomClient } from "./room-client.js";
import { Desk } from "./desk.js";
import { DeskDialogs } from "./desk-dialogs.js";
import { Scan } from "./scan.js";
import { seatTile, trouble } from "./seats.js";

const POLL_MS = 10_000;
const COUNTED = ["TROUBLE", "EXPECTED", "CHECKED_IN", "WORKING", "PAUSED", "HANDED_IN", "ABSENT"];
const root = document.getElementById("room");
const texts = JSON.parse(root.dataset.texts);
const byId = (id) => document.getElementById(id);
const client = new RoomClient(root.dataset.exam, texts.unreachable);
const chosen = new Set();
let filter = null;
let shown = null;
let loading = false;
let again = false;

const dialogs = new DeskDialogs({ client, texts, changed: load, seats: () => allSeats(shown), late, leaves,
  waiting: (sitting) => desk.waiting(sitting) });
const scan = new Scan({ client, texts, dialogs });
const desk = new Desk({ client, texts, dialogs, changed: load });

function allSeats(state) {
  return state === null ? [] : state.rooms.flatMap((room) => room.taken.map((seat) => ({ ...seat, room: room.name })));
}

// Whether check-in is not open yet or too late, by the room's own clock: it then needs a reason.
function late() {
  return shown !== null && shown.checkInNeedsReason;
}

// Whether leaving now needs a reason: out of its time, and not by handing in.
function leaves(seat) {
  const handedIn = seat?.state === "HANDED_IN" && shown.presence.handInLeaves;
  return !handedIn && !(shown.presence.checkOutOpen && !["WORKING", "PAUSED"].includes(seat?.state));
}

// At most one request at a time; what changes meanwhile is asked for once more.
async function load() {
  if (loading) {
    again = true;
    return;
  }
  loading = true;
  const answer = await client.state();
  loading = false;
  if (answer.ok) {
    shown = answer.value;
    draw();
  } else {
    line(false);
  }
  if (again) {
    again = false;
    load();
  }
}

function line(on) {
  const box = byId("room-live");
  box.textContent = on ? texts.live : texts.offline;
  byId("room-away").hidden = on || shown === null;
  box.classList.toggle("is-off", !on);
}

function draw() {
  drawAlerts();
  drawPhases();
  drawCounts();
  drawMaps();
  drawSelection();
  desk.load(allSeats(shown), (seat) => press(seat, shown.rooms.find((room) => room.name === seat.room)));
  byId("check-in-form").hidden = shown.phase === "CLOSED";
  byId("after").hidden = shown.phase !== "CLOSED";
  byId("open-papers").hidden = shown.papers.every((paper) => paper.open) || shown.phase === "CLOSED";
}

function drawAlerts() {
  const alerts = [];
  if (shown.storageHalted) {
    alerts.push(["error", texts.alert.halted]);
  } else if (shown.durability === "ONE_DEVICE") {
    alerts.push(["warning", texts.alert.oneDevice]);
  }
  if (shown.stale) {
    alerts.push(["warning", texts.alert.stale]);
  }
  for (const gap of shown.interruptions.filter((each) => each.newBoot)) {
    alerts.push(["warning", fill(texts.alert.newBoot, Math.max(1, Math.ceil(gap.wallMillis / 60_000)))]);
  }
  byId("room-alerts").replaceChildren(...alerts.map(([kind, text]) =>
    make("div", { class: `notice notice-${kind}` }, make("p", {}, text))));
}

function drawPhases() {
  const order = ["PREPARING", "READY", "CHECK_IN", "RUNNING", "CLOSED"];
  const now = order.indexOf(shown.phase);
  byId("phases").replaceChildren(...order.map((phase, at) => {
    const next = shown.nextPhases.includes(phase);
    const content = next
      ? make("button", { type: "button", class: "button button-small", onclick: () => advance(phase) }, texts.go[phase])
      : make("span", {}, texts.phase[phase]);
    return make("li", { class: at < now ? "is-past" : at === now ? "is-now" : "", "aria-current": at === now ? "step" : null }, content);
  }));
}

function advance(phase) {
  if (phase === "CLOSED") {
    dialogs.close(shown);
  } else {
    dialogs.phase(phase, shown);
  }
}

function drawCounts() {
  const seats = allSeats(shown);
  const counts = { ...shown.counts, TROUBLE: seats.filter((seat) => trouble(seat)).length };
  byId("counts").replaceChildren(...COUNTED.map((state) =>
    make("button", {
      type: "button",
      class: `count count-${state.toLowerCase()}`,
      "aria-pressed": String(filter === state),
      onclick: () => { filter = filter === state ? null : state; draw(); },
    }, make("strong", {}, String(counts[state] ?? 0)), " ", texts.seat[state])),
  make("span", { class: "muted" }, fill(texts.presence, shown.presence.arrived, shown.presence.left)),
  make("span", { class: "muted" }, fill(texts.atCentre, shown.receivedByCentre)));
}

function drawMaps() {
  const focused = document.activeElement?.dataset?.sitting;
  byId("maps").replaceChildren(...shown.rooms.map((room) => {
    const grid = make("div", { class: "seat-map" });
    grid.style.setProperty("--columns", String(Math.max(1, room.columns)));
    const bySeat = new Map(room.taken.map((seat) => [seat.seat, seat]));
    for (let number = 1; number <= room.seats; number++) {
      const seat = bySeat.get(number);
      const dim = seat && filter !== null && !(filter === "TROUBLE" ? trouble(seat) : seat.state === filter);
      grid.append(seat
        ? seatTile(seat, texts, { chosen: chosen.has(seat.sitting), dim, press: () => press(seat, room) })
        : make("div", { class: "seat seat-empty" }, make("span", { class: "seat-number" }, String(number))));
    }
    return make("section", { "aria-label": room.name }, make("h2", {}, room.name), grid);
  }));
  if (focused) {
    document.querySelector(`[data-sitting="${CSS.escape(focused)}"]`)?.focus();
  }
}

function press(seat, room) {
  if (byId("select-mode").checked) {
    if (!chosen.delete(seat.sitting)) {
      chosen.add(seat.sitting);
    }
    draw();
  } else {
    dialogs.seat({ ...seat, room: room.name }, shown, room);
  }
}

function drawSelection() {
  byId("selection").hidden = chosen.size === 0;
  byId("selection-count").textContent = fill(texts.selected, chosen.size);
}

// Everyone the filter shows: room-wide actions are actions on this selection.
function selectAll() {
  byId("select-mode").checked = true;
  for (const seat of allSeats(shown)) {
    if (filter === null || (filter === "TROUBLE" ? trouble(seat) : seat.state === filter)) {
      chosen.add(seat.sitting);
    }
  }
  draw();
}

function clearSelection() {
  chosen.clear();
  draw();
}

byId("select-all").addEventListener("click", selectAll);
byId("selection-clear").addEventListener("click", clearSelection);
byId("select-mode").addEventListener("change", (event) => {
  if (!event.target.checked) {
    chosen.clear();
  }
  draw();
});

root.addEventListener("click", (event) => {
  const action = event.target.closest("[data-act]")?.dataset.act;
  if (!action || shown === null) {
    return;
  }
  const named = { message: () => dialogs.message([]), case: () => dialogs.openCase(0, null), change: () => dialogs.lateChange(0, null),
    "call-centre": () => dialogs.callCentre(), "stand-in": () => dialogs.standIn(shown.rooms.map((room) => room.name)),
    scan: () => scan.open(), snapshots: () => dialogs.snapshots(shown.snapshotSeconds), tell: () => dialogs.message([...chosen]), warn: () => dialogs.warn([...chosen], null) };
  if (named[action]) {
    named[action]();
  } else if (action === "incident") {
    dialogs.incident(0);
  } else if (action === "open") {
    dialogs.open(shown);
  } else {
    dialogs.action(action, [...chosen]);
  }
});

byId("check-in-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = byId("f-number");
  const number = field.value.trim();
  if (number !== "") {
    await dialogs.checkIn(number);
    field.value = "";
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target === byId("f-number")) {
    // back to the shortcuts
    event.target.blur();
    return;
  }
  const typing = event.target.matches("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]");
  if (!byId("shortcuts").checked || typing || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const shortcut = { "/": () => byId("f-number").focus(), i: () => dialogs.incident(0), m: () => dialogs.message([]),
    c: () => dialogs.openCase(0, null), a: selectAll, Escape: clearSelection }[event.key];
  if (shortcut) {
    event.preventDefault();
    shortcut();
  }
});

const keep = window.localStorage.getItem("invigil.shortcuts");
byId("shortcuts").checked = keep !== "off";
byId("shortcuts").addEventListener("change", (event) => {
  window.localStorage.setItem("invigil.shortcuts", event.target.checked ? "on" : "off");
});

line(false);
load().then(() => {
  // while people come, the scanner types here; afterwards keys are shortcuts
  if (shown !== null && !["RUNNING", "CLOSED"].includes(shown.phase)) {
    byId("f-number").focus();
  }
});
client.follow(load, line);
setInterval(load, POLL_MS);
