// Answers on a picture: points set and strokes drawn, with mouse, pen, finger or keyboard. A value of
// the response is a point "x y" or a stroke "x,y x,y ..." in whole pixels of the picture. Areas are
// ordinary boxes; a click on an area is a click on its box.

const NS = "http://www.w3.org/2000/svg";
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEPS_ACROSS = 50;
const CHARACTERS_MAX = 36_000;
const POINTS_MAX = 50;

const surfaces = (within) => [...within.querySelectorAll("[data-surface]")];
const valuesOf = (box) => JSON.parse(box.dataset.values ?? "[]");

export function readSurfaces(section, response) {
  for (const box of surfaces(section)) {
    const values = valuesOf(box);
    if (values.length > 0) {
      response[box.dataset.surface] = values;
    }
  }
}

export function writeSurfaces(section, response) {
  for (const box of surfaces(section)) {
    box.dataset.values = JSON.stringify(response[box.dataset.surface] ?? []);
    delete box.dataset.pen;
    draw(box);
  }
  showAreas(section);
}

export function surfaceNames(section) {
  return surfaces(section).map((box) => box.dataset.surface);
}

// What a preview says of values: how many there are, or null when the response is no picture's.
export function surfaceText(section, name, values) {
  const box = surfaces(section).find((each) => each.dataset.surface === name);
  return box === undefined ? null : box.dataset.placed.replace("{0}", values.length);
}

// Chosen areas look chosen.
export function showAreas(section) {
  for (const area of section.querySelectorAll("[data-spot]")) {
    area.classList.toggle("is-chosen", document.getElementById(area.dataset.spot).checked);
  }
}

// changed(section) is called after each change.
export function surfaceControls(root, changed) {
  root.addEventListener("click", (event) => {
    const area = event.target.closest("[data-spot]");
    if (area) {
      document.getElementById(area.dataset.spot).click();
    }
    const action = event.target.closest("[data-surface-do]")?.dataset.surfaceDo;
    if (action) {
      const box = event.target.closest("[data-surface]");
      keep(box, action === "clear" ? [] : valuesOf(box).slice(0, -1), changed);
    }
  });
  root.addEventListener("input", (event) => {
    const section = event.target.closest(".item");
    if (section) {
      showAreas(section);
    }
  });
  surfaces(root).forEach((box) => listen(box, changed));
}

function listen(box, changed) {
  const svg = box.querySelector("svg");
  const strokes = box.dataset.kind === "strokes";
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) {
      return;
    }
    const at = placeOf(svg, event);
    moveTo(box, at);
    if (strokes) {
      svg.setPointerCapture(event.pointerId);
      pen(box, true, changed);
    } else {
      setPoint(box, changed);
    }
  });
  svg.addEventListener("pointermove", (event) => {
    if (strokes && svg.hasPointerCapture(event.pointerId) && box.dataset.pen) {
      const [x, y] = placeOf(svg, event);
      const [lastX, lastY] = crossOf(box);
      if (Math.hypot(x - lastX, y - lastY) >= Math.max(1, Number(box.dataset.radius) / 3)) {
        moveTo(box, [x, y]);
        longer(box, changed);
      }
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    svg.addEventListener(end, () => box.dataset.pen && pen(box, false, changed));
  }
  svg.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      const far = event.shiftKey ? 1 : Math.max(1, Math.round(sizeOf(svg)[0] / STEPS_ACROSS));
      const [x, y] = crossOf(box);
      moveTo(box, [x + step[0] * far, y + step[1] * far]);
      if (box.dataset.pen) {
        longer(box, changed);
      }
      say(box, box.dataset.position
        .replace("{0}", crossOf(box)[0]).replace("{1}", crossOf(box)[1]));
    } else if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      if (strokes) {
        pen(box, !box.dataset.pen, changed);
      } else {
        setPoint(box, changed);
      }
    } else if (event.key === "Escape" && box.dataset.pen) {
      pen(box, false, changed);
    }
  });
  svg.addEventListener("focus", () => draw(box));
  svg.addEventListener("blur", () => {
    delete box.dataset.pen;
    draw(box);
  });
}

function setPoint(box, changed) {
  const [x, y] = crossOf(box);
  const near = 1.5 * Number(box.dataset.radius);
  const values = valuesOf(box);
  const at = values.findIndex((value) => {
    const [otherX, otherY] = value.split(" ").map(Number);
    return Math.hypot(x - otherX, y - otherY) <= near;
  });
  const most = Number(box.dataset.most) || POINTS_MAX;
  if (at >= 0) {
    values.splice(at, 1);
  } else if (most === 1) {
    values.splice(0, values.length, `${x} ${y}`);
  } else if (values.length >= most) {
    say(box, box.dataset.full);
    return;
  } else {
    values.push(`${x} ${y}`);
  }
  keep(box, values, changed);
}

function pen(box, down, changed) {
  if (!down) {
    delete box.dataset.pen;
    say(box, box.dataset.penUp);
    draw(box);
    return;
  }
  const values = valuesOf(box);
  const [x, y] = crossOf(box);
  if (values.length >= Number(box.dataset.most) || isFull(values)) {
    say(box, box.dataset.full);
    return;
  }
  box.dataset.pen = "down";
  keep(box, [...values, `${x},${y}`], changed);
  say(box, box.dataset.penDown);
}

function longer(box, changed) {
  const values = valuesOf(box);
  if (isFull(values)) {
    delete box.dataset.pen;
    say(box, box.dataset.full);
    return;
  }
  values[values.length - 1] += ` ${crossOf(box).join(",")}`;
  keep(box, values, changed);
}

function isFull(values) {
  return values.reduce((sum, value) => sum + value.length, 0) >= CHARACTERS_MAX;
}

function keep(box, values, changed) {
  box.dataset.values = JSON.stringify(values);
  draw(box);
  say(box, box.dataset.placed.replace("{0}", values.length));
  changed(box.closest(".item"));
}

function draw(box) {
  const svg = box.querySelector("svg");
  const radius = Number(box.dataset.radius);
  const marks = valuesOf(box).map((value) => {
    if (box.dataset.kind === "points") {
      const [cx, cy] = value.split(" ");
      return shape("circle", { class: "surface-point", cx, cy, r: radius });
    }
    // one step alone would be drawn as nothing
    const points = value.includes(" ") ? value : `${value} ${value}`;
    return shape("polyline", {
      class: "surface-stroke", points, "stroke-width": Math.max(1, Math.floor(radius / 3)),
    });
  });
  if (document.activeElement === svg) {
    const [x, y] = crossOf(box);
    const d = `M${x - 2 * radius} ${y}H${x + 2 * radius}M${x} ${y - 2 * radius}V${y + 2 * radius}`;
    marks.push(
      shape("path", { class: "surface-cross-edge", d, "stroke-width": Math.max(3, radius) }),
      shape("path", {
        class: box.dataset.pen ? "surface-cross is-down" : "surface-cross",
        d, "stroke-width": Math.max(1, radius / 3),
      }));
  }
  svg.replaceChildren(...marks);
}

function shape(name, attributes) {
  const element = document.createElementNS(NS, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
}

function sizeOf(svg) {
  return [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height];
}

function placeOf(svg, event) {
  const [width, height] = sizeOf(svg);
  const box = svg.getBoundingClientRect();
  return [
    Math.round((event.clientX - box.left) * width / box.width),
    Math.round((event.clientY - box.top) * height / box.height),
  ];
}

function crossOf(box) {
  const [width, height] = sizeOf(box.querySelector("svg"));
  return (box.dataset.cross ?? `${Math.round(width / 2)} ${Math.round(height / 2)}`)
    .split(" ").map(Number);
}

function moveTo(box, [x, y]) {
  const [width, height] = sizeOf(box.querySelector("svg"));
  box.dataset.cross =
    `${Math.min(width, Math.max(0, x))} ${Math.min(height, Math.max(0, y))}`;
  draw(box);
}

function say(box, text) {
  box.querySelector(".surface-said").textContent = text;
}
