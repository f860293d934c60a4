// The table: the equal of the map for the keyboard and the screen reader, and for anyone who reads lists faster.

const TABLE_STEP = 200;

function showTable(app) {
  const node = document.getElementById("table");
  if (node.hidden) return;
  const shown = app.data.items.filter((item) => app.scene.visible[item.index]);
  const routes = shown.filter((item) => item.kind === "route");
  const forces = shown.filter((item) => item.kind === "deployment");
  const { unlocated } = app.data;
  refill(node,
    section(app, t("table.routes"), routes, [
      ["who", (i) => said(nameOf(i))], ["mode", (i) => t("mode." + i.mode)], ["way", (i) => said(wayOf(i))],
      ["when", (i) => said(whenOf(i))], ["status", statusCell], ["quote", quoteCell], ["show", (i) => showButton(app, i)]]),
    section(app, t("table.deployments"), forces, [
      ["who", (i) => said(nameOf(i))], ["place", (i) => said(placeWords(i.place))], ["size", (i) => said(peopleWords(i.people) || i.size || "")],
      ["when", (i) => said(whenOf(i))], ["status", statusCell], ["quote", quoteCell], ["show", (i) => showButton(app, i)]]),
    unlocated.length ? section(app, t("table.names"), unlocated, [
      ["name", ([text]) => said(text)], ["why", ([, status, , maybe]) => [t("mention." + status), maybe.length ? [" (", maybe.map((m, n) => [n ? "; " : "", said(m)]), ")"] : null]]]) : null);
}

function section(app, title, rows, columns) {
  const head = h("thead", {}, h("tr", {}, columns.map(([key]) => h("th", { scope: "col" }, t("col." + key)))));
  const body = h("tbody");
  let end = TABLE_STEP;
  const more = h("button", { type: "button", class: "plain" });
  const paint = () => {
    for (const row of rows.slice(body.childElementCount, end)) body.append(h("tr", {}, columns.map(([, cell], n) => h(n ? "td" : "th", n ? {} : { scope: "row" }, cell(row)))));
    more.hidden = rows.length <= end;
    refill(more, t("list.more", { n: (rows.length - end).toLocaleString("en") }));
  };
  more.addEventListener("click", () => { end += TABLE_STEP; paint(); });
  paint();
  return h("section", {}, h("h2", {}, title, " ", h("span", { class: "count" }, rows.length.toLocaleString("en"))),
    rows.length ? h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title }, h("table", {}, h("caption", { class: "unseen" }, title), head, body)) : h("p", {}, t("shown.none") + "."), more);
}

function statusCell(item) {
  return [capital(statusWords(item)), item.by ? [": ", said(item.by)] : null];
}

function quoteCell(item) {
  return item.claims.map((claim) => h("div", { class: "told" }, claim.quotes.map((quote) => [h("q", {}, said(quote)), " "]), h("span", { class: "small" }, sourceLine(claim.report))));
}

function showButton(app, item) {
  if (!item.drawn) return t("not.drawn");
  return h("button", { type: "button", class: "plain", click: () => { app.showTable(false); app.open(item, true); } }, t("zoom.to"), h("span", { class: "unseen" }, ": ", said(nameOf(item))));
}
