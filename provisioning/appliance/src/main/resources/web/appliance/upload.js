// <form data-upload="/plans/1/import"> with a file input: sends the raw file by PUT and shows a
// progress bar; the answer's HX-Redirect or Location is followed, a problem is shown in #notices.

/** Prepares every upload form below the root once. */
export function enhanceUploads(root) {
  const forms = root.querySelectorAll ? root.querySelectorAll("form[data-upload]") : [];
  for (const form of forms) {
    if (form.dataset.uploadReady) continue;
    form.dataset.uploadReady = "1";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const file = form.querySelector("input[type=file]").files[0];
      if (file) send(form, file);
    });
  }
}

function send(form, file) {
  const bar = form.querySelector("progress") || form.appendChild(document.createElement("progress"));
  const button = form.querySelector("button[type=submit]");
  bar.max = 100;
  bar.value = 0;
  bar.hidden = false;
  button.disabled = true;
  const request = new XMLHttpRequest();
  request.open("PUT", form.dataset.upload);
  request.setRequestHeader("X-CSRF-Token", document.body.dataset.csrf);
  request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("HX-Request", "true");
  request.upload.onprogress = (event) => {
    if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
  };
  request.onload = () => done(form, bar, button, request);
  request.onerror = () => done(form, bar, button, request);
  request.send(file);
}

function done(form, bar, button, request) {
  bar.hidden = true;
  button.disabled = false;
  const next = request.getResponseHeader("HX-Redirect");
  if (next) {
    window.location.assign(next);
    return;
  }
  const target = document.querySelector(form.dataset.uploadTarget || "#notices");
  if (request.status === 0) {
    target.textContent = form.dataset.uploadFailed || "";
    return;
  }
  target.innerHTML = request.responseText;
  if (window.htmx) window.htmx.process(target);
  target.scrollIntoView({ block: "nearest" });
}
