// The globe on a plane: Web Mercator at zoom 0 (a world 256 wide), longitudes unwrapped so that nothing is cut.

const WORLD = 256;
const RADIANS = Math.PI / 180;
const EARTH_KM = 6371.0088; // mean radius, IUGG
const SEGMENT_DEG = 2; // a vertex at least every two degrees of a great circle
const COARSE_DEG = 5; // or every five, when there are more legs than
const COARSE_LEGS = 8000;
const SEAM_BINS = 72;

function worldX(lon) {
  return (lon + 180) / 360 * WORLD;
}

function worldY(lat) {
  const bounded = Math.max(-85.05, Math.min(85.05, lat));
  return WORLD / 2 - WORLD / (2 * Math.PI) * Math.log(Math.tan(Math.PI / 4 + bounded * RADIANS / 2));
}

function lonOf(x) {
  return x / WORLD * 360 - 180;
}

function latOf(y) {
  return (2 * Math.atan(Math.exp((WORLD / 2 - y) / WORLD * 2 * Math.PI)) - Math.PI / 2) / RADIANS;
}

/** World units for a number of kilometres on the ground at a latitude. */
function worldLength(km, lat) {
  return km / (2 * Math.PI * EARTH_KM * Math.cos(Math.min(Math.abs(lat), 80) * RADIANS)) * WORLD;
}

/** [lon, lat, lon, lat …] along the great circle; longitudes run on from the first without a jump. */
function greatCircle(lon1, lat1, lon2, lat2, gap = SEGMENT_DEG) {
  const [a, b] = [vector(lon1, lat1), vector(lon2, lat2)];
  const cosine = Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
  const angle = Math.acos(cosine);
  const steps = Math.max(1, Math.ceil(angle / RADIANS / gap));
  const line = [lon1, lat1];
  const sine = Math.sin(angle);
  let last = lon1;
  for (let i = 1; i <= steps; i++) {
    let lon = lon2;
    let lat = lat2;
    if (i < steps && sine > 1e-9) {
      const f = Math.sin((1 - i / steps) * angle) / sine;
      const g = Math.sin(i / steps * angle) / sine;
      const [x, y, z] = [f * a[0] + g * b[0], f * a[1] + g * b[1], f * a[2] + g * b[2]];
      lon = Math.atan2(y, x) / RADIANS;
      lat = Math.atan2(z, Math.hypot(x, y)) / RADIANS;
    }
    last = near(lon, last);
    line.push(last, lat);
  }
  return line;
}

function vector(lon, lat) {
  const c = Math.cos(lat * RADIANS);
  return [c * Math.cos(lon * RADIANS), c * Math.sin(lon * RADIANS), Math.sin(lat * RADIANS)];
}

/** The longitude, whole turns added or taken, that is nearest to another. */
function near(lon, other) {
  return lon - 360 * Math.round((lon - other) / 360);
}

/** A stored line: whole steps, first the vertex itself, then differences. */
function unstep(steps) {
  const line = new Array(steps.length);
  let x = 0;
  let y = 0;
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    line[i] = x / LINE_STEPS;
    line[i + 1] = y / LINE_STEPS;
  }
  return line;
}

/**
 * Lay every leg and place on one plane: legs of a route follow on from each other, and all is turned so that the seam
 * of the map lies where the fewest lines run. Gives the map's middle longitude.
 */
function layOut(data) {
  const cover = new Float64Array(SEAM_BINS);
  const legs = data.routes.reduce((n, route) => n + route.legs.length, 0);
  for (const route of data.routes) chain(route, cover, legs > COARSE_LEGS ? COARSE_DEG : SEGMENT_DEG);
  for (const place of data.places) if (place.located) cover[bin(place.lon)] += 1;
  const middle = middleOf(cover);
  for (const route of data.routes) turn(route, middle);
  for (const place of data.places) {
    if (!place.located) continue;
    place.x = worldX(near(place.lon, middle));
    place.y = worldY(place.lat);
  }
  fanOut(data.routes);
  return middle;
}

function chain(route, cover, gap) {
  let end = null;
  for (const leg of route.legs) {
    const [a, b] = [leg.from.place, leg.to.place];
    leg.lonlat = leg.line && leg.line.length > 3 ? unstep(leg.line) : greatCircle(a.lon, a.lat, b.lon, b.lat, gap);
    if (end !== null) {
      const shift = near(leg.lonlat[0], end) - leg.lonlat[0];
      if (shift) for (let i = 0; i < leg.lonlat.length; i += 2) leg.lonlat[i] += shift;
    }
    end = leg.lonlat[leg.lonlat.length - 2];
    for (let i = 0; i < leg.lonlat.length; i += 2) cover[bin(leg.lonlat[i])] += 1;
  }
}

function bin(lon) {
  return Math.floor((((lon + 180) % 360 + 360) % 360) / 360 * SEAM_BINS) % SEAM_BINS;
}

/** The seam lies in the middle of the longest run of the least covered bins; the middle of the map is opposite. */
function middleOf(cover) {
  const least = Math.min(...cover);
  let best = { length: 0, at: 0 };
  for (let start = 0; start < SEAM_BINS; start++) {
    let length = 0;
    while (length < SEAM_BINS && cover[(start + length) % SEAM_BINS] <= least) length++;
    if (length > best.length) best = { length, at: start };
  }
  if (best.length >= SEAM_BINS) return 0;
  const seam = -180 + (best.at + best.length / 2) / SEAM_BINS * 360;
  return near(seam + 180, 0);
}

function turn(route, middle) {
  if (!route.legs.length) return;
  let low = Infinity;
  let high = -Infinity;
  for (const { lonlat } of route.legs) {
    for (let i = 0; i < lonlat.length; i += 2) {
      low = Math.min(low, lonlat[i]);
      high = Math.max(high, lonlat[i]);
    }
  }
  const shift = near((low + high) / 2, middle) - (low + high) / 2;
  for (const leg of route.legs) {
    leg.strands = cutAtPoles(leg.lonlat);
    if (leg.strands) leg.pole = poleWords(leg.lonlat);
    for (const strand of leg.strands || [leg]) project(strand, strand.lonlat || leg.lonlat, shift);
    leg.lonlat = null;
  }
}

/** Put a line, given as [lon, lat …], on the plane, with the box round it. */
function project(line, lonlat, shift) {
  const n = lonlat.length / 2;
  line.xs = new Float64Array(n);
  line.ys = new Float64Array(n);
  line.box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    const x = worldX(lonlat[2 * i] + shift);
    const y = worldY(lonlat[2 * i + 1]);
    line.xs[i] = x;
    line.ys[i] = y;
    if (x < line.box[0]) line.box[0] = x;
    if (y < line.box[1]) line.box[1] = y;
    if (x > line.box[2]) line.box[2] = x;
    if (y > line.box[3]) line.box[3] = y;
  }
  line.lonlat = null;
}

/** Legs between the same two places run side by side: each gets its place (slot) among them, seen from one end. */
function fanOut(routes) {
  const pairs = new Map();
  for (const route of routes) {
    for (const leg of route.legs) {
      const [a, b] = [leg.from.place.index, leg.to.place.index];
      const key = Math.min(a, b) * 1e6 + Math.max(a, b);
      const same = pairs.get(key);
      leg.side = a <= b ? 1 : -1;
      if (same) same.push(leg);
      else pairs.set(key, [leg]);
    }
  }
  for (const same of pairs.values()) same.forEach((leg, n) => { leg.slot = n - (same.length - 1) / 2; leg.slots = same.length; });
}

/** The smallest box round everything drawn, [west, south, east, north] with longitudes unwrapped; null if nothing is. */
function extent(items) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const take = (x1, y1, x2, y2) => {
    box[0] = Math.min(box[0], x1);
    box[1] = Math.min(box[1], y1);
    box[2] = Math.max(box[2], x2);
    box[3] = Math.max(box[3], y2);
  };
  for (const item of items) {
    for (const leg of item.legs || []) for (const strand of leg.strands || [leg]) take(...strand.box);
    for (const place of placesOf(item)) {
      if (!place.located) continue;
      const r = place.crisp ? 0 : Math.min(worldLength(place.radius, place.lat), 6);
      const on = item.legs && item.legs.length ? [] : [place.x];
      for (const x of on) take(x - r, place.y - r, x + r, place.y + r);
    }
  }
  return box[0] === Infinity ? null : [lonOf(box[0]), latOf(box[3]), lonOf(box[2]), latOf(box[1])];
}
