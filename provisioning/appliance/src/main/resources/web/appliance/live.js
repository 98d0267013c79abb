// Server-sent events as DOM events on the body: a part refreshes itself with
// hx-get="/room/seats" hx-trigger="seats from:body, reload from:body".
const NAMES_MAX = 100;

/**
 * Follows the stream while the page is visible (browsers keep few connections per server); the state
 * shows as data-live-state="on|off" on the html element. After a pause the parts reload once.
 */
export function follow(path) {
  let source = null;
  let paused = false;
  const state = (value) => { document.documentElement.dataset.liveState = value; };
  const tell = (name, data) =>
    document.body.dispatchEvent(new CustomEvent(name, { detail: { data } }));
  const open = () => {
    source = new EventSource(path);
    const own = source;
    const heard = new Set();
    own.onopen = () => {
      state("on");
      if (paused) tell("reload", "");
      paused = false;
    };
    own.onerror = () => {
      state("off");
      paused = true;
      if (own.readyState === EventSource.CLOSED && own === source) {
        // refused, not just interrupted: the browser does not try again by itself
        setTimeout(() => { if (own === source && !document.hidden) open(); }, 5000 + Math.random() * 5000);
      }
    };
    own.listenTo = (name) => {
      if (heard.has(name) || heard.size >= NAMES_MAX) return;
      heard.add(name);
      own.addEventListener(name, (event) => tell(name, event.data));
    };
    own.listenTo("reload");
    names(document).forEach(own.listenTo);
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      if (source) source.close();
      source = null;
      paused = true;
      state("off");
    } else if (!source) {
      open();
    }
  });
  document.body.addEventListener("htmx:load", () => {
    if (source) names(document).forEach(source.listenTo);
  });
  if (!document.hidden) open();
}

/** The events that parts of the page wait for. */
function names(root) {
  const found = new Set();
  for (const element of root.querySelectorAll("[hx-trigger*='from:body'], [data-live-events]")) {
    const text = (element.getAttribute("hx-trigger") || "") + "," + (element.dataset.liveEvents || "");
    for (const part of text.split(",")) {
      const name = part.trim().split(" ")[0];
      if (/^[a-z][a-z0-9-]*$/.test(name)) found.add(name);
    }
  }
  return found;
}
