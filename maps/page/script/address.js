// The state of the page in its address, after the #, so that a view can be sent. It is read as data and checked.

const CHOICES = ["status", "certainty", "actor", "source", "place", "q"];

function writeAddress(app) {
  const { filter } = app;
  const out = new URLSearchParams();
  const { lat, lng } = app.map.getCenter();
  if (app.moved) out.set("v", [lat.toFixed(3), lng.toFixed(3), app.map.getZoom().toFixed(2)].join(","));
  for (const name of CHOICES) if (filter[name]) out.set(name, filter[name]);
  if (filter.hiddenModes.size) out.set("hide", [...filter.hiddenModes].join(","));
  if (filter.hiddenStrokes.size) out.set("hideSaid", [...filter.hiddenStrokes].join(","));
  if (filter.time !== "all") out.set("t", [filter.time, filter.from === null ? "" : isoDay(filter.from), filter.to === null ? "" : isoDay(filter.to)].join(","));
  if (!filter.undated) out.set("undated", "0");
  if (app.scene.chosen) out.set("sel", app.scene.chosen.id);
  if (app.theme) out.set("theme", app.theme);
  if (app.tabled) out.set("view", "table");
  const hash = out.toString();
  if (hash === app.address) return;
  app.address = hash;
  try {
    history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
  } catch {
    app.address = hash; // a page inside a srcdoc frame has no address of its own
  }
}

function readAddress(app) {
  const from = new URLSearchParams(location.hash.slice(1));
  const { filter } = app;
  for (const name of CHOICES) if (from.get(name)) filter[name] = from.get(name);
  pickKnown(from.get("hide"), [...MODES, "force"], filter.hiddenModes);
  pickKnown(from.get("hideSaid"), STROKE_CLASSES, filter.hiddenStrokes);
  const [mode, first, last] = (from.get("t") || "").split(",");
  if (mode === "until" || mode === "window") {
    Object.assign(filter, { time: mode, from: readDay(first), to: readDay(last) });
  }
  filter.undated = from.get("undated") !== "0";
  if (from.get("theme") === "dark" || from.get("theme") === "light") app.theme = from.get("theme");
  app.tabled = from.get("view") === "table";
  const view = (from.get("v") || "").split(",").map(Number);
  return {
    view: view.length === 3 && view.every(Number.isFinite) && Math.abs(view[0]) <= 85 && Math.abs(view[1]) <= 720 ? view : null,
    chosen: app.data.byId.get(from.get("sel") || "") || null,
  };
}

function pickKnown(words, known, into) {
  for (const word of (words || "").split(",")) if (known.includes(word)) into.add(word);
}

function readDay(text) {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text || "") ? Date.parse(text + "T00:00:00Z") : NaN;
  return Number.isFinite(ms) ? Math.round(ms / DAY_MS) : null;
}
