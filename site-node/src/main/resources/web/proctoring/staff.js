// Staff login: the answer's words stand above the form, the focus goes back to what was wrong.
const form = document.getElementById("staff-form");
const error = document.getElementById("login-error");
document.getElementById("f-login").focus();

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  error.hidden = true;
  let text = form.dataset.failed;
  try {
    const response = await fetch("/api/staff/login", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": document.body.dataset.csrf },
      body: JSON.stringify({ login: form.login.value, password: form.password.value }),
    });
    const answer = await response.json();
    if (response.ok) {
      window.location.assign(answer.roles.includes("proctor") ? "/room" : "/technician");
      return;
    }
    text = answer.title;
  } catch {
    // the words of the page say that the server does not answer
  }
  error.textContent = text;
  error.hidden = false;
  form.password.value = "";
  form.password.focus();
});
