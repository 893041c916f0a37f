"use strict";
// Keeps somebody's own page readable without a line, and the answers that they tap
// meanwhile until there is one. The page works without it.
(() => {
  const page = document.getElementById("mine"), list = document.getElementById("kept"), line = document.getElementById("offline");
  if (!page || !list || !line) return;
  const here = page.dataset.here, shelf = "mine " + here, shown = new Map();
  const fill = (text, of) => text.replace(/\{(\w+)\}/g, (_, k) => of[k]);
  const keeps = "caches" in window && "serviceWorker" in navigator;

  // How old it is, by one clock: that of the phone, from when it came.
  const came = page.dataset.kept ? Number(page.dataset.kept) : Date.now();
  const age = (ms) => {
    const min = Math.floor(ms / 60000), d = page.dataset;
    if (min < 1) return d.now;
    if (min < 60) return d.min.replace("%d", min);
    return min < 2880 ? d.h.replace("%d", Math.floor(min / 60)) : d.d.replace("%d", Math.floor(min / 1440));
  };
  const asOf = new Date(document.getElementById("asof").dataset.at).toISOString().slice(11, 16) + " UTC";
  let lost = page.dataset.line === "off";
  const tell = () => {
    line.hidden = !lost;
    if (lost) line.textContent = fill(line.dataset.says, { time: "\u2068" + asOf + "\u2069", age: age(Math.max(0, Date.now() - came)) });
    const told = new Date(document.getElementById("asof").dataset.at).getTime();
    page.querySelectorAll("[data-since]").forEach((s) => { s.textContent = age(told - new Date(s.dataset.since).getTime() + Math.max(0, Date.now() - came)); });
  };
  tell();
  setInterval(tell, 20000);

  // What is kept lies where the service worker can wipe it, too.
  const held = async () => {
    const r = keeps && await (await caches.open(shelf)).match(here + "/kept");
    return r ? r.json() : [];
  };
  const hold = async (taps) => (await caches.open(shelf)).put(here + "/kept", new Response(JSON.stringify(taps)));
  const alone = (what) => navigator.locks ? navigator.locks.request(shelf, what) : what();
  const forget = (tap) => alone(async () => { if (keeps) await hold((await held()).filter((t) => t.tap !== tap.tap)); });

  const show = (tap, state, more) => {
    let li = shown.get(tap.tap);
    if (!li) {
      li = document.createElement("li");
      shown.set(tap.tap, li);
      list.append(li);
    }
    const said = document.createElement("strong"), how = document.createElement("span");
    said.textContent = fill(list.dataset[state], { answer: tap.word });
    how.textContent = more || "";
    li.className = state;
    li.replaceChildren(said, how);
    list.hidden = false;
  };

  // send gives "sent", "refused", or "" where there is no line.
  const send = async (tap) => {
    const body = new URLSearchParams({ notice: tap.notice, answer: tap.answer, text: tap.text, tap: tap.tap, waited: Math.max(0, Math.round((Date.now() - tap.at) / 1000)) });
    try {
      const answer = await fetch(here + "/answer", { method: "POST", body, signal: AbortSignal.timeout(15000) });
      if (answer.ok) return "sent";
      return answer.status >= 500 || answer.status === 408 || answer.status === 429 ? "" : "refused";
    } catch {
      return "";
    }
  };

  let busy = false;
  const flush = async () => {
    if (busy) return;
    busy = true;
    try {
      let sent = 0;
      for (const tap of await held()) {
        const state = await send(tap);
        if (!state) {
          show(tap, "unsent", list.dataset.how);
          lost = true;
          tell();
          return;
        }
        await forget(tap);
        show(tap, state, "");
        sent += state === "sent" ? 1 : 0;
      }
      if (sent && lost) again();
    } finally {
      busy = false;
    }
  };
  // again shows what is known now, once nothing that was typed would go.
  const again = () => {
    if (![...page.querySelectorAll("textarea")].some((t) => t.value)) setTimeout(() => location.replace(here), 1500);
  };

  page.querySelectorAll("form.tap").forEach((form) => form.addEventListener("submit", async (e) => {
    e.preventDefault();
    const text = form.elements.text, by = e.submitter;
    const tap = { tap: name(), notice: form.elements.notice.value, answer: by.value, text: text.value, word: by.textContent.replace(/^\d/, ""), at: Date.now() };
    text.value = "";
    show(tap, "sending", "");
    list.scrollIntoView({ block: "nearest" });
    let room = keeps;
    // It is kept before it is sent: the phone may go dark between the two.
    try {
      room = keeps && await alone(async () => {
        const taps = await held();
        if (taps.length >= Number(list.dataset.limit)) return false;
        await hold([...taps, tap]);
        return true;
      });
    } catch {
      room = false;
    }
    const state = await send(tap);
    if (state) {
      if (room) await forget(tap);
      show(tap, state, "");
      if (state === "sent" && tap.answer === "2") again();
      return;
    }
    const full = keeps && !room && (await held().catch(() => [])).length >= Number(list.dataset.limit);
    show(tap, "unsent", room ? list.dataset.how : full ? list.dataset.full : list.dataset.lost);
    lost = true;
    tell();
  }));

  // name is a name for a tap that no other has.
  const name = () => {
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = b[6] & 15 | 64;
    b[8] = b[8] & 63 | 128;
    const hex = [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  const locate = document.getElementById("locate");
  if (locate && "geolocation" in navigator) {
    locate.hidden = false;
    locate.addEventListener("click", () => navigator.geolocation.getCurrentPosition((p) => {
      document.getElementById("place").value = p.coords.latitude.toFixed(4) + "," + p.coords.longitude.toFixed(4);
    }, () => { locate.hidden = true; }, { timeout: 20000 }));
  }

  window.addEventListener("offline", () => { lost = true; tell(); });
  window.addEventListener("online", async () => { await flush(); if (!(await held()).length) again(); });
  setInterval(async () => { if ((await held()).length) flush(); }, 15000);
  if (keeps) {
    const first = !navigator.serviceWorker.controller;
    navigator.serviceWorker.register("/r/me/sw.js", { scope: "/r/me/" }).then(() => navigator.serviceWorker.ready).then((r) => {
      if (first) r.active.postMessage({ keep: here });
    }).catch(() => {});
    held().then((taps) => { taps.forEach((t) => show(t, "unsent", list.dataset.how)); if (taps.length) flush(); });
  }
  if (page.dataset.unsent) document.getElementById("unsent").hidden = false;
})();
