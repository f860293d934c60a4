// The page on paper.

/**
 * For print the map takes the size it has on paper and the light ground, and a still picture of it takes its place:
 * browsers do not print a canvas that is moved by a transformation in the right place.
 */
function toPaper(app, on) {
  const { map } = app;
  if (on === Boolean(app.screen)) return null;
  if (on) app.screen = { theme: app.theme, centre: map.getCenter(), zoom: map.getZoom(), moved: app.moved };
  const { theme, centre, zoom, moved } = app.screen;
  document.body.classList.toggle("printing", on);
  app.theme = on ? "light" : theme;
  map.invalidateSize({ animate: false, pan: false });
  if (on && !moved) fit(app, app.data.items.filter((item) => app.scene.visible[item.index]), false);
  else map.setView(centre, on ? zoom - 0.5 : zoom, { animate: false });
  retheme(app);
  if (!on) app.screen = null;
  const picture = document.getElementById("paper");
  if (on) picture.src = stillOf(app);
  else picture.removeAttribute("src");
  return on ? picture.decode().catch(() => null) : null;
}

/** The sheets, one over the other, as a PNG of what is in view. */
function stillOf(app) {
  const home = app.map.getContainer().getBoundingClientRect();
  const still = document.createElement("canvas");
  Object.assign(still, { width: 2 * home.width, height: 2 * home.height });
  const brush = still.getContext("2d");
  for (const sheet of app.map.getContainer().querySelectorAll("canvas")) {
    const box = sheet.getBoundingClientRect();
    brush.drawImage(sheet, 2 * (box.left - home.left), 2 * (box.top - home.top), 2 * box.width, 2 * box.height);
  }
  return still.toDataURL("image/png");
}
