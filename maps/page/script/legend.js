// The legend at top left: what the drawing means, and at the same time the switches of the layers.

function buildLegend(app) {
  const { data } = app;
  const style = data.style;
  const sample = (fields) => lookOf({ kind: "route", mode: "unknown", status: "completed", certainty: "stated", support: 1, ...fields }, style, app.scene.dark);
  const modes = new Map(frequent(data.items, (i) => [modeClass(i)]));
  const said = new Map(frequent(data.items, (i) => [strokeClass(i)]));
  const rows = [];
  for (const mode of MODES) {
    const n = modes.get(mode);
    if (n) rows.push(toggle(app, "hiddenModes", mode, swatch(sample({ mode })), t("mode." + mode), n));
  }
  const forces = modes.get("force");
  if (forces) rows.push(toggle(app, "hiddenModes", "force", forceSwatch(app), t("mode.force"), forces));
  const second = STROKE_CLASSES.filter((name) => said.has(name)).map((name) =>
    toggle(app, "hiddenStrokes", name, swatch(sample(STROKE_SAMPLES[name])), t("stroke." + name), said.get(name)));
  return [
    rows.length ? h("fieldset", {}, h("legend", {}, t("legend.mode")), rows) : null,
    second.length ? h("fieldset", {}, h("legend", {}, t("legend.stroke")), second) : null,
    keyRows(app),
    h("p", { class: "small" }, t("schematic")),
  ];
}

const STROKE_SAMPLES = {
  said: {}, unsure: { certainty: "attributed" }, planned: { status: "planned" }, attempted: { status: "attempted" },
  denied: { status: "denied" },
};

/** What no switch belongs to: width, numbers, soft rings, arrivals. */
function keyRows(app) {
  const rows = [];
  const key = (picture, words) => rows.push(h("li", {}, picture, h("span", {}, words)));
  const { items, places } = app.data;
  if (items.some((i) => i.support > 1)) key(widthSwatch(app), t("key.width"));
  if (places.some((place) => place.located && !place.crisp)) key(ringSwatch(app), t("key.vague"));
  if (items.some((i) => i.kind === "route" && i.drawn && !i.legs.length)) key(arrivalSwatch(app), t("key.arrival"));
  return rows.length ? h("ul", { class: "key" }, rows) : null;
}

function toggle(app, set, name, picture, words, n) {
  const box = h("input", { type: "checkbox", change: () => app.change((filter) => {
    if (box.checked) filter[set].delete(name);
    else filter[set].add(name);
  }) });
  box.checked = !app.filter[set].has(name);
  return h("label", { class: "toggle" }, box, picture, h("span", { class: "words" }, words), h("span", { class: "count" }, n.toLocaleString("en")));
}

function frame(...children) {
  return svg("svg", { class: "swatch", width: 46, height: 16, viewBox: "0 0 46 16", "aria-hidden": "true" }, ...children);
}

function forceSwatch(app) {
  const colour = app.scene.dark ? app.data.style.deployment.dark : app.data.style.deployment.light;
  const lines = [4, 10, 16, 22].map((x) => svg("path", { d: `M${x + 18} 15l12 -14`, stroke: colour, "stroke-width": 1 }));
  return frame(svg("path", { d: "M10 1l7 7l-7 7l-7 -7z", fill: colour }), ...lines);
}

function widthSwatch(app) {
  const { style } = app.data;
  const ink = app.scene.dark ? style.hues.unknown.dark : style.hues.unknown.light;
  return frame(...style.widths.map((width, n) => svg("line", { x1: 2 + 15 * n, x2: 14 + 15 * n, y1: 8, y2: 8, stroke: ink, "stroke-width": width })));
}

function ringSwatch(app) {
  const { style } = app.data;
  const ink = app.scene.dark ? style.hues.unknown.dark : style.hues.unknown.light;
  return frame(svg("circle", { cx: 23, cy: 8, r: 5.5, fill: "none", stroke: ink, "stroke-width": 4, opacity: 0.3 }));
}

function arrivalSwatch(app) {
  const { style } = app.data;
  const ink = app.scene.dark ? style.hues.unknown.dark : style.hues.unknown.light;
  return frame(svg("path", { d: "M23 0v7", stroke: ink, "stroke-width": 2 }), svg("path", { d: "M23 11l-4 -6h8z", fill: ink }),
    svg("circle", { cx: 23, cy: 13, r: 2.2, fill: "none", stroke: ink }));
}
