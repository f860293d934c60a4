// What is under the pointer: marks before lines, the nearest first.

const REACH_PX = 8;
const PICK_CELL_PX = 32;

/** An index of what was painted last; built when the pointer first asks. */
function Picker(lines, picks) {
  let cells = null;
  const key = (x, y) => Math.floor(x / PICK_CELL_PX) * 65536 + Math.floor(y / PICK_CELL_PX);

  function build() {
    cells = new Map();
    for (const line of lines) {
      const p = line.points;
      for (let i = 2; i < p.length; i += 2) {
        const size = Math.hypot(p[i] - p[i - 2], p[i + 1] - p[i - 1]);
        const steps = Math.min(300, Math.ceil(size / (PICK_CELL_PX / 2)));
        let last = null;
        for (let s = 0; s <= steps; s++) {
          const at = key(p[i - 2] + (p[i] - p[i - 2]) * s / (steps || 1), p[i - 1] + (p[i + 1] - p[i - 1]) * s / (steps || 1));
          if (at === last) continue;
          last = at;
          if (!cells.has(at)) cells.set(at, []);
          cells.get(at).push(line, i);
        }
      }
    }
  }

  return {
    /** {site} or {items}, or null; x and y in layer pixels. */
    at(x, y) {
      let site = null;
      for (const pick of picks) {
        const away = Math.hypot(pick.x - x, pick.y - y);
        if (away <= pick.r && (!site || away < site.away)) site = { away, pick };
      }
      const found = nearLines(x, y);
      if (site && (site.pick.site.place.crisp || !found.length)) return { site: site.pick.site, items: [] };
      return found.length ? { site: null, items: found } : null;
    },
  };

  function nearLines(x, y) {
    if (!cells) build();
    const away = new Map();
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const list = cells.get(key(x + dx * PICK_CELL_PX, y + dy * PICK_CELL_PX)) || [];
        for (let i = 0; i < list.length; i += 2) {
          const line = list[i];
          const d = distance(line.points, list[i + 1], x, y);
          if (d <= REACH_PX && !(away.get(line.route) <= d)) away.set(line.route, d);
        }
      }
    }
    return [...away.entries()].sort((a, b) => a[1] - b[1]).map(([route]) => route);
  }
}

function distance(p, i, x, y) {
  const [ax, ay, bx, by] = [p[i - 2], p[i - 1], p[i], p[i + 1]];
  const [dx, dy] = [bx - ax, by - ay];
  const f = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - f * dx, y - ay - f * dy);
}
