// Ticks of a list: the box in the header ticks the page, the dialogs say how many rows are meant.
for (const form of document.querySelectorAll("form[data-list]")) {
  const rows = () => [...form.querySelectorAll("input[name=row]")];
  const all = form.querySelector("[data-tick-all]");

  const count = () => {
    const ticked = rows().filter((row) => row.checked).length;
    for (const element of form.querySelectorAll("[data-ticked-count]")) {
      element.textContent = String(ticked);
    }
    for (const element of form.querySelectorAll("[data-none-ticked]")) {
      element.hidden = ticked > 0;
    }
    for (const element of form.querySelectorAll("[data-some-ticked]")) {
      element.hidden = ticked === 0;
    }
    if (all) {
      all.checked = ticked > 0 && ticked === rows().length;
      all.indeterminate = ticked > 0 && ticked < rows().length;
    }
  };

  form.addEventListener("change", (event) => {
    if (event.target === all) {
      for (const row of rows()) row.checked = all.checked;
    }
    count();
  });
  form.addEventListener("submit", (event) => {
    // a download leaves the page as it is: the dialog has done its work
    if (event.submitter && event.submitter.matches("[data-exports]")) {
      event.submitter.closest("dialog").close();
    }
  });
  count();
}
