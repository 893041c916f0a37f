"use strict";
// Lets a map be looked at closer, and pulled about. It is a box that scrolls, so wheel and
// fingers move it as they move any other. Nothing glides. The page works without it.
(() => {
  const most = 8;
  for (const box of document.querySelectorAll("[data-zoom]")) {
    const layers = box.firstElementChild, bar = box.parentElement.querySelector(".zoombar");
    if (!layers || !bar) continue;
    let zoom = 1, pull = null;
    bar.hidden = false;

    // drawn says how much larger than drawn the map is shown: words and pins keep their size.
    const drawn = () => layers.style.setProperty("--drawn", String(layers.getBoundingClientRect().width / +box.dataset.width));
    function to(next, x, y) {
      const at = box.getBoundingClientRect();
      if (x === undefined) { x = at.left + at.width / 2; y = at.top + at.height / 2; }
      const was = layers.getBoundingClientRect(), fx = (x - was.left) / was.width, fy = (y - was.top) / was.height;
      zoom = Math.min(most, Math.max(1, next));
      if (zoom < 1.05) zoom = 1;
      box.style.setProperty("--zoom", String(zoom));
      box.classList.toggle("near", zoom > 1);
      drawn();
      const is = layers.getBoundingClientRect();
      box.scrollLeft += is.left + fx * is.width - x;
      box.scrollTop += is.top + fy * is.height - y;
      bar.querySelector("[data-by='0']").disabled = zoom === 1;
      for (const b of bar.querySelectorAll("[data-by]")) {
        if (+b.dataset.by > 1) b.disabled = zoom === most;
        if (+b.dataset.by > 0 && +b.dataset.by < 1) b.disabled = zoom === 1;
      }
    }
    const by = (factor, x, y) => to(factor ? zoom * factor : 1, x, y);

    bar.addEventListener("click", (e) => {
      const b = e.target.closest("[data-by]");
      if (b) by(+b.dataset.by);
    });
    box.addEventListener("keydown", (e) => {
      if (e.ctrlKey || e.metaKey || e.altKey) return;
      const factor = { "+": 1.5, "=": 1.5, "-": 1 / 1.5, "0": 0 }[e.key];
      const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
      if (factor !== undefined) by(factor);
      else if (move && box.classList.contains("near")) { box.scrollLeft += 80 * move[0]; box.scrollTop += 80 * move[1]; }
      else return;
      e.preventDefault();
    });
    // Only with Ctrl, which is also what pinching a pad sends: the page must scroll.
    box.addEventListener("wheel", (e) => {
      if (!e.ctrlKey) return;
      e.preventDefault();
      by(Math.exp(-e.deltaY / 300), e.clientX, e.clientY);
    }, { passive: false });
    box.addEventListener("dblclick", (e) => { e.preventDefault(); by(1.5, e.clientX, e.clientY); });
    // Fingers scroll the box by themselves; a mouse pulls it.
    box.addEventListener("pointerdown", (e) => {
      if (e.pointerType === "mouse" && e.button === 0 && !e.target.closest("a")) pull = { x: e.clientX + box.scrollLeft, y: e.clientY + box.scrollTop };
    });
    window.addEventListener("pointermove", (e) => {
      if (!pull) return;
      box.scrollLeft = pull.x - e.clientX;
      box.scrollTop = pull.y - e.clientY;
    });
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => { pull = null; });
    box.addEventListener("dragstart", (e) => e.preventDefault());
    new ResizeObserver(drawn).observe(layers);
    to(1);
    // Where not all is in sight, what is worst is.
    const first = layers.querySelector(".pin");
    if (first) box.scrollLeft += first.getBoundingClientRect().left - box.getBoundingClientRect().left - box.clientWidth / 2;
  }
})();
