"use strict";
// Saves the words of a draft as one types, and shows whom it would tell then. The page
// works without it: each field has a button that saves.
(() => {
  const live = document.getElementById("telling"), says = document.querySelector(".reading").dataset;
  let asked = 0;
  const piece = (html) => new DOMParser().parseFromString(html, "text/html").body;

  // The last that was asked for counts: an answer may come late.
  async function refresh() {
    if (!live) return;
    const mine = ++asked;
    try {
      const answer = await fetch(live.dataset.from, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      const html = await answer.text();
      if (answer.ok && mine === asked) live.replaceChildren(...piece(html).childNodes);
    } catch (e) { /* what is shown stays; the next saving asks again */ }
  }

  for (const form of document.querySelectorAll("form[data-save]")) {
    const text = form.elements.text, was = form.elements.was, state = form.querySelector(".state"), by = form.elements.by;
    const shown = form.closest("li, .grouphead")?.querySelector(".text");
    let waits = 0, busy = false, again = false, refused = null; // what was typed when it was refused

    const show = (...nodes) => state.replaceChildren(...nodes);
    const say = (words) => { const p = document.createElement("p"); p.className = "saved"; p.textContent = words; show(p); };

    async function save() {
      clearTimeout(waits);
      waits = 0;
      if (busy) { again = true; return; }
      const typed = text.value.trim();
      if (typed === was.value.trim() || typed === refused || !typed && form.elements.key.value !== "call") return;
      if (by && !by.value.trim()) { say(says.who); return; }
      const body = new URLSearchParams(new FormData(form));
      if (!body.has("do")) body.set("do", "say");
      body.set("quick", "1");
      busy = true;
      say(says.saving);
      try {
        const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" }, credentials: "same-origin", redirect: "error" });
        const at = piece(await answer.text());
        if (answer.ok && at.querySelector(".saved")) {
          was.value = typed;
          refused = null;
          if (shown) shown.textContent = typed;
          show(...at.childNodes);
          refresh();
        } else if (at.querySelector(".befell")) {
          refused = typed;
          show(...at.childNodes);
          clash();
        } else say(says.why);
      } catch (e) {
        say(says.off);
      }
      busy = false;
      if (again) { again = false; save(); }
    }

    // What somebody else wrote meanwhile: theirs, or mine over it, by a press.
    function clash() {
      const over = state.querySelector("[data-over]"), take = state.querySelector("[data-take]");
      if (over) over.addEventListener("click", () => { was.value = over.dataset.over; refused = null; save(); });
      if (take) take.addEventListener("click", () => { was.value = text.value = take.dataset.take; refused = null; say(says.taken); refresh(); text.focus(); });
    }

    text.addEventListener("input", () => { clearTimeout(waits); waits = setTimeout(save, 1200); });
    text.addEventListener("change", save);
    form.addEventListener("submit", () => clearTimeout(waits));
  }
})();
