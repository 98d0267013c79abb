// One item at a time with a grid of all: number, answered or not, marked for review.
// Everything works with Tab, Enter and the browser's own controls; nothing hijacks keys inside a text.

import { isAnswered } from "./responses.js";

export class Navigation {
  // sections: the item sections in order; links: the grid's buttons in the same order.
  constructor({ sections, links, previous, next, mark, texts, storage, key }) {
    Object.assign(this, { sections, links, previous, next, mark, texts, storage, key });
    const kept = JSON.parse(storage.getItem(key) ?? "{}");
    this.marked = new Set(kept.marked ?? []);
    this.current = Math.min(kept.current ?? 0, sections.length - 1);
    links.forEach((link, index) => link.addEventListener("click", () => this.show(index, true)));
    previous.addEventListener("click", () => this.show(this.current - 1, true));
    next.addEventListener("click", () => this.show(this.current + 1, true));
    mark.addEventListener("click", () => this.toggleMark());
    this.show(this.current, false);
    this.refresh();
  }

  show(index, moveFocus) {
    if (index < 0 || index >= this.sections.length) {
      return;
    }
    this.current = index;
    this.sections.forEach((section, at) => { section.hidden = at !== index; });
    this.previous.disabled = index === 0;
    this.next.disabled = index === this.sections.length - 1;
    this.links.forEach((link, at) => {
      if (at === index) {
        link.setAttribute("aria-current", "step");
      } else {
        link.removeAttribute("aria-current");
      }
    });
    this.#refreshMark();
    if (moveFocus) {
      this.sections[index].querySelector(".item-heading").focus();
      window.scrollTo({ top: 0 });
    }
    this.#store();
  }

  // Draws the grid anew after a change of answers; returns how many are answered.
  refresh() {
    let answered = 0;
    this.sections.forEach((section, index) => {
      const done = isAnswered(section);
      answered += done ? 1 : 0;
      const marked = this.marked.has(section.dataset.item);
      const link = this.links[index];
      link.classList.toggle("is-answered", done);
      link.classList.toggle("is-marked", marked);
      const parts = [String(index + 1), done ? this.texts.answered : this.texts.open];
      if (marked) {
        parts.push(this.texts.marked);
      }
      link.setAttribute("aria-label", parts.join(", "));
    });
    return answered;
  }

  toggleMark() {
    const item = this.sections[this.current].dataset.item;
    if (!this.marked.delete(item)) {
      this.marked.add(item);
    }
    this.#refreshMark();
    this.refresh();
    this.#store();
  }

  // The numbers (from 1) of what is open and of what is marked, for the question before the hand-in.
  summary() {
    const open = [];
    const marked = [];
    this.sections.forEach((section, index) => {
      if (!isAnswered(section)) {
        open.push(index + 1);
      }
      if (this.marked.has(section.dataset.item)) {
        marked.push(index + 1);
      }
    });
    return { open, marked };
  }

  #refreshMark() {
    const on = this.marked.has(this.sections[this.current].dataset.item);
    this.mark.setAttribute("aria-pressed", String(on));
  }

  #store() {
    this.storage.setItem(
      this.key, JSON.stringify({ marked: [...this.marked], current: this.current }));
  }
}
