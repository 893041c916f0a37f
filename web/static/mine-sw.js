"use strict";
// Keeps the last of somebody's own page, with what it needs to be shown, for when there is
// no line, and sends the answers that wait there when it is back, though no page is open. A
// link that opens nothing any more takes all of it away. It keeps nothing else.
importScripts("/static/mine-taps.js");
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (e) => e.waitUntil(self.clients.claim()));

const shelf = (path) => "mine " + path;
const patience = 8000; // of a line that gives nothing

self.addEventListener("fetch", (e) => {
  const url = new URL(e.request.url), of = /^\/r\/me\/[A-Za-z0-9_-]{20,}/.exec(url.pathname);
  if (url.origin !== self.location.origin) return;
  if (e.request.mode === "navigate" && of) e.respondWith(page(e, of[0], url.pathname === of[0]));
  else if (url.pathname.startsWith("/static/") && e.request.method === "GET") e.respondWith(part(e.request));
});

// The page that brought it here was not asked for through it.
self.addEventListener("message", (e) => {
  const of = /^\/r\/me\/[A-Za-z0-9_-]{20,}$/.exec(e.data && e.data.keep);
  if (of) e.waitUntil(fetch(of[0]).then((answer) => answer.ok && keep(of[0], answer)).catch(() => {}));
});

// There is a line again. What fails is tried later, by the browser's own measure.
self.addEventListener("sync", (e) => { if (e.tag === "taps") e.waitUntil(sendAll()); });

async function sendAll() {
  let left = false;
  for (const name of await caches.keys()) {
    if (!name.startsWith(shelf("/r/me/"))) continue;
    const path = name.slice(shelf("").length);
    if ((await taps.held(path)).some(taps.waits)) left = !await sendOf(path) || left;
  }
  if (left) throw new Error("there is no line: what waits is sent later");
}

// sendOf sends what waits with one page, and has the copy be the page as it is then.
async function sendOf(path) {
  const sent = await taps.send(path, (tap) => tellPages(path, tap));
  try {
    const now = await fetch(path);
    if (now.ok) await keep(path, now);
    else if (dead(now)) {
      const lost = await untold(path);
      await caches.delete(shelf(path));
      if (lost) await taps.put(path, [{ state: "refused" }]); // its page is to say so, and no more
    }
  } catch {
    // The line is gone again; the copy stays as it is.
  }
  return sent;
}

async function tellPages(path, tap) {
  for (const c of await self.clients.matchAll({ includeUncontrolled: true })) if (new URL(c.url).pathname === path) c.postMessage({ of: path, tap });
}

// dead says whether a link opens nothing any more.
const dead = (answer) => [403, 404, 410].includes(answer.status);

// untold says whether answers wait that a dead link never brings, or that it refused.
const untold = async (path) => (await taps.held(path)).some((t) => t.state !== "sent");

// ended gives the page that a dead link leads to, which says that answers were lost, and
// takes all that is kept. What waits is sent once more before: the desk may hear of it yet.
async function ended(e, answer, path) {
  const lost = await untold(path);
  e.waitUntil(taps.send(path, () => {}).then(() => caches.delete(shelf(path))));
  if (!lost) return answer;
  const text = (await answer.text()).replace(/<p id="untold" data-says="([^"]*)" hidden><\/p>/, '<p id="untold" class="befell stop" role="alert">$1</p>');
  const headers = new Headers(answer.headers);
  ["Content-Encoding", "Content-Length"].forEach((h) => headers.delete(h)); // of what came
  return new Response(text, { status: answer.status, headers });
}

async function page(e, path, itself) {
  const request = e.request, asked = fetch(request);
  try {
    const answer = await (request.method === "GET" ? Promise.race([asked, late()]) : asked);
    if (itself && dead(answer)) return ended(e, answer, path);
    if (itself && answer.ok && request.method === "GET") keep(path, answer.clone()).catch(() => {});
    if (answer.status < 500) return answer;
  } catch {
    // No line, or none that gives anything.
  }
  return await kept(path, request.method !== "GET") || asked;
}

const late = () => new Promise((_, no) => setTimeout(() => no(new Error("no line")), patience));

// keep keeps a page, with when it came by the clock of the phone, and its parts.
async function keep(path, answer) {
  const text = (await answer.text()).replace('data-kept=""', `data-kept="${Date.now()}"`);
  if (!text.includes('id="mine"')) return;
  const box = await caches.open(shelf(path));
  await box.put(path, new Response(text, { headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": answer.headers.get("Content-Security-Policy"), "Referrer-Policy": "no-referrer" } }));
  const parts = new Set(text.match(/\/static\/[\w.-]+/g));
  for (const r of await box.keys()) if (new URL(r.url).pathname.startsWith("/static/") && !parts.has(new URL(r.url).pathname)) await box.delete(r);
  for (const p of parts) if (!await box.match(p)) await box.add(p);
}

async function kept(path, unsent) {
  const box = await caches.has(shelf(path)) && await caches.open(shelf(path)), answer = box && await box.match(path);
  if (!answer) return null;
  const text = (await answer.text()).replace('data-line="on"', 'data-line="off"' + (unsent ? ' data-unsent="yes"' : ""));
  return new Response(text, { headers: answer.headers });
}

async function part(request) {
  return await caches.match(request) || fetch(request);
}
