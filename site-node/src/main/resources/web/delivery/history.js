// Earlier answers to the item in front of the candidate, and what is kept beside it; any of them can be
// put back, which is an ordinary new save.

import { fileText } from "./files.js";
import { timeOf } from "./room-api.js";
import { surfaceText } from "./surfaces.js";

const PREVIEW_CHARS = 120;

export class History {
  // dialog holds .history-list and .history-close; restore(item, response) puts an answer back
  constructor({ dialog, api, texts, restore }) {
    Object.assign(this, { dialog, api, texts, restore });
    this.list = dialog.querySelector(".history-list");
    dialog.querySelector(".history-close").addEventListener("click", () => dialog.close());
  }

  async open(section) {
    const answer = await this.api.versions(section.dataset.item);
    this.list.replaceChildren();
    if (answer.outcome !== "ok") {
      this.#say(this.texts.historyUnreachable);
    } else {
      const { earlier, apart } = answer.value;
      apart.forEach((each) => this.#line(
        section, each.response, `${timeOf(each.arrivedAt)} · ${this.texts.apart[each.why]}`));
      earlier.forEach((each) => this.#line(
        section, each.response, this.texts.savedAt.replace("{0}", timeOf(each.savedAt))));
      if (earlier.length + apart.length === 0) {
        this.#say(this.texts.historyNone);
      }
    }
    this.dialog.showModal();
  }

  #say(text) {
    const line = document.createElement("li");
    line.textContent = text;
    this.list.append(line);
  }

  #line(section, response, heading) {
    const line = document.createElement("li");
    const when = document.createElement("p");
    when.className = "muted";
    when.textContent = heading;
    const text = document.createElement("p");
    text.className = "history-text";
    text.textContent = preview(section, response) || this.texts.historyEmpty;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-second";
    button.textContent = this.texts.restore;
    button.addEventListener("click", () => {
      this.dialog.close();
      this.restore(section.dataset.item, response);
    });
    line.append(when, text, button);
    this.list.append(line);
  }
}

// What an answer says, in the words of the page: the chosen options' text, or what was typed.
export function preview(section, response) {
  const parts = [];
  for (const [name, values] of Object.entries(response)) {
    const drawn = surfaceText(section, name, values);
    if (drawn !== null) {
      parts.push(drawn);
      continue;
    }
    for (const value of values) {
      const option = [...section.querySelectorAll("input[type=radio], input[type=checkbox]")]
        .find((control) => control.dataset.response === name && control.value === value);
      parts.push(option ? option.closest("label").textContent.trim() : fileText(value) ?? value);
    }
  }
  const text = parts.join(" · ");
  return text.length > PREVIEW_CHARS ? `${text.slice(0, PREVIEW_CHARS)}…` : text;
}
