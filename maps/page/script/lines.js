// Routes on the canvas: legs, arrowheads, bars and question marks, arrivals without a known way.

const GAP_PX = 5; // between legs that run side by side
const FAN_PX = 44; // the most that a bundle of them may spread
const CASING_LEGS = 600; // up to this many legs get a halo that parts them where they cross
const CROWD_LEGS = 1500; // above this, lines are drawn fainter and heads on long legs alone
const HEAD_LEAST_PX = 26;
const CROWD_HEAD_PX = 60;
const HEADLESS_LEGS = 8000; // above this, heads would hide the lines; they come back with a filter or a closer view
const CHUNK = 250; // lines of one stroke in a crowd, so that many lines over each other are darker than few
const MARK_GAP_PX = 11;

/** Legs of the visible routes as pixel lines: [{route, look, points, length, faint}]. */
function pixelLines(view, shown, scene) {
  const lines = [];
  for (const route of shown) {
    const look = lookOf(route, scene.data.style, scene.dark);
    for (const leg of route.legs) {
      for (const strand of leg.strands || [leg]) {
        for (const turn of turnsInView(view, strand.box[0], strand.box[2])) {
          if (strand.box[3] * view.k - view.oy < view.top || strand.box[1] * view.k - view.oy > view.bottom) continue;
          lines.push(pixelLine(view, leg, strand, turn * WORLD, look));
        }
      }
    }
  }
  return lines;
}

/** A leg, or the strand of it on one side of a pole. */
function pixelLine(view, leg, strand, shift, look) {
  const { k, ox, oy } = view;
  const { xs, ys, box } = strand;
  const n = xs.length;
  const wide = Math.max(box[2] - box[0], box[3] - box[1]) * k;
  const stride = leg.line ? 1 : Math.max(1, Math.floor(n * 6 / Math.max(wide, 1)));
  const bulge = leg.slots > 1 && wide > 12 ? leg.side * leg.slot * Math.min(GAP_PX, FAN_PX / leg.slots) : 0;
  const points = [];
  let length = 0;
  for (let i = 0; i < n; i = i + stride < n || i === n - 1 ? i + stride : n - 1) {
    let x = (xs[i] + shift) * k - ox;
    let y = ys[i] * k - oy;
    if (bulge && i && i < n - 1) {
      const dx = xs[i + 1] - xs[i - 1];
      const dy = ys[i + 1] - ys[i - 1];
      const size = Math.hypot(dx, dy) || 1;
      const off = bulge * Math.sqrt(Math.sin(Math.PI * i / (n - 1)));
      x -= dy / size * off;
      y += dx / size * off;
    }
    const m = points.length;
    if (m) length += Math.hypot(x - points[m - 2], y - points[m - 1]);
    points.push(x, y);
  }
  return { route: leg.route, leg, strand, look, points, length, headAt: null };
}

/** Arrivals (and departures) of routes with one known stop: a short arrow into (out of) the place from above. */
function pixelMarks(view, shown, scene) {
  const lines = [];
  const taken = new Map();
  for (const route of shown) {
    if (route.legs.length || !route.drawn) continue;
    for (const stop of route.stops) {
      const place = stop.place;
      if (!place.located) continue;
      const n = taken.get(place) || 0;
      if (n > 8) continue;
      taken.set(place, n + 1);
      const look = lookOf(route, scene.data.style, scene.dark);
      const aside = (n % 2 ? -1 : 1) * Math.ceil(n / 2) * MARK_GAP_PX;
      for (const turn of turnsInView(view, place.x, place.x)) {
        const x = (place.x + turn * WORLD) * view.k - view.ox + aside;
        const y = place.y * view.k - view.oy;
        const down = [x, y - 34, x, y - 8];
        const points = stop.role === "origin" ? [x, y - 8, x, y - 34] : down;
        lines.push({ route, leg: null, look, points, length: 26, headAt: 1 });
      }
    }
  }
  return lines;
}

function tracePoints(brush, points) {
  brush.moveTo(points[0], points[1]);
  for (let i = 2; i < points.length; i += 2) brush.lineTo(points[i], points[i + 1]);
}

/** Draw pixel lines, those of one look in one stroke. */
function paintLines(brush, lines, scene, alpha) {
  const groups = new Map();
  for (const line of lines) {
    const group = groups.get(line.look);
    if (group) group.push(line);
    else groups.set(line.look, [line]);
  }
  brush.lineCap = "butt";
  brush.lineJoin = "round";
  if (lines.length <= CASING_LEGS && alpha === 1) casing(brush, lines, scene);
  const crowd = lines.length > CROWD_LEGS;
  brush.globalAlpha = crowd ? alpha * Math.max(0.14, Math.min(0.5, 1500 / lines.length)) : alpha;
  for (const [look, group] of groups) {
    brush.strokeStyle = look.colour;
    brush.lineWidth = crowd ? 1 : look.width;
    brush.setLineDash(look.dash.map((d) => d * look.width / 2));
    for (let from = 0; from < group.length; from += CHUNK) {
      brush.beginPath();
      for (const line of group.slice(from, from + CHUNK)) tracePoints(brush, line.points);
      brush.stroke();
    }
    brush.setLineDash([]);
    if (lines.length > HEADLESS_LEGS) continue;
    paintHeads(brush, look, group.filter((line) => line.length >= (crowd ? CROWD_HEAD_PX : HEAD_LEAST_PX)), scene, crowd);
  }
  brush.globalAlpha = 1;
  if (!crowd) paintPoleEnds(brush, lines, alpha);
}

function casing(brush, lines, scene) {
  brush.strokeStyle = scene.colours.halo;
  brush.globalAlpha = 0.75;
  brush.beginPath();
  for (const line of lines) tracePoints(brush, line.points);
  brush.lineWidth = 5;
  brush.stroke();
  brush.globalAlpha = 1;
}

function paintHeads(brush, look, lines, scene, crowd) {
  const long = crowd ? 6 : 8 + look.width * 1.5;
  brush.fillStyle = look.head === "hollow" ? scene.colours.halo : look.colour;
  brush.lineWidth = 1.5;
  for (const line of lines) { // one path each: a path of thousands of arrowheads takes seconds to fill
    const { x, y, angle } = pointAt(line, line.headAt === null ? scene.data.style.arrowAt : line.headAt);
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const [fx, fy] = line.headAt === 1 ? [x, y] : [x + c * long / 2, y + s * long / 2];
    brush.beginPath();
    brush.moveTo(fx, fy);
    brush.lineTo(fx - c * long + s * long * 0.42, fy - s * long - c * long * 0.42);
    brush.lineTo(fx - c * long * 0.8, fy - s * long * 0.8);
    brush.lineTo(fx - c * long - s * long * 0.42, fy - s * long + c * long * 0.42);
    brush.closePath();
    brush.fill();
    if (look.head === "hollow") brush.stroke();
  }
  if (look.bar) paintBars(brush, look, lines);
  if (look.question) paintQuestions(brush, look, lines, scene);
}

/** A bar across the end of a line that was not carried through; on the last leg alone. */
function paintBars(brush, look, lines) {
  brush.lineWidth = look.width + 1;
  brush.beginPath();
  for (const line of lines) {
    if (line.leg && (line.leg !== line.route.legs[line.route.legs.length - 1] || line.strand.cutAfter)) continue;
    const back = Math.min(9 / line.length, 0.2);
    const { x, y, angle } = pointAt(line, line.leg ? 1 - back : 0.05);
    const [c, s] = [Math.cos(angle) * 8, Math.sin(angle) * 8];
    brush.moveTo(x - s, y + c);
    brush.lineTo(x + s, y - c);
  }
  brush.stroke();
}

function paintQuestions(brush, look, lines, scene) {
  brush.font = "bold 16px system-ui, sans-serif";
  brush.textAlign = "center";
  brush.textBaseline = "middle";
  for (const line of lines) {
    const { x, y } = pointAt(line, line.leg ? 0.5 : 0);
    brush.fillStyle = scene.colours.halo;
    brush.beginPath();
    brush.arc(x, y, 9, 0, 2 * Math.PI);
    brush.fill();
    brush.fillStyle = look.ink;
    brush.fillText("?", x, y + 1);
  }
}

/** Point and direction of travel at a share of a pixel line's length. */
function pointAt(line, share) {
  const p = line.points;
  let left = line.length * share;
  for (let i = 2; i < p.length; i += 2) {
    const dx = p[i] - p[i - 2];
    const dy = p[i + 1] - p[i - 1];
    const size = Math.hypot(dx, dy);
    if (left <= size || i === p.length - 2) {
      const f = size ? Math.min(left / size, 1) : 0;
      return { x: p[i - 2] + dx * f, y: p[i - 1] + dy * f, angle: Math.atan2(dy, dx) };
    }
    left -= size;
  }
  return { x: p[0], y: p[1], angle: 0 };
}
