// Text and nodes. Text of a report enters the page through this file alone, and only ever as a text node:
// nothing here or elsewhere sets innerHTML, and a link is made of an http or https address only.

let STRINGS = {};

/** A string of the table in the reader's language, {name} replaced by values.name. */
function t(key, values) {
  const words = STRINGS[key];
  if (words === undefined) return key;
  return values ? words.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all)) : words;
}

/** "1 route", "2 routes": the strings key.one and key.many. */
function counted(key, n) {
  return t(key + (n === 1 ? ".one" : ".many"), { n: n.toLocaleString("en") });
}

/** An element. Attributes that are functions become event listeners; children are nodes, text, or null. */
function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  return fill(node, ...children);
}

/** Put children at the end of a node; strings become text nodes. */
function fill(node, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** The same with everything that was in it taken out first. */
function refill(node, ...children) {
  node.replaceChildren();
  return fill(node, ...children);
}

/** An element of SVG. */
function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
  return fill(node, ...children);
}

/** Words of a report, set apart so that their direction of writing does not spill over. */
function said(text, className) {
  return h("bdi", { class: className }, text);
}

/** The same for a canvas, which has no elements: first strong isolate … pop directional isolate. */
function isolated(text) {
  return "\u2068" + text + "\u2069";
}

/** A link if the address is http or https, the bare words otherwise. */
function link(address, words) {
  const shown = said(words || address);
  try {
    const url = new URL(address);
    if (url.protocol !== "http:" && url.protocol !== "https:") return shown;
    return h("a", { href: url.href, rel: "noopener noreferrer", target: "_blank" }, shown);
  } catch {
    return shown;
  }
}

function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

// -- days: whole numbers since 1970-01-01, never a time of day, never a time zone ---------------------------------

const DAY_MS = 86400000;

function parts(day) {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() };
}

function dayOf(year, month, day) {
  return Math.round(Date.UTC(year, month, day) / DAY_MS);
}

function monthName(month) {
  return t("months").split(" ")[month];
}

function dayWords(day) {
  const p = parts(day);
  return p.day + " " + monthName(p.month) + " " + p.year;
}

/** YYYY-MM-DD, for sorting by eye and for date fields. */
function isoDay(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Words for the days from start up to, not including, end: "22 Oct 2025", "22–26 Oct 2025", "Oct 2025", "2025". */
function rangeWords(start, end) {
  if (start === null && end === null) return t("undated");
  if (start === null) return t("date.before", { day: dayWords(end) });
  if (end === null) return t("date.from", { day: dayWords(start) });
  const a = parts(start);
  const b = parts(end - 1);
  const next = parts(end);
  if (end - start <= 1) return dayWords(start);
  if (a.day === 1 && next.day === 1) {
    if (a.month === 0 && next.month === 0) return a.year === b.year ? String(a.year) : a.year + "–" + b.year;
    if (a.year === b.year && a.month === b.month) return monthName(a.month) + " " + a.year;
  }
  if (a.year === b.year && a.month === b.month) return a.day + "–" + b.day + " " + monthName(b.month) + " " + b.year;
  if (a.year === b.year) return a.day + " " + monthName(a.month) + " – " + dayWords(end - 1);
  return dayWords(start) + " – " + dayWords(end - 1);
}
