// A canvas over the map that is painted anew after each move, and stretched while the map zooms.

const PADDING = 0.2; // share of the map's size painted beyond each edge, so that a drag shows no bare ground

const Sheet = L.Renderer.extend({
  initialize(paint, pane) {
    L.Renderer.prototype.initialize.call(this, { padding: PADDING, pane });
    this._paint = paint;
    this._layers = {};
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
    this._brush = this._container.getContext("2d");
  },

  _destroyContainer() {
    this._container.remove();
    delete this._container;
    delete this._brush;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const density = window.devicePixelRatio > 1 || document.body.classList.contains("printing") ? 2 : 1;
    L.DomUtil.setPosition(this._container, this._bounds.min);
    this._container.width = density * size.x;
    this._container.height = density * size.y;
    this._container.style.width = size.x + "px";
    this._container.style.height = size.y + "px";
    this._brush.setTransform(density, 0, 0, density, -density * this._bounds.min.x, -density * this._bounds.min.y);
    this._paint(this._brush, this.view());
  },

  /** Paint again without a move. */
  refresh() {
    if (!this._map || !this._bounds) return;
    const { min, max } = this._bounds;
    this._brush.clearRect(min.x, min.y, max.x - min.x, max.y - min.y);
    this._paint(this._brush, this.view());
  },

  /** How world units become pixels of the canvas: x · k − ox; and which pixels it covers. */
  view() {
    const zoom = this._map.getZoom();
    const origin = this._map.getPixelOrigin();
    const { min, max } = this._bounds;
    return { zoom, k: Math.pow(2, zoom), ox: origin.x, oy: origin.y,
      left: min.x, top: min.y, right: max.x, bottom: max.y };
  },
});

/** Whole turns of the world at which something from x1 to x2 (world units) is in view. */
function turnsInView(view, x1, x2) {
  const turns = [];
  const first = Math.ceil(((view.left + view.ox) / view.k - x2) / WORLD);
  const last = Math.floor(((view.right + view.ox) / view.k - x1) / WORLD);
  for (let turn = first; turn <= last; turn++) turns.push(turn);
  return turns;
}
