// The base map: land, lakes, coast, borders (disputed ones dashed), from the bundled Natural Earth data.

const STEP_PX = 0.9; // a vertex nearer than this to the last adds nothing
const SMALLEST_PX = 1.2; // islands and lakes smaller than this are left out

/** Whole steps of 1/scale degree → lines in world units with their boxes. */
function decodeGround(raw) {
  const northings = new Float32Array(180 * raw.scale + 1); // one logarithm a step of latitude instead of one a vertex
  for (let i = 0; i < northings.length; i++) northings[i] = worldY(i / raw.scale - 90);
  const lines = (rows) => rows.map((row) => groundLine(row, raw.scale, northings));
  const label = (kind) => ([name, lon, lat, a, b]) => ({ kind, name, x: worldX(lon), y: worldY(lat), a, b });
  return {
    land: lines(raw.land), lakes: lines(raw.lakes), borders: lines(raw.borders), disputed: lines(raw.disputed),
    countries: raw.countries.map(label("country")), cities: raw.cities.map(label("city")),
    water: raw.water.map(label("water")),
  };
}

function groundLine(row, scale, northings) {
  const n = row.length / 2;
  const line = { xs: new Float32Array(n), ys: new Float32Array(n), seam: null, box: [Infinity, Infinity, -Infinity, -Infinity] };
  let x = 0;
  let y = 0;
  for (let i = 0; i < n; i++) {
    x += row[2 * i];
    y += row[2 * i + 1];
    const wx = (x / scale + 180) / 360 * WORLD;
    const wy = northings[y + 90 * scale];
    line.xs[i] = wx;
    line.ys[i] = wy;
    if (wx < line.box[0]) line.box[0] = wx;
    if (wy < line.box[1]) line.box[1] = wy;
    if (wx > line.box[2]) line.box[2] = wx;
    if (wy > line.box[3]) line.box[3] = wy;
  }
  line.seam = line.box[0] <= 0.001 || line.box[2] >= WORLD - 0.001;
  return line;
}

function paintGround(brush, view, ground, colours) {
  brush.fillStyle = colours.water;
  brush.fillRect(view.left, view.top, view.right - view.left, view.bottom - view.top);
  brush.lineJoin = "round";
  area(brush, view, ground.land, colours.land, colours.coast);
  area(brush, view, ground.lakes, colours.water, colours.coast);
  brush.lineWidth = view.zoom < 3.5 ? 0.6 : 0.9;
  stroke(brush, view, ground.borders, colours.border, []);
  stroke(brush, view, ground.disputed, colours.disputed, [3, 3]);
}

function area(brush, view, rings, fillColour, edgeColour) {
  const whole = new Path2D();
  const cut = new Path2D(); // rings with an edge along the antimeridian, which is no coast
  const edges = new Path2D();
  for (const ring of rings) {
    trace(ring.seam ? cut : whole, view, ring, true);
    if (ring.seam) trace(edges, view, ring, false);
  }
  edges.addPath(whole);
  cut.addPath(whole);
  brush.fillStyle = fillColour;
  brush.fill(cut, "evenodd");
  brush.strokeStyle = edgeColour;
  brush.lineWidth = 0.7;
  brush.stroke(edges);
}

function stroke(brush, view, lines, colour, dash) {
  brush.strokeStyle = colour;
  brush.setLineDash(dash);
  brush.beginPath();
  for (const line of lines) trace(brush, view, line, false);
  brush.stroke();
  brush.setLineDash([]);
}

/** Add a line to the path; as an edge (not filled) it is lifted where it runs along the antimeridian. */
function trace(brush, view, line, filled) {
  const { k, ox, oy } = view;
  const [x1, y1, x2, y2] = line.box;
  if ((x2 - x1) * k < SMALLEST_PX && (y2 - y1) * k < SMALLEST_PX) return;
  if (y2 * k - oy < view.top || y1 * k - oy > view.bottom) return;
  const n = line.xs.length;
  for (const turn of turnsInView(view, x1, x2)) {
    const shift = turn * WORLD;
    let px = NaN;
    let py = NaN;
    let lifted = true;
    for (let i = 0; i < n; i++) {
      const x = (line.xs[i] + shift) * k - ox;
      const y = line.ys[i] * k - oy;
      if (!filled && line.seam && i && onSeam(line.xs[i]) && onSeam(line.xs[i - 1])) lifted = true;
      else if (!lifted && i < n - 1 && Math.abs(x - px) < STEP_PX && Math.abs(y - py) < STEP_PX) continue;
      if (lifted) brush.moveTo(x, y);
      else brush.lineTo(x, y);
      lifted = false;
      px = x;
      py = y;
    }
    if (filled) brush.closePath();
  }
}

function onSeam(x) {
  return x <= 0.001 || x >= WORLD - 0.001;
}
