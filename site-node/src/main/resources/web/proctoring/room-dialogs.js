// All questions of the proctor's page in one dialog: what is done, to whom, why.
import { fill, make, minutes } from "./dom.js";

// Ours first, then the articles of the rules.
const CATEGORIES = ["DEVICE", "HEALTH", "IDENTITY", "DRESS_OR_CAPTURE", "SUPPORT_DISTURBED", "THREAT_OR_INSULT",
  "IMPERSONATION", "PAPER_SPREAD", "UNFAIR_MEANS", "OTHER"];
const NEEDS_REASON = new Set(["undo-check-in", "absent", "seat", "grant-time", "pause", "resume", "hand-in", "readmit", "release"]);

export class RoomDialogs {
  // waiting(sitting): cases of the seat that nobody has settled, calls for help among them
  constructor({ client, texts, changed, seats, late, leaves, waiting }) {
    Object.assign(this, { client, texts, changed, seats, late, leaves, waiting });
    this.dialog = document.getElementById("dialog");
    this.form = document.getElementById("dialog-form");
    this.title = document.getElementById("dialog-title");
    this.body = document.getElementById("dialog-body");
    this.error = document.getElementById("dialog-error");
    this.buttons = document.getElementById("dialog-buttons");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
  }

  // ask({title, body, confirm, danger, run}); run resolves to {ok, text}; ok closes the dialog.
  ask({ title, body = [], confirm = null, danger = false, run = null, extra = [] }) {
    this.title.textContent = title;
    this.body.replaceChildren(...body.filter((part) => part !== null));
    this.error.hidden = true;
    const buttons = [...extra];
    if (confirm !== null) {
      buttons.push(make("button", { class: danger ? "button button-danger" : "button", type: "submit" }, confirm));
    }
    buttons.push(make("button", { class: "button button-second", type: "button", onclick: () => this.dialog.close() },
      confirm === null ? this.texts.dialog.done : this.texts.dialog.cancel));
    this.buttons.replaceChildren(...buttons);
    this.run = async () => {
      if (run === null) {
        this.dialog.close();
        return;
      }
      const answer = await run();
      if (answer.ok) {
        this.dialog.close();
        this.changed();
      } else {
        this.fail(answer.text);
      }
    };
    if (!this.dialog.open) {
      this.dialog.showModal();
    }
    (this.body.querySelector("input, textarea, select") ?? this.buttons.querySelector("button")).focus();
  }

  fail(text) {
    this.error.textContent = text;
    this.error.hidden = text === "";
  }

  field(id, label, control, hint = null) {
    control.id = `d-${id}`;
    return make("div", { class: "field" }, make("label", { for: `d-${id}` }, label),
      hint === null ? null : make("p", { class: "hint" }, hint), control);
  }

  value(id) {
    return document.getElementById(`d-${id}`).value.trim();
  }

  reasonField() {
    const list = make("datalist", { id: "reasons" }, Object.values(this.texts.reasons).map((text) => make("option", { value: text })));
    const input = make("input", { type: "text", maxlength: "300", required: true, list: "reasons" });
    return [this.field("reason", this.texts.dialog.reason, input), list];
  }

  phase(phase, state) {
    this.ask({
      title: this.texts.go[phase],
      body: [make("p", {}, this.texts.goHint[phase])],
      confirm: this.texts.go[phase],
      run: () => this.client.phase(phase),
    });
    if (phase === "RUNNING" && state.papers.some((paper) => !paper.open)) {
      this.fail(this.texts.alert.papersClosed);
    }
  }

  close(state) {
    const open = (state.counts.WORKING ?? 0) + (state.counts.PAUSED ?? 0);
    const input = make("input", { type: "text", inputmode: "numeric", maxlength: "5", class: "input-short" });
    this.ask({
      title: this.texts.go.CLOSED,
      body: [make("p", {}, fill(this.texts.closeAsk, open)), this.field("count", this.texts.closeCount, input)],
      confirm: this.texts.go.CLOSED,
      danger: true,
      run: async () => (this.value("count") === String(open)
        ? this.client.close() : { ok: false, text: fill(this.texts.closeWrong, open) }),
    });
  }

  person(person) {
    const t = this.texts.person;
    const last = person.desk?.lastPicture;
    const facts = [[t.name, person.name], [t.seat, person.seat], [t.room, person.room],
      [t.admission, person.admissionNumber], [t.id, person.idNumber], [t.school, person.school],
      [t.subject, person.subject]].filter(([, value]) => value !== undefined);
    return make("div", { class: "person" },
      person.photo
        ? make("img", { src: `/api/room/photos/${person.sitting}`, width: "118", height: "165", alt: fill(t.photo, person.name) })
        : make("div", { class: "person-none" }, t.noPhoto),
      last ? make("img", { src: `${this.client.base}/pictures/${last}`, width: "220", height: "165", class: "person-now", alt: fill(t.snapshot, person.name) }) : null,
      make("dl", { class: "facts" }, facts.flatMap(([name, value]) =>
        [make("dt", {}, name), make("dd", {}, String(value))])));
  }

  async checkIn(number) {
    const found = await this.client.find(number);
    if (!found.ok) {
      this.ask({ title: `${this.texts.checkIn} · ${number}`, body: [make("p", {}, found.text)] });
      return;
    }
    this.confirm(found.value);
  }

  // Look first, then enter; whoever comes after the time for late starts needs a reason.
  confirm(person, { camera = false } = {}) {
    const already = person.state !== "EXPECTED" && person.state !== "ABSENT";
    const late = this.late() && !already ? this.reasonField() : [];
    this.ask({
      title: already ? this.texts.checkedInAlready : this.texts.checkIn,
      body: [this.person(person), make("p", { class: "hint" }, this.texts.checkInLook), ...late],
      confirm: already ? null : this.texts.checkInConfirm,
      run: already ? null : () => this.client.checkIn(person.admissionNumber,
        { camera, reason: late.length > 0 ? this.value("reason") : "" }),
    });
  }

  seat(seat, state, room) {
    const acts = this.actionsFor(seat.state);
    const t = this.texts;
    const act = (action) => make("button", {
      type: "button",
      class: action === "hand-in" ? "button button-small button-danger" : "button button-small button-second",
      onclick: () => this.action(action, [seat.sitting], { seat, room }),
    }, t.act[action]);
    const lines = [t.seat[seat.state]];
    if (seat.remainingMillis !== null) {
      lines.push(fill(t.minutesLeft, minutes(seat.remainingMillis)));
    }
    const last = seat.state === "WORKING" ? seat.seenMillisAgo : null;
    if (last !== null && last > 15_000) {
      lines.push(fill(t.silentFor, Math.round(last / 1000)));
    }
    if (seat.desk.arrived !== null) {
      lines.push(fill(t.arrived, seat.desk.arrived));
    }
    if (seat.desk.left !== null) {
      lines.push(fill(t.left, seat.desk.left));
    }
    if (seat.desk.sheets > 0) {
      lines.push(fill(t.sheetsReceived, seat.desk.sheets));
    }
    lines.push(`${seat.answered} ${t.answers}`, seat.receivedByCentre ? t.centreYes : t.centreNo);
    this.ask({
      title: `${seat.seat} · ${seat.name}`,
      body: [this.person(seat), make("p", {}, lines.join(" · ")),
        seat.indicators.length === 0 ? null : make("ul", { class: "desk-list" }, seat.indicators.map((found) =>
          make("li", { class: `desk-${found.level.toLowerCase()}` }, t.trouble[found.why],
            found.why.startsWith("IDENTITY")
              ? make("a", { href: `/room/${encodeURIComponent(state.exam)}/identity/${seat.sitting}` }, t.identityDecide)
              : null))),
        this.unsettled(seat),
        // what takes the exam away stands last and apart from what helps
        make("div", { class: "row" }, acts.filter((action) => action !== "hand-in").map(act),
        this.plain(t.message, () => this.message([seat.sitting])),
        this.plain(t.act.warn, () => this.warn([seat.sitting], `${seat.seat} · ${seat.name}`)),
        this.plain(t.incident, () => this.incident(seat.sitting)),
        this.plain(t.openCase, () => this.openCase(seat.sitting, `${seat.seat} · ${seat.name}`)),
        this.plain(t.act.swap, () => this.swap(seat)),
        acts.includes("release") ? this.plain(t.handover.title, () => this.handover(seat)) : null,
        this.plain(t.lateChange, () => this.lateChange(seat.sitting, `${seat.seat} · ${seat.name}`))),
        acts.includes("hand-in") ? make("div", { class: "row room-last" }, act("hand-in")) : null],
    });
  }

  // A raised hand is done with here, where one looks at who raised it.
  unsettled(seat) {
    const open = this.waiting(seat.sitting);
    return open.length === 0 ? null : make("ul", { class: "desk-list" }, open.map((each) =>
      make("li", { class: each.leftMillis < 0 ? "desk-bad" : "" },
        make("strong", {}, this.texts.case[each.kind]),
        each.statement === "" ? null : make("span", { class: "desk-text" }, each.statement),
        this.plain(this.texts.desk.settle, () => this.settle(each, `${seat.seat} · ${seat.name}`)))));
  }

  plain(text, run) {
    return make("button", { type: "button", class: "button button-small button-second", onclick: run }, text);
  }

  actionsFor(state) {
    return {
      EXPECTED: ["check-in", "absent", "seat", "reset-pin", "release"],
      CHECKED_IN: ["seat", "reset-pin", "grant-time", "check-out", "undo-check-in", "release"],
      ABSENT: ["check-in"],
      WORKING: ["grant-time", "pause", "seat", "reset-pin", "papers", "check-out", "hand-in"],
      PAUSED: ["resume", "grant-time", "seat", "hand-in"],
      HANDED_IN: ["papers", "check-out", "readmit"],
    }[state];
  }

  action(action, sittings, { seat = null, room = null } = {}) {
    const t = this.texts;
    const names = this.seats().filter((each) => sittings.includes(each.sitting)).map((each) => each.name);
    const body = [make("p", {}, names.length > 5 ? fill(t.selected, names.length) : names.join("、"))];
    if (action === "grant-time" || action === "readmit") {
      const least = action === "readmit" ? "0" : "1";
      body.push(this.field("minutes", t.dialog.minutes,
        make("input", { type: "number", min: least, max: "180", value: least === "0" ? "0" : "5", class: "input-short", required: true }),
        action === "readmit" ? t.dialog.readmitHint : null));
    }
    if (action === "seat") {
      const taken = new Set(room.taken.map((each) => each.seat));
      const free = Array.from({ length: room.seats }, (_, at) => at + 1).filter((number) => !taken.has(number));
      body.push(this.field("seat", fill(t.dialog.seat, seat.seat),
        make("select", {}, free.map((number) => make("option", { value: String(number) }, String(number))))));
    }
    if (action === "papers") {
      body.push(this.field("sheets", t.dialog.sheets,
        make("input", { type: "number", min: "0", max: "200", value: String(seat?.desk.sheets ?? 1), class: "input-short", required: true })));
    }
    const late = action === "check-in" && this.late();
    const leaves = action === "check-out" && this.leaves(seat);
    if (NEEDS_REASON.has(action) || late || leaves) {
      body.push(...this.reasonField());
    }
    this.ask({
      title: t.act[action],
      body,
      confirm: t.act[action],
      danger: action === "hand-in" || action === "absent",
      run: () => this.send(action, sittings),
    });
  }

  async send(action, sittings) {
    const options = {};
    if (NEEDS_REASON.has(action)) {
      options.reason = this.value("reason");
      if (options.reason === "") {
        return { ok: false, text: this.texts.dialog.reasonMissing };
      }
    }
    if (action === "grant-time" || action === "readmit") {
      options.minutes = Number(this.value("minutes"));
    }
    if (action === "seat") {
      options.seat = Number(this.value("seat"));
    }
    if (action === "papers") {
      options.sheets = Number(this.value("sheets"));
    }
    if (action === "check-out" || action === "check-in") {
      options.reason = document.getElementById("d-reason")?.value.trim() ?? "";
    }
    const answer = await this.client.act(action, sittings, options);
    if (!answer.ok) {
      return answer;
    }
    const failed = answer.value.results.filter((result) => !result.done);
    if (failed.length > 0) {
      this.changed();
      return { ok: false, text: fill(this.texts.someFailed, failed.length, failed[0].title ?? failed[0].code) };
    }
    if (action === "reset-pin") {
      const pin = answer.value.results[0].pin;
      this.ask({ title: this.texts.act["reset-pin"], body: [make("p", { class: "new-pin" }, pin), make("p", {}, this.texts.pinHint)] });
      this.changed();
      return { ok: false, text: "" };
    }
    return answer;
  }

  // To these sittings; to everyone when there are none.
  message(sittings, text = "") {
    this.ask({
      title: sittings.length === 0 ? this.texts.messageAll : this.texts.message,
      body: [this.field("text", this.texts.dialog.text, make("textarea", { rows: "3", maxlength: "500", required: true }, text))],
      confirm: this.texts.dialog.send,
      run: async () => (this.value("text") === ""
        ? { ok: false, text: this.texts.dialog.textMissing } : this.client.message(sittings, this.value("text"))),
    });
  }

  incident(sitting) {
    const select = make("select", {}, CATEGORIES.map((code) => make("option", { value: code }, this.texts.categories[code])));
    this.ask({
      title: this.texts.incident,
      body: [this.field("category", this.texts.dialog.category, select),
        this.field("statement", this.texts.dialog.statement, make("textarea", { rows: "4", maxlength: "2000", required: true })),
        this.field("picture", this.texts.dialog.picture, make("input", { type: "file", accept: "image/jpeg", capture: "environment" }))],
      confirm: this.texts.dialog.record,
      run: async () => (this.value("statement") === ""
        ? { ok: false, text: this.texts.dialog.textMissing }
        : this.record(sitting)),
    });
  }

  // The picture first: what is named must be kept already.
  async record(sitting) {
    const picture = document.getElementById("d-picture").files[0];
    const kept = picture ? await this.client.evidence(picture) : { ok: true, value: { evidence: "" } };
    return kept.ok
      ? this.client.incident(sitting, this.value("category"), this.value("statement"), kept.value.evidence) : kept;
  }

  open() {
    const t = this.texts.dialog;
    const code = make("input", { type: "text", inputmode: "numeric", maxlength: "60", class: "input-wide release-code", autocomplete: "off", required: true });
    this.ask({
      title: this.texts.open,
      body: [make("p", {}, t.openHint), this.field("code", t.code, code, t.codeHint),
        make("details", {}, make("summary", {}, t.early),
          this.field("early-reason", t.reason, make("input", { type: "text", maxlength: "300" })),
          this.field("second-login", t.secondLogin, make("input", { type: "text", autocomplete: "off", maxlength: "60" })),
          this.field("second-password", t.secondPassword, make("input", { type: "password", autocomplete: "off", maxlength: "200" })))],
      confirm: this.texts.open,
      run: async () => {
        const login = this.value("second-login");
        const answer = await this.client.open(this.value("code"), this.value("early-reason"),
          login === "" ? null : { login, password: document.getElementById("d-second-password").value });
        const groups = answer.details?.groups;
        return answer.ok || !groups ? answer : { ok: false, text: `${answer.text}（${groups}）` };
      },
    });
  }
}
