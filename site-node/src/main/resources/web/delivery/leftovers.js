// Answers that an earlier page of this machine could not send before the sitting was handed in or went
// on elsewhere: the node keeps them apart, nothing is thrown away.

import { Autosave } from "./autosave.js";
import { FileShelf, sendWithFiles } from "./files.js";
import { forgetPage } from "./kept-page.js";
import { Outbox } from "./outbox.js";
import { RoomApi } from "./room-api.js";

const place = document.querySelector("[data-outbox]");

export async function sendLeftovers() {
  const scope = JSON.parse(place.dataset.outbox);
  const outbox = await Outbox.open(scope);
  const api = new RoomApi({ csrf: document.body.dataset.csrf, attempt: scope.sitting });
  let apart = 0;
  const autosave = new Autosave({
    outbox,
    send: sendWithFiles(await FileShelf.open(outbox), api),
    reload: async () => {
      const answer = await api.answers();
      return answer.outcome === "ok" ? answer.value.answers : null;
    },
    known: {},
    lease: 0,
    contact: null,
    onChange: () => {},
    onConflict: () => {},
    onApart: () => {
      apart += 1;
      const note = document.getElementById("apart-note");
      note.textContent = note.dataset.text.replace("{0}", Number(note.dataset.apart) + apart);
      note.hidden = false;
    },
  });
  await autosave.restore();
  autosave.resume();
}

// the sitting is over: the page itself stays on no machine
forgetPage();
if (place !== null) {
  sendLeftovers();
}
