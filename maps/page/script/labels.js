// Names on the map, each where it fits: first the stops in view, then forces and routes, then the base map's own.
// A label keeps clear of all others and, as far as it can, of the lines.

const CELL_PX = 6;
const MOST_LABELS = 400;
const COUNTRY_PX = 20; // a country that looks narrower than this goes without its name
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** What is already taken: boxes outright, line cells at a price. */
function Room(view) {
  const boxes = new Map();
  const lineCells = new Set();
  const cell = (x, y) => Math.floor((x - view.left) / 64) * 4096 + Math.floor((y - view.top) / 64);
  return {
    line(points) {
      for (let i = 2; i < points.length; i += 2) {
        const size = Math.hypot(points[i] - points[i - 2], points[i + 1] - points[i - 1]);
        const steps = Math.min(400, Math.ceil(size / CELL_PX));
        for (let s = 0; s <= steps; s++) {
          const x = points[i - 2] + (points[i] - points[i - 2]) * s / (steps || 1);
          const y = points[i - 1] + (points[i + 1] - points[i - 1]) * s / (steps || 1);
          lineCells.add(Math.floor(x / CELL_PX) * 65536 + Math.floor(y / CELL_PX));
        }
      }
    },
    take(box) {
      for (let x = box[0]; x < box[2] + 64; x += 64) {
        for (let y = box[1]; y < box[3] + 64; y += 64) {
          const key = cell(Math.min(x, box[2]), Math.min(y, box[3]));
          if (!boxes.has(key)) boxes.set(key, []);
          boxes.get(key).push(box);
        }
      }
    },
    free(box) {
      for (let x = box[0]; x < box[2] + 64; x += 64) {
        for (let y = box[1]; y < box[3] + 64; y += 64) {
          for (const other of boxes.get(cell(Math.min(x, box[2]), Math.min(y, box[3]))) || []) {
            if (box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) return false;
          }
        }
      }
      return true;
    },
    crossed(box) {
      let n = 0;
      for (let x = Math.floor(box[0] / CELL_PX); x <= Math.floor(box[2] / CELL_PX); x++) {
        for (let y = Math.floor(box[1] / CELL_PX); y <= Math.floor(box[3] / CELL_PX); y++) {
          if (lineCells.has(x * 65536 + y)) n += 1;
        }
      }
      return n;
    },
  };
}

/** Size of lines of text [{text, font, ink}] at 1.25 of their size apart. */
function measure(brush, rows) {
  let width = 0;
  let height = 0;
  for (const row of rows) {
    brush.font = row.font;
    row.width = brush.measureText(row.text).width + (row.spaced ? row.text.length * row.spaced : 0);
    row.height = row.size * 1.25;
    width = Math.max(width, row.width);
    height += row.height;
  }
  return { width, height };
}

const AROUND = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [1, 1], [-1, -1], [-1, 1]];

/** Find a place for rows round a mark at (x, y); the one that crosses the fewest lines. Gives its box or null. */
function settle(brush, room, view, rows, x, y, away) {
  const { width, height } = measure(brush, rows);
  let best = null;
  AROUND.forEach(([h, v], order) => {
    const reach = h && v ? away * 0.6 : away;
    const middle = Math.max(view.inner[0] + 2, Math.min(view.inner[2] - width - 2, x - width / 2));
    const left = h > 0 ? x + reach : h < 0 ? x - reach - width : Math.abs(middle + width / 2 - x) < width / 2 ? middle : x - width / 2;
    const top = v > 0 ? y + reach : v < 0 ? y - reach - height : y - height / 2;
    const box = [left - 2, top - 1, left + width + 2, top + height + 1];
    if (!room.free(box)) return;
    const edge = Math.max(view.inner[0] - box[0], box[2] - view.inner[2], view.inner[1] - box[1], box[3] - view.inner[3]) > 0;
    if (edge && x > view.inner[0] && x < view.inner[2]) return; // half a name misleads
    const price = room.crossed(box) * 2 + order * 0.7 + (edge ? 30 : 0);
    if (!best || price < best.price) best = { price, box, h };
  });
  if (best) room.take(best.box);
  return best;
}

function write(brush, rows, box, h, halo, alpha = 1) {
  let y = box[1] + 1;
  brush.lineJoin = "round";
  brush.textBaseline = "middle";
  brush.textAlign = "left";
  brush.globalAlpha = alpha;
  for (const row of rows) {
    const x = h > 0 ? box[0] + 2 : h < 0 ? box[2] - 2 - row.width : (box[0] + box[2] - row.width) / 2;
    brush.font = row.font;
    if (row.spaced) brush.letterSpacing = row.spaced + "px";
    brush.strokeStyle = halo;
    brush.lineWidth = 3.2;
    brush.strokeText(row.text, x, y + row.height / 2);
    brush.fillStyle = row.ink;
    brush.fillText(row.text, x, y + row.height / 2);
    if (row.spaced) brush.letterSpacing = "0px";
    y += row.height;
  }
  brush.globalAlpha = 1;
}

function row(text, ink, size, weight = "400", extra = "") {
  return { text: isolated(text), ink, size, font: `${extra} ${weight} ${size}px ${FONT}` };
}

function clip(text, most) {
  return text.length > most ? text.slice(0, most - 1).trimEnd() + "…" : text;
}

/** All labels of one painting. */
function paintLabels(brush, view, sites, lines, picks, scene) {
  const room = Room(view);
  for (const box of scene.covered(view)) room.take(box);
  if (lines.length < CROWD_LEGS) for (const line of lines) room.line(line.points);
  for (const { x, y, site, numbered } of picks) {
    const r = !site.place.crisp ? 0 : numbered ? NUMBER_PX + 1 : DOT_PX + 2;
    if (r) room.take([x - r, y - r, x + r, y + r]);
  }
  const named = new Set();
  const order = [...picks].sort((a, b) => weight(b.site, scene) - weight(a.site, scene)).slice(0, MOST_LABELS);
  for (const pick of order) if (paintSiteLabel(brush, view, room, pick, scene)) named.add(fold(pick.site.place.name));
  paintRouteLabels(brush, view, room, lines, scene);
  paintPoleLabels(brush, view, room, lines, scene);
  if (scene.names) paintGroundLabels(brush, view, room, scene, named);
}

function weight(site, scene) {
  const chosen = scene.chosen && (site.forces.includes(scene.chosen) || site.stops.some((s) => s.route === scene.chosen));
  return (chosen ? 1e6 : 0) + (site.numbers.length ? 1e4 : 0) + site.forces.length * 3 + site.stops.length;
}

function paintSiteLabel(brush, view, room, { x, y, site, numbered }, scene) {
  const { place } = site;
  const rows = [];
  const pale = scene.chosen && weight(site, scene) < 1e6;
  if (site.stops.length) {
    const mine = site.stops.find((s) => s.route === scene.chosen) || site.stops.find((s) => s.route === site.numbered) || site.stops[0];
    const ink = lookOf(mine.route, scene.data.style, scene.dark).ink;
    rows.push(row((numbered || !site.numbers.length ? "" : site.numbers.join("·") + "  ") + clip(place.name, 40), site.numbers.length || pale ? ink : scene.colours.text, 13, "700", place.crisp ? "" : "italic"));
    const date = mine.stop.date;
    if (date && date[0] !== null && (mine.route === scene.chosen || site.numbered)) rows.push(row(rangeWords(date[0], date[1]), ink, 11));
  }
  for (const force of site.forces.slice(0, 2)) {
    const look = lookOf(force, scene.data.style, scene.dark);
    const size = peopleWords(force.people);
    rows.push(row(clip(nameOf(force), 34) + (size ? ", " + size : ""), look.ink, 12, "600", place.crisp ? "" : "italic"));
  }
  if (site.forces.length > 2) rows.push(row(t("more", { n: site.forces.length - 2 }), lookOf(site.forces[0], scene.data.style, scene.dark).ink, 11));
  if (!site.stops.length && place.crisp) rows.push(row(clip(place.name, 40), scene.colours.text, 12));
  if (!rows.length) return false;
  const away = place.crisp ? (numbered ? NUMBER_PX : DOT_PX) + 5 : 4;
  for (const most of new Set([rows.length, 2, 1])) { // where there is no room for all, the name at least
    const kept = rows.slice(0, most);
    const spot = settle(brush, room, view, kept, x, y, away);
    if (spot) write(brush, kept, spot.box, spot.h, scene.colours.halo, pale ? 0.45 : 1);
    if (spot) return true;
  }
  return false;
}

/** The carrier's name beside the longest visible leg of its route, in the line's colour. */
function paintRouteLabels(brush, view, room, lines, scene) {
  const longest = new Map();
  for (const line of lines) {
    if (scene.chosen && line.route !== scene.chosen) continue;
    const known = longest.get(line.route);
    if (line.length > 60 && (!known || line.length > known.length)) longest.set(line.route, line);
  }
  if (longest.size > 60) return;
  for (const [route, line] of longest) {
    const rows = [row(clip(nameOf(route), 34), line.look.ink, 12, "600")];
    if (route.dated) rows.push(row(rangeWords(route.start, route.end), line.look.ink, 11));
    let best = null;
    for (const [n, share] of [0.42, 0.3, 0.55, 0.8, 0.18].entries()) {
      const { x, y } = pointAt(line, share);
      if (x < view.inner[0] || x > view.inner[2] || y < view.inner[1] || y > view.inner[3]) continue;
      const { width, height } = measure(brush, rows);
      for (const [h, v] of [[0, -1], [0, 1], [1, 1], [1, -1], [-1, 1], [-1, -1], [1, 0], [-1, 0]]) {
        const left = x + h * (width / 2 + 8) - width / 2;
        const top = y + v * (height / 2 + 7) - height / 2;
        const box = [left - 2, top - 1, left + width + 2, top + height + 1];
        if (!room.free(box)) continue;
        const price = room.crossed(box) + n * 1.5 + (h ? 1 : 0);
        if (!best || price < best.price) best = { price, box };
      }
    }
    if (!best || best.price > 14) continue;
    room.take(best.box);
    write(brush, rows, best.box, 0, scene.colours.halo);
  }
}

// -- the base map's names --------------------------------------------------------------------------------------------

function paintGroundLabels(brush, view, room, scene, named) {
  const { ground, colours } = scene;
  const each = (labels, wanted, rowsOf, dot) => {
    for (const label of labels) {
      if (!wanted(label) || named.has(fold(label.name))) continue;
      for (const turn of turnsInView(view, label.x, label.x)) {
        const x = (label.x + turn * WORLD) * view.k - view.ox;
        const y = label.y * view.k - view.oy;
        if (y < view.top || y > view.bottom) continue;
        placeGround(brush, room, view, rowsOf(label), x, y, dot, colours);
      }
    }
  };
  const zoom = view.zoom;
  const least = zoom < 3 ? Infinity : 30000 / Math.pow(2.6, zoom - 2.5);
  each(ground.countries, (l) => l.a * 0.1 / 360 * WORLD * view.k > COUNTRY_PX, (l) => countryRows(l, view, colours));
  each(ground.water, (l) => l.a <= zoom, (l) => [waterRow(l, colours, zoom)]);
  each(ground.cities, (l) => l.a >= least || (l.b && l.a * 4 >= least), (l) => [row(l.name, colours.city_label, 11)], true);
}

function countryRows(label, view, colours) {
  const words = label.name.toUpperCase();
  const wide = label.a * 0.1 / 360 * WORLD * view.k > 90;
  return [{ ...row(words, colours.country_label, wide ? 12 : 10.5, "500"), text: words, spaced: wide ? 2 : 1 }];
}

function waterRow(label, colours, zoom) {
  const size = label.a <= 1 ? 15 : zoom - label.a > 1.5 ? 13 : 12;
  return { text: label.name, ink: colours.water_label, size, font: `italic 400 ${size}px Georgia, 'Times New Roman', serif` };
}

function placeGround(brush, room, view, rows, x, y, dot, colours) {
  const { width, height } = measure(brush, rows);
  const h = dot ? 1 : 0;
  const left = dot ? x + 4 : x - width / 2;
  const box = [left - 3, y - height / 2, left + width + 3, y + height / 2];
  if (!room.free(box) || room.crossed(box) > (dot ? 1 : 3)) return;
  room.take(box);
  if (dot) {
    brush.beginPath();
    brush.arc(x, y, 1.8, 0, 2 * Math.PI);
    brush.fillStyle = colours.city_label;
    brush.fill();
  }
  write(brush, rows, box, h, colours.halo);
}
