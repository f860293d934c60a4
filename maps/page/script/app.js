// The page as a whole: takes folium's map, lays the sheets over it and keeps panel, legend, strip and table in step.

const WIDE_PX = 720;

// Begun at once, while Leaflet makes its map.
const PACKED = ["dateline-data", "dateline-ground", "dateline-strings"].map(unpack);

/** Called by the map's own script once Leaflet's map exists. */
function start(map, options) {
  open(map, options).catch((error) => {
    const words = "This map could not be opened. It needs a browser of 2023 or later.";
    document.getElementById("title").textContent = words;
    throw error;
  });
}

async function open(map, options) {
  const started = performance.now();
  const [raw, groundRaw, strings] = await Promise.all(PACKED);
  STRINGS = strings;
  const data = decode(raw);
  const app = makeApp(map, data, groundRaw, options);
  app.scene.middle = layOut(data);
  const wanted = readAddress(app);
  applyTheme(app);
  buildPage(app);
  refilter(app, false);
  map.invalidateSize({ animate: false, pan: false });
  if (wanted.view) map.setView([wanted.view[0], wanted.view[1]], wanted.view[2], { animate: false });
  else if (wanted.chosen && wanted.chosen.drawn) fit(app, [wanted.chosen], false);
  else fitAll(app, false);
  if (!options.tiles) app.ground = new Sheet((brush, view) => paintGround(brush, view, app.scene.ground, app.scene.colours), "dl-ground").addTo(map);
  app.sheet = new Sheet((brush, view) => paintScene(app, brush, view), "dl-lines").addTo(map);
  app.glow = new Sheet((brush, view) => paintHover(app, brush, view), "dl-glow").addTo(map);
  if (wanted.chosen) app.open(wanted.chosen, false);
  if (app.tabled) app.showTable(true);
  listen(app);
  document.documentElement.dataset.ready = String(Math.round(performance.now() - started));
  report(app);
}

/** What a page that frames this one, or a test, may ask: how much there is, how much is shown, and where. */
function report(app) {
  const { data } = app;
  Object.assign(window.dateline, {
    counts: { routes: data.routes.length, deployments: data.deployments.length, reports: data.reports.length,
      legs: data.routes.reduce((n, route) => n + route.legs.length, 0) },
    shown: () => tally(data, app.scene.visible),
    where: (id) => whereIs(app, id),
  });
}

/** A point of the window at which a route or deployment can be clicked; null if there is none in view. */
function whereIs(app, id) {
  const box = app.map.getContainer().getBoundingClientRect();
  const lines = app.lines.filter((line) => line.route.id === id).sort((a, b) => b.length - a.length);
  const sites = app.picks.filter((pick) => [...pick.site.forces, ...pick.site.stops.map((s) => s.route)].some((item) => item.id === id));
  const points = [...lines.flatMap((line) => [0.5, 0.35, 0.65, 0.2, 0.8].map((share) => pointAt(line, share))), ...sites];
  for (const { x, y } of points) {
    const at = app.map.layerPointToContainerPoint([x, y]);
    const under = document.elementFromPoint(box.left + at.x, box.top + at.y);
    if (under && app.map.getContainer().contains(under)) return [box.left + at.x, box.top + at.y];
  }
  return null;
}

function makeApp(map, data, groundRaw, options) {
  for (const [pane, z] of [["dl-ground", 210], ["dl-lines", 410], ["dl-glow", 405]]) {
    if (!map.getPane(pane)) Object.assign(map.createPane(pane).style, { zIndex: z, pointerEvents: "none" });
  }
  const app = {
    map, data, options, filter: freshFilter(), theme: null, tabled: false, moved: false, address: null,
    scene: { data, ground: decodeGround(groundRaw), dark: false, colours: null, chosen: null, names: !options.tiles,
      visible: new Uint8Array(data.items.length), covered: (view) => coveredBoxes(app, view) },
    hovered: null, screen: null, lines: [], picks: [], picker: null,
  };
  app.change = (edit) => { edit(app.filter); refilter(app, true); };
  app.reset = () => { app.filter = freshFilter(); syncInputs(app); refilter(app, true); };
  app.open = (item, focus) => openItem(app, item, focus);
  app.choose = (item) => { openItem(app, item, false); openPopup(app, popupOf(app, item), app.lastPoint); };
  app.hover = (item) => { if (item !== app.hovered) { app.hovered = item; app.glow.refresh(); } };
  app.showTable = (on) => showTableView(app, on);
  return app;
}

// -- painting --------------------------------------------------------------------------------------------------------

function paintScene(app, brush, view) {
  const { scene, map } = app;
  const size = map.getSize();
  const corner = map.containerPointToLayerPoint([0, 0]);
  view.inner = [corner.x + 4, corner.y + 4, corner.x + size.x - 4, corner.y + size.y - 4];
  const shown = scene.data.items.filter((item) => scene.visible[item.index]);
  const routes = shown.filter((item) => item.kind === "route");
  const sites = gather(shown, scene);
  const lines = [...pixelLines(view, routes, scene), ...pixelMarks(view, routes, scene)];
  const chosen = lines.filter((line) => line.route === scene.chosen);
  paintAreas(brush, view, sites, scene);
  paintLines(brush, scene.chosen ? lines.filter((line) => line.route !== scene.chosen) : lines, scene, scene.chosen ? 0.25 : 1);
  if (chosen.length) paintLines(brush, chosen, scene, 1);
  const picks = paintSites(brush, view, sites, scene);
  paintLabels(brush, view, sites, lines, picks, scene);
  Object.assign(app, { lines, picks, picker: Picker(lines, picks) });
}

function paintHover(app, brush) {
  const lines = app.lines.filter((line) => line.route === app.hovered);
  if (!lines.length) return;
  brush.strokeStyle = lines[0].look.colour;
  brush.globalAlpha = 0.35;
  brush.lineWidth = 9;
  brush.lineCap = "round";
  brush.beginPath();
  for (const line of lines) tracePoints(brush, line.points);
  brush.stroke();
  brush.globalAlpha = 1;
}

/** Boxes of the map under the legend, the zoom buttons and the scale, where no label should go. */
function coveredBoxes(app) {
  const home = app.map.getContainer().getBoundingClientRect();
  return [...document.querySelectorAll("#legend, #zoom, .leaflet-control-scale")].map((node) => {
    const box = node.getBoundingClientRect();
    const a = app.map.containerPointToLayerPoint([box.left - home.left, box.top - home.top]);
    return [a.x, a.y, a.x + box.width, a.y + box.height];
  });
}

function refilter(app, later) {
  const { data, scene, filter } = app;
  for (const item of data.items) scene.visible[item.index] = passes(item, filter) ? 1 : 0;
  showTally(app);
  showList(app);
  showTimeline(app);
  showTable(app);
  if (later) {
    app.sheet.refresh();
    writeAddress(app);
  }
}

// -- choosing --------------------------------------------------------------------------------------------------------

function openItem(app, item, focus) {
  const { scene } = app;
  scene.chosen = item;
  const detail = document.getElementById("detail");
  const list = document.getElementById("browse");
  detail.hidden = !item;
  list.hidden = Boolean(item);
  refill(detail, item ? [h("button", { type: "button", class: "plain", id: "back", click: () => closeItem(app) }, "‹ " + t("back")), detailOf(app, item)] : null);
  document.getElementById("panel").scrollTop = 0;
  if (item && focus) {
    app.map.closePopup();
    document.getElementById("detail-title").focus();
    if (item.drawn) fit(app, [item], true);
  }
  app.sheet.refresh();
  writeAddress(app);
}

function closeItem(app) {
  const { id } = app.scene.chosen;
  openItem(app, null, false);
  const row = [...document.querySelectorAll("#items .item")].find((node) => node.dataset.id === id);
  if (row) row.focus();
}

function openPopup(app, content, point) {
  if (!point) return;
  L.popup({ maxWidth: Math.min(320, app.map.getSize().x - 60), minWidth: 200, maxHeight: Math.max(160, app.map.getSize().y - 90), autoPanPadding: [12, 12] })
    .setLatLng(point).setContent(content).openOn(app.map);
}

function clicked(app, event) {
  const point = event.layerPoint;
  const hit = app.picker && app.picker.at(point.x, point.y);
  if (!hit) {
    if (app.scene.chosen) openItem(app, null, false);
    return;
  }
  app.lastPoint = event.latlng;
  const items = hit.site ? [...new Set([...hit.site.forces, ...hit.site.stops.map((s) => s.route)])] : hit.items;
  const title = hit.site ? hit.site.place.name : counted("items.here", items.length);
  if (items.length === 1) app.choose(items[0]);
  else openPopup(app, choiceOf(app, title, items), event.latlng);
}

function moved(app, event) {
  if (app.lines.length > HEADLESS_LEGS) return; // finding lines under every movement of the pointer would take too long
  const hit = app.picker && app.picker.at(event.layerPoint.x, event.layerPoint.y);
  app.map.getContainer().style.cursor = hit ? "pointer" : "";
  app.hover(hit ? hit.items[0] || null : null);
}

// -- view ------------------------------------------------------------------------------------------------------------

function fit(app, items, animate) {
  const box = extent(items);
  if (!box) return app.map.setView([20, app.scene.middle], 2, { animate: false });
  const size = app.map.getSize();
  const legend = document.getElementById("legend");
  const aside = legend.open && (size.x > WIDE_PX || app.screen) ? legend.offsetWidth + 10 : 30;
  if (box[2] - box[0] > 360) [box[0], box[2]] = [app.scene.middle - 180, app.scene.middle + 180];
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  app.map.fitBounds([[box[1], box[0]], [box[3], box[2]]], { paddingTopLeft: [Math.min(aside, size.x / 3), 46],
    paddingBottomRight: [size.x > WIDE_PX ? 60 : 30, 40], maxZoom: 7, animate: animate && !calm });
  const tall = Math.log2((size.y - 86) / (worldY(box[1]) - worldY(box[3])));
  const most = Math.log2(size.x / WORLD) - 0.25; // no more than one world and a bit, unless lines go to both its poles
  const least = Math.min(most, Math.max(tall, most - 0.5));
  if (app.map.getZoom() < least) app.map.setZoom(least, { animate: false });
}

function fitAll(app, animate) {
  const seen = app.data.items.filter((item) => app.scene.visible[item.index]);
  fit(app, seen.length ? seen : app.data.items, animate);
  app.moved = false;
}

function applyTheme(app) {
  const dark = app.theme ? app.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  app.scene.dark = dark;
  const ground = app.data.style[dark ? "dark" : "light"];
  app.scene.colours = { ...ground, text: dark ? "#f2f3f4" : "#1d1d1b" };
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  app.map.getContainer().style.background = ground.water;
}

function listen(app) {
  const { map } = app;
  map.on("click", (event) => clicked(app, event));
  map.on("mousemove", (event) => moved(app, event));
  map.on("moveend", () => { app.moved = true; writeAddress(app); });
  map.on("popupopen popupclose", (event) => document.body.classList.toggle("reading", event.type === "popupopen"));
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => retheme(app));
  window.addEventListener("hashchange", () => followAddress(app));
  window.addEventListener("beforeprint", () => toPaper(app, true));
  window.addEventListener("afterprint", () => toPaper(app, false));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && app.scene.chosen) closeItem(app); });
}

function retheme(app) {
  applyTheme(app);
  buildLegendInto(app);
  if (app.ground) app.ground.refresh();
  app.sheet.refresh();
  showList(app);
  showThemeButton(app);
  writeAddress(app);
}

function followAddress(app) {
  if (location.hash.slice(1) === app.address) return;
  app.filter = freshFilter();
  const wanted = readAddress(app);
  syncInputs(app);
  refilter(app, false);
  if (wanted.view) app.map.setView([wanted.view[0], wanted.view[1]], wanted.view[2], { animate: false });
  openItem(app, wanted.chosen, false);
  app.showTable(app.tabled);
}
