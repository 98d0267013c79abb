// The node holds another answer than the one this page went on from: both are shown, the candidate says
// which one counts, and both stay in the history.

import { preview } from "./history.js";
import { timeOf } from "./room-api.js";

export function askWhich({ template, section, held, mine, texts, chosen }) {
  section.querySelector(".item-conflict")?.remove();
  const box = template.content.firstElementChild.cloneNode(true);
  box.querySelector(".conflict-when").textContent =
    texts.conflict.replace("{0}", timeOf(held.savedAt));
  box.querySelector(".conflict-mine").textContent = preview(section, mine) || texts.historyEmpty;
  box.querySelector(".conflict-held").textContent =
    preview(section, held.response) || texts.historyEmpty;
  for (const button of box.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      box.remove();
      chosen(button.dataset.keep === "mine");
      section.querySelector(".item-heading").focus();
    });
  }
  section.querySelector(".item-heading").after(box);
}
