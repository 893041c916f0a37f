"use strict";
// Asks the browser for a passkey, for the forms that take one. The pages work without
// it: with a password, or a code.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (b) => String.fromCharCode(b)).join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  // What the portal asks comes as text, and so does what it reads; the browser has bytes.
  function asked(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const list of [options.allowCredentials, options.excludeCredentials]) for (const k of list || []) k.id = bytes(k.id);
    return options;
  }
  function answered(made) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[name]) response[name] = text(made.response[name]);
    }
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {} });
  }

  for (const box of document.querySelectorAll(".passkey[data-begin]")) {
    const form = box.querySelector("form"), button = form.querySelector("button");
    const say = (what, words) => box.querySelectorAll("[data-said]").forEach((p) => {
      p.hidden = p.dataset.said !== what;
      if (!p.hidden && words) p.textContent = words;
    });
    if (location.origin !== box.dataset.origin) { say("elsewhere"); continue; }
    if (!window.PublicKeyCredential || !navigator.credentials) { say("cannot"); continue; }
    form.hidden = false;

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (button.disabled) return;
      button.disabled = true;
      say("");
      const stop = (what, words) => { button.disabled = false; say(what, words); };
      let options;
      try {
        const answer = await fetch(box.dataset.begin, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        if (!answer.ok) {
          const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
          return stop(plain ? "refused" : "failed", plain ? await answer.text() : "");
        }
        options = asked(await answer.json());
      } catch {
        return stop("failed");
      }
      try {
        const made = options.user ? await navigator.credentials.create({ publicKey: options }) : await navigator.credentials.get({ publicKey: options });
        form.elements.credential.value = answered(made);
      } catch (e) {
        return stop(e.name === "InvalidStateError" ? "there" : "none");
      }
      if (form.elements.password) form.elements.password.value = "";
      form.submit();
    });
  }
})();
