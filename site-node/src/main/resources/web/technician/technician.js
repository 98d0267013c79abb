// The technician's page: the checks of the node, one light a line, with what was measured, what it means and what to do.
import { fill, make } from "../proctoring/dom.js";

const POLL_MS = 5_000;
const TONE = { OK: "good", WARNING: "warn", FAILED: "bad" };
const root = document.getElementById("technician");
const texts = JSON.parse(root.dataset.texts);
const byId = (id) => document.getElementById(id);

async function call(method, path, body) {
  try {
    const response = await fetch(path, {
      method,
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRF-Token": document.body.dataset.csrf,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
    });
    const value = response.status === 204 ? {} : await response.json();
    return response.ok ? { ok: true, value } : { ok: false, text: value.title ?? `HTTP ${response.status}` };
  } catch {
    return { ok: false, text: texts.unreachable };
  }
}

function light(tone, name, value, ...more) {
  return make("li", { class: `light light-${tone}` },
    make("span", { class: "light-tone" }, texts.tone[tone]),
    make("strong", {}, name),
    make("span", { class: "light-value" }, value),
    more.filter((each) => each));
}

const tone = (line) => TONE[line.light] ?? "off";

// one check: what was measured, what it means, what to do; the limits stay folded away
function check(line) {
  return light(tone(line), line.title, line.measured,
    line.meaning && make("span", { class: "light-means" }, line.meaning),
    line.advice && make("span", { class: "light-advice" }, line.advice),
    make("details", { class: "light-limit" },
      make("summary", {}, texts.limit),
      make("p", {}, line.limit),
      line.at && make("p", { class: "muted" }, fill(texts["checked-at"], when(line.at)))));
}

// the set-up as a task list; what is done comes from the node
function showSetup(tasks) {
  const key = JSON.stringify(tasks);
  if (byId("setup").dataset.shown === key) return;
  byId("setup").dataset.shown = key;
  byId("setup").replaceChildren(...tasks.map((each) => make("li", { class: `setup-${each.state.toLowerCase()}` },
    make("div", {},
      each.page === "" || each.state === "BLOCKED" ? make("strong", {}, each.title) : make("a", { href: each.page }, each.title),
      each.hint === "" ? null : make("p", { class: "hint" }, each.hint)),
    make("span", { class: "setup-state" }, texts.state[each.state]))));
}

function showChecks(report) {
  const open = new Set([...byId("lights").querySelectorAll("details[open]")].map((each) => each.closest("li").dataset.check));
  const held = document.activeElement?.closest?.("li[data-check]")?.dataset.check;
  const lines = report.checks.map((line) => {
    const shown = check(line);
    shown.dataset.check = line.check;
    shown.querySelector("details").open = open.has(line.check);
    return shown;
  });
  byId("lights").replaceChildren(...lines);
  if (held) byId("lights").querySelector(`li[data-check="${held}"] summary`)?.focus();
  const worst = tone({ light: report.worst });
  const missing = report.checks.filter((line) => line.light === null).length;
  byId("verdict").className = `verdict verdict-${missing > 0 && worst === "good" ? "off" : worst}`;
  const words = missing > 0 && worst !== "bad" ? fill(texts.verdict.missing, missing) : texts.verdict[worst];
  if (byId("verdict").textContent !== words) byId("verdict").textContent = words;
}

async function runChecks() {
  byId("run-checks").disabled = true;
  byId("verdict").textContent = texts.checking;
  const report = await call("POST", "/api/technician/checks", {});
  byId("run-checks").disabled = false;
  byId("run-checks").focus();
  if (report.ok) {
    showChecks(report.value);
    load();
  }
  else byId("verdict").textContent = report.text;
}

function table(heads, rows, empty) {
  return rows.length === 0 ? make("p", { class: "empty" }, empty) : make("div", { class: "table-scroll" },
    make("table", { class: "table" },
      make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))),
      make("tbody", {}, rows.map((row) => make("tr", {}, row.map((cell) => make("td", {}, cell instanceof Node ? cell : String(cell))))))));
}

async function load() {
  const [checks, status, sync] = await Promise.all([call("GET", "/api/technician/checks"),
    call("GET", "/api/technician/status"), call("GET", "/api/technician/sync")]);
  const setup = await call("GET", "/api/technician/setup");
  if (setup.ok) showSetup(setup.value.tasks);
  if (!checks.ok || !status.ok || !sync.ok) {
    byId("lights").replaceChildren(light("bad", texts.line.server, checks.text ?? status.text ?? sync.text,
      make("span", { class: "light-advice" }, texts.advice.server)));
    return;
  }
  if (!byId("run-checks").disabled) showChecks(checks.value);
  byId("software").textContent = `${status.value.software} · ${status.value.node} · ${status.value.realm}`;
  byId("packages").replaceChildren(table(texts.head.packages.split("|"),
    status.value.packages.map((each) => [each.exam, each.version, when(each.issuedAt), each.sittings,
      each.stale ? texts.value.stale : "✓"]), texts.none.packages));
  const alarms = [...status.value.alarms, ...sync.value.alarms];
  byId("alarms").replaceChildren(table(texts.head.alarms.split("|"),
    alarms.toSorted((one, other) => other.at.localeCompare(one.at)).map((each) => [when(each.at),
      texts.alarm[each.code] ?? texts.alarm.other,
      make("span", { class: "mono muted" }, `${each.code} ${each.detail}`)]), texts.none.alarms));
}

async function loadSticks() {
  const sticks = await call("GET", "/api/technician/sticks");
  const directories = sticks.ok ? sticks.value.directories : [];
  byId("sticks").replaceChildren(directories.length === 0
    ? make("p", { class: "empty" }, texts.none.sticks)
    : make("ul", { class: "sticks" }, directories.map((directory) => make("li", {},
      make("code", {}, directory),
      make("button", { type: "button", class: "button button-small", onclick: () => stick("export", directory) }, texts.stick.export),
      make("button", { type: "button", class: "button button-small button-second", onclick: () => stick("import", directory) }, texts.stick.import)))));
}

async function stick(action, directory) {
  byId("stick-result").textContent = texts.stick.working;
  const answer = await call("POST", `/api/technician/sticks/${action}`, { directory });
  byId("stick-result").textContent = answer.ok
    ? `${texts.stick.done} ${Object.entries(answer.value).map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(" · ")}`
    : answer.text;
  load();
}

byId("run-checks").addEventListener("click", runChecks);
byId("ask-hub").addEventListener("click", async () => {
  await call("POST", "/api/technician/ask-hub", {});
  load();
});
load();
loadSticks();
setInterval(load, POLL_MS);
setInterval(loadSticks, 2 * POLL_MS);

// in the room's zone: the machine's own may be anything
function when(instant) {
  const { lang, dataset } = document.documentElement;
  return new Date(instant).toLocaleString(lang, { timeZone: dataset.zone });
}
