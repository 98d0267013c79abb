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
const pin = document.getElementById("f-pin");
const number = document.getElementById("f-number");
(number.value === "" ? number : pin).focus();
