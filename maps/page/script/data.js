// The data: from the base64 of a gzip of JSON to records that point at each other.

const MODES = ["air", "sea", "land", "unknown"];
const STATUSES = ["completed", "ongoing", "planned", "attempted", "denied", "withdrawn"];
const CERTAINTIES = ["stated", "attributed", "hedged"];
const ROLES = { o: "origin", s: "stop", v: "via", d: "destination" };
const LINE_STEPS = 1000;

/** Inflate what build.py packed into the element with this id; null if the element is not there. */
async function unpack(id) {
  const node = document.getElementById(id);
  if (!node) return null;
  const packed = atob(node.textContent.trim());
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

/** Numbers of the payload's tables → the things themselves. */
function decode(raw) {
  const places = raw.places.map(([name, kind, precision, lon, lat, country, radius], index) => ({
    index, name, kind, precision, lon, lat, country, radius,
    located: lon !== null, crisp: raw.style.marks[precision] === "dot",
  }));
  const data = { ...raw, places, items: [] };
  for (const row of raw.routes) data.items.push(decodeRoute(row, data));
  for (const row of raw.deployments) data.items.push(decodeDeployment(row, data));
  data.items.forEach((item, index) => { item.index = index; });
  data.routes = data.items.filter((item) => item.kind === "route");
  data.deployments = data.items.filter((item) => item.kind === "deployment");
  data.byId = new Map(data.items.map((item) => [item.id, item]));
  return data;
}

function decodeRoute(row, data) {
  const route = { kind: "route", mode: "air", ...common(row, data), ids: row.ids || [] };
  route.mode = row.mode || "air";
  route.stops = row.stops.map(([place, role, date, text], n) => ({
    n, place: data.places[place], role: ROLES[role], date: date || null, text: text || null,
  }));
  route.legs = (row.legs || []).map(([from, to, km, path, line, flown, notes]) => ({
    route, from: route.stops[from], to: route.stops[to], km, path: path || "great_circle",
    line: line ? data.lines[line - 1] : null,
    flown: flown ? data.crossings[flown - 1] : "", notes: notes || [],
  }));
  route.drawn = route.stops.some((stop) => stop.place.located);
  route.km = route.legs.reduce((sum, leg) => sum + leg.km, 0);
  return spanned(route, route.stops.map((stop) => stop.date));
}

function decodeDeployment(row, data) {
  const deployment = { kind: "deployment", ...common(row, data), place: data.places[row.place] };
  deployment.drawn = deployment.place.located;
  return spanned(deployment, []);
}

function common(row, data) {
  const claims = row.claims.map((claim) => ({
    ...claim, report: data.reports[claim.report] || {}, quotes: (claim.quotes || []).map((n) => data.quotes[n]),
  }));
  const ties = (row.ties || []).map(([one, other, agrees, differs, score, needed]) => ({
    one: data.reports[one] || {}, other: data.reports[other] || {}, score, needed,
    agrees: agrees ? data.reasons[agrees - 1] : "", differs: differs ? data.reasons[differs - 1] : "",
  }));
  return { support: 1, conflicts: [], findings: [], edits: [], date: null, ...row, claims, ties };
}

/** First day and day after the last that an item is dated to; its own date counts before its stops'. */
function spanned(item, others) {
  const dates = [item.date, ...(item.date && item.date[0] !== null ? [] : others)].filter(Boolean);
  const starts = dates.map((d) => d[0]).filter((d) => d !== null);
  const ends = dates.map((d) => d[1]).filter((d) => d !== null);
  item.start = starts.length ? Math.min(...starts) : null;
  item.end = ends.length ? Math.max(...ends) : null;
  if (item.start === null && item.end !== null) item.start = item.end - 1;
  if (item.end === null && item.start !== null) item.end = item.start + 1;
  item.dated = item.start !== null;
  return item;
}

// -- what an item is called ----------------------------------------------------------------------------------------

function nameOf(item) {
  if (item.kind === "deployment") return item.force || item.unit || t("force.unnamed");
  return item.carrier || t("carrier." + item.mode);
}

function placesOf(item) {
  return item.kind === "deployment" ? [item.place] : item.stops.map((stop) => stop.place);
}

function actorsOf(item) {
  return [item.operator, item.carrier, item.force, item.unit, item.commander].filter(Boolean);
}

function sourceName(report) {
  return report.publisher || report.title || report.id || t("source.unnamed");
}

function sourcesOf(item) {
  return [...new Set(item.claims.map((claim) => sourceName(claim.report)))];
}

/** Text that a search looks through, folded once. */
function searchText(item) {
  if (item.folded === undefined) {
    const words = [nameOf(item), ...actorsOf(item), ...(item.ids || []), item.cargo, item.size, item.by];
    for (const place of placesOf(item)) words.push(place.name);
    for (const claim of item.claims) words.push(sourceName(claim.report), claim.report.title, claim.by, ...claim.quotes);
    item.folded = fold(words.filter(Boolean).join("\n"));
  }
  return item.folded;
}

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The route in words: "Moscow → Yerevan → Caracas". */
function wayOf(item) {
  if (item.kind === "deployment") return t("at.place", { place: item.place.name });
  const names = item.stops.map((stop) => stop.place.name);
  if (names.length > 1) return names.join(" → ");
  return t(item.stops[0].role === "origin" ? "way.from" : "way.to", { place: names[0] });
}

function whenOf(item) {
  if (item.dated) return rangeWords(item.start, item.end);
  return item.date && item.date[2] ? t("date.unresolved", { text: item.date[2] }) : t("undated");
}

function statusWords(item) {
  return t("status." + item.status) + ", " + t("certainty." + item.certainty);
}

function peopleWords(span) {
  if (!span) return null;
  const [low, high] = span;
  if (low === high || high === null) return low.toLocaleString("en") + (high === null ? "+" : "");
  return low === null ? t("people.upto", { n: high.toLocaleString("en") })
    : low.toLocaleString("en") + "–" + high.toLocaleString("en");
}
