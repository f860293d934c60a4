// The parts of the page round the map, put together once.

function buildPage(app) {
  const { data, map } = app;
  document.title = data.title;
  refill(document.getElementById("title"), said(data.title));
  refill(document.getElementById("period"), data.items.length ? capital(data.period) : "");
  refill(document.getElementById("skip"), t("skip.table"));
  document.getElementById("skip").addEventListener("click", (event) => { event.preventDefault(); app.showTable(true); document.getElementById("table").focus(); });
  refill(document.getElementById("foot"), footWords(data));
  document.getElementById("panel").setAttribute("aria-label", t("panel.label"));
  document.getElementById("time").setAttribute("aria-label", t("time"));
  const box = map.getContainer();
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", t("map.label") + " " + data.routes.slice(0, 12).map((r) => nameOf(r) + ": " + wayOf(r)).join(". "));
  tools(app);
  zoomButtons(app);
  buildLegendInto(app);
  const legend = document.getElementById("legend");
  legend.open = window.innerWidth > WIDE_PX && data.items.length > 0;
  legend.hidden = !data.items.length;
  fill(document.getElementById("browse"), buildPanel(app));
  fill(document.getElementById("time"), buildTimeline(app));
  document.getElementById("time").hidden = !data.items.length;
  if (!data.items.some((item) => item.drawn)) fill(document.getElementById("stage"), h("p", { id: "empty" }, t("map.empty")));
  L.control.scale({ position: "bottomleft", maxWidth: 120 }).addTo(map);
}

/** "Sources: Example Post, Example Wire and 3 more. Path is schematic. …" */
function footWords(data) {
  const names = [...new Set(data.reports.map(sourceName))];
  const first = names.slice(0, 4).map((name, n) => [n ? ", " : "", said(name)]);
  const words = t("foot", { sources: "\u0000" }).split("\u0000");
  const rest = names.length > 4 ? t("foot.more", { first: "\u0000", n: names.length - 4 }).split("\u0000") : ["", ""];
  return names.length ? [words[0], rest[0], first, rest[1], words[1]] : words[1].replace(/^\. /, "");
}

function tools(app) {
  const theme = h("button", { type: "button", id: "theme", click: () => { app.theme = app.scene.dark ? "light" : "dark"; retheme(app); } });
  const table = h("button", { type: "button", id: "table-button", "aria-expanded": "false", "aria-controls": "table", click: () => app.showTable(!app.tabled) }, t("table.open"));
  const print = h("button", { type: "button", class: "wide", click: () => toPaper(app, true).then(() => window.print()) }, t("print"));
  fill(document.getElementById("tools"), table, theme, print);
  showThemeButton(app);
}

function showThemeButton(app) {
  refill(document.getElementById("theme"), t(app.scene.dark ? "theme.light" : "theme.dark"));
}

function zoomButtons(app) {
  const { map } = app;
  const button = (key, words, act) => h("button", { type: "button", "aria-label": t(key), title: t(key), click: act }, words);
  const node = h("div", { id: "zoom" }, button("zoom.in", "+", () => map.zoomIn(1)), button("zoom.out", "−", () => map.zoomOut(1)), button("zoom.all", "⤢", () => fitAll(app, true)));
  document.getElementById("stage").append(node);
}

function buildLegendInto(app) {
  const node = document.getElementById("legend");
  const names = h("input", { type: "checkbox", change: () => { app.scene.names = names.checked; app.sheet.refresh(); } });
  names.checked = app.scene.names;
  refill(node, h("summary", {}, t("legend")), h("div", { class: "legend-body" }, buildLegend(app), h("label", { class: "toggle" }, names, h("span", { class: "words" }, t("names")))));
}

function syncInputs(app) {
  for (const [name, input] of Object.entries(app.inputs)) input.value = app.filter[name];
  buildLegendInto(app);
}

function showTableView(app, on) {
  app.tabled = on;
  const node = document.getElementById("table");
  node.hidden = !on;
  const button = document.getElementById("table-button");
  button.setAttribute("aria-expanded", String(on));
  refill(button, t(on ? "table.close" : "table.open"));
  document.body.classList.toggle("tabled", on);
  showTable(app);
  if (!on) app.map.invalidateSize({ animate: false });
  writeAddress(app);
}

window.dateline = { start };
