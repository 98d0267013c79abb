// What the page says of its saves: one line for all, a mark for each item that waits.

const TONES = { TWO_DEVICES: "two", ONE_DEVICE: "one" };

export class SaveView {
  constructor({ box, text, centre, sections, links, texts }) {
    Object.assign(this, { box, text, centre, sections, links, texts });
  }

  // state of the autosave -> the text shown
  show(state, standing) {
    const [tone, text] = this.#words(state);
    this.box.dataset.tone = tone;
    if (this.text.textContent !== text) {
      this.text.textContent = text;
    }
    if (state.unsaved > 0) {
      // what the centre received before is not all any more; the node says when it is again
      this.centre.textContent = this.texts.notAtCentre;
    }
    this.sections.forEach((section, at) => {
      const how = standing(section.dataset.item);
      this.links[at].classList.toggle("is-waiting", how !== "saved");
      const line = section.querySelector(".item-standing");
      line.hidden = how === "saved" || (how === "waiting" && state.reachable && !state.slow);
      line.textContent = line.hidden ? "" : this.texts.standing[how];
    });
    return text;
  }

  #words(state) {
    const { texts } = this;
    if (state.refused) {
      return ["refused", texts.refused[state.refused]
        ?? texts.refused.other.replace("{0}", state.refused)];
    }
    if (state.conflicts > 0) {
      return ["refused", texts.conflicts.replace("{0}", state.conflicts)];
    }
    if (!state.reachable || state.slow) {
      return ["unreachable", texts.saveUnreachable.replace("{0}", state.unsaved)];
    }
    if (state.unsaved > 0) {
      return ["saving", texts.saving];
    }
    if (state.durability) {
      const tone = TONES[state.durability] ?? "one";
      return [tone, (tone === "two" ? texts.savedTwo : texts.savedOne).replace("{0}", state.at)];
    }
    return ["idle", texts.saveIdle];
  }
}
