"use strict";
// Keeps somebody's own page readable without a line, and the answers that they tap
// meanwhile until there is one. The page works without it.
(() => {
  const page = document.getElementById("mine"), list = document.getElementById("kept"), line = document.getElementById("offline");
  if (!page || !list || !line) return;
  const here = page.dataset.here, shown = new Map();
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

  const show = (tap, state, more) => {
    let li = shown.get(tap.tap);
    if (!li) {
      li = document.createElement("li");
      shown.set(tap.tap, li);
      list.append(li);
    }
    const said = document.createElement("strong"), how = document.createElement("span");
    said.textContent = fill(list.dataset[state], { answer: tap.word || "…" });
    how.textContent = more || "";
    li.className = state;
    li.replaceChildren(said, how);
    list.hidden = false;
  };

  // told says what became of a tap, once.
  let news = false; // the page would say more of one if it were asked for again
  const told = async (tap) => {
    show(tap, tap.state, "");
    news = news || tap.state === "sent" && (lost || tap.answer === "2");
    await taps.forget(here, tap).catch(() => {}); // it is sent, whatever the phone keeps
  };
  // behind has the browser send what waits though this page is closed, where it can.
  let behind = false;
  const later = async () => {
    try {
      const r = await navigator.serviceWorker.ready;
      await r.sync.register("taps");
      behind = true;
    } catch {
      behind = false;
    }
  };
  const how = () => behind ? list.dataset.behind : list.dataset.how;

  const remind = async () => (await taps.held(here)).filter(taps.waits).forEach((t) => show(t, "unsent", how()));

  const flush = async () => {
    if (await taps.send(here, told)) {
      if (news) again();
      return;
    }
    await remind();
    lost = true;
    tell();
  };
  // again shows what is known now, once nothing that was typed or said here would go.
  const again = () => {
    news = false;
    if (![...page.querySelectorAll("textarea")].some((t) => t.value) && !list.querySelector(".refused")) setTimeout(() => location.replace(here), 1500);
  };

  page.querySelectorAll("form.tap").forEach((form) => form.addEventListener("submit", async (e) => {
    e.preventDefault();
    const text = form.elements.text, by = e.submitter;
    const tap = { tap: name(), notice: form.elements.notice.value, answer: by.value, text: text.value, word: by.textContent.replace(/^\d/, ""), at: Date.now() };
    text.value = "";
    show(tap, "sending", "");
    list.scrollIntoView({ block: "nearest" });
    let room = keeps, full = false;
    // It is kept before it is sent: the phone may go dark between the two.
    try {
      room = keeps && await taps.hold(here, tap, Number(list.dataset.limit));
      full = keeps && !room;
    } catch {
      room = false;
    }
    if (room) {
      if (navigator.serviceWorker.controller) await later();
      return flush();
    }
    const state = await taps.post(here, tap);
    if (state === "sent" || state === "refused") {
      await told({ ...tap, state });
      if (news) again();
      return;
    }
    show(tap, "unsent", full ? list.dataset.full : list.dataset.lost);
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
  const some = async () => (await taps.held(here)).some(taps.waits);
  window.addEventListener("online", async () => { await flush(); if (!await some()) again(); });
  setInterval(async () => { if (await some()) flush(); }, 15000);
  // heard says what the service worker sent meanwhile.
  const heard = async (tap) => {
    await told(tap);
    if (news && !await some()) again();
  };
  if (keeps) {
    const first = !navigator.serviceWorker.controller;
    navigator.serviceWorker.addEventListener("message", (e) => { if (e.data && e.data.of === here) heard(e.data.tap); });
    navigator.serviceWorker.register("/r/me/sw.js", { scope: "/r/me/" }).then(() => navigator.serviceWorker.ready).then(async (r) => {
      if (first) r.active.postMessage({ keep: here });
      if (!await some()) return;
      await later();
      await remind();
    }).catch(() => {});
    taps.held(here).then(async (all) => {
      for (const t of all.filter((t) => !taps.waits(t))) await told(t);
      news = false;
      await remind();
      if (await some()) await flush();
    });
  }
  if (page.dataset.unsent) document.getElementById("unsent").hidden = false;
})();
