// Files as answers. The value of the response is "blob:SHA-256 BYTES NAME"; the bytes go to the node
// before the answer that names them, and wait on this machine, encrypted under the sitting's key, while
// the node is unreachable. The node acknowledges bytes and answer only when they are durable.

const DATABASE = "invigil-files";
const STORE = "files";
const NAME_MAX = 100;
const VALUE = /^blob:([0-9a-f]{64}) (\d+) (.+)$/u;

const places = (within) => [...within.querySelectorAll("[data-files]")];
const valuesOf = (place) => JSON.parse(place.dataset.values ?? "[]");

export function readFiles(section, response) {
  for (const place of places(section)) {
    const values = valuesOf(place);
    if (values.length > 0) {
      response[place.dataset.files] = values;
    }
  }
}

export function writeFiles(section, response) {
  for (const place of places(section)) {
    place.dataset.values = JSON.stringify(response[place.dataset.files] ?? []);
    list(place);
  }
}

export function fileNames(section) {
  return places(section).map((place) => place.dataset.files);
}

// The file's name for people, or null when the value is none.
export function fileText(value) {
  return VALUE.exec(value)?.[3] ?? null;
}

// What a page wants of files: shelf keeps the bytes; changed(section) after each change.
export function fileControls(root, shelf, changed) {
  root.addEventListener("change", async (event) => {
    const place = event.target.closest("[data-files]");
    if (place && event.target.type === "file") {
      const chosen = [...event.target.files];
      event.target.value = "";
      for (const file of chosen) {
        await add(place, file, shelf);
      }
      changed(place.closest(".item"));
    }
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-file-remove]");
    if (button) {
      const place = button.closest("[data-files]");
      const kept = valuesOf(place).filter((value) => value !== button.dataset.fileRemove);
      place.dataset.values = JSON.stringify(kept);
      list(place);
      place.querySelector("input[type=file]").focus();
      changed(place.closest(".item"));
    }
  });
}

async function add(place, file, shelf) {
  const values = valuesOf(place);
  const say = (text) => { place.querySelector(".file-said").textContent = text; };
  if (file.size === 0) {
    say(place.dataset.empty.replace("{0}", file.name));
    return;
  }
  if (file.size > Number(place.dataset.bytesMax)) {
    say(place.dataset.tooLarge.replace("{0}", file.name));
    return;
  }
  const bytes = await file.arrayBuffer();
  const digest = hex(await crypto.subtle.digest("SHA-256", bytes));
  if (values.some((value) => VALUE.exec(value)[1] === digest)) {
    return;
  }
  if (values.length >= Number(place.dataset.filesMax)) {
    say(place.dataset.tooMany.replace("{0}", file.name));
    return;
  }
  await shelf.put(digest, bytes);
  place.dataset.values =
    JSON.stringify([...values, `blob:${digest} ${file.size} ${cleaned(file.name)}`]);
  say("");
  list(place);
}

// As the node takes it: no path, no control characters, not too long.
function cleaned(name) {
  const plain = name.replaceAll(/[\p{Cc}\p{Cs}/\\]/gu, "_").trim();
  const dot = plain.lastIndexOf(".");
  const ending = dot > 0 ? plain.slice(dot).slice(0, 12) : "";
  const stem = dot > 0 ? plain.slice(0, dot) : plain;
  return (stem.slice(0, NAME_MAX) || "_") + ending;
}

function list(place) {
  const entries = valuesOf(place).map((value) => {
    const [, , size, name] = VALUE.exec(value);
    const entry = document.createElement("li");
    const text = document.createElement("span");
    text.className = "file-name";
    text.textContent = `${name} · ${Math.max(1, Math.round(size / 1024))} KB`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-second";
    button.dataset.fileRemove = value;
    button.textContent = place.dataset.remove.replace("{0}", "").trim();
    button.setAttribute("aria-label", place.dataset.remove.replace("{0}", name));
    entry.append(text, button);
    return entry;
  });
  place.querySelector(".file-list").replaceChildren(...entries);
}

// Bytes that the node has not confirmed, of the files that these answers name, for the emergency file:
// [{sha256, data}], and the names of those that do not fit into so many bytes.
export async function waitingFiles(shelf, answers, bytesMax) {
  const files = new Map();
  const without = [];
  let room = bytesMax;
  for (const value of answers.flatMap(({ response }) => Object.values(response).flat())) {
    const sha256 = VALUE.exec(value)?.[1];
    const data = sha256 && !files.has(sha256) ? await shelf.get(sha256) : null;
    if (data !== null && data.byteLength <= room) {
      room -= data.byteLength;
      files.set(sha256, { sha256, data });
    } else if (data !== null) {
      without.push(fileText(value));
    }
  }
  return { files: [...files.values()], without };
}

// A send for the autosave: first the bytes that the node has not confirmed, then the answer.
export function sendWithFiles(shelf, api) {
  return async (save) => {
    for (const value of Object.values(save.response).flat()) {
      const digest = VALUE.exec(value)?.[1];
      const bytes = digest ? await shelf.get(digest) : null;
      if (bytes !== null) {
        const answer = await api.upload(save.item, bytes);
        if (answer.outcome !== "ok") {
          return answer;
        }
        await shelf.remove(digest);
      }
    }
    return api.save(save);
  };
}

// Bytes that wait for the node; in memory too, where the machine keeps nothing.
export class FileShelf {
  // outbox: the opened outbox of the sitting, whose key and scope are ours too
  static async open(outbox) {
    const shelf = new FileShelf();
    shelf.outbox = outbox;
    shelf.memory = new Map();
    try {
      const request = indexedDB.open(DATABASE, 1);
      request.addEventListener("upgradeneeded", () => {
        request.result.createObjectStore(STORE, { keyPath: "id" });
      });
      shelf.database = await settled(request);
    } catch {
      outbox.onTrouble?.();
    }
    return shelf;
  }

  async put(digest, bytes) {
    this.memory.set(digest, bytes);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt(this.#how(iv, digest), this.outbox.key, bytes);
    await this.#change((store) => store.put({ id: this.#id(digest), iv, data }));
  }

  async get(digest) {
    if (this.memory.has(digest)) {
      return this.memory.get(digest);
    }
    try {
      const store = this.database.transaction(STORE).objectStore(STORE);
      const row = await settled(store.get(this.#id(digest)));
      return row === undefined
        ? null
        : await crypto.subtle.decrypt(this.#how(row.iv, digest), this.outbox.key, row.data);
    } catch {
      return null;
    }
  }

  async remove(digest) {
    this.memory.delete(digest);
    await this.#change((store) => store.delete(this.#id(digest)));
  }

  async #change(change) {
    try {
      const transaction = this.database.transaction(STORE, "readwrite", { durability: "strict" });
      change(transaction.objectStore(STORE));
      await new Promise((resolve, reject) => {
        transaction.addEventListener("complete", resolve);
        transaction.addEventListener("abort", () => reject(transaction.error));
      });
    } catch {
      this.outbox.onTrouble?.();
    }
  }

  #id(digest) {
    return `${this.outbox.scope}\n${digest}`;
  }

  #how(iv, digest) {
    return {
      name: "AES-GCM", iv,
      additionalData: new TextEncoder().encode(`file bytes\n${this.#id(digest)}`),
    };
  }
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}

function hex(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
