// The test page: puts answers, clock, grid and hand-in together. The page itself comes complete from
// the node; this module only keeps it saved and truthful.

import "./beat.js";
import { Autosave } from "./autosave.js";
import { ServerClock, Warnings, formatLeft } from "./clock.js";
import { askWhich } from "./conflicts.js";
import { FileShelf, fileControls, sendWithFiles, waitingFiles } from "./files.js";
import { History } from "./history.js";
import { KeptPage } from "./kept-page.js";
import { mediaControls } from "./media.js";
import { Navigation } from "./navigation.js";
import { ItemNotes } from "./notes.js";
import { Outbox } from "./outbox.js";
import { answerButtons, limitChoices, readResponse, writeResponse } from "./responses.js";
import { RoomApi } from "./room-api.js";
import { SaveView } from "./save-view.js";
import { guardTab } from "./tab-guard.js";
import { textSize } from "./text-size.js";
import { Watch } from "./watch.js";

const TICK_MS = 250;
const STATE_EVERY_MS = 15_000;
const STATE_AT_END_EVERY_MS = 1_000;
const MOMENT_EVERY_MS = 5_000;
const FLUSH_BEFORE_HAND_IN_MS = 8_000;
// the node takes 8 MiB with all answers
const FILE_BYTES_MAX = 6 * 1024 * 1024;
const WARN_AT_MINUTES = [10, 3];

const root = document.getElementById("exam");
const boot = JSON.parse(root.dataset.boot);
root.removeAttribute("data-boot");
const texts = boot.texts;
const byId = (id) => document.getElementById(id);
// where this machine brought the page, because the node is away: what is newest here
const kept = await KeptPage.enter(boot, byId("kept-gate"));
const sections = [...root.querySelectorAll(".item")];
const links = [...root.querySelectorAll(".grid-link")];
const section = new Map(sections.map((each) => [each.dataset.item, each]));
const api = new RoomApi({ csrf: document.body.dataset.csrf, lease: boot.lease, attempt: boot.sitting });
const clock = new ServerClock();
let finished = false;
let askedAtEnd = 0;
let nodeAnswers = true;

// This page writes only while it holds the browser's lock of the sitting.
const steal = window.sessionStorage.getItem("invigil.here") === String(boot.sitting);
window.sessionStorage.removeItem("invigil.here");
const mine = await guardTab(boot.sitting, { steal, lost: replaced });
const outbox = await Outbox.open(boot.outbox, () => alertFor(texts.noOutbox));
const shelf = await FileShelf.open(outbox);

// The classes below call functions that are declared further down: those are hoisted.
const saveView = new SaveView({
  box: byId("save-state"), text: byId("save-text"), centre: byId("centre-state"), sections, links, texts,
});
const autosave = new Autosave({
  outbox,
  send: sendWithFiles(shelf, api),
  reload: heldAnswers,
  known: boot.answers,
  lease: boot.lease,
  contact: boot.contact,
  unbroken: !kept.fromHere,
  onKnown: (item, answer) => kept.known(item, answer),
  onChange: showSaveState,
  onConflict: conflict,
  onApart: (item, why) => alertFor(texts.apartNow.replace("{0}", texts.apart[why])),
});
const navigation = new Navigation({
  sections,
  links,
  previous: byId("previous"),
  next: byId("next"),
  mark: byId("mark"),
  texts,
  storage: window.sessionStorage,
  key: `invigil.view.${boot.sitting}`,
});
const history = new History({
  dialog: byId("history-dialog"), api, texts,
  restore: (item, response) => put(item, response),
});
const watch = new Watch({
  rules: boot.page,
  lease: boot.lease,
  send: (signal) => api.signal(signal),
  reachable: () => nodeAnswers && autosave.state.reachable,
  noticed: (kind) => {
    if (kind === "LEFT" && boot.page.leaving !== "IGNORED") {
      alertFor(texts.leftNoted, 10_000);
    } else if (kind === "COPY" || kind === "PASTE") {
      alertFor(texts.clipboardOff, 5_000);
    }
  },
  cover: byId("full-screen"),
});
const warnings = new Warnings(WARN_AT_MINUTES, (minutes) => {
  byId("exam-polite").textContent = texts.warning.replace("{0}", minutes);
  alertFor(texts.warning.replace("{0}", minutes), 15_000);
});

async function heldAnswers() {
  const answer = await api.answers();
  return answer.outcome === "ok" ? answer.value.answers : null;
}

// Another tab of this machine writes from now on.
function replaced() {
  autosave?.stop();
  lockItems(true);
  byId("tab-elsewhere").hidden = false;
}

function lockItems(locked) {
  root.querySelector(".exam-items").inert = locked;
  byId("hand-in-open").disabled = locked;
}

function put(item, response) {
  const each = section.get(item);
  writeResponse(each, response);
  autosave.changed(item, readResponse(each));
  countCharacters(each);
  refreshGrid();
}

function conflict(item, held, response) {
  const each = section.get(item);
  if (!each) {
    return;
  }
  navigation.show(sections.indexOf(each), false);
  askWhich({
    template: byId("conflict-template"), section: each, held, mine: response, texts,
    chosen: (keepMine) => {
      autosave.resolve(item, keepMine);
      if (!keepMine) {
        writeResponse(each, held.response);
        countCharacters(each);
        refreshGrid();
      }
    },
  });
}

async function fill() {
  for (const [item, answer] of Object.entries(boot.answers)) {
    section.get(item) && writeResponse(section.get(item), answer.response);
  }
  for (const [item, response] of mine ? await autosave.restore() : []) {
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
  answered(each);
});
answerButtons(root, (each) => !finished && answered(each));
mediaControls(root, api);
const notes = new ItemNotes({ root, api, texts: texts.note });
notes.load();
fileControls(root, shelf, (each) => !finished && answered(each));

function answered(each) {
  limitChoices(each);
  countCharacters(each);
  autosave.changed(each.dataset.item, readResponse(each));
  refreshGrid();
}

function showSaveState(state) {
  const text = saveView.show(state, (item) => autosave.standing(item));
  byId("emergency").hidden = !(state.unsaved > 0 && (!state.reachable || state.slow || state.refused));
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
  nodeAnswers = answer.outcome !== "unreachable";
  if (answer.outcome !== "ok") {
    return;
  }
  const state = answer.value;
  autosave.contactMade(state.contact);
  byId("kept-shown").hidden = true;
  if (state.handIn) {
    // what this page held goes to the node first: it is kept beside the answers
    await autosave.flush(FLUSH_BEFORE_HAND_IN_MS);
    leave();
    return;
  }
  if (autosave.state.unsaved > 0 && !autosave.state.reachable) {
    autosave.resume();
  }
  if (state.remainingMillis > 0) {
    autosave.ended = false;
  }
  const before = clock.left();
  clock.state(state.remainingMillis ?? 0, state.paused, (performance.now() - sent) / 2);
  const gained = Math.round((clock.left() - before) / 60_000);
  if (gained >= 1) {
    alertFor(texts.timeAdded.replace("{0}", gained), 20_000);
  }
  byId("centre-state").textContent = state.receivedByCentre ? texts.atCentre : texts.notAtCentre;
  root.classList.toggle("is-paused", state.paused);
  if (state.paused) {
    alertFor(texts.paused);
  } else if (state.writerElsewhere) {
    lockItems(true);
    alertFor(texts.elsewhere);
  }
}

function leave() {
  if (!finished) {
    finished = true;
    autosave.stop();
    watch.stop();
    window.sessionStorage.removeItem(`invigil.view.${boot.sitting}`);
    kept.forget().finally(() => window.location.assign("/exam"));
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
  if (left <= 0 && !finished && mine) {
    autosave.ended = true;
    if (nodeAnswers && autosave.state.reachable) {
      lockItems(true);
    } else {
      lockItems(false);
      alertFor(texts.endedUnreachable);
    }
    if (performance.now() - askedAtEnd > STATE_AT_END_EVERY_MS) {
      askedAtEnd = performance.now();
      checkState();
    }
  } else if (autosave.ended) {
    autosave.ended = false;
    lockItems(false);
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

byId("history-open").addEventListener("click", () => history.open(sections[navigation.current]));
byId("emergency").addEventListener("click", saveFile);
byId("tab-here").addEventListener("click", () => {
  window.sessionStorage.setItem("invigil.here", String(boot.sitting));
  window.location.reload();
});

// Everything that stands in the page; for the proctor's desk, when nothing else works.
async function saveFile() {
  const pending = autosave.pending();
  const answers = sections
    .map((each) => ({ item: each.dataset.item, response: readResponse(each) }))
    .map(({ item, response }) => {
      const edit = pending.get(item);
      const known = autosave.known.get(item);
      return edit
        ? { item, op: edit.op, base: edit.base, response: edit.response }
        : { item, op: known?.op ?? crypto.randomUUID(), base: known?.rev ?? 0, response };
    })
    .filter(({ item, response }) => pending.has(item) || Object.keys(response).length > 0);
  const { files, without } = await waitingFiles(shelf, answers, FILE_BYTES_MAX);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await outbox.file(answers, files));
  link.download = `${boot.outbox.exam}-${boot.sitting}.invigil`;
  link.click();
  URL.revokeObjectURL(link.href);
  if (without.length > 0) {
    alertFor(texts.fileWithout.replace("{0}", without.join(texts.comma)));
  }
}

// So that this page can be loaded anew while the node is away.
function keepPage() {
  if (!boot.page.safeBrowser) {
    // that browser's keys are checked on each request and brought by itself alone
    kept.keep();
  }
  setInterval(() => {
    if (autosave.contact && !autosave.stopped) {
      kept.moment(autosave.contact.text, clock.left(), clock.paused);
    }
  }, MOMENT_EVERY_MS);
}

textSize(root, byId("text-smaller"), byId("text-larger"));
await fill();
clock.state(boot.remainingMillis, boot.paused);
if (mine) {
  autosave.resume();
  watch.start();
  byId("kept-shown").hidden = !kept.fromHere;
  keepPage();
} else {
  replaced();
}
checkState();
drawClock();
setInterval(drawClock, TICK_MS);
setInterval(checkState, STATE_EVERY_MS);
api.follow(checkState, (text) => alertFor(texts.message.replace("{0}", text)));
window.addEventListener("online", () => autosave.resume());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") {
    autosave.flush(1000);
  } else {
    checkState();
  }
});
