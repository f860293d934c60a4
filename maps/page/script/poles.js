// Lines over a pole. Web Mercator ends before the poles: a line is drawn up to 84 degrees and again from there, each end
// with three dots towards the pole and the words that say where the line goes, and never along the map's edge.

const POLE_CUT_DEG = 84; // beyond all land of the north; 84° to 85° is a tenth of the map's height and shows nothing
const OVER_POLE_DEG = 89;
const POLE_WORDS_PX = 130; // lines that end within this of each other share their words
const POLE_DOTS = [[6, 1.7], [12, 1.3], [17.5, 1]]; // px beyond the end, radius

/** The pieces of a leg that a plane can show: [{lonlat, from, to}]; from and to say that it was cut there. Null if all. */
function cutAtPoles(lonlat) {
  let top = 0;
  for (let i = 1; i < lonlat.length; i += 2) top = Math.max(top, Math.abs(lonlat[i]));
  if (top <= POLE_CUT_DEG) return null;
  const pieces = [];
  let piece = null;
  for (let i = 0; i < lonlat.length; i += 2) {
    const inside = Math.abs(lonlat[i + 1]) <= POLE_CUT_DEG;
    if (inside && !piece) {
      pieces.push(piece = { lonlat: i ? edgeOf(lonlat, i, i - 2) : [], cutBefore: i > 0, cutAfter: false });
    } else if (!inside && piece) {
      piece.lonlat.push(...edgeOf(lonlat, i - 2, i));
      piece.cutAfter = true;
      piece = null;
    }
    if (piece) piece.lonlat.push(lonlat[i], lonlat[i + 1]);
  }
  return pieces;
}

/** Where the great circle between a vertex inside and one beyond passes the last latitude: [lon, lat]. */
function edgeOf(lonlat, inside, beyond) {
  const [a, b] = [inside, beyond].map((i) => vector(lonlat[i], lonlat[i + 1]));
  let [low, high] = [0, 1];
  let point = [lonlat[inside], lonlat[inside + 1]];
  for (let n = 0; n < 24; n++) {
    const f = (low + high) / 2;
    const [x, y, z] = a.map((value, i) => value * (1 - f) + b[i] * f);
    const lat = Math.atan2(z, Math.hypot(x, y)) / RADIANS;
    if (Math.abs(lat) > POLE_CUT_DEG) high = f;
    else {
      low = f;
      point = [near(Math.atan2(y, x) / RADIANS, lonlat[inside]), lat];
    }
  }
  return point;
}

/** "over the North Pole", or "past" it where the line keeps some way off. */
function poleWords(lonlat) {
  let far = 0;
  for (let i = 2; i < lonlat.length; i += 2) {
    if (Math.max(Math.abs(lonlat[i - 1]), Math.abs(lonlat[i + 1])) <= POLE_CUT_DEG) continue;
    const [a, b] = [vector(lonlat[i - 2], lonlat[i - 1]), vector(lonlat[i], lonlat[i + 1])];
    const across = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
    const highest = Math.acos(Math.min(1, Math.abs(across[2]) / (Math.hypot(...across) || 1))) / RADIANS;
    if (highest > Math.abs(far)) far = Math.sign(lonlat[i + 1]) * highest;
  }
  const how = t(Math.abs(far) > OVER_POLE_DEG ? "pole.over" : "pole.past");
  return far > 0 ? t("pole.north", { how }) : t("pole.south", { how });
}

/** The ends of pixel lines that were cut: [{x, y, angle towards the pole, line}]. */
function poleEnds(lines) {
  const ends = [];
  for (const line of lines) {
    const { strand, points } = line;
    if (!strand || !line.leg.pole) continue;
    const n = points.length;
    if (strand.cutBefore) ends.push({ line, x: points[0], y: points[1], angle: Math.atan2(points[1] - points[3], points[0] - points[2]) });
    if (strand.cutAfter) ends.push({ line, x: points[n - 2], y: points[n - 1], angle: Math.atan2(points[n - 1] - points[n - 3], points[n - 2] - points[n - 4]) });
  }
  return ends;
}

function paintPoleEnds(brush, lines, alpha) {
  brush.globalAlpha = alpha;
  for (const { line, x, y, angle } of poleEnds(lines)) {
    brush.fillStyle = line.look.colour;
    for (const [away, r] of POLE_DOTS) {
      brush.beginPath();
      brush.arc(x + Math.cos(angle) * away, y + Math.sin(angle) * away, r * Math.max(1, line.look.width / 2), 0, 2 * Math.PI);
      brush.fill();
    }
  }
  brush.globalAlpha = 1;
}

function paintPoleLabels(brush, view, room, lines, scene) {
  const ends = poleEnds(lines.filter((line) => !scene.chosen || line.route === scene.chosen));
  const written = [];
  for (const { line, x, y, angle } of ends) {
    const near = (w) => w.words === line.leg.pole && Math.abs(w.x - x) < POLE_WORDS_PX && Math.abs(w.y - y) < POLE_WORDS_PX;
    if (x < view.inner[0] || x > view.inner[2] || written.some(near)) continue;
    const rows = [row(line.leg.pole, line.look.ink, 11, "400", "italic")];
    const spot = settle(brush, room, view, rows, x + Math.cos(angle) * 8, y + Math.sin(angle) * 8, 9);
    if (!spot) continue;
    write(brush, rows, spot.box, spot.h, scene.colours.halo);
    written.push({ words: line.leg.pole, x, y });
  }
}
