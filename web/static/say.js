"use strict";
// A slash jumps to the line in which what was decided is written down. The page works without it.
document.addEventListener("keydown", (e) => {
  const say = document.getElementById("say"), at = document.activeElement;
  if (!say) return;
  if (e.key === "Escape" && at === say) { say.blur(); return; }
  if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || at.matches("input, textarea, select, [contenteditable]")) return;
  e.preventDefault();
  say.focus();
});
