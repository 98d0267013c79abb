// Reads and writes the answer of one item in the page: response identifier -> values, as QTI has it.
// The server renders the controls: radio, checkbox, text input and textarea with data-response.

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
      response[name] = [control.value];
    }
  }
  return response;
}

export function writeResponse(section, response) {
  for (const control of section.querySelectorAll("[data-response]")) {
    const values = response[control.dataset.response] ?? [];
    if (control.type === "radio" || control.type === "checkbox") {
      control.checked = values.includes(control.value);
    } else {
      control.value = values[0] ?? "";
    }
  }
  limitChoices(section);
}

// Whether every control group of the item has an answer.
export function isAnswered(section) {
  const names = new Set(
    [...section.querySelectorAll("[data-response]")].map((control) => control.dataset.response));
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
