// Small makers of elements: text is always text, never markup.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export function fill(text, ...values) {
  return values.reduce((filled, value, at) => filled.replaceAll(`{${at}}`, String(value)), text);
}

export function minutes(millis) {
  return Math.max(0, Math.ceil(millis / 60_000));
}
