// Package browser looks at the portal with a browser: what scripts, keys and cookies do
// there cannot be seen in a page's text. It holds tests alone. They want a Chromium; where
// there is none they are skipped, but not in CI.
package browser

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"vedette/auth"
	"vedette/desk"
	"vedette/gazetteer"
	"vedette/httpd"
	"vedette/roster"
	"vedette/store"
	"vedette/web"
)

// patience is how long anything on a page may take, on a machine that has much to do.
const patience = time.Minute

// world is a portal that is served.
type world struct {
	t    *testing.T
	ctx  context.Context
	desk *desk.Desk
	rows *store.Org
	kept *store.Store
	roll *roster.Rosters
	key  *auth.Key
	org  int64
	base string
	gaz  *gazetteer.Gazetteer
	now  func() time.Time

	passed atomic.Int64 // since it began, in nanoseconds

	shut func() error // ends the server that serves last
}

const peopleFile = `name,email,city,country
Amal Haddad,amal@people.example.org,Tunis,TN
Bo Lindqvist,bo@people.example.org,Tunis,TN
`

// began is when it is in a world; it stays that time until a test has some pass.
var began = time.Date(2026, 3, 11, 18, 20, 0, 0, time.UTC)

// passes has time pass, for the server alone.
func (w *world) passes(d time.Duration) { w.passed.Add(int64(d)) }

// newWorld serves a portal.
func newWorld(t *testing.T) *world {
	t.Helper()
	needs(t)
	w := &world{t: t, ctx: t.Context()}
	s, err := store.Open(w.ctx, t.TempDir())
	w.must(err)
	t.Cleanup(func() { s.Close() })
	now := func() time.Time { return began.Add(time.Duration(w.passed.Load())) }
	org, err := s.AddOrganisation(w.ctx, "Harbour Relief", now())
	w.must(err)
	key, gaz := auth.NewKey(), gazetteer.Default()
	w.rows, w.key, w.org, w.kept, w.roll = s.In(org.Key), key, org.Key, s, roster.New(s, key, gaz)
	w.desk = desk.New(desk.Config{Store: s, Org: org, Key: key, Gaz: gaz, Rosters: w.roll, Now: now})
	_, err = w.desk.ImportPeople(w.ctx, strings.NewReader(peopleFile), desk.ImportOptions{})
	w.must(err)
	w.gaz, w.now = gaz, now
	w.serveAt("127.0.0.1:0", func(*web.Config) {})
	return w
}

// serveAt serves the portal as `vedette serve` does on this machine, at an address and
// with other settings; from then on it is looked at there.
func (w *world) serveAt(address string, set func(*web.Config)) {
	w.t.Helper()
	w.serveThrough(address, set, func(h http.Handler) http.Handler { return h })
}

// serveThrough serves it with something between the portal and the line.
func (w *world) serveThrough(address string, set func(*web.Config), through func(http.Handler) http.Handler) {
	w.t.Helper()
	ln, err := net.Listen("tcp", address)
	w.must(err)
	_, port, err := net.SplitHostPort(ln.Addr().String())
	w.must(err)
	w.base = "http://localhost:" + port // passkeys belong to a name
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	c := web.Config{Desk: w.desk, BaseURL: w.base, Gaz: w.gaz, Now: w.now, Log: log, Loopback: true}
	set(&c)
	h, err := web.New(c)
	w.must(err)
	server := httpd.NewServer(httpd.Usual, log, through(h))
	w.shut = server.Close
	done := make(chan error, 1)
	go func() { done <- server.Serve(ln, nil) }()
	w.t.Cleanup(func() {
		server.Close()
		if err := <-done; err != http.ErrServerClosed {
			w.t.Error(err)
		}
	})
}

// chromium is the browser to start, "" for none.
func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// one is the browser of all tests: each has windows of its own in it.
var one context.Context

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	program := chromium()
	if program == "" {
		return all(m)
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.WindowSize(1200, 900))
	if os.Getuid() == 0 {
		opts = append(opts, chromedp.NoSandbox) // it refuses to run as root with one
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	defer stop()
	ctx, quit := chromedp.NewContext(alloc)
	defer quit()
	if err := chromedp.Do(ctx); err != nil {
		fmt.Fprintf(os.Stderr, "%s does not start: %v\n", program, err)
		return 1
	}
	one = ctx
	return all(m)
}

// needs skips a test where there is no browser; in CI it fails.
func needs(t *testing.T) {
	t.Helper()
	switch {
	case one != nil:
	case os.Getenv("CI") == "true":
		t.Fatal("there is no browser; .ci/run installs one: apt-get install chromium")
	default:
		t.Skip("there is no browser here (chromium, chromium-browser, google-chrome), so the portal is not looked at in one")
	}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// window is a browser of somebody's: it shares no cookie with another.
type window struct {
	*world
	tab context.Context
}

func (w *world) window() *window {
	w.t.Helper()
	tab, shut := chromedp.NewContext(one, chromedp.WithNewBrowserContext())
	w.t.Cleanup(shut)
	w.must(chromedp.Do(tab))
	win := &window{w, tab}
	win.watched()
	w.t.Cleanup(func() {
		if w.t.Failed() {
			win.shot("failed")
		}
	})
	return win
}

// device gives the window a device that keeps passkeys, and looks who presses.
func (w *window) device() {
	w.t.Helper()
	_, err := chromedp.Call(w.tab, webauthn.Enable, webauthn.EnableParams{})
	w.must(err)
	_, err = chromedp.Call(w.tab, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal, HasResidentKey: true, HasUserVerification: true, AutomaticPresenceSimulation: true, IsUserVerified: true}})
	w.must(err)
}

// do does something in the window, and does not wait for ever.
func (w *window) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.tab, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		w.t.Fatalf("%s: %v\non the page:\n%s", what, err, w.text())
	}
}

// goes does something that leads to a page, and gives the page's status.
func (w *window) goes(what string, steps ...chromedp.Action[chromedp.Void]) int {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.tab, patience)
	defer cancel()
	answer, err := chromedp.RunResponse(ctx, steps...)
	if err != nil {
		w.t.Fatalf("%s: %v\non the page:\n%s", what, err, w.text())
	}
	return int(answer.Status)
}

// visit goes to a page.
func (w *window) visit(path string) int {
	w.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = w.base + path
	}
	return w.goes("to "+path, chromedp.Navigate(path))
}

// text is what is to be read on the page.
func (w *window) text() string {
	ctx, cancel := context.WithTimeout(w.tab, patience)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body.innerText`))
	if err != nil {
		return err.Error()
	}
	return strings.Join(strings.Fields(text), " ")
}

// reads wants words on the page, and those after a "!" not.
func (w *window) reads(words ...string) {
	w.t.Helper()
	for _, s := range words {
		if no, out := strings.CutPrefix(s, "!"); !out {
			w.awaits(s)
		} else if text := w.text(); strings.Contains(text, no) {
			w.t.Errorf("the page says %q:\n%s", no, text)
		}
	}
}

// mark marks what somebody sees and means by words: a field by its label, else what is
// pressed by what stands on it; all of that before its beginning.
const mark = `(words => {
	const seen = e => e && e.checkVisibility() && !e.disabled;
	const named = [...document.querySelectorAll("label")].map(l => [l.textContent.trim(), document.getElementById(l.htmlFor)])
		.concat([...document.querySelectorAll("button, summary, a")].map(e => [e.textContent.trim(), e])).filter(([, e]) => seen(e));
	const found = named.find(([n]) => n === words) || named.find(([n]) => n.startsWith(words));
	document.querySelectorAll("[data-marked]").forEach(e => e.removeAttribute("data-marked"));
	if (found) found[1].setAttribute("data-marked", "");
	return !!found;
})`

const marked = chromedp.CSS("[data-marked]")

func (w *window) find(words string) {
	w.t.Helper()
	w.until("there is no "+quoted(words), mark+`(`+quoted(words)+`)`)
}

// until waits until something is so on the page, whichever that is by then.
func (w *window) until(what, so string) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.tab, patience)
	defer cancel()
	for {
		yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool](so))
		if yes {
			return
		}
		select {
		case <-ctx.Done():
			w.t.Fatalf("%s: %v\non the page:\n%s", what, err, w.text())
		case <-time.After(20 * time.Millisecond): // a page may be on its way
		}
	}
}

// fill types into the field of a label.
func (w *window) fill(label, text string) {
	w.t.Helper()
	w.find(label)
	w.do("fill "+label, chromedp.SendKeys(marked, text))
}

// press presses a button or a link that leads to a page.
func (w *window) press(words string) int {
	w.t.Helper()
	w.find(words)
	return w.goes("press "+words, chromedp.Click(marked))
}

// tap presses what leads nowhere else.
func (w *window) tap(words string) {
	w.t.Helper()
	w.find(words)
	w.do("tap "+words, chromedp.Click(marked))
}

// awaits waits until words are on the page.
func (w *window) awaits(words string) {
	w.t.Helper()
	w.until("the page never said "+quoted(words), `document.body.innerText.replace(/\s+/g, " ").includes(`+quoted(words)+`)`)
}

// shot keeps a picture of the page, where VEDETTE_SHOTS names a folder for them.
func (w *window) shot(name string) {
	dir := os.Getenv("VEDETTE_SHOTS")
	if dir == "" {
		return
	}
	take := chromedp.FullScreenshot(100)
	if fits, err := chromedp.Run(w.tab, chromedp.Evaluate[bool](`document.scrollingElement.scrollHeight <= innerHeight`)); err == nil && fits {
		take = chromedp.CaptureScreenshot() // of what is beyond the window, it moves a page that is read from the right
	}
	picture, err := chromedp.Run(w.tab, take)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, strings.ReplaceAll(w.t.Name(), "/", "-")+"-"+name+".png"), picture, 0o600)
	}
	if err != nil {
		w.t.Log("no picture:", err)
	}
}

func quoted(s string) string {
	return "`" + strings.NewReplacer("\\", "\\\\", "`", "\\`", "$", "\\$").Replace(s) + "`"
}

// clears empties a field by its name.
func clears(name string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](`document.getElementsByName(` + quoted(name) + `)[0].value = ""`)
}
