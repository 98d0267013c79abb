// The rehearsal: start, progress every second, the figures of the last one.
import { fill, make } from "../proctoring/dom.js";

const POLL_MS = 1_000;
const root = document.getElementById("rehearsal");
const texts = JSON.parse(root.dataset.texts);
const byId = (id) => document.getElementById(id);
let ran = false;
let shown = "";

async function call(method, path, body) {
  try {
    const response = await fetch(path, {
      method,
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": document.body.dataset.csrf },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
    });
    const value = response.status === 204 ? {} : await response.json();
    return response.ok ? { ok: true, value } : { ok: false, text: value.title ?? `HTTP ${response.status}` };
  } catch {
    return { ok: false, text: texts.unreachable };
  }
}

function say(tone, text) {
  byId("rehearsal-state").className = `verdict verdict-${tone}`;
  if (byId("rehearsal-state").textContent !== text) byId("rehearsal-state").textContent = text;
}

function table(last) {
  return make("div", { class: "table-scroll" }, make("table", { class: "table" },
    make("thead", {}, make("tr", {}, texts.head.split("|").map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, last.lines.map((line) => make("tr", {},
      make("th", { scope: "row" }, line.name), make("td", {}, line.measured), make("td", {}, line.limit || "–"),
      line.limit === "" ? make("td", {}, "–")
        : make("td", { class: `figure-${line.passed ? "good" : "bad"}` }, line.passed ? texts.passed : texts.failed))))));
}

function showLast(last) {
  const key = JSON.stringify(last);
  if (key === shown) return;
  shown = key;
  byId("rehearsal-result").replaceChildren(last === null
    ? make("p", { class: "empty" }, texts.none)
    : make("div", {},
      make("p", { class: `verdict verdict-${last.passed ? "good" : "bad"}` }, last.passed ? texts.verdict.good : texts.verdict.bad),
      make("p", { class: "muted" }, fill(texts.about, new Date(last.at).toLocaleString(), last.candidates, last.seconds, last.exam)),
      last.problem ? make("p", {}, fill(texts.problem, last.problem)) : table(last)));
}

function show(state) {
  const running = state.running;
  byId("rehearsal-start").disabled = running !== null || state.objection !== "";
  byId("rehearsal-stop").hidden = running === null;
  if (running !== null) {
    ran = true;
    say("off", fill(texts.running, running.arrived, running.candidates, running.saves, running.handedIn, running.failed));
  } else if (state.objection) {
    say("warn", state.objection);
  } else {
    say("off", ran ? texts.ended : texts.ready);
  }
  showLast(state.last);
}

async function load() {
  const state = await call("GET", "/api/technician/rehearsal");
  if (state.ok) show(state.value);
  else say("bad", state.text);
}

byId("rehearsal-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const started = await call("POST", "/api/technician/rehearsal",
    { candidates: byId("f-candidates").valueAsNumber, seconds: byId("f-seconds").valueAsNumber });
  if (started.ok) {
    show(started.value);
    byId("rehearsal-stop").focus();
  } else {
    say("bad", started.text);
  }
});
byId("rehearsal-stop").addEventListener("click", async () => {
  await call("POST", "/api/technician/rehearsal/stop", {});
  load();
});
load();
setInterval(load, POLL_MS);
