// The panel beside the map: search, filters, what is shown and hidden, the list, what is not on the map, and trust.

const LIST_STEP = 40;

function buildPanel(app) {
  app.inputs = {};
  const search = h("input", { type: "search", id: "search", placeholder: t("search.hint"), "aria-label": t("search"), input: () => app.change((f) => { f.q = search.value.trim(); }) });
  app.inputs.q = search;
  const filters = h("details", { class: "filters" }, h("summary", {}, t("filters")));
  const choosers = () => [
    chooser(app, "status", t("filter.status"), frequent(app.data.items, (i) => [i.status]).map(([v, n]) => [v, t("status." + v), n])),
    chooser(app, "certainty", t("filter.certainty"), frequent(app.data.items, (i) => [i.certainty]).map(([v, n]) => [v, t("certainty." + v), n])),
    chooser(app, "actor", t("filter.actor"), frequent(app.data.items, actorsOf).map(([v, n]) => [v, v, n])),
    chooser(app, "source", t("filter.source"), frequent(app.data.items, sourcesOf).map(([v, n]) => [v, v, n])),
    chooser(app, "place", t("filter.place"), frequent(app.data.items, (i) => placesOf(i).map((p) => p.name)).map(([v, n]) => [v, v, n])),
  ];
  if (!app.data.items.length) return [h("p", { id: "tally", role: "status" }), h("div", { id: "items" }), notDrawn(app), aboutMap(app)];
  filters.addEventListener("toggle", () => { if (filters.childElementCount < 2) fill(filters, choosers()); });
  filters.open = CHOICES.some((name) => name !== "q" && app.filter[name]);
  search.value = app.filter.q;
  return [
    h("div", { class: "find" }, search, filters),
    h("p", { id: "tally", role: "status" }),
    h("div", { id: "items" }),
    notDrawn(app),
    aboutMap(app),
  ];
}

function chooser(app, name, words, values) {
  const select = h("select", { change: () => app.change((f) => { f[name] = select.value; }) },
    h("option", { value: "" }, t("all")), values.map(([value, shown, n]) => h("option", { value }, shown + " (" + n.toLocaleString("en") + ")")));
  select.value = app.filter[name];
  app.inputs[name] = select;
  return h("label", {}, h("span", {}, words), select);
}

function showTally(app) {
  const count = tally(app.data, app.scene.visible);
  const hidden = hiddenWords(count);
  const node = document.getElementById("tally");
  refill(node, shownWords(count) + ".", hidden ? [" ", h("strong", {}, hidden + "."), " ", h("button", { type: "button", class: "plain", click: () => app.reset() }, t("clear"))] : null);
}

function showList(app) {
  const node = document.getElementById("items");
  const shown = app.data.items.filter((item) => app.scene.visible[item.index]);
  shown.sort((a, b) => (a.kind < b.kind ? 1 : a.kind > b.kind ? -1 : 0) || (b.kind === "route" ? b.stops.length - a.stops.length : 0) || a.index - b.index);
  let end = LIST_STEP;
  const list = h("ul", { class: "list" });
  const more = h("button", { type: "button", class: "plain" });
  const paint = () => {
    for (const item of shown.slice(list.childElementCount, end)) list.append(listRow(app, item));
    more.hidden = shown.length <= end;
    refill(more, t("list.more", { n: (shown.length - end).toLocaleString("en") }));
  };
  more.addEventListener("click", () => { end += LIST_STEP; paint(); });
  paint();
  refill(node, list, more);
}

function listRow(app, item) {
  const look = lookOf(item, app.data.style, app.scene.dark);
  return h("li", {}, h("button", {
    type: "button", class: "item", "data-id": item.id, click: () => app.open(item, true),
    mouseenter: () => app.hover(item), mouseleave: () => app.hover(null), focus: () => app.hover(item), blur: () => app.hover(null),
  },
  h("span", { class: "head" }, swatchOf(item, look), h("strong", {}, said(nameOf(item)))),
  h("span", { class: "way" }, said(wayOf(item))),
  h("span", { class: "small" }, said(whenOf(item)), " · ", statusWords(item), item.unordered ? " · " + t("as.listed") : null, item.drawn ? null : " · " + t("not.drawn"))));
}

/** Names nobody could place, and claims without a place: listed, never drawn, never dropped. */
function notDrawn(app) {
  const { data } = app;
  const off = data.items.filter((item) => !item.drawn);
  const part = data.routes.filter((route) => route.drawn && route.stops.some((stop) => !stop.place.located));
  const n = data.unlocated.length + off.length + part.length;
  if (!n) return null;
  const names = data.unlocated.slice(0, 500).map(([text, status, reports, maybe]) => h("li", {}, said(text), " ",
    h("span", { class: "small" }, t("mention." + status), reports.length ? [" (", reports.slice(0, 3).map((r, m) => [m ? ", " : "", said(sourceName(data.reports[r]))]), reports.length > 3 ? ", …" : null, ")"] : null,
      maybe.length ? [" ", t("maybe"), " ", maybe.map((m, k) => [k ? "; " : "", said(m)])] : null)));
  const claims = [...off, ...part].map((item) => h("li", {}, h("button", { type: "button", class: "plain", click: () => app.open(item, true) }, said(nameOf(item)), ": ", said(wayOf(item)))));
  return h("details", { class: "box", id: "unlocated" }, h("summary", {}, t("not.on.map", { n: n.toLocaleString("en") })),
    claims.length ? [h("h3", {}, t("claims.unlocated")), h("ul", {}, claims)] : null,
    names.length ? [h("h3", {}, t("names.unlocated")), h("ul", {}, names)] : null);
}

/** The trust block: sources, dates, version, counts of reported and confirmed, what is not shown. */
function aboutMap(app) {
  const { data } = app;
  const confirmed = data.items.filter((item) => item.support > 1).length;
  const notDrawnItems = data.items.filter((item) => !item.drawn).length;
  const lost = data.routes.reduce((sum, r) => sum + r.stops.filter((s) => !s.place.located).length, 0);
  return h("section", { class: "box", id: "about", "aria-labelledby": "about-title" },
    h("h2", { id: "about-title" }, t("about")),
    h("dl", {},
      h("dt", {}, t("about.reported")), h("dd", {}, t("about.counts", { routes: counted("route", data.routes.length), deployments: counted("deployment", data.deployments.length), reports: counted("report", data.reports.length) })),
      h("dt", {}, t("about.confirmed")), h("dd", {}, t("about.support", { n: confirmed.toLocaleString("en") })),
      h("dt", {}, t("about.period")), h("dd", {}, capital(data.period)),
      h("dt", {}, t("about.not.shown")), h("dd", {}, h("ul", {},
        notDrawnItems ? h("li", {}, counted("lost.item", notDrawnItems)) : null,
        lost ? h("li", {}, counted("lost.stop", lost)) : null,
        data.unlocated.length ? h("li", {}, counted("lost.name", data.unlocated.length)) : null,
        data.leftOut.map((words) => h("li", {}, said(words))),
        !notDrawnItems && !lost && !data.unlocated.length && !data.leftOut.length ? h("li", {}, t("about.nothing")) : null)),
      data.edits.length ? [h("dt", {}, t("edits")), h("dd", {}, h("ul", {}, data.edits.map((words) => h("li", {}, said(words)))))] : null,
      h("dt", {}, t("about.lines")), h("dd", {}, t("about.curve")),
      h("dt", {}, t("about.ground")), h("dd", {}, t("about.borders")),
      h("dt", {}, t("about.made")), h("dd", {}, "dateline " + data.version)),
    data.reports.length ? [h("h3", {}, t("sources")), sourceList(data)] : null);
}

function sourceList(data) {
  const list = h("ol", { class: "sources" });
  const add = (from, to) => data.reports.slice(from, to).forEach((report, n) => {
    const notes = data.notes.filter(([number]) => number === from + n);
    list.append(h("li", {}, sourceLine(report), notes.map(([, severity, message]) => h("p", { class: "small" }, t("severity." + severity), ": ", said(message)))));
  });
  add(0, LIST_STEP);
  if (data.reports.length <= LIST_STEP) return list;
  const more = h("button", { type: "button", class: "plain", click: () => { add(LIST_STEP, data.reports.length); more.remove(); } },
    t("list.more", { n: (data.reports.length - LIST_STEP).toLocaleString("en") }));
  return [list, more];
}
