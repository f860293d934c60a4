// What is shown and what is hidden, and the count of both.

const STROKE_CLASSES = ["said", "unsure", "planned", "attempted", "denied"];

function freshFilter() {
  return { q: "", hiddenModes: new Set(), hiddenStrokes: new Set(), status: "", certainty: "", actor: "", source: "",
    place: "", time: "all", from: null, to: null, undated: true };
}

/** Which sample of the legend an item is drawn like. */
function strokeClass(item) {
  if (item.status === "planned" || item.status === "attempted" || item.status === "denied") return item.status;
  return item.certainty === "stated" ? "said" : "unsure";
}

/** What the legend's first part tells apart: the modes, and forces. */
function modeClass(item) {
  return item.kind === "route" ? item.mode : "force";
}

function passes(item, filter) {
  if (filter.hiddenModes.has(modeClass(item)) || filter.hiddenStrokes.has(strokeClass(item))) return false;
  if (filter.status && item.status !== filter.status) return false;
  if (filter.certainty && item.certainty !== filter.certainty) return false;
  if (filter.actor && !actorsOf(item).includes(filter.actor)) return false;
  if (filter.source && !sourcesOf(item).includes(filter.source)) return false;
  if (filter.place && !placesOf(item).some((place) => place.name === filter.place)) return false;
  if (filter.q && !searchText(item).includes(fold(filter.q))) return false;
  return inTime(item, filter);
}

/** "until": begun by then; "window": any of its days within. Undated items have a switch of their own. */
function inTime(item, filter) {
  if (!item.dated) return filter.undated;
  if (filter.time === "until") return filter.to === null || item.start < filter.to;
  if (filter.time === "window") {
    return (filter.to === null || item.start < filter.to) && (filter.from === null || item.end > filter.from);
  }
  return true;
}

/** {shown, hidden} counts of routes, deployments and stops. */
function tally(data, visible) {
  const count = { routes: 0, deployments: 0, stops: 0, hiddenRoutes: 0, hiddenDeployments: 0, hiddenStops: 0 };
  for (const item of data.items) {
    const seen = visible[item.index];
    if (item.kind === "deployment") count[seen ? "deployments" : "hiddenDeployments"] += 1;
    else {
      count[seen ? "routes" : "hiddenRoutes"] += 1;
      count[seen ? "stops" : "hiddenStops"] += item.stops.length;
    }
  }
  return count;
}

function joined(words) {
  const list = words.filter(Boolean);
  if (list.length < 2) return list.join("");
  return list.slice(0, -1).join(", ") + " " + t("and") + " " + list[list.length - 1];
}

function shownWords(count) {
  const words = joined([count.routes && counted("route", count.routes), count.deployments && counted("deployment", count.deployments)]);
  return words ? t("shown", { what: words }) : t("shown.none");
}

function hiddenWords(count) {
  const words = joined([
    count.hiddenRoutes && counted("route", count.hiddenRoutes),
    count.hiddenDeployments && counted("deployment", count.hiddenDeployments),
    count.hiddenStops && counted("stop", count.hiddenStops),
  ]);
  return words ? t("hidden", { what: words }) : "";
}

/** Values of a kind with how often each occurs, most frequent first, at most so many. */
function frequent(items, valuesOf, most = 300) {
  const counts = new Map();
  for (const item of items) for (const value of new Set(valuesOf(item))) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most);
}
