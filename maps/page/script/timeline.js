// The time strip: how many items when, a brush, steps from event to event. Dates are compared as whole numbers of days.

const BARS = 90;
const LANES = 4; // rows of interval bars for items dated to more than a day
const INTERVALS = 120;
const PLAY_MS = 900;

function buildTimeline(app) {
  const dated = app.data.items.filter((item) => item.dated);
  const undated = app.data.items.length - dated.length;
  const strip = { node: null, playing: null };
  app.strip = strip;
  if (!app.data.items.length) return null;
  if (!dated.length) return h("p", { class: "small" }, t("time.none"));
  strip.first = Math.min(...dated.map((item) => item.start));
  strip.last = Math.max(...dated.map((item) => item.end));
  strip.stops = [...new Set(dated.map((item) => item.start))].sort((a, b) => a - b);
  strip.picture = svg("svg", { class: "strip", preserveAspectRatio: "none", viewBox: `0 0 1000 60`, role: "img",
    "aria-label": t("time.label", { first: dayWords(strip.first), last: dayWords(strip.last - 1) }) });
  strip.ends = h("div", { class: "ends", "aria-hidden": "true" }, h("span", {}, dayWords(strip.first)), h("span", {}, dayWords(strip.last - 1)));
  drawStrip(strip, dated);
  brushing(app, strip);
  const day = (name, words, value) => {
    const input = h("input", { type: "date", min: isoDay(strip.first), max: isoDay(strip.last - 1), value: isoDay(value), "aria-label": words,
      change: () => { if (input.value) setEdge(app, name, Math.round(Date.parse(input.value + "T00:00:00Z") / DAY_MS)); } });
    strip[name] = input;
    return input;
  };
  strip.modes = h("span", { class: "modes", role: "group", "aria-label": t("time.mode") }, ["all", "until", "window"].map((mode) =>
    h("button", { type: "button", "data-mode": mode, "aria-pressed": "false", click: () => setMode(app, mode) }, t("time." + mode))));
  strip.play = h("button", { type: "button", class: "play", click: () => play(app) }, t("time.play"));
  strip.box = h("input", { type: "checkbox", change: () => app.change((f) => { f.undated = strip.box.checked; }) });
  strip.days = h("span", { class: "days" }, day("fromInput", t("time.from"), strip.first), h("span", { "aria-hidden": "true" }, "–"), day("toInput", t("time.to"), strip.last - 1));
  return [
    h("div", { class: "time-tools" },
      strip.modes,
      h("button", { type: "button", "aria-label": t("time.previous"), title: t("time.previous"), click: () => step(app, -1) }, "‹"),
      h("button", { type: "button", "aria-label": t("time.next"), title: t("time.next"), click: () => step(app, 1) }, "›"),
      strip.play, strip.days,
      undated ? h("label", { class: "undated" }, strip.box, t("time.undated", { n: undated.toLocaleString("en") })) : null),
    h("div", { class: "strip-frame" }, strip.picture),
    strip.ends,
  ];
}

function atX(strip, day) {
  return (day - strip.first) / (strip.last - strip.first) * 1000;
}

function drawStrip(strip, dated) {
  const span = strip.last - strip.first;
  const bars = Math.min(BARS, span);
  const counts = new Array(bars).fill(0);
  const binOf = (day) => Math.min(bars - 1, Math.floor((day - strip.first) / span * bars));
  for (const item of dated) counts[binOf(item.start)] += 1;
  const most = Math.max(...counts);
  const floor = 42;
  strip.shade = svg("rect", { class: "shade", y: 0, height: 60, x: 0, width: 1000 });
  strip.picture.append(strip.shade);
  counts.forEach((n, i) => {
    if (!n) return;
    const tall = Math.max(3, n / most * (floor - 4));
    const width = Math.min(1000 / bars - 1, 14);
    strip.picture.append(svg("rect", { class: "bar", x: i / bars * 1000 + (1000 / bars - width) / 2, y: floor - tall, width, height: tall }));
  });
  strip.picture.append(svg("line", { class: "axis", x1: 0, x2: 1000, y1: floor + 0.5, y2: floor + 0.5 }));
  const wide = dated.filter((item) => item.end - item.start > 1).sort((a, b) => a.start - b.start).slice(0, INTERVALS);
  const lanes = new Array(LANES).fill(-Infinity);
  for (const item of wide) {
    const lane = lanes.findIndex((end) => end <= item.start);
    if (lane < 0) continue;
    lanes[lane] = item.end;
    strip.picture.append(svg("rect", { class: "interval", x: atX(strip, item.start), width: Math.max(3, atX(strip, item.end) - atX(strip, item.start) - 1), y: floor + 4 + lane * 4, height: 2.4 }));
  }
}

/** Drag over the strip to take a window. */
function brushing(app, strip) {
  let from = null;
  const dayAt = (event) => {
    const box = strip.picture.getBoundingClientRect();
    return Math.floor(strip.first + Math.max(0, Math.min(0.9999, (event.clientX - box.left) / box.width)) * (strip.last - strip.first));
  };
  strip.picture.addEventListener("pointerdown", (event) => {
    from = dayAt(event);
    strip.picture.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  strip.picture.addEventListener("pointermove", (event) => {
    if (from === null) return;
    const to = dayAt(event);
    app.change((f) => {
      if (f.time === "until") f.to = to + 1;
      else Object.assign(f, { time: "window", from: Math.min(from, to), to: Math.max(from, to) + 1 });
    });
  });
  strip.picture.addEventListener("pointerup", (event) => {
    const to = dayAt(event);
    if (to === from) {
      app.change((f) => {
        if (f.time === "window") Object.assign(f, { from, to: from + 1 });
        else Object.assign(f, { time: "until", to: from + 1 });
      });
    }
    from = null;
  });
}

function setMode(app, mode) {
  const { strip } = app;
  app.change((f) => {
    f.time = mode;
    if (f.to === null) f.to = strip.last;
    if (f.from === null) f.from = strip.first;
  });
}

function setEdge(app, name, day) {
  app.change((f) => {
    if (f.time === "all") f.time = name === "toInput" ? "until" : "window";
    if (f.from === null) f.from = app.strip.first;
    if (f.to === null) f.to = app.strip.last;
    if (name === "toInput") f.to = day + 1;
    else f.from = day;
  });
}

/** To the next day on which something begins; the window's breadth is kept. */
function step(app, way) {
  const { strip, filter } = app;
  const now = filter.time === "all" || filter.to === null ? (way > 0 ? strip.first - 1 : strip.last) : filter.to - 1;
  const next = way > 0 ? strip.stops.find((day) => day > now) : [...strip.stops].reverse().find((day) => day < now);
  if (next === undefined) return false;
  app.change((f) => {
    const breadth = f.time === "window" && f.from !== null && f.to !== null ? f.to - f.from : 1;
    if (f.time === "all") f.time = "until";
    f.to = next + 1;
    if (f.time === "window") f.from = f.to - breadth;
  });
  return true;
}

/** Steps by itself only when asked to; with reduced motion a press of Play is one step. */
function play(app) {
  const { strip } = app;
  if (strip.playing) return halt(strip);
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return void step(app, 1);
  if (app.filter.time === "all" || app.filter.to >= strip.last) app.change((f) => Object.assign(f, { time: "until", to: strip.first }));
  refill(strip.play, t("time.stop"));
  strip.playing = setInterval(() => { if (!step(app, 1)) halt(strip); }, PLAY_MS);
}

function halt(strip) {
  clearInterval(strip.playing);
  strip.playing = null;
  refill(strip.play, t("time.play"));
}

function showTimeline(app) {
  const { strip, filter } = app;
  if (!strip || !strip.picture) return;
  for (const button of strip.modes.children) button.setAttribute("aria-pressed", String(button.dataset.mode === filter.time));
  strip.box.checked = filter.undated;
  const from = filter.time === "window" && filter.from !== null ? filter.from : strip.first;
  const to = filter.time !== "all" && filter.to !== null ? filter.to : strip.last;
  const x = Math.max(0, atX(strip, from));
  strip.shade.setAttribute("x", x);
  strip.shade.setAttribute("width", Math.max(0, Math.min(1000, atX(strip, to)) - x));
  strip.fromInput.value = isoDay(from);
  strip.toInput.value = isoDay(Math.max(to - 1, strip.first));
  strip.fromInput.disabled = filter.time !== "window";
  strip.toInput.disabled = filter.time === "all";
}
