// Server-sent events as DOM events on the body: a part refreshes itself with
// hx-get="/room/seats" hx-trigger="seats from:body, reload from:body".
const NAMES_MAX = 100;

/** Follows the stream; the state shows as data-live-state="on|off" on the html element. */
export function follow(path) {
  const source = new EventSource(path);
  const seen = new Set();
  const state = (value) => { document.documentElement.dataset.liveState = value; };
  source.onopen = () => state("on");
  source.onerror = () => {
    state("off");
    if (source.readyState === EventSource.CLOSED) {
      // refused, not just interrupted: the browser does not try again by itself
      setTimeout(() => follow(path), 5000 + Math.random() * 5000);
    }
  };
  const listen = (name) => {
    if (seen.has(name) || seen.size >= NAMES_MAX) return;
    seen.add(name);
    source.addEventListener(name, (event) => {
      document.body.dispatchEvent(new CustomEvent(name, { detail: { data: event.data } }));
    });
  };
  listen("reload");
  const names = (root) => {
    for (const element of root.querySelectorAll("[hx-trigger*='from:body'], [data-live-events]")) {
      const text = (element.getAttribute("hx-trigger") || "") + "," + (element.dataset.liveEvents || "");
      for (const part of text.split(",")) {
        const name = part.trim().split(" ")[0];
        if (/^[a-z][a-z0-9-]*$/.test(name)) listen(name);
      }
    }
  };
  names(document);
  document.body.addEventListener("htmx:load", () => names(document));
  return source;
}
