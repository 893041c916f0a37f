"use strict";
// Shows who is at a place while it is typed, and lets it be drawn on the map. The page
// works without it.
(() => {
  const form = document.getElementById("flash"), look = document.getElementById("look"), there = document.getElementById("there");
  if (!form || !look) return;
  const where = form.elements.where, bar = document.getElementById("drawing"), help = document.getElementById("drawhelp");
  const button = (what) => bar.querySelector(`[data-draw="${what}"]`);
  const ns = "http://www.w3.org/2000/svg", kmPerDegree = 111.195;
  // What the map looks at while nothing is typed; none is the world.
  const first = form.dataset.at ? { at: form.dataset.at, span: form.dataset.span } : null;
  let asked, wait, view = null, mode = "", corners = [], from = null, sketch = null;
  bar.hidden = false;

  const say = (words) => { help.textContent = words; help.hidden = !words; };
  const round = (n, to) => String(Number(n.toFixed(to)));

  async function show() {
    clearTimeout(wait);
    if (asked) asked.abort();
    const mine = asked = new AbortController();
    const q = new URLSearchParams({ where: where.value });
    const looks = view || (where.value.trim() ? null : first);
    if (looks) { q.set("at", looks.at); q.set("span", looks.span); }
    try {
      const answer = await fetch(form.dataset.look + "?" + q, { signal: mine.signal, headers: { Accept: "text/html" } });
      if (answer.redirected || !answer.ok) throw new Error(answer.statusText);
      const part = await answer.text();
      if (mine !== asked) return;
      look.innerHTML = part;
      there.replaceChildren(...look.querySelectorAll("[data-part=there]"));
      look.querySelectorAll("#chart svg").forEach((svg) => svg.classList.toggle("drawn-on", !!mode));
      say(mode ? how[mode] : "");
    } catch (e) {
      if (e.name !== "AbortError") say(help.dataset.off);
    }
  }
  const soon = () => { clearTimeout(wait); wait = setTimeout(show, 250); };
  where.addEventListener("input", () => { view = null; soon(); });
  there.addEventListener("click", (e) => {
    const b = e.target.closest("[data-place]");
    if (b) { where.value = b.dataset.place; view = null; show(); }
  });

  // the map: where a pointer is, in degrees
  const chart = () => document.getElementById("chart");
  const edges = () => { const d = chart().dataset; return { west: +d.west, east: +d.east, south: +d.south, north: +d.north }; };
  const box = () => chart().querySelector("svg").viewBox.baseVal;
  function pointer(e) {
    const svg = chart().querySelector("svg"), p = new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const m = edges(), v = box(), lon = m.west + p.x / v.width * (m.east - m.west);
    return { x: p.x, y: p.y, lat: m.north - p.y / v.height * (m.north - m.south), lon: ((lon + 540) % 360 + 360) % 360 - 180 };
  }
  function distance(a, b) {
    const r = Math.PI / 180, h = Math.sin((b.lat - a.lat) * r / 2) ** 2 + Math.cos(a.lat * r) * Math.cos(b.lat * r) * Math.sin((b.lon - a.lon) * r / 2) ** 2;
    return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)));
  }
  function sketched(kind) {
    if (sketch) sketch.remove();
    sketch = document.createElementNS(ns, kind);
    sketch.setAttribute("class", "sketch");
    chart().querySelector("svg").append(sketch);
    return sketch;
  }
  const how = {
    circle: help.dataset.circle,
    shape: help.dataset.shape,
  };
  function begin(what) {
    mode = what; corners = []; from = null;
    if (sketch) { sketch.remove(); sketch = null; }
    for (const m of ["circle", "shape"]) button(m).setAttribute("aria-pressed", String(m === what));
    button("close").hidden = what !== "shape";
    const svg = chart() && chart().querySelector("svg");
    if (svg) svg.classList.toggle("drawn-on", !!what);
    say(how[what] || "");
  }
  function take(text) {
    begin("");
    where.value = text;
    view = null;
    show();
  }
  function zoom(by) {
    const m = edges(), lat = (m.north + m.south) / 2, lon = ((m.west + m.east) / 2 + 540) % 360 - 180;
    const span = Math.min(150, Math.max(0.2, (m.north - m.south) * by / 1.14));
    view = { at: round(Math.max(-85, Math.min(85, lat)), 4) + "," + round(lon, 4), span: round(span, 3) };
    show();
  }
  bar.addEventListener("click", (e) => {
    const what = (e.target.closest("[data-draw]") || { dataset: {} }).dataset.draw;
    if (!what || !chart()) return;
    if (what === "closer") return zoom(0.4);
    if (what === "wider") return zoom(2.5);
    if (what !== "close") return begin(mode === what ? "" : what);
    if (corners.length < 3) return say(help.dataset.three);
    take(corners.map((p) => round(p.lat, 4) + "," + round(p.lon, 4)).join(" "));
  });
  look.addEventListener("pointerdown", (e) => {
    if (!mode || !e.target.closest("#chart svg")) return;
    e.preventDefault();
    if (mode === "circle") {
      from = pointer(e);
      look.setPointerCapture(e.pointerId);
      return;
    }
    corners.push(pointer(e));
    sketched("polyline").setAttribute("points", corners.map((p) => p.x + "," + p.y).join(" "));
    say((corners.length === 1 ? help.dataset.corner : help.dataset.corners).replace("%d", corners.length) + " " + how.shape);
  });
  look.addEventListener("pointermove", (e) => {
    if (!from) return;
    const to = pointer(e), m = edges(), v = box(), s = sketched("ellipse"), km = distance(from, to);
    s.setAttribute("cx", from.x); s.setAttribute("cy", from.y);
    s.setAttribute("ry", km / kmPerDegree * v.height / (m.north - m.south));
    s.setAttribute("rx", km / kmPerDegree / Math.max(0.05, Math.cos(from.lat * Math.PI / 180)) * v.width / (m.east - m.west));
    say(help.dataset.reach.replace("%s", round(km, 1)));
  });
  look.addEventListener("pointerup", (e) => {
    if (!from) return;
    const at = from, km = distance(at, pointer(e));
    from = null;
    if (km < 0.1) return begin("circle");
    take(round(at.lat, 4) + ", " + round(at.lon, 4) + ", " + round(km, km < 10 ? 1 : 0));
  });
  document.addEventListener("keydown", (e) => { if (e.key === "Escape" && mode) begin(""); });
  show();
})();
