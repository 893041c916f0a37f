package browser

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/chromedp"

	"vedette/web"
)

// workers notes the service workers of a window's browser, as they come about.
type workers struct {
	sync.Mutex
	ids map[string]serviceworker.RegistrationID // by scope
}

func (w *window) workers() *workers {
	w.t.Helper()
	at := &workers{ids: map[string]serviceworker.RegistrationID{}}
	w.must(chromedp.Listen(w.tab, func(ev any) {
		if e, ok := ev.(*serviceworker.EventWorkerRegistrationUpdated); ok {
			at.Lock()
			defer at.Unlock()
			for _, r := range e.Registrations {
				at.ids[r.ScopeURL] = r.RegistrationID
			}
		}
	}))
	_, err := chromedp.Call(w.tab, serviceworker.Enable, cdp.Empty{})
	w.must(err)
	return at
}

// theLineIsBack is what the browser tells a service worker that waits for a line, whether
// a page is open or not.
func (w *window) theLineIsBack(at *workers) {
	w.t.Helper()
	var id serviceworker.RegistrationID
	w.eventually("the browser has the worker", func() bool {
		at.Lock()
		defer at.Unlock()
		id = at.ids[w.base+"/r/me/"]
		return id != ""
	})
	_, err := chromedp.Call(w.tab, serviceworker.DispatchSyncEvent, serviceworker.DispatchSyncEventParams{Origin: w.base, RegistrationID: id, Tag: "taps"})
	w.must(err)
}

// eventually waits until something is so.
func (w *world) eventually(what string, so func() bool) {
	w.t.Helper()
	for end := time.Now().Add(patience); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			w.t.Fatalf("never: %s", what)
		}
	}
}

// leaves closes the page; nothing of ours is open then.
func (w *window) leaves() {
	w.t.Helper()
	w.do("leave", chromedp.Navigate("about:blank"))
}

// calls counts the calls for help of Bo, and how often the desk has noted one.
func (w *world) calls() (cases, noted int) {
	w.t.Helper()
	list, err := w.desk.Cases(w.ctx, true)
	w.must(err)
	for _, c := range list {
		card, err := w.desk.CaseOf(w.ctx, c.ID)
		w.must(err)
		if card.Name == "Bo Lindqvist" {
			cases++
			noted += len(card.Log)
		}
	}
	return cases, noted
}

// losing has the answer of the server to the first tap get lost: it is kept, and the phone
// does not hear of it.
func losing(lost *atomic.Int32) func(http.Handler) http.Handler {
	return func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/answer") && lost.Add(1) == 1 {
				h.ServeHTTP(httptest.NewRecorder(), r)
				panic(http.ErrAbortHandler)
			}
			h.ServeHTTP(rw, r)
		})
	}
}

// countsKept gives how many pages the phone keeps.
const countsKept = `(caches.keys().then(k => { window.shelves = k.filter(n => n.startsWith("mine ")).length }), window.shelves)`

// An answer that was tapped without a line is sent when there is one, though the page is
// closed; once, though the first time the phone does not hear that it came. The page says
// so when it is opened again, and nothing that was typed is kept.
func TestATapIsSentThoughThePageIsClosed(t *testing.T) {
	needs(t)
	w := newWorld(t)
	w.night()
	page := w.minePage("bo@people.example.org")
	port := w.base[strings.LastIndexByte(w.base, ':'):]
	win := w.window()
	at := win.workers()
	win.looks(390, "light")
	win.visit(page)
	win.isKept(page, true)
	w.must(w.shut())
	win.visit(page)
	win.do("where", chromedp.Evaluate[chromedp.Void](`document.querySelector("form.tap textarea").value = "on the roof"`))
	win.tap("2I need help")
	win.reads("NOT SENT: I need help", "When there is a line this browser sends it, though this page is closed")
	win.until("the browser is to send it", `(navigator.serviceWorker.ready.then(r => r.sync.getTags()).then(t => { window.tags = t.join() }), window.tags === "taps")`)
	win.shot("not-sent")
	win.leaves()
	if cases, _ := w.calls(); cases != 0 {
		t.Fatal("the desk has it though there is no line")
	}
	var heard atomic.Int32
	w.serveThrough("127.0.0.1"+port, func(*web.Config) {}, losing(&heard))
	win.theLineIsBack(at)
	w.eventually("the desk has it", func() bool { n, _ := w.calls(); return n == 1 })
	w.eventually("the phone sends it once more", func() bool { win.theLineIsBack(at); return heard.Load() > 1 })
	win.visit("/robots.txt") // a page of the place, which is not their own
	win.until("what was typed is gone", `(caches.match(`+quoted(page+"/kept")+`).then(r => r.text()).then(t => { window.kept = t }), (window.kept || "").includes('"sent"') && !window.kept.includes("roof"))`)
	win.visit(page)
	win.reads("Sent: I need help", "Your last answer: I need help", "!NOT SENT", "!Offline")
	win.shot("sent")
	if cases, noted := w.calls(); cases != 1 || noted != 1 {
		t.Errorf("%d cases, noted %d times", cases, noted)
	}
	win.visit(page)
	win.reads("Your last answer: I need help", "!Sent: I need help")
}

// Two had their pages on one phone; the link of one was ended meanwhile. Her answer is not
// taken, which she is told when she opens the page again, and nothing of hers stays on the
// phone; his is sent.
func TestATapByADeadLinkIsSaidToBeLost(t *testing.T) {
	needs(t)
	w := newWorld(t)
	w.night()
	bo, amal := w.minePage("bo@people.example.org"), w.minePage("amal@people.example.org")
	port := w.base[strings.LastIndexByte(w.base, ':'):]
	win := w.window()
	at := win.workers()
	for _, page := range []string{bo, amal} {
		win.visit(page)
		win.isKept(page, true)
	}
	w.must(w.shut())
	for page, answer := range map[string]string{bo: "2I need help", amal: "1I am safe"} {
		win.visit(page)
		win.tap(answer)
		win.reads("NOT SENT:")
	}
	win.leaves()
	_, err := w.desk.EndPages(w.ctx, "amal@people.example.org")
	w.must(err)
	w.serveAt("127.0.0.1"+port, func(*web.Config) {})
	win.theLineIsBack(at)
	w.eventually("his answer is with the desk", func() bool { n, _ := w.calls(); return n == 1 })
	win.visit("/robots.txt")
	win.isKept(amal, false)
	win.until("of hers there is that something was lost, and no more", `(caches.match(`+quoted(amal+"/kept")+`).then(r => r.text()).then(t => { window.kept = t }), window.kept === '[{"state":"refused"}]')`)
	if status := win.visit(amal); status != 403 {
		t.Errorf("a dead link: %d", status)
	}
	win.reads("This link is no longer valid", "was NOT TAKEN: this link opens nothing any more", "!Rockets", "!I am safe")
	win.shot("lost")
	win.until("one page is kept, his", countsKept+" === 1")
	win.visit(amal)
	win.reads("This link is no longer valid", "!NOT TAKEN")
	win.visit(bo)
	win.reads("Sent: I need help", "!NOT TAKEN")
}

// An answer that the desk cannot take just now holds up no call for help.
func TestACallForHelpWaitsForNoOtherTap(t *testing.T) {
	needs(t)
	w := newWorld(t)
	w.night()
	page := w.minePage("bo@people.example.org")
	port := w.base[strings.LastIndexByte(w.base, ':'):]
	win := w.window()
	at := win.workers()
	win.visit(page)
	win.isKept(page, true)
	w.must(w.shut())
	win.visit(page)
	win.tap("1I am safe")
	win.reads("NOT SENT: I am safe")
	win.tap("2I need help")
	win.reads("NOT SENT: I need help")
	win.leaves()
	w.serveThrough("127.0.0.1"+port, func(*web.Config) {}, func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil || strings.Contains(string(body), "answer=1") {
				rw.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			h.ServeHTTP(rw, r)
		})
	})
	win.theLineIsBack(at)
	w.eventually("the desk has the call", func() bool { n, _ := w.calls(); return n == 1 })
	win.visit(page)
	win.reads("Your last answer: I need help", "NOT SENT: I am safe")
}

// An answer that was tapped long before it came is on the board of the desk with both
// times.
func TestALateTapOnTheBoard(t *testing.T) {
	needs(t)
	w := newWorld(t)
	pages, _ := w.night()
	w.user("ada", "administrator")
	board := ""
	for _, p := range pages {
		if strings.HasSuffix(p, "/board") {
			board = p
		}
	}
	page := w.minePage("bo@people.example.org")
	port := w.base[strings.LastIndexByte(w.base, ':'):]
	bo, ada := w.window(), w.window()
	ada.signsIn("ada")
	ada.visit(board)
	ada.reads("1 need help", "1 safe")
	bo.looks(390, "light")
	bo.visit(page)
	bo.isKept(page, true)
	w.passes(45 * time.Minute)
	w.must(w.shut())
	bo.visit(page)
	// Forty minutes ago, by the phone; what the machine takes meanwhile is on top of it.
	bo.do("forty minutes ago", chromedp.Evaluate[chromedp.Void](`(now => { Date.now = () => now() - 40 * 60000 })(Date.now.bind(Date))`))
	bo.tap("2I need help")
	bo.reads("NOT SENT: I need help")
	w.serveAt("127.0.0.1"+port, func(*web.Config) {})
	bo.visit(page) // by the clock of now
	bo.reads("Your last answer: I need help")
	ada.visit(board)
	ada.reads("2 need help")
	ada.visit(strings.TrimSuffix(board, "board") + "people?answer=help") // where that count leads
	ada.reads("Bo Lindqvist", "(tapped 11 Mar 2026 18:2", " UTC, arrived 11 Mar 2026 19:05 UTC)")
	ada.shot("people")
	ada.visit("/cases")
	ada.press("Bo Lindqvist")
	ada.reads("(tapped 11 Mar 2026 18:2", " UTC, arrived 11 Mar 2026 19:05 UTC)")
	ada.shot("case")
}
