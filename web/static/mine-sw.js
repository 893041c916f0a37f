"use strict";
// Keeps the last of somebody's own page, with what it needs to be shown, for when there is
// no line. A link that opens nothing any more takes all of it away. It keeps nothing else.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (e) => e.waitUntil(self.clients.claim()));

const shelf = (path) => "mine " + path;
const patience = 8000; // of a line that gives nothing

self.addEventListener("fetch", (e) => {
  const url = new URL(e.request.url), of = /^\/r\/me\/[A-Za-z0-9_-]{20,}/.exec(url.pathname);
  if (url.origin !== self.location.origin) return;
  if (e.request.mode === "navigate" && of) e.respondWith(page(e.request, of[0], url.pathname === of[0]));
  else if (url.pathname.startsWith("/static/") && e.request.method === "GET") e.respondWith(part(e.request));
});

// The page that brought it here was not asked for through it.
self.addEventListener("message", (e) => {
  const of = /^\/r\/me\/[A-Za-z0-9_-]{20,}$/.exec(e.data && e.data.keep);
  if (of) e.waitUntil(fetch(of[0]).then((answer) => answer.ok && keep(of[0], answer)).catch(() => {}));
});

async function page(request, path, itself) {
  const asked = fetch(request);
  try {
    const answer = await (request.method === "GET" ? Promise.race([asked, late()]) : asked);
    if (itself && [403, 404, 410].includes(answer.status)) await caches.delete(shelf(path));
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
