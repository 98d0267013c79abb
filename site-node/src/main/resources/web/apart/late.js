// Sends an emergency file as it is; the node opens it, nobody else can.
const form = document.getElementById("file-form");
const outcome = document.getElementById("file-outcome");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const file = document.getElementById("f-file").files[0];
  if (!file) {
    return;
  }
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const response = await fetch(form.dataset.url, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/octet-stream",
        "X-CSRF-Token": document.body.dataset.csrf,
      },
      body: file,
    });
    const answer = await response.json();
    if (response.ok) {
      outcome.textContent = form.dataset.done
        .replace("{0}", answer.answers).replace("{1}", answer.kept);
      if (answer.kept > 0) {
        window.location.reload();
      }
    } else {
      outcome.textContent = answer.title;
    }
  } catch {
    outcome.textContent = form.dataset.failed;
  } finally {
    button.disabled = false;
  }
});
