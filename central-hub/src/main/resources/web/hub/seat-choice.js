// Choosing two seats of a room: arrow keys walk, a third choice lets go of the first, and a line says
// who would change places. Without this script the same boxes are ticked and sent.
const form = document.querySelector("[data-seat-choice]");
const line = form.querySelector("[data-chosen]");
const chosen = [];

function say() {
  line.textContent = chosen.length === 0
    ? line.dataset.none
    : line.dataset.some.replace("#", chosen.map((box) => box.dataset.who).join(" ↔ "));
}

form.addEventListener("change", (event) => {
  const box = event.target;
  if (box.name !== "pick") return;
  if (chosen.includes(box)) chosen.splice(chosen.indexOf(box), 1);
  if (box.checked) chosen.push(box);
  if (chosen.length > 2) chosen.shift().checked = false;
  say();
});
form.addEventListener("keydown", (event) => {
  const cell = event.target.closest("td");
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  if (!cell || !step) return;
  event.preventDefault();
  const rows = cell.closest("tbody").rows;
  let row = cell.parentElement.sectionRowIndex;
  let column = cell.cellIndex;
  do {
    row += step[0];
    column += step[1];
    const box = rows[row]?.cells[column]?.querySelector("input");
    if (box) {
      box.focus();
      return;
    }
  } while (row >= 0 && row < rows.length && column > 0 && column < rows[row].cells.length);
});
chosen.push(...form.querySelectorAll("input[name=pick]:checked"));
say();
