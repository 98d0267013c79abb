// Reads and writes the answer of one item in the page: response identifier -> values, as QTI has it.
// The server renders the controls: radio, checkbox, text input, textarea and select with data-response,
// lists with data-order, pictures with data-surface, files with data-files.

import { fileNames, readFiles, writeFiles } from "./files.js";
import { readSurfaces, surfaceControls, surfaceNames, writeSurfaces } from "./surfaces.js";

// The response as it is now; identifiers in the order of the page, unanswered ones left out.
export function readResponse(section) {
  const response = {};
  for (const control of section.querySelectorAll("[data-response]")) {
    const name = control.dataset.response;
    if (control.type === "radio" || control.type === "checkbox") {
      if (control.checked) {
        (response[name] ??= []).push(control.value);
      }
    } else if (control.value !== "") {
      (response[name] ??= []).push(control.value);
    }
  }
  for (const list of section.querySelectorAll("[data-order]")) {
    if (list.dataset.answered === "true") {
      response[list.dataset.order] =
        [...list.querySelectorAll("li")].map((entry) => entry.dataset.value);
    }
  }
  readSurfaces(section, response);
  readFiles(section, response);
  return response;
}

export function writeResponse(section, response) {
  for (const control of section.querySelectorAll("[data-response]")) {
    const values = response[control.dataset.response] ?? [];
    if (control.type === "radio" || control.type === "checkbox") {
      control.checked = values.includes(control.value);
    } else if (control.dataset.source !== undefined) {
      control.value = values.find((pair) => pair.startsWith(`${control.dataset.source} `)) ?? "";
    } else {
      control.value = values[0] ?? "";
    }
  }
  for (const list of section.querySelectorAll("[data-order]")) {
    const values = response[list.dataset.order] ?? [];
    list.dataset.answered = String(values.length > 0);
    const entries = new Map([...list.querySelectorAll("li")].map((each) => [each.dataset.value, each]));
    values.forEach((value) => entries.get(value)?.parentElement.append(entries.get(value)));
  }
  writeSurfaces(section, response);
  writeFiles(section, response);
  limitChoices(section);
}

// Whether every control group of the item has an answer.
export function isAnswered(section) {
  const names = new Set([
    ...[...section.querySelectorAll("[data-response]")].map((control) => control.dataset.response),
    ...[...section.querySelectorAll("[data-order]")].map((list) => list.dataset.order),
    ...surfaceNames(section),
    ...fileNames(section),
  ]);
  const response = readResponse(section);
  return names.size > 0 && [...names].every((name) => (response[name] ?? []).some((v) => v.trim()));
}

// A choice with a maximum: further boxes cannot be ticked before one is unticked.
export function limitChoices(section) {
  for (const group of section.querySelectorAll("[data-choices-max]")) {
    const most = Number(group.dataset.choicesMax);
    const boxes = [...group.querySelectorAll("input[type=checkbox]")];
    const full = most > 0 && boxes.filter((box) => box.checked).length >= most;
    for (const box of boxes) {
      box.disabled = full && !box.checked;
    }
  }
}

// Buttons that change an answer: moving an entry, keeping an order as it is, answering on paper.
// changed(section) is called after each.
export function answerButtons(root, changed) {
  surfaceControls(root, changed);
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const section = button?.closest(".item");
    const list = button?.closest("[data-order]");
    if (button?.dataset.move) {
      const entry = button.closest("li");
      if (button.dataset.move === "up") {
        entry.previousElementSibling?.before(entry);
      } else {
        entry.nextElementSibling?.after(entry);
      }
      button.focus();
      list.dataset.answered = "true";
      changed(section);
    } else if (button?.dataset.orderKeep !== undefined) {
      list.dataset.answered = "true";
      changed(section);
    } else if (button?.dataset.onPaper) {
      const box = document.getElementById(button.dataset.onPaper);
      // a second press brings back what stood there
      if (box.value === button.dataset.text) {
        box.value = button.dataset.before ?? "";
      } else {
        button.dataset.before = box.value;
        box.value = button.dataset.text;
      }
      box.focus();
      changed(section);
    }
  });
}
