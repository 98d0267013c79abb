import { forgetPage, rememberPin } from "./kept-page.js";

// Gives the browser a name of its own, so that after a crash the same machine may go on writing without
// asking a proctor. It says nothing about the person and is not a secret that opens anything.
const KEY = "invigil.device";
let device = window.localStorage.getItem(KEY);
if (!/^[A-Za-z0-9_-]{8,64}$/.test(device ?? "")) {
  device = crypto.randomUUID();
  window.localStorage.setItem(KEY, device);
}
for (const field of document.querySelectorAll("input[name=device]")) {
  field.value = device;
}

// A start script of the lab kit says where this PC stands; the PC remembers it.
const PLACE = "invigil.place";
const asked = new URLSearchParams(window.location.search);
if (asked.get("room") && asked.get("seat")) {
  window.localStorage.setItem(
    PLACE, JSON.stringify({ room: asked.get("room"), seat: asked.get("seat") }));
}
const place = JSON.parse(window.localStorage.getItem(PLACE) ?? "null");
if (place !== null) {
  document.querySelector("input[name=room]").value = place.room;
  const bound = document.getElementById("bound-seat");
  bound.textContent = bound.dataset.text.replace("{0}", place.room).replace("{1}", place.seat);
  bound.hidden = false;
}
const pin = document.getElementById("f-pin");
const number = document.getElementById("f-number");
(number.value === "" ? number : pin).focus();

// Nobody is logged in here now; whoever logs in may later come back to the page while the server is away.
const forgotten = forgetPage();
const form = pin.form;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await forgotten;
    await rememberPin(pin.value);
  } catch (failed) {
    console.warn("this machine keeps nothing:", failed);
  }
  form.submit();
});
