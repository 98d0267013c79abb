// The test page kept on this machine, so that it can be loaded anew while the room's server cannot be
// reached (issue 3, part 4); exam-worker.js brings it back.
//
// - The page, its pictures and the answers that the node confirmed since it was loaded lie in IndexedDB,
//   each encrypted (AES-GCM) under a key made here for this sitting and paper. The key is a CryptoKey
//   that no script can read out; it is destroyed with the rows at hand-in, at logout and when anybody
//   logs in. Scripts and style sheets lie in a cache named for their content: another build, another cache.
// - After a reload in the same tab the page shows at once. A browser that was started anew asks for the
//   PIN with which somebody logged in here; of it only a slow salted digest is kept.
// - No clock runs through a reload: what is written on a page that came from this machine says so, until
//   the node has spoken with it, and the time left is shown by the last statement.

const DATABASE = "invigil-page";
const ROWS = "rows";
const GATE = "gate";
const MARK = "invigil.kept";
const CACHE = "invigil-shell-";
const WORKER = "/assets/delivery/exam-worker.js";
const SCOPES = ["/exam", "/login"];
const PIN_ITERATIONS = 300_000;
const FILES_MAX = 200;
const PICTURE_BYTES_MAX = 2 * 1024 * 1024;
const PICTURES_BYTES_MAX = 32 * 1024 * 1024;
const GAP_MS_MAX = 15 * 60_000;
const TRIES_AT_ONCE = 5;
const TRIES_PAUSE_MS = 30_000;

const bytes = (text) => new TextEncoder().encode(text);

function answered(request) {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}

function opened() {
  const request = indexedDB.open(DATABASE, 1);
  request.addEventListener("upgradeneeded", () => {
    request.result.createObjectStore(ROWS, { keyPath: "id" });
    request.result.createObjectStore(GATE, { keyPath: "id" });
  });
  return answered(request);
}

async function change(store, step) {
  const database = await opened();
  try {
    const transaction = database.transaction(store, "readwrite", { durability: "strict" });
    step((name) => transaction.objectStore(name));
    await new Promise((resolve, reject) => {
      transaction.addEventListener("complete", resolve);
      transaction.addEventListener("abort", () => reject(transaction.error));
    });
  } finally {
    database.close();
  }
}

async function read(store, id) {
  const database = await opened();
  try {
    const from = database.transaction(store).objectStore(store);
    return await answered(id === undefined ? from.getAll() : from.get(id));
  } finally {
    database.close();
  }
}

async function digestOf(pin, salt) {
  const key = await crypto.subtle.importKey("raw", bytes(pin.trim()), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: PIN_ITERATIONS }, key, 256);
  return [...new Uint8Array(bits)].join();
}

// Nothing of a test stays on this machine but what the node has not confirmed yet (outbox.js).
export async function forgetPage() {
  window.sessionStorage.removeItem(MARK);
  try {
    await change([ROWS, GATE], (store) => {
      store(ROWS).clear();
      store(GATE).clear();
    });
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(CACHE)).map((name) => caches.delete(name)));
  } catch {
    // a machine that keeps nothing has nothing to forget
  }
}

// Whoever logs in with this PIN may come back to the page without the server.
export async function rememberPin(pin) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const digest = await digestOf(pin, salt);
  await change([GATE], (store) => store(GATE).put({ id: "pin", salt, digest }));
}

export class KeptPage {
  // Waits until the person is known, when the page came from this machine. boot then holds what is
  // newest here; from the node it is left as it is.
  static async enter(boot, gate) {
    const kept = new KeptPage();
    const { exam, sitting, paper } = boot.outbox;
    kept.scope = `${exam}\n${sitting}\n${paper}`;
    kept.sitting = String(boot.sitting);
    kept.fromHere = document.body.dataset.kept !== undefined;
    if (kept.fromHere) {
      if (window.sessionStorage.getItem(MARK) !== kept.sitting) {
        await kept.#ask(gate);
      }
      document.body.dataset.kept = "open";
      await kept.#takeUp(boot);
    }
    return kept;
  }

  // Begins to keep a page that came from the node and may write. Nothing waits for this.
  async keep() {
    if (this.fromHere || !("serviceWorker" in navigator)) {
      return;
    }
    try {
      const key = await crypto.subtle.generateKey(
        { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
      await change([ROWS], (store) => {
        store(ROWS).clear();
        store(ROWS).put({ id: "key", key, scope: this.scope });
      });
      this.key = key;
      window.sessionStorage.setItem(MARK, this.sitting);
      await Promise.all(SCOPES.map((scope) => navigator.serviceWorker.register(WORKER, { scope })));
      await navigator.serviceWorker.ready;
      const shell = await keepFiles();
      await this.#keepHtml(shell);
      await this.#keepPictures();
    } catch (failed) {
      console.warn("this page cannot be loaded anew while the server is away:", failed);
    }
  }

  // The sitting is over for this page.
  forget() {
    this.key = undefined;
    return forgetPage();
  }

  // The node holds this answer.
  known(item, answer) {
    return this.#put(`known\n${item}`, bytes(JSON.stringify({ item, answer })));
  }

  // What the page knows of time now.
  moment(contact, left, paused) {
    return this.#put("moment", bytes(JSON.stringify({ contact, left, paused, wall: Date.now() })));
  }

  async #takeUp(boot) {
    try {
      this.key = (await read(ROWS, "key")).key;
      for (const row of await read(ROWS)) {
        if (row.id.startsWith("known\n")) {
          const { item, answer } = await this.#open(row);
          if ((boot.answers[item]?.rev ?? 0) < answer.rev) {
            boot.answers[item] = answer;
          }
        } else if (row.id === "moment") {
          const { contact, left, paused, wall } = await this.#open(row);
          const gap = Date.now() - wall;
          // for reading only: what counts is the node's clock
          const passed = paused || gap < 0 || gap > GAP_MS_MAX ? 0 : gap;
          Object.assign(boot, { contact, paused, remainingMillis: Math.max(0, left - passed) });
        }
      }
    } catch (failed) {
      console.warn("what the node confirmed cannot be read on this machine:", failed);
    }
  }

  async #ask(template) {
    document.body.append(template.content.cloneNode(true));
    const gate = document.body.lastElementChild;
    const pin = gate.querySelector("input");
    const button = gate.querySelector("button");
    const said = gate.querySelector("[role=alert]");
    const known = await read(GATE, "pin").catch(() => undefined);
    gate.querySelector("form").hidden = known === undefined;
    pin.focus();
    await new Promise((resolve) => {
      let wrong = 0;
      gate.querySelector("form").addEventListener("submit", async (event) => {
        event.preventDefault();
        button.disabled = true;
        if ((await digestOf(pin.value, known.salt)) === known.digest) {
          resolve();
          return;
        }
        wrong += 1;
        said.textContent = wrong % TRIES_AT_ONCE === 0 ? gate.dataset.wait : gate.dataset.wrong;
        said.hidden = false;
        setTimeout(() => {
          button.disabled = false;
          pin.select();
        }, wrong % TRIES_AT_ONCE === 0 ? TRIES_PAUSE_MS : 0);
      });
    });
    window.sessionStorage.setItem(MARK, this.sitting);
    gate.remove();
  }

  async #keepHtml(shell) {
    const response = await fetch("/exam", { cache: "no-store", headers: { Accept: "text/html" } });
    const html = await response.text();
    const page = new DOMParser().parseFromString(html, "text/html").getElementById("exam");
    if (!response.ok || page?.dataset.attempt !== this.sitting) {
      throw new Error("the node shows another page by now");
    }
    const headers = [...response.headers].filter(([name]) => !/^(content-(enc|len)|date|conn)/.test(name));
    await this.#put("page", bytes(html), { shell, headers });
  }

  // As far as the page shows pictures of the paper; sounds and films are played by the node alone.
  async #keepPictures() {
    const paths = new Set([...document.querySelectorAll(".item img")]
      .map((image) => new URL(image.src).pathname)
      .filter((path) => path.startsWith("/api/exam/assets/")));
    let room = PICTURES_BYTES_MAX;
    for (const path of paths) {
      const response = await fetch(path);
      const data = await response.arrayBuffer();
      if (response.ok && data.byteLength <= Math.min(room, PICTURE_BYTES_MAX)) {
        room -= data.byteLength;
        await this.#put(`picture\n${path}`, data, { type: response.headers.get("Content-Type") });
      }
    }
  }

  async #put(id, plain, more = {}) {
    if (this.key === undefined) {
      return;
    }
    try {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const data = await crypto.subtle.encrypt(this.#how(iv, id), this.key, plain);
      await change([ROWS], (store) => {
        // another tab may have logged somebody else in meanwhile
        const key = store(ROWS).get("key");
        key.addEventListener("success", () => {
          if (key.result?.scope === this.scope) {
            store(ROWS).put({ ...more, id, iv, data });
          }
        });
      });
    } catch (failed) {
      console.warn("this machine keeps no copy of the page:", failed);
    }
  }

  async #open(row) {
    const plain = await crypto.subtle.decrypt(this.#how(row.iv, row.id), this.key, row.data);
    return JSON.parse(new TextDecoder().decode(plain));
  }

  #how(iv, id) {
    return { name: "AES-GCM", iv, additionalData: bytes(`${this.scope}\n${id}`) };
  }
}

// Every script and style sheet that this page has loaded; the cache is named for what they hold.
async function keepFiles() {
  const urls = [...new Set(performance.getEntriesByType("resource").map((entry) => entry.name)
    .filter((name) => new URL(name).pathname.startsWith("/assets/")))].sort().slice(0, FILES_MAX);
  const files = await Promise.all(urls.map(async (url) => {
    const response = await fetch(url);
    return { url, response, text: await response.clone().text() };
  }));
  const content = files.map(({ url, text }) => `${url}\n${text}`).join("\n");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(content)));
  const name = CACHE + [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const cache = await caches.open(name);
  await Promise.all(files.filter(({ response }) => response.ok)
    .map(({ url, response }) => cache.put(url, response)));
  const others = (await caches.keys()).filter((each) => each.startsWith(CACHE) && each !== name);
  await Promise.all(others.map((each) => caches.delete(each)));
  return name;
}
