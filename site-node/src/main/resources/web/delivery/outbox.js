// What the node has not confirmed yet, kept on this machine under a key of this sitting and paper
// (AES-GCM; the node gives the key with the page, so another candidate or paper cannot read it).
// Writes go one after the other; of one edit only the newest state is written.

const DATABASE = "invigil-answers";
const STORE = "held";
const RECORDS_MAX = 2000;

function bytesOf(base64url) {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function answered(request) {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}

function opened() {
  const request = indexedDB.open(DATABASE, 1);
  request.addEventListener("upgradeneeded", () => {
    request.result.createObjectStore(STORE, { keyPath: "op" }).createIndex("scope", "scope");
  });
  return answered(request);
}

export class Outbox {
  // about: {key, exam, sitting, paper}; onTrouble is told once when this machine cannot keep anything
  static async open(about, onTrouble = () => {}) {
    const outbox = new Outbox();
    outbox.scope = `${about.exam}\n${about.sitting}\n${about.paper}`;
    outbox.about = about;
    outbox.onTrouble = onTrouble;
    outbox.latest = new Map();
    outbox.chain = Promise.resolve();
    outbox.lasts = true;
    outbox.key = await crypto.subtle.importKey(
      "raw", bytesOf(about.key), "AES-GCM", false, ["encrypt", "decrypt"]);
    try {
      outbox.database = await opened();
    } catch {
      outbox.#troubled();
    }
    return outbox;
  }

  // Edits in the order in which they were begun. What does not open under our key is left alone.
  async all() {
    if (!this.lasts) {
      return [];
    }
    const index = this.database.transaction(STORE).objectStore(STORE).index("scope");
    const rows = await answered(index.getAll(this.scope, RECORDS_MAX));
    const edits = [];
    for (const row of rows) {
      try {
        const plain = await crypto.subtle.decrypt(this.#how(row.iv, row.op), this.key, row.data);
        edits.push(JSON.parse(new TextDecoder().decode(plain)));
      } catch {
        console.warn("an answer kept on this machine does not open under this key");
      }
    }
    return edits.sort((one, other) => one.n - other.n);
  }

  put(edit) {
    this.latest.set(edit.op, { ...edit });
    return this.#then(() => this.#write(edit.op));
  }

  remove(op) {
    this.latest.delete(op);
    return this.#then(() => this.#change((store) => store.delete(op)));
  }

  // Resolves when all that was put is on the disk.
  settled() {
    return this.chain;
  }

  // A file for the proctor's desk that only the nodes of the slot open (EmergencyFile.java has its form).
  // files: [{sha256, data}]
  async file(answers, files) {
    const { exam, sitting, paper, fileKey } = this.about;
    const text = new TextEncoder();
    const names = files.map(({ sha256, data }) => ({ sha256, bytes: data.byteLength }));
    const plain = new Blob(
      [JSON.stringify({ answers, files: names }), "\n", ...files.map(({ data }) => data)]);
    const key = fileKey
      ? await crypto.subtle.importKey("raw", bytesOf(fileKey), "AES-GCM", false, ["encrypt"])
      : this.key;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv, additionalData: text.encode(`file\n${this.scope}`) },
      key, await plain.arrayBuffer());
    const header = JSON.stringify({ shared: Boolean(fileKey), exam, sitting, paper });
    return new Blob([`XSE2\n${header}\n`, iv, data], { type: "application/octet-stream" });
  }

  #then(step) {
    this.chain = this.chain.then(step).catch(() => this.#troubled());
    return this.chain;
  }

  #troubled() {
    if (this.lasts) {
      this.lasts = false;
      this.onTrouble();
    }
  }

  async #write(op) {
    const edit = this.latest.get(op);
    if (edit === undefined || !this.lasts) {
      return;
    }
    this.latest.delete(op);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt(
      this.#how(iv, op), this.key, new TextEncoder().encode(JSON.stringify(edit)));
    await this.#change((store) => store.put({ op, scope: this.scope, iv, data }));
  }

  async #change(change) {
    if (!this.lasts) {
      return;
    }
    const transaction = this.database.transaction(STORE, "readwrite", { durability: "strict" });
    change(transaction.objectStore(STORE));
    await new Promise((resolve, reject) => {
      transaction.addEventListener("complete", resolve);
      transaction.addEventListener("error", () => reject(transaction.error));
      transaction.addEventListener("abort", () => reject(transaction.error));
    });
  }

  #how(iv, op) {
    return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(`${this.scope}\n${op}`) };
  }
}
