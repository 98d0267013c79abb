// The list of identities follows what happens in the room.
const POLL_MS = 10_000;
let busy = false;

async function follow() {
  const list = document.getElementById("identity-list");
  if (busy || list.contains(document.activeElement)) {
    return;
  }
  busy = true;
  try {
    const response = await fetch(window.location.href, { cache: "no-store", headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("identity-list");
    if (response.ok && fresh !== null && fresh.innerHTML !== list.innerHTML) {
      list.replaceWith(fresh);
    }
  } catch {
    // the line to the room's server is shown by its own pages; the next event tries again
  }
  busy = false;
}

const source = new EventSource("/api/room/live");
source.addEventListener("room", follow);
setInterval(follow, POLL_MS);
