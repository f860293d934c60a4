// One route or deployment in full: who, from where to where, when, how sure, every quote with its source.

const TIES_MOST = 40;

function detailOf(app, item) {
  const look = lookOf(item, app.data.style, app.scene.dark);
  return h("article", { class: "detail", lang: "en" },
    h("h2", { tabindex: "-1", id: "detail-title" }, said(nameOf(item))),
    h("p", { class: "way" }, swatchOf(item, look), " ", said(wayOf(item))),
    h("p", { class: "status" }, capital(statusWords(item)), item.by ? [": ", said(item.by)] : null),
    facts(item),
    item.kind === "route" ? stopList(item) : null,
    conflictList(app, item),
    findingList(item),
    quoteList(app, item),
    tieList(item),
    item.edits.length ? [h("h3", {}, t("edits")), h("ul", {}, item.edits.map((edit) => h("li", {}, said(edit))))] : null,
  );
}

function swatchOf(item, look) {
  if (item.kind === "route") return swatch(look, 40);
  return svg("svg", { class: "swatch", width: 18, height: 16, viewBox: "0 0 18 16", "aria-hidden": "true" },
    svg("path", { d: "M9 1l7 7l-7 7l-7 -7z", fill: look.colour }));
}

function facts(item) {
  const rows = [
    [t("fact.when"), whenOf(item) + (item.dated && item.date && item.date[2] ? " (“" + item.date[2] + "”)" : "")],
    [t("fact.mode"), item.kind === "route" ? t("mode." + item.mode) : null],
    [t("fact.ids"), (item.ids || []).join(", ")],
    [t("fact.operator"), item.operator],
    [t("fact.unit"), item.force ? item.unit : null],
    [t("fact.commander"), item.commander],
    [t("fact.people"), peopleWords(item.people)],
    [t("fact.size"), item.size],
    [t("fact.cargo"), item.cargo],
    [t("fact.place"), item.place && (item.place.located ? placeWords(item.place) : t("place.unlocated", { place: item.place.name }))],
    [t("fact.length"), item.km ? t("km", { n: Math.round(item.km).toLocaleString("en") }) : null],
    [t("fact.path"), item.legs && item.legs.length ? pathWords(item) : null],
    [t("fact.flown"), item.legs ? overflown(item) : null],
    [t("fact.support"), counted("support", item.support)],
    [t("fact.grade"), item.grade],
  ];
  return h("dl", {}, rows.filter(([, value]) => value).map(([name, value]) => [h("dt", {}, name), h("dd", {}, said(value))]));
}

function placeWords(place) {
  return place.name + (place.crisp ? "" : " (" + t("precision." + place.precision) + ")");
}

function pathWords(item) {
  return [...new Set(item.legs.map((leg) => t("path." + leg.path)))].join("; ");
}

function overflown(item) {
  return item.legs.map((leg) => leg.flown).filter(Boolean).join(" · ");
}

function stopList(item) {
  const rows = item.stops.map((stop, n) => {
    const leg = item.legs.find((l) => l.to === stop);
    return h("li", {},
      h("span", { class: "stop" }, said(stop.place.name), " "),
      h("span", { class: "small" }, t("role." + stop.role),
        stop.date ? [", ", said(stop.date[0] === null ? stop.date[2] : rangeWords(stop.date[0], stop.date[1]))] : null,
        !stop.place.located ? [", ", h("strong", {}, t("stop.unlocated"))] : stop.place.crisp ? null : [", ", t("precision." + stop.place.precision)],
        stop.text ? [" (", t("written"), " “", said(stop.text), "”)"] : null,
        n && leg && leg.notes.length ? leg.notes.map((note) => [h("br"), said(note)]) : null,
        n && leg && leg.pole ? [h("br"), t("pole.note", { way: leg.pole })] : null));
  });
  const words = item.unordered ? h("p", { class: "small" }, t("unordered")) : null;
  return [h("h3", {}, t("stops")), words, h("ol", { class: "stops" }, rows)];
}

function conflictList(app, item) {
  if (!item.conflicts.length) return null;
  const rows = item.conflicts.map(([field, versions, seq]) => h("li", {},
    h("strong", {}, t("field." + field) === "field." + field ? field : t("field." + field), seq === undefined ? "" : " " + t("at.stop", { n: seq })), ": ",
    versions.map(([value, reports], n) => [n ? "; " : "", said(value), " (", reports.map((r, m) => [m ? ", " : "", said(sourceName(app.data.reports[r]))]), ")"])));
  return h("section", { class: "conflicts" }, h("h3", {}, t("conflicts")), h("ul", {}, rows));
}

function findingList(item) {
  if (!item.findings.length) return null;
  return h("section", { class: "findings" }, h("h3", {}, t("findings")), h("ul", {}, item.findings.map(([severity, message, source]) =>
    h("li", {}, h("strong", {}, t("severity." + severity)), ": ", said(message), source ? [" (", said(source), ")"] : null))));
}

/** Each claim with its quotes, who published it, when, and where to read it. */
function quoteList(app, item) {
  return [h("h3", {}, t("quotes")), item.claims.map((claim) => quoteOf(claim, item))];
}

function quoteOf(claim, item) {
  const { report } = claim;
  const differs = claim.status !== item.status || claim.certainty !== item.certainty;
  return h("figure", { class: "quote" },
    claim.quotes.map((quote) => h("blockquote", {}, said(quote))),
    h("figcaption", {}, sourceLine(report),
      differs ? h("span", { class: "small" }, ". ", t("told.as", { words: statusWords(claim) }), claim.by ? [" (", said(claim.by), ")"] : null) : null));
}

/** Why the accounts above are shown as one event: folded away, for whoever doubts it. */
function tieList(item) {
  if (!item.ties.length) return null;
  const rows = item.ties.slice(0, TIES_MOST).map((tie) => h("li", {},
    tie.one === tie.other ? [said(sourceName(tie.one)), " ", t("tie.twice")]
      : [said(sourceName(tie.one)), " " + t("and") + " ", said(sourceName(tie.other))],
    ": ", said(tie.agrees), tie.score < 0 ? "; " + t("tie.copy") : null,
    tie.differs ? ["; ", t("tie.against"), " ", said(tie.differs)] : null,
    tie.score > 0 ? " (" + t("tie.points", { score: tie.score, needed: tie.needed }) + ")" : null));
  const rest = item.ties.length - rows.length;
  return h("details", { class: "ties" }, h("summary", {}, t("ties")), h("ul", {}, rows),
    rest ? h("p", {}, t("more", { n: rest })) : null);
}

/** Publisher, title, date, and the title as a link where there is a good address. */
function sourceLine(report) {
  const title = report.title || (report.url ? report.url : null);
  const name = report.publisher || (title ? null : report.id || t("source.unnamed"));
  return [
    name ? said(name, "publisher") : null, name && title ? ", " : null,
    title ? (report.url ? link(report.url, title) : said(title)) : null,
    report.url && !title ? [" ", link(report.url)] : null,
    report.author ? [", ", said(report.author)] : null,
    ", ", report.published === undefined ? t("no.date") : dayWords(report.published),
    report.grade ? [", ", t("graded", { grade: report.grade })] : null,
  ];
}

/** The short form for the map: enough to trust or doubt the line, and a way to the rest. */
function popupOf(app, item) {
  const claim = item.claims.find((c) => c.quotes.length) || item.claims[0];
  return h("div", { class: "popup" },
    h("h3", {}, said(nameOf(item))),
    h("p", {}, said(wayOf(item))),
    h("p", { class: "small" }, whenOf(item), ". ", capital(statusWords(item)), item.by ? [": ", said(item.by)] : null),
    claim ? quoteOf({ ...claim, quotes: claim.quotes.slice(0, 1), status: item.status, certainty: item.certainty }, item) : null,
    item.claims.length > 1 ? h("p", { class: "small" }, counted("more.sources", item.claims.length - 1)) : null,
    item.conflicts.length ? h("p", { class: "small warn" }, t("conflicts")) : null,
    h("button", { type: "button", click: () => app.open(item, true) }, t("details")));
}

/** Where several things lie under one point: a list to choose from. */
function choiceOf(app, title, items) {
  return h("div", { class: "popup" }, title ? h("h3", {}, said(title)) : null,
    h("ul", { class: "choice" }, items.slice(0, 30).map((item) => h("li", {}, h("button", { type: "button", click: () => app.choose(item) },
      said(nameOf(item)), " ", h("span", { class: "small" }, said(wayOf(item))))))),
    items.length > 30 ? h("p", { class: "small" }, t("more", { n: items.length - 30 })) : null);
}
