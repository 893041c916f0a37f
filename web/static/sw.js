"use strict";
// Shows what is sent to this device, and opens its page. It keeps nothing: no
// page and no message is cached.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (e) => e.waitUntil(self.clients.claim()));

self.addEventListener("push", (e) => {
  let m;
  try {
    m = e.data.json();
  } catch {
    return; // not ours
  }
  e.waitUntil((async () => {
    const shown = await self.registration.getNotifications({ tag: m.tag });
    const repeat = shown.some((n) => n.data && n.data.id === m.id);
    await self.registration.showNotification(m.title, {
      body: m.body, lang: m.lang, dir: m.dir, tag: m.tag, renotify: !repeat, timestamp: m.at, requireInteraction: m.urgent, data: { id: m.id, path: m.path },
    });
    await tellHad(m.receipt);
  })());
});

// tellHad says that this device has the message; of its owner that says nothing.
async function tellHad(receipt) {
  for (const pause of [0, 2000, 10000]) {
    await new Promise((done) => setTimeout(done, pause));
    try {
      const answer = await fetch("/r/received", { method: "POST", body: receipt });
      if (answer.ok || answer.status < 500) return;
    } catch {
      // No network this moment.
    }
  }
}

self.addEventListener("notificationclick", (e) => {
  e.notification.close();
  const path = e.notification.data && e.notification.data.path;
  if (/^\/r\/[A-Za-z0-9_-]+$/.test(path)) e.waitUntil(self.clients.openWindow(path));
});
