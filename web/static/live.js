"use strict";
// Keeps a part of the page as it is at the desk. The page works without it.
(() => {
  const line = document.getElementById("follow"), part = document.getElementById("live");
  if (!line || !part || !window.EventSource) return;
  document.querySelectorAll(".noscript").forEach((a) => { a.hidden = true; });
  const say = (what) => line.querySelectorAll("[data-says]").forEach((s) => { s.hidden = s.dataset.says !== what; });
  const stream = new EventSource(line.dataset.follow);

  stream.addEventListener("part", (e) => {
    const at = document.activeElement;
    const href = part.contains(at) ? at.getAttribute("href") : null;
    part.innerHTML = e.data;
    // Whoever was at a link stays at it.
    if (href) part.querySelector(`a[href="${CSS.escape(href)}"]`)?.focus();
  });
  stream.addEventListener("asof", (e) => {
    line.querySelectorAll(".clock").forEach((b) => { b.textContent = e.data; });
    line.hidden = false;
    part.classList.remove("old");
    say("live");
  });
  stream.addEventListener("error", () => {
    // A stream that has ended begins again by itself; one that was refused does not.
    const over = stream.readyState === EventSource.CLOSED;
    lost = lost || setTimeout(() => { line.hidden = false; part.classList.add("old"); say(over ? "over" : "lost"); }, over ? 0 : 5000);
  });
  let lost = 0;
  stream.addEventListener("open", () => { clearTimeout(lost); lost = 0; });
})();
