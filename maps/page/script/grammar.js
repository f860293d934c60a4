// The line grammar of maps/style.py as the page draws it: nothing about looks is decided here.

/** {colour, ink, dash, width, head, bar, question} of a route or deployment on the ground in use. */
function lookOf(item, style, dark) {
  const key = item.mode + item.status + item.certainty + Math.min(item.support, 3) + dark + item.kind;
  const known = lookOf.known.get(key);
  if (known) return known;
  const stroke = style.strokes[item.status + "/" + item.certainty];
  const hue = stroke.neutral ? style.neutral : item.kind === "route" ? style.hues[item.mode] : style.deployment;
  const look = {
    key,
    colour: dark ? hue.dark : hue.light,
    ink: dark ? hue.ink_dark : hue.ink,
    dash: stroke.dash,
    width: style.widths[Math.min(Math.max(item.support, 1), style.widths.length) - 1],
    head: stroke.head,
    bar: stroke.end_bar,
    question: stroke.question,
  };
  lookOf.known.set(key, look);
  return look;
}
lookOf.known = new Map();

/** A sample of a line for legends and lists. */
function swatch(look, width = 46) {
  const y = 8;
  const at = width * 0.66;
  const picture = svg("svg", { class: "swatch", width, height: 16, viewBox: `0 0 ${width} 16`, "aria-hidden": "true" });
  picture.append(svg("line", {
    x1: 2, y1: y, x2: width - 2, y2: y, stroke: look.colour, "stroke-width": look.width,
    "stroke-dasharray": look.dash.join(" "),
  }));
  if (look.head) {
    const hollow = look.head === "hollow";
    picture.append(svg("path", {
      d: `M${at + 6} ${y}l-9 -4.5v9z`, fill: hollow ? "var(--paper)" : look.colour, stroke: look.colour,
      "stroke-width": hollow ? 1.5 : 0,
    }));
  }
  if (look.bar) picture.append(svg("line", { x1: width - 2, y1: 2, x2: width - 2, y2: 14, stroke: look.colour, "stroke-width": 2.5 }));
  if (look.question) picture.append(svg("text", { x: 10, y: 13, fill: look.colour, "font-size": 14, "font-weight": 700 }, "?"));
  return picture;
}
