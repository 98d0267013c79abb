// The test page: puts answers, clock, grid and hand-in together. The page itself comes complete from
// the node; this module only keeps it saved and truthful.

import "./beat.js";
import { Autosave } from "./autosave.js";
import { ServerClock, Warnings, formatLeft } from "./clock.js";
import { Navigation } from "./navigation.js";
import { limitChoices, readResponse, writeResponse } from "./responses.js";
import { RoomApi } from "./room-api.js";

const TICK_MS = 250;
const STATE_EVERY_MS = 15_000;
const FLUSH_BEFORE_HAND_IN_MS = 8_000;
const WARN_AT_MINUTES = [10, 3];
const TEXT_SIZES = ["100", "125", "150", "200", "250", "300"];

const root = document.getElementById("exam");
const boot = JSON.parse(root.dataset.boot);
const texts = boot.texts;
const byId = (id) => document.getElementById(id);
const sections = [...root.querySelectorAll(".item")];
const section = new Map(sections.map((each) => [each.dataset.item, each]));
const api = new RoomApi({ csrf: document.body.dataset.csrf, lease: boot.lease });
const clock = new ServerClock();
let finished = false;

// The classes below call functions that are declared further down: those are hoisted.
const autosave = new Autosave({
  key: `invigil.answers.${boot.sitting}`,
  send: (save) => api.save(save),
  reload: heldRevisions,
  revisions: boot.revisions,
  onChange: showSaveState,
});
const navigation = new Navigation({
  sections,
  links: [...root.querySelectorAll(".grid-link")],
  previous: byId("previous"),
  next: byId("next"),
  mark: byId("mark"),
  texts,
  storage: window.sessionStorage,
  key: `invigil.view.${boot.sitting}`,
});
const warnings = new Warnings(WARN_AT_MINUTES, (minutes) => {
  byId("exam-polite").textContent = texts.warning.replace("{0}", minutes);
  alertFor(texts.warning.replace("{0}", minutes), 15_000);
});

async function heldRevisions() {
  const answer = await api.answers();
  return answer.outcome === "ok"
    ? Object.fromEntries(Object.entries(answer.value.answers).map(([item, a]) => [item, a.rev]))
    : null;
}

function fill() {
  for (const [item, response] of Object.entries(boot.answers)) {
    section.get(item) && writeResponse(section.get(item), response);
  }
  for (const [item, response] of autosave.restored()) {
    section.get(item) && writeResponse(section.get(item), response);
  }
  sections.forEach((each) => {
    limitChoices(each);
    countCharacters(each);
  });
  refreshGrid();
}

function refreshGrid() {
  byId("answered-count").textContent = navigation.refresh();
}

function countCharacters(each) {
  for (const output of each.querySelectorAll("[data-count-for]")) {
    output.textContent = document.getElementById(output.dataset.countFor).value.length;
  }
}

root.addEventListener("input", (event) => {
  const each = event.target.closest(".item");
  if (!each || !event.target.dataset.response || finished) {
    return;
  }
  limitChoices(each);
  countCharacters(each);
  autosave.changed(each.dataset.item, readResponse(each));
  refreshGrid();
});

function showSaveState(state) {
  const box = byId("save-state");
  const time = state.at ?? "";
  let tone = "idle";
  let text = texts.saveIdle;
  if (state.refused) {
    tone = "refused";
    text = texts.refused[state.refused] ?? texts.refused.other.replace("{0}", state.refused);
  } else if (!state.reachable) {
    tone = "unreachable";
    text = texts.saveUnreachable.replace("{0}", state.unsaved);
  } else if (state.unsaved > 0) {
    tone = "saving";
    text = texts.saving;
    // what the centre received before is not all any more; the node says when it is again
    byId("centre-state").textContent = texts.notAtCentre;
  } else if (state.durability) {
    tone = state.durability === "TWO_DEVICES" ? "two" : "one";
    text = (tone === "two" ? texts.savedTwo : texts.savedOne).replace("{0}", time);
  }
  box.dataset.tone = tone;
  byId("save-text").textContent = text;
  if (state.refused === "HANDED_IN" || state.refused === "TIME_IS_UP") {
    checkState();
  } else if (state.refused) {
    alertFor(text);
  }
}

let alertTimer = null;
function alertFor(text, millis = 0) {
  const box = byId("exam-alert");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(alertTimer);
  if (millis > 0) {
    alertTimer = setTimeout(() => { box.hidden = true; }, millis);
  }
}

async function checkState() {
  const sent = performance.now();
  const answer = await api.state();
  if (answer.outcome !== "ok") {
    return;
  }
  const state = answer.value;
  if (state.handIn) {
    leave();
    return;
  }
  clock.state(state.remainingMillis ?? 0, state.paused, (performance.now() - sent) / 2);
  byId("centre-state").textContent = state.receivedByCentre ? texts.atCentre : texts.notAtCentre;
  root.classList.toggle("is-paused", state.paused);
  if (state.paused) {
    alertFor(texts.paused);
  } else if (state.writerElsewhere) {
    alertFor(texts.elsewhere);
  }
}

function leave() {
  if (!finished) {
    finished = true;
    autosave.clear();
    window.sessionStorage.removeItem(`invigil.view.${boot.sitting}`);
    window.location.assign("/exam");
  }
}

function drawClock() {
  if (!clock.known()) {
    return;
  }
  const left = clock.left();
  const element = byId("clock");
  element.textContent = formatLeft(left);
  element.dateTime = `PT${Math.ceil(left / 1000)}S`;
  element.classList.toggle("is-short", left <= 3 * 60_000);
  warnings.check(left);
  if (left <= 0 && !finished) {
    checkState();
  }
}

byId("hand-in-open").addEventListener("click", async () => {
  const { open, marked } = navigation.summary();
  const say = (id, numbers, text) => {
    byId(id).textContent = numbers.length === 0 ? "" : text.replace("{0}", numbers.join(texts.comma));
    byId(id).hidden = numbers.length === 0;
  };
  say("hand-in-open-items", open, texts.openItems);
  say("hand-in-marked-items", marked, texts.markedItems);
  byId("hand-in-unsaved").hidden = true;
  byId("hand-in-dialog").showModal();
  byId("hand-in-cancel").focus();
});
byId("hand-in-cancel").addEventListener("click", () => byId("hand-in-dialog").close());
byId("hand-in-confirm").addEventListener("click", async () => {
  const confirm = byId("hand-in-confirm");
  confirm.disabled = true;
  try {
    if (!(await autosave.flush(FLUSH_BEFORE_HAND_IN_MS))) {
      byId("hand-in-unsaved").hidden = false;
      return;
    }
    const answer = await api.handIn();
    if (answer.outcome === "ok") {
      leave();
    } else {
      byId("hand-in-unsaved").hidden = false;
    }
  } finally {
    confirm.disabled = false;
  }
});

function textSize(step) {
  const at = TEXT_SIZES.indexOf(root.dataset.text ?? "100");
  const size = TEXT_SIZES[Math.max(0, Math.min(TEXT_SIZES.length - 1, at + step))];
  root.dataset.text = size;
  window.localStorage.setItem("invigil.text-size", size);
}
root.dataset.text = TEXT_SIZES.includes(window.localStorage.getItem("invigil.text-size"))
  ? window.localStorage.getItem("invigil.text-size") : "100";
byId("text-smaller").addEventListener("click", () => textSize(-1));
byId("text-larger").addEventListener("click", () => textSize(1));

fill();
clock.state(boot.remainingMillis, boot.paused);
autosave.resume();
checkState();
drawClock();
setInterval(drawClock, TICK_MS);
setInterval(checkState, STATE_EVERY_MS);
api.follow(checkState, (text) => alertFor(texts.message.replace("{0}", text)));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") {
    autosave.flush(1000);
  } else {
    checkState();
  }
});
