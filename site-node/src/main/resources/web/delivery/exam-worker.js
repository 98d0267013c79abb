// Stands in for the room's server while it cannot be reached: a test page that is loaded anew comes from
// this machine (issue 3, part 4). While the server answers, everything comes from the server.
//
// What lies where: scripts and style sheets, which are the same for everybody, in a cache of their build;
// the page, its pictures and what the node confirmed in IndexedDB, encrypted under a key that no script
// can read out (kept-page.js writes them). Nobody's data, answer or key is in a cache.

const DATABASE = "invigil-page";
const STORE = "rows";
const PATIENCE_MS = 6_000;
const AWAY = [502, 503, 504];

// Pages that came from this machine: their files do too, without waiting for the server each time.
const fromHere = new Set();

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) {
    return;
  }
  if (request.mode === "navigate") {
    if (url.pathname === "/exam" || url.pathname === "/login") {
      event.respondWith(page(event, url.pathname));
    }
  } else if (url.pathname.startsWith("/assets/")) {
    event.respondWith(served(event, () => file(request)));
  } else if (url.pathname.startsWith("/api/exam/assets/") && request.destination === "image") {
    event.respondWith(served(event, () => picture(url.pathname)));
  }
});

async function page(event, path) {
  const kept = await row("page");
  if (kept === undefined) {
    return fetch(event.request).catch(nothingHere);
  }
  const answer = await asked(event.request);
  if (answer !== null) {
    return answer;
  }
  if (path === "/login") {
    return Response.redirect("/exam", 302);
  }
  const html = new TextDecoder().decode(await opened(kept));
  fromHere.add(event.resultingClientId);
  // the page covers itself until it knows that the same person is there
  return new Response(html.replace("<body ", '<body data-kept="closed" '), { headers: kept.headers });
}

// Nobody's page lies on this machine.
function nothingHere() {
  return new Response(
    `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>考场服务器暂时无法连接</title>
<h1>考场服务器暂时无法连接</h1><p>请举手。服务器恢复后请按 F5 刷新本页。</p>
<div lang="en"><h1>The room’s server does not answer</h1><p>Raise your hand. Reload this page (F5) when it is back.</p></div>`,
    {
      status: 503,
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'",
      },
    });
}

async function served(event, kept) {
  if (fromHere.has(event.clientId)) {
    const here = await kept();
    if (here !== undefined) {
      return here;
    }
  }
  const answer = await asked(event.request);
  return answer ?? (await kept()) ?? Response.error();
}

async function file(request) {
  const kept = await row("page");
  return kept === undefined
    ? undefined
    : (await caches.open(kept.shell)).match(request, { ignoreVary: true });
}

async function picture(path) {
  const kept = await row(`picture\n${path}`);
  return kept === undefined
    ? undefined
    : new Response(await opened(kept), { headers: { "Content-Type": kept.type } });
}

// The server's answer, or null when there is none in reasonable time.
async function asked(request) {
  try {
    const answer = await Promise.race([
      fetch(request),
      new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS)),
    ]);
    return answer === null || AWAY.includes(answer.status) ? null : answer;
  } catch {
    return null;
  }
}

async function opened(kept) {
  const { key, scope } = await row("key");
  const additionalData = new TextEncoder().encode(`${scope}\n${kept.id}`);
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv, additionalData }, key, kept.data);
}

async function row(id) {
  const database = await new Promise((resolve) => {
    const request = indexedDB.open(DATABASE);
    // kept-page.js makes the stores; an empty database is not left behind
    request.addEventListener("upgradeneeded", () => request.transaction.abort());
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => resolve(null));
  });
  if (database === null) {
    return undefined;
  }
  try {
    return await new Promise((resolve, reject) => {
      const request = database.transaction(STORE).objectStore(STORE).get(id);
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => reject(request.error));
    });
  } finally {
    database.close();
  }
}
