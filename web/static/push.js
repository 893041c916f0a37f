"use strict";
// Lets this browser show what is sent to whoever opened the page. The page works
// without it.
(() => {
  const box = document.getElementById("push");
  if (!box || !box.dataset.key || !("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return;
  const offer = box.querySelector(".offer"), button = offer.querySelector("button");
  const say = (what) => box.querySelectorAll("[data-said]").forEach((p) => { p.hidden = p.dataset.said !== what; });
  box.hidden = offer.hidden = false;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

  async function subscribe() {
    await navigator.serviceWorker.register("/r/sw.js", { scope: "/r/" });
    const { pushManager } = await navigator.serviceWorker.ready;
    const wanted = { userVisibleOnly: true, applicationServerKey: bytes(box.dataset.key) };
    try {
      return await pushManager.subscribe(wanted);
    } catch (e) {
      // It was subscribed to another key, of an earlier installation here.
      const old = await pushManager.getSubscription();
      if (!old) throw e;
      await old.unsubscribe();
      return pushManager.subscribe(wanted);
    }
  }

  button.addEventListener("click", async () => {
    button.disabled = true;
    let subscription;
    try {
      if (await Notification.requestPermission() !== "granted") throw new Error("not allowed");
      subscription = await subscribe();
    } catch {
      button.disabled = false;
      return say("refused");
    }
    try {
      const answer = await fetch(box.dataset.to, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(subscription) });
      if (!answer.ok) throw new Error(answer.statusText);
      offer.hidden = true;
      say("added");
    } catch {
      button.disabled = false;
      say("failed");
    }
  });
})();
