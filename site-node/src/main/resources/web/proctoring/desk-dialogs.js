// Questions of the desk: cases of the emergency table, late changes, swaps, warnings.
import { fill, make } from "./dom.js";
import { RoomDialogs } from "./room-dialogs.js";

export class DeskDialogs extends RoomDialogs {
  choice(id, label, texts) {
    return this.field(id, label, make("select", {}, Object.entries(texts).map(([code, text]) => make("option", { value: code }, text))));
  }

  text(id, label, { required = true, hint = null, rows = "3", limit = "500" } = {}) {
    return this.field(id, label, make("textarea", { rows, maxlength: limit, required }), hint);
  }

  openCase(sitting, name) {
    const t = this.texts.dialog;
    const kinds = Object.fromEntries(Object.entries(this.texts.case).filter(([kind]) => !["HELP", "CALL_CENTRE"].includes(kind)));
    const advice = make("p", { class: "notice", "aria-live": "polite" });
    const kind = this.choice("kind", t.caseKind, kinds);
    const tell = (event) => { advice.textContent = this.texts.advice[event.target.value]; };
    kind.querySelector("select").addEventListener("change", tell);
    tell({ target: kind.querySelector("select") });
    this.ask({
      title: name === null ? this.texts.openCase : `${this.texts.openCase} · ${name}`,
      body: [kind, advice, this.text("statement", t.statement, { limit: "2000" })],
      confirm: t.record,
      run: async () => (this.value("statement") === ""
        ? { ok: false, text: t.textMissing }
        : this.client.openCase(sitting, this.value("kind"), this.value("statement"))),
    });
  }

  // The centre's board shows it at once, when the line is up; the telephone is there for when it is not.
  callCentre() {
    const t = this.texts.dialog;
    this.ask({
      title: this.texts.case.CALL_CENTRE,
      body: [make("p", { class: "notice" }, this.texts.advice.CALL_CENTRE), this.text("statement", t.statement)],
      confirm: this.texts.centre.call,
      run: async () => (this.value("statement") === ""
        ? { ok: false, text: t.textMissing }
        : this.client.openCase(0, "CALL_CENTRE", this.value("statement"))),
    });
  }

  settle(each, name) {
    const t = this.texts.dialog;
    const help = each.kind === "HELP";
    const body = [make("p", {}, `${name}`), each.statement === "" ? null : make("blockquote", {}, each.statement),
      help ? null : make("p", { class: "notice" }, this.texts.advice[each.kind])].filter((part) => part !== null);
    if (!help) {
      body.push(this.choice("step", t.step, { ...prefixed("outcome", this.texts.outcome),
        ...prefixed("owner", Object.fromEntries(Object.entries(this.texts.passOn).filter(([owner]) => owner !== each.owner))) }));
    }
    body.push(this.text("note", help ? t.noteOptional : t.note, { required: !help }));
    this.ask({
      title: this.texts.case[each.kind],
      body,
      confirm: this.texts.desk.settle,
      run: async () => {
        const note = this.value("note");
        if (help) {
          return this.client.stepCase(each.id, { outcome: "SOLVED", note });
        }
        const [field, code] = this.value("step").split(".");
        return note === "" ? { ok: false, text: t.textMissing } : this.client.stepCase(each.id, { [field]: code, note });
      },
    });
  }

  snapshots(now) {
    const t = this.texts.dialog;
    this.ask({
      title: this.texts.snapshots,
      body: [make("p", { class: "hint" }, t.snapshotsHint),
        this.field("seconds", t.snapshotsEvery, make("select", {}, [0, 30, 60, 120, 300].map((seconds) =>
          make("option", { value: String(seconds), selected: seconds === now }, seconds === 0 ? t.snapshotsOff : fill(t.seconds, seconds))))),
        ...this.reasonField()],
      confirm: t.record,
      run: async () => (this.value("reason") === ""
        ? { ok: false, text: t.reasonMissing }
        : this.client.snapshots(Number(this.value("seconds")), this.value("reason"))),
    });
  }

  // What the centre needs to correct its records is asked for only where the kind of change has it.
  lateChange(sitting, name) {
    const t = this.texts.dialog;
    const input = (id, label, attributes = {}) =>
      this.field(id, label, make("input", { type: "text", maxlength: "100", autocomplete: "off", ...attributes }));
    const parts = {
      candidate: input("candidate", t.changeCandidate), proctor: input("proctor", t.changeProctor),
      subject: input("subject", t.changeSubject), replaces: input("replaces", t.changeReplaces),
      room: input("room", t.changeRoom, { list: "d-rooms" }), seat: input("seat", t.changeSeat, { type: "number", min: "1", max: "9999" }),
    };
    const asked = { EXTRA_CANDIDATE: ["candidate", "subject", "room", "seat"], ROOM_SWAP: ["room", "seat"],
      STAND_IN_PROCTOR: ["proctor", "replaces", "room"] };
    const rooms = make("datalist", { id: "d-rooms" },
      [...new Set(this.seats().map((seat) => seat.room))].map((room) => make("option", { value: room })));
    const kind = this.choice("kind", t.changeKind, this.texts.change);
    const show = () => {
      const wanted = asked[kind.querySelector("select").value] ?? [];
      Object.entries(parts).forEach(([part, field]) => { field.hidden = !wanted.includes(part); });
    };
    kind.querySelector("select").addEventListener("change", show);
    show();
    const said = (part) => (parts[part].hidden ? "" : this.value(part));
    this.ask({
      title: name === null ? this.texts.lateChange : `${this.texts.lateChange} · ${name}`,
      body: [make("p", { class: "hint" }, t.lateHint), kind, ...Object.values(parts), rooms,
        this.text("detail", t.changeDetail), ...this.reasonField()],
      confirm: t.record,
      run: async () => (this.value("detail") === "" || this.value("reason") === ""
        ? { ok: false, text: t.textMissing }
        : this.client.lateChange(sitting, this.value("kind"), this.value("detail"), this.value("reason"), {
          person: said("candidate") || said("proctor"), room: said("room"), seat: Number(said("seat") || 0),
          subject: said("subject"), replaces: said("replaces"),
        })),
    });
  }

  // Two officials, also without a line; the password is shown once and kept nowhere.
  standIn(rooms) {
    const t = this.texts.standIn;
    const d = this.texts.dialog;
    const input = (id, label, attributes = {}, hint = null) =>
      this.field(id, label, make("input", { type: "text", maxlength: "100", autocomplete: "off", required: true, ...attributes }), hint);
    this.ask({
      title: t.title,
      body: [make("p", { class: "hint" }, t.hint), input("name", t.name), input("number", t.number, { maxlength: "32" }, t.numberHint),
        this.field("room", t.room, make("select", {}, rooms.map((room) => make("option", { value: room }, room)))),
        input("replaces", d.changeReplaces, { required: false }), ...this.reasonField(),
        input("second-login", d.secondLogin, { maxlength: "60" }),
        this.field("second-password", d.secondPassword, make("input", { type: "password", autocomplete: "off", maxlength: "200", required: true }))],
      confirm: t.open,
      run: async () => {
        const asked = Object.fromEntries(["name", "number", "room", "replaces", "reason"].map((part) => [part, this.value(part)]));
        if (asked.name === "" || asked.number === "" || asked.reason === "") {
          return { ok: false, text: d.textMissing };
        }
        const answer = await this.client.standIn({ ...asked,
          second: { login: this.value("second-login"), password: document.getElementById("d-second-password").value } });
        if (!answer.ok) {
          return answer;
        }
        this.ask({ title: t.title, body: [make("p", {}, fill(t.login, answer.value.login)),
          make("p", { class: "new-pin" }, answer.value.password), make("p", { class: "hint" }, fill(t.once, asked.room))] });
        this.changed();
        return { ok: false, text: "" };
      },
    });
  }

  swap(seat) {
    const t = this.texts.dialog;
    const others = this.seats().filter((each) => each.room === seat.room && each.sitting !== seat.sitting)
      .sort((one, other) => one.seat - other.seat);
    this.ask({
      title: `${this.texts.act.swap} · ${seat.seat} · ${seat.name}`,
      body: [this.field("other", t.swapWith, make("select", {}, others.map((each) =>
        make("option", { value: String(each.sitting) }, `${each.seat} · ${each.name}`)))), ...this.reasonField()],
      confirm: this.texts.act.swap,
      run: async () => (this.value("reason") === ""
        ? { ok: false, text: t.reasonMissing }
        : this.client.swap(seat.sitting, Number(this.value("other")), this.value("reason"))),
    });
  }

  // Where no line is, two proctors tell the centre by telephone that this server gave somebody up.
  async handover(seat) {
    const t = this.texts.handover;
    const answer = await this.client.handover(seat.sitting);
    const body = answer.ok
      ? [make("p", {}, fill(t.sitting, answer.value.sitting)), make("p", {}, fill(t.half, answer.value.half)),
        make("p", { class: "new-pin" }, answer.value.code), make("p", { class: "hint" }, t.hint)]
      : [make("p", {}, answer.text)];
    this.ask({ title: `${t.title} · ${seat.seat} · ${seat.name}`, body });
  }

  warn(sittings, name) {
    const t = this.texts.dialog;
    this.ask({
      title: `${this.texts.act.warn} · ${name ?? fill(this.texts.selected, sittings.length)}`,
      body: [make("p", { class: "hint" }, t.warnHint), this.text("text", t.text)],
      confirm: this.texts.act.warn,
      danger: true,
      run: async () => (this.value("text") === ""
        ? { ok: false, text: t.textMissing } : this.client.message(sittings, this.value("text"), true)),
    });
  }
}

function prefixed(prefix, texts) {
  return Object.fromEntries(Object.entries(texts).map(([code, text]) => [`${prefix}.${code}`, text]));
}
