// Stops and deployments on the canvas: a crisp dot only where the place is a point, else a soft ring or hatched area.

const DOT_PX = 4.5;
const SMALL_DOT_PX = 2.5;
const SMALL_DOT_SITES = 250; // with more places than this, each dot is small
const NUMBER_PX = 9;
const SOFT_LEAST_PX = 18;
const SOFT_MOST_PX = 60;
const NUMBERED_ROUTES = 40; // with more routes than this only the chosen one's stops are numbered

/** Where stops and forces of the visible items are: Map of place → {stops, forces, numbers, route}. */
function gather(shown, scene) {
  const sites = new Map();
  const at = (place) => {
    let site = sites.get(place);
    if (!site) sites.set(place, site = { place, stops: [], forces: [], numbers: [], numbered: null });
    return site;
  };
  for (const item of shown) {
    if (item.kind === "deployment") {
      if (item.place.located) at(item.place).forces.push(item);
    } else {
      for (const stop of item.stops) if (stop.place.located) at(stop.place).stops.push({ route: item, stop });
    }
  }
  number(shown, sites, scene);
  return sites;
}

/** Number the stops of the chosen route, or, where no route is chosen, of long routes that share no place. */
function number(shown, sites, scene) {
  const chosen = scene.chosen;
  const routes = chosen && chosen.kind === "route" ? [chosen]
    : chosen || shown.length > NUMBERED_ROUTES ? []
      : shown.filter((i) => i.kind === "route" && i.legs.length > 1).sort((a, b) => b.legs.length - a.legs.length);
  const taken = new Set();
  for (const route of routes) {
    if (route.unordered && route.stops.length > 2 && !scene.chosen && route.status === "denied") continue;
    const places = route.stops.map((stop) => stop.place).filter((place) => place.located);
    if (places.some((place) => taken.has(place))) continue;
    let n = 0;
    for (const stop of route.stops) {
      n += 1;
      if (!stop.place.located) continue;
      taken.add(stop.place);
      const site = sites.get(stop.place);
      if (!site) continue;
      site.numbers.push(n);
      site.numbered = route;
    }
  }
}

function softRadius(view, place) {
  const px = worldLength(place.radius || 60, place.lat) * view.k;
  return Math.max(SOFT_LEAST_PX, Math.min(SOFT_MOST_PX, px * 0.6));
}

/** Areas first, under the lines. */
function paintAreas(brush, view, sites, scene) {
  for (const site of sites.values()) {
    if (site.place.crisp) continue;
    const r = softRadius(view, site.place);
    for (const turn of turnsInView(view, site.place.x - 20, site.place.x + 20)) {
      const x = (site.place.x + turn * WORLD) * view.k - view.ox;
      const y = site.place.y * view.k - view.oy;
      if (site.forces.length) hatch(brush, x, y, r, areaLook(site.forces, scene), faint(site.forces, scene));
      if (site.stops.length) softRing(brush, x, y, r, ringLook(site.stops, scene), faint(site.stops.map((s) => s.route), scene));
    }
  }
}

/** Paler when another item is chosen. */
function faint(items, scene) {
  return scene.chosen && !items.includes(scene.chosen) ? 0.25 : 1;
}

function areaLook(forces, scene) {
  const chosen = forces.includes(scene.chosen) ? scene.chosen : forces[0];
  return lookOf(chosen, scene.data.style, scene.dark);
}

function ringLook(stops, scene) {
  const mine = stops.find((s) => s.route === scene.chosen) || stops[0];
  return lookOf(mine.route, scene.data.style, scene.dark);
}

function softRing(brush, x, y, r, look, alpha) {
  const glow = brush.createRadialGradient(x, y, 0, x, y, r);
  glow.addColorStop(0, look.colour + "14");
  glow.addColorStop(0.55, look.colour + "1c");
  glow.addColorStop(0.8, look.colour + "4a");
  glow.addColorStop(1, look.colour + "00");
  brush.globalAlpha = alpha;
  brush.fillStyle = glow;
  brush.beginPath();
  brush.arc(x, y, r, 0, 2 * Math.PI);
  brush.fill();
  brush.globalAlpha = 1;
}

function hatch(brush, x, y, r, look, alpha) {
  brush.save();
  brush.globalAlpha = 0.55 * alpha;
  brush.beginPath();
  brush.arc(x, y, r, 0, 2 * Math.PI);
  brush.clip();
  brush.strokeStyle = look.colour;
  brush.lineWidth = 1;
  brush.beginPath();
  for (let d = -2 * r; d < 2 * r; d += 7) {
    brush.moveTo(x + d - r, y + r);
    brush.lineTo(x + d + r, y - r);
  }
  brush.stroke();
  const fade = brush.createRadialGradient(x, y, r * 0.2, x, y, r);
  fade.addColorStop(0, look.colour + "40");
  fade.addColorStop(1, look.colour + "10");
  brush.fillStyle = fade;
  brush.fill();
  brush.restore();
}

/** Dots, numbers and force marks, over the lines. Gives what can be picked: [{x, y, r, site}]. */
function paintSites(brush, view, sites, scene) {
  const picks = [];
  const small = sites.size > SMALL_DOT_SITES;
  for (const site of [...sites.values()].sort((a, b) => upper(a, scene) - upper(b, scene))) {
    const { place } = site;
    for (const turn of turnsInView(view, place.x, place.x)) {
      const x = (place.x + turn * WORLD) * view.k - view.ox;
      const y = place.y * view.k - view.oy;
      if (y < view.top - 20 || y > view.bottom + 20) continue;
      const tucked = picks.some((p) => p.numbered && Math.hypot(p.x - x, p.y - y) < 1.6 * NUMBER_PX);
      const numbered = place.crisp && site.numbers.length > 0 && !tucked;
      if (place.crisp) paintDot(brush, x, y, site, scene, numbered, small || (tucked && site.numbers.length > 0));
      if (place.crisp && site.forces.length) paintForce(brush, x, y + (site.stops.length ? (numbered ? 17 : 12) : 0), site, scene);
      const r = place.crisp ? (numbered ? NUMBER_PX : DOT_PX) + 3 : softRadius(view, place) * 0.7;
      picks.push({ x, y, r, site, numbered });
    }
  }
  return picks;
}

/** Numbered places are painted last, in the order of travel, so that nothing covers a number. */
function upper(site, scene) {
  if (!site.numbers.length) return 0;
  return (site.numbered === scene.chosen ? 1000 : 1) + site.numbers[0] / 1000;
}

function paintDot(brush, x, y, site, scene, numbered, small) {
  if (!site.stops.length) return;
  const chosen = site.stops.find((s) => s.route === scene.chosen);
  const from = chosen || site.stops.find((s) => s.route === site.numbered) || site.stops[0];
  const look = lookOf(from.route, scene.data.style, scene.dark);
  brush.globalAlpha = scene.chosen && !chosen ? 0.4 : 1;
  brush.lineWidth = small ? 1 : 2;
  brush.beginPath();
  if (numbered) {
    const words = site.numbers.join("·");
    brush.font = "bold 11px system-ui, sans-serif";
    const half = Math.max(NUMBER_PX, brush.measureText(words).width / 2 + 5);
    brush.roundRect(x - half, y - NUMBER_PX, 2 * half, 2 * NUMBER_PX, NUMBER_PX);
    brush.fillStyle = look.ink;
    brush.fill();
    brush.strokeStyle = scene.colours.halo;
    brush.stroke();
    brush.fillStyle = scene.colours.halo;
    brush.textAlign = "center";
    brush.textBaseline = "middle";
    brush.fillText(words, x, y + 0.5);
  } else {
    brush.arc(x, y, small ? SMALL_DOT_PX : DOT_PX, 0, 2 * Math.PI);
    brush.fillStyle = scene.colours.halo;
    brush.fill();
    brush.strokeStyle = look.ink;
    brush.stroke();
  }
  brush.globalAlpha = 1;
}

/** A force at a known point: a square standing on its corner. */
function paintForce(brush, x, y, site, scene) {
  const look = areaLook(site.forces, scene);
  brush.globalAlpha = faint(site.forces, scene);
  brush.beginPath();
  brush.moveTo(x, y - 7);
  brush.lineTo(x + 7, y);
  brush.lineTo(x, y + 7);
  brush.lineTo(x - 7, y);
  brush.closePath();
  const open = look.dash.length > 0;
  brush.fillStyle = open ? scene.colours.halo : look.colour;
  brush.fill();
  brush.lineWidth = 2;
  brush.strokeStyle = open ? look.colour : scene.colours.halo;
  if (open) brush.setLineDash([4, 2]);
  brush.stroke();
  brush.setLineDash([]);
  brush.globalAlpha = 1;
}
