// The technician's page: one light a line, green, amber or red, with the value, the threshold and what to do.
import { fill, make } from "../proctoring/dom.js";

const POLL_MS = 5_000;
const GIB = 1024 ** 3;
const SPACE_TONE = { AMPLE: "good", LOW: "warn", SCARCE: "warn", ANSWERS_ONLY: "bad" };
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

function light(tone, name, value, advice) {
  return make("li", { class: `light light-${tone}` },
    make("span", { class: "light-tone" }, texts.tone[tone]),
    make("strong", {}, name),
    make("span", { class: "light-value" }, value),
    tone === "good" ? null : make("span", { class: "light-advice" }, advice));
}

function lights(status, sync) {
  const free = status.freeBytes / Math.max(1, status.totalBytes);
  const days = (new Date(status.certificateUntil) - new Date(status.now)) / 86_400_000;
  const seen = sync.lastReceipt === null ? null : new Date(sync.lastReceipt);
  return [
    light(status.halted ? "bad" : status.devices >= 2 ? "good" : "warn", texts.line.devices,
      fill(texts.value.devices, status.devices, status.devicesWanted), texts.advice.devices),
    light(SPACE_TONE[status.space.level], texts.line.space,
      fill(texts.value.space, (status.freeBytes / GIB).toFixed(1), Math.round(free * 100)),
      status.space.cause === "FILES" ? texts.advice.files : texts.advice.space[status.space.level]),
    light(sync.flowing ? "good" : "warn", texts.line.centre,
      sync.flowing ? texts.value.flowing : sync.connected ? texts.value.connected : texts.value.away, texts.advice.centre),
    light(sync.waiting === 0 ? "good" : sync.flowing ? "good" : "warn", texts.line.waiting,
      fill(texts.value.waiting, sync.waiting, seen === null ? "–" : seen.toLocaleString()), texts.advice.waiting),
    light(status.packages.length === 0 ? "warn" : status.packages.some((each) => each.stale) ? "warn" : "good",
      texts.line.packages, fill(texts.value.packages, status.packages.length), texts.advice.packages),
    light(days < 7 ? "bad" : days < 30 ? "warn" : "good", texts.line.certificate,
      fill(texts.value.certificate, Math.floor(days)), texts.advice.certificate),
    light("good", texts.line.software, `${status.software} · ${status.node} · ${status.realm}`, ""),
  ];
}

function table(heads, rows, empty) {
  return rows.length === 0 ? make("p", { class: "empty" }, empty) : make("div", { class: "table-scroll" },
    make("table", { class: "table" },
      make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))),
      make("tbody", {}, rows.map((row) => make("tr", {}, row.map((cell) => make("td", {}, String(cell))))))));
}

async function load() {
  const [status, sync] = await Promise.all([
    call("GET", "/api/technician/status"), call("GET", "/api/technician/sync")]);
  if (!status.ok || !sync.ok) {
    byId("lights").replaceChildren(light("bad", texts.line.server, status.text ?? sync.text, texts.advice.server));
    return;
  }
  byId("lights").replaceChildren(...lights(status.value, sync.value));
  byId("packages").replaceChildren(table(texts.head.packages.split("|"),
    status.value.packages.map((each) => [each.exam, each.version, new Date(each.issuedAt).toLocaleString(), each.sittings,
      each.stale ? texts.value.stale : "✓"]), texts.none.packages));
  const alarms = [...status.value.alarms, ...sync.value.alarms];
  byId("alarms").replaceChildren(table(texts.head.alarms.split("|"),
    alarms.map((each) => [new Date(each.at).toLocaleString(), each.code, each.detail]), texts.none.alarms));
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

byId("ask-hub").addEventListener("click", async () => {
  await call("POST", "/api/technician/ask-hub", {});
  load();
});
load();
loadSticks();
setInterval(load, POLL_MS);
setInterval(loadSticks, 2 * POLL_MS);
