"use strict";
// The answers that were tapped on somebody's own page and wait on this phone. They are kept
// with the copy of the page, so that whatever takes that away takes them. The page and its
// service worker both send them, one at a time; what became of an answer stays, without what
// was typed, until the page has said so.
self.taps = (() => {
  const shelf = (here) => "mine " + here, slot = (here) => here + "/kept";
  const alone = (name, what) => self.navigator.locks ? self.navigator.locks.request(name, what) : what();

  const held = async (here) => {
    const r = "caches" in self && await caches.has(shelf(here)) && await (await caches.open(shelf(here))).match(slot(here));
    return r ? r.json() : [];
  };
  const put = async (here, list) => (await caches.open(shelf(here))).put(slot(here), new Response(JSON.stringify(list)));
  const waits = (tap) => !tap.state;

  // hold keeps one more, and says whether there was room.
  const hold = (here, tap, most) => alone(shelf(here), async () => {
    const list = await held(here);
    if (list.filter(waits).length >= most) return false;
    await put(here, [...list, tap]);
    return true;
  });
  // change puts another in the place of one, null for none; of a page that is gone it keeps nothing.
  const change = (here, tap, other) => alone(shelf(here), async () => {
    if ("caches" in self && await caches.has(shelf(here))) await put(here, (await held(here)).map((t) => t.tap === tap.tap ? other : t).filter(Boolean));
  });

  // post gives "sent", "refused", "later" where the desk takes nothing now, or "" where there is no line.
  const post = async (here, tap) => {
    const body = new URLSearchParams({ notice: tap.notice, answer: tap.answer, text: tap.text, tap: tap.tap, waited: Math.max(0, Math.round((Date.now() - tap.at) / 1000)) });
    try {
      const answer = await fetch(here + "/answer", { method: "POST", body, signal: AbortSignal.timeout(15000) });
      if (answer.ok) return "sent";
      return answer.status >= 500 || answer.status === 408 || answer.status === 429 ? "later" : "refused";
    } catch {
      return "";
    }
  };

  // send sends what waits, calls for help before the rest and then the oldest first, and
  // says whether nothing waits any more. A second one that begins meanwhile finds what is left.
  const help = (tap) => Number(tap.answer === "2");
  const send = (here, tell) => alone("send " + here, async () => {
    let all = true;
    for (const tap of (await held(here)).filter(waits).sort((a, b) => help(b) - help(a))) {
      const state = await post(here, tap);
      if (!state) return false;
      if (state === "later") {
        all = false;
        continue;
      }
      const done = { tap: tap.tap, answer: tap.answer, word: tap.word, state };
      await change(here, tap, done);
      await tell(done);
    }
    return all;
  });

  return { held, put, hold, waits, post, send, forget: (here, tap) => change(here, tap, null) };
})();
