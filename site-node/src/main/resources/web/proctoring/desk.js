// The desk beside the seat map: what waits for someone, what was lost, what was said.
import { fill, make, minutes } from "./dom.js";
import { worst } from "./seats.js";

const WORDS_SHOWN = 12;

export class Desk {
  constructor({ client, texts, dialogs, changed }) {
    Object.assign(this, { client, texts, dialogs, changed });
    this.box = document.getElementById("desk");
    this.shown = { cases: [], messages: [], changes: [], words: [] };
  }

  async load(seats, openSeat) {
    const answer = await this.client.desk();
    if (answer.ok) {
      this.shown = answer.value;
    }
    this.draw(seats, openSeat);
  }

  draw(seats, openSeat) {
    const kept = document.activeElement?.dataset?.desk;
    const parts = [this.centre(), this.troubles(seats, openSeat), this.claims(seats), this.losses(seats), this.cases(seats), this.words(seats)];
    this.box.replaceChildren(...parts.filter((part) => part !== null));
    if (kept) {
      this.box.querySelector(`[data-desk="${CSS.escape(kept)}"]`)?.focus();
    }
  }

  name(seats, sitting) {
    const seat = seats.find((each) => each.sitting === sitting);
    return seat ? `${seat.seat} · ${seat.name}` : this.texts.desk.room;
  }

  section(title, ...content) {
    return make("section", { class: "desk-part" }, make("h2", {}, title), ...content);
  }

  button(id, text, run, look = "button-second") {
    return make("button", { type: "button", class: `button button-small ${look}`, "data-desk": id, onclick: run }, text);
  }

  // The centre speaks to the staff; candidates hear of it only when a proctor announces it.
  centre() {
    const { words } = this.shown;
    if (words.length === 0) {
      return null;
    }
    const t = this.texts.centre;
    const open = words.filter((word) => word.readBy === "");
    const read = words.filter((word) => word.readBy !== "");
    const line = (word, ...more) => make("li", { class: word.readBy === "" ? "desk-bad" : "" },
      make("span", { class: "muted" }, `${clock(word.sent)} ${word.from}`),
      make("span", { class: word.readBy === "" ? "desk-text desk-centre" : "desk-text" }, word.text), ...more);
    const announce = (word) => this.button(`a${word.id}`, t.announce, () => this.dialogs.message([], word.text));
    return this.section(open.length > 0 ? `${t.title} (${open.length})` : t.title,
      make("ul", { class: "desk-list", "aria-live": "polite" }, open.map((word) => line(word,
        this.button(`r${word.id}`, t.read, async () => {
          await this.client.readCentre(word.id);
          this.changed();
        }, ""), announce(word)))),
      read.length === 0 ? null : make("details", {}, make("summary", {}, fill(t.earlier, read.length)),
        make("ul", { class: "desk-list" }, read.map((word) => line(word,
          make("span", { class: "muted" }, fill(t.readBy, word.readBy.replace(/^staff:/, ""), clock(word.readAt))), announce(word))))));
  }

  troubles(seats, openSeat) {
    const rank = { bad: 0, warn: 1 };
    const found = seats.map((seat) => ({ seat, ...worst(seat) }))
      .filter(({ level }) => level in rank)
      .sort((one, other) => rank[one.level] - rank[other.level] || one.seat.seat - other.seat.seat);
    if (found.length === 0) {
      return null;
    }
    return this.section(`${this.texts.desk.troubles} (${found.length})`, make("ul", { class: "desk-list" },
      found.map(({ seat, level, why }) => make("li", { class: `desk-${level}` },
        this.button(`t${seat.sitting}`, `${seat.seat} · ${seat.name}`, () => openSeat(seat), "button-link"),
        make("span", {}, this.texts.trouble[why])))));
  }

  // Phones prove that someone was in front of the screen, not who: a proctor looks once.
  claims(seats) {
    const open = seats.filter((seat) => seat.desk.claimOpen && seat.state !== "ABSENT");
    if (open.length === 0) {
      return null;
    }
    const t = this.texts.desk;
    const confirm = async (sittings) => {
      await this.client.act("confirm-claim", sittings);
      this.changed();
    };
    return this.section(`${t.claims} (${open.length})`, make("p", { class: "hint" }, t.claimsHint),
      make("ul", { class: "desk-list" }, open.map((seat) => make("li", {},
        make("span", {}, `${seat.seat} · ${seat.name}`), make("span", { class: "muted" }, seat.desk.arrived ?? ""),
        this.button(`k${seat.sitting}`, t.seen, () => confirm([seat.sitting]))))),
      open.length > 1 ? this.button("k-all", fill(t.seenAll, open.length), () => confirm(open.map((seat) => seat.sitting))) : null);
  }

  losses(seats) {
    const open = seats.filter((seat) => seat.desk.proposedMillis > 0
      && (seat.state !== "HANDED_IN" || seat.desk.handedInByTime));
    if (open.length === 0) {
      return null;
    }
    const t = this.texts.desk;
    return this.section(t.losses, make("p", { class: "hint" }, t.lossesHint),
      make("ul", { class: "desk-list" }, open.map((seat) => make("li", {},
        make("span", {}, `${seat.seat} · ${seat.name}`),
        make("span", { class: "muted" }, fill(t.lost, duration(seat.desk.lostMillis), duration(seat.desk.compensatedMillis))),
        this.button(`l${seat.sitting}`, fill(t.give, minutes(seat.desk.proposedMillis)),
          () => this.give([seat.sitting]))))),
      open.length > 1 ? this.button("l-all", fill(t.giveAll, open.length), () => this.give([]), "") : null);
  }

  // One tap: the reason is the measurement itself.
  async give(sittings) {
    const answer = await this.client.compensate(sittings, this.texts.desk.measured);
    const failed = answer.ok ? answer.value.results.filter((result) => !result.done) : [];
    if (!answer.ok || failed.length > 0) {
      this.dialogs.ask({ title: this.texts.desk.losses, body: [make("p", {}, answer.ok
        ? fill(this.texts.someFailed, failed.length, failed[0].title ?? failed[0].code) : answer.text)] });
    }
    this.changed();
  }

  cases(seats) {
    const open = this.shown.cases.filter((each) => each.outcome === null);
    if (open.length === 0) {
      return null;
    }
    const t = this.texts.desk;
    return this.section(`${t.cases} (${open.length})`, make("ul", { class: "desk-list" }, open.map((each) =>
      make("li", { class: each.leftMillis < 0 ? "desk-bad" : "" },
        make("strong", {}, this.texts.case[each.kind]),
        make("span", {}, this.name(seats, each.sitting)),
        make("span", { class: "muted" }, `${this.texts.owner[each.owner]} · ${each.leftMillis < 0
          ? fill(t.overdue, minutes(-each.leftMillis)) : fill(t.due, minutes(each.leftMillis))}`),
        each.statement === "" ? null : make("span", { class: "desk-text" }, each.statement),
        this.button(`c${each.id}`, t.settle, () => this.dialogs.settle(each, this.name(seats, each.sitting)))))));
  }

  waiting(sitting) {
    return this.shown.cases.filter((each) => each.outcome === null && each.sitting === sitting);
  }

  words(seats) {
    const t = this.texts.desk;
    const { messages, changes } = this.shown;
    const settled = this.shown.cases.filter((each) => each.outcome !== null);
    if (messages.length + changes.length + settled.length === 0) {
      return null;
    }
    const lines = [
      ...messages.map((each) => [each.at, this.texts.words[each.kind], each.sitting === 0 ? t.all : this.name(seats, each.sitting), each.text, each.by]),
      ...changes.map((each) => [each.at, this.texts.change[each.kind], this.name(seats, each.sitting), `${each.detail} — ${each.reason}`, each.by]),
      ...settled.map((each) => [each.at, this.texts.case[each.kind], this.name(seats, each.sitting),
        `${this.texts.outcome[each.outcome]} ${each.note}`, each.by]),
    ].sort((one, other) => other[0].localeCompare(one[0])).slice(0, WORDS_SHOWN);
    return make("details", { class: "desk-part" }, make("summary", {}, `${t.log} (${messages.length + changes.length + settled.length})`),
      make("ul", { class: "desk-list" }, lines.map(([at, kind, whom, text, by]) => make("li", {},
        make("span", { class: "muted" }, clock(at)), make("strong", {}, kind), make("span", {}, whom),
        make("span", { class: "desk-text" }, text), make("span", { class: "muted" }, by.replace(/^staff:/, ""))))));
  }
}

function clock(instant) {
  return new Date(instant).toLocaleTimeString("en-GB",
    { hour: "2-digit", minute: "2-digit", timeZone: document.documentElement.dataset.zone });
}

function duration(millis) {
  const seconds = Math.round(millis / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
