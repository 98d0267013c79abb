// Puts a step of the check into words, marks and an arrow.
export class CheckView {
  constructor(texts) {
    this.texts = texts;
    this.say = document.getElementById("identity-say");
    this.view = document.getElementById("identity-view");
    this.arrow = document.getElementById("identity-arrow");
    this.progress = document.getElementById("identity-progress");
    this.said = "";
  }

  // A status region reads what changes: the same words are not written again.
  tell(text) {
    if (text !== this.said) {
      this.said = text;
      this.say.textContent = text;
    }
  }

  open(shown) {
    this.view.hidden = !shown;
    this.progress.hidden = !shown;
    this.arrow.hidden = true;
  }

  step({ kind, advice, good, turn }) {
    [...this.progress.children].forEach((mark, at) => mark.classList.toggle("done", at < good));
    this.arrow.hidden = turn !== "TURN_LEFT" && turn !== "TURN_RIGHT";
    this.arrow.classList.toggle("left", turn === "TURN_LEFT");
    this.view.classList.toggle("good", kind === "TURNING" || (kind === "LOOKING" && advice.length === 0));
    if (kind === "UNREACHABLE" || kind === "BUSY") {
      this.tell(this.texts[kind === "BUSY" ? "busy" : "unreachable"]);
    } else if (advice.length > 0) {
      this.tell(this.texts.advice[advice[0]]);
    } else if (kind === "TURNING") {
      this.tell(this.texts.turn[turn]);
    } else if (kind === "LOOKING") {
      this.tell(this.texts.hold);
    }
  }
}
