package browser

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/delivertest"
	"vedette/deliver/email"
	"vedette/engine"
	"vedette/store"
)

// sends has an engine send the portal's mails to a relay, by SMTP.
func (w *world) sends() *delivertest.SMTP {
	w.t.Helper()
	relay := delivertest.NewSMTP(w.t)
	mails, err := email.New(email.Config{Addr: relay.Addr(), TLS: email.TLSNone, From: "alerts@harbour.example.org", Now: w.now})
	w.must(err)
	e := engine.New(engine.Config{Store: w.kept, Key: w.key, Gaz: w.gaz, Rosters: w.roll, Senders: []deliver.Sender{mails}, Now: w.now, Log: slog.New(slog.DiscardHandler),
		Worker: store.Worker{ID: "test", Kind: "test", StartedAt: w.now()}, BaseURL: w.base, LinkLife: time.Hour, Poll: 5 * time.Millisecond})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- e.Run(ctx) }()
	w.t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			w.t.Error(err)
		}
		mails.Close()
	})
	return relay
}

// arrives waits until a mail to somebody has arrived, and gives it.
func (w *world) arrives(relay *delivertest.SMTP, to, words string) delivertest.Mail {
	w.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		for _, m := range relay.Messages() {
			if m.Rcpt == to && strings.Contains(m.Subject+m.Text, words) {
				return m
			}
		}
	}
	w.t.Fatalf("no mail with %q came to %s", words, to)
	return delivertest.Mail{}
}

// hands are somebody's at a keyboard: each press, and each text that is typed, counts.
type hands struct {
	*window
	n int
}

func (h *hands) key(keys ...string) {
	h.t.Helper()
	for _, k := range keys {
		h.n++
		h.do("press", chromedp.KeyEvent(k))
	}
}

// on is a press that leads to another page.
func (h *hands) on(k string) {
	h.t.Helper()
	h.n++
	h.goes("press", chromedp.KeyEvent(k))
}

// tabTo goes on by Tab until what has the focus says words.
func (h *hands) tabTo(words string) {
	h.t.Helper()
	for range 40 {
		ctx, cancel := context.WithTimeout(h.tab, patience)
		at, err := chromedp.Run(ctx, chromedp.Evaluate[string](`(e => (e.labels && e.labels.length ? e.labels[0].textContent : e.textContent).trim())(document.activeElement)`))
		cancel()
		h.must(err)
		if strings.HasPrefix(at, words) {
			return
		}
		h.key(kb.Tab)
	}
	h.t.Fatalf("no Tab leads to %q", words)
}

// mostSteps is how many presses and typed texts lie between a bookmark of the page and
// people warned, with signing in.
const mostSteps = 24

// byKeyboard flashes by keys alone, from the sign-in, and gives what it took.
func (w *window) byKeyboard(name, line string) int {
	w.t.Helper()
	w.visit("/flash")
	h := &hands{window: w}
	h.tabTo("What you sign in with")
	h.key(name)
	h.tabTo("Password")
	h.key(password)
	h.on(kb.Enter)
	w.reads("Flash: warn people now")
	w.until("the form does not begin at what happened", `document.activeElement.name === "template"`)
	w.shot("form")
	h.key(kb.ArrowDown, kb.ArrowDown, kb.Tab, "Tunis")
	h.tabTo("What is known")
	h.key(line)
	w.shot("typed")
	h.on(kb.Enter)
	w.reads("Violent unrest: Tunis, Tunisia", line, "Warn 2 people in 1 country")
	w.shot("sure")
	h.tabTo("Warn 2 people")
	h.on(kb.Enter)
	w.reads("Violent unrest: Tunis, Tunisia", "Stay indoors.")
	w.shot("sent")
	return h.n
}

// From the sign-in to people warned, by the keyboard alone: with script and without, at the
// desk and on a phone. The mail is a real one.
func TestAFlashByKeyboard(t *testing.T) {
	for _, c := range []struct {
		name   string
		script bool
		width  int64
		scheme string
	}{{"at the desk", true, 1280, "light"}, {"without script", false, 1280, "light"}, {"on a phone", true, 390, "dark"}, {"on a phone without script", false, 390, "light"}} {
		t.Run(c.name, func(t *testing.T) {
			world := newWorld(t)
			world.user("root", vedette.RoleAdministrator)
			world.user("ada", vedette.RoleApprover)
			relay := world.sends()
			w := world.window()
			w.looks(c.width, c.scheme)
			_, err := chromedp.Call(w.tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !c.script})
			world.must(err)
			line := "Crowd at the gate, " + c.name
			steps := w.byKeyboard("ada", line)
			if steps > mostSteps {
				t.Errorf("it takes %d presses and texts, more than %d", steps, mostSteps)
			}
			m := world.arrives(relay, "amal@people.example.org", "What the desk knows: "+line)
			if !strings.Contains(m.Text, "• Stay indoors.") || !strings.Contains(m.Subject, "Violent unrest: Tunis, Tunisia") {
				t.Errorf("%s\n%s", m.Subject, m.Text)
			}
			world.arrives(relay, "bo@people.example.org", line)
			if n := relay.Count(); n != 2 {
				t.Errorf("%d mails", n)
			}
		})
	}
}

// While it is typed one sees who is there; what a name may mean besides is one press.
func TestAFlashShowsWhoIsThere(t *testing.T) {
	world := newWorld(t)
	world.user("root", vedette.RoleAdministrator)
	w := world.window()
	w.looks(1280, "light")
	w.signsIn("root")
	w.visit("/flash")
	w.fill("Where", "Tripoli")
	w.reads("Several places are called", "Tripoli, Lebanon")
	w.shot("several")
	w.tap("Tripoli, Lebanon")
	w.until("it was not taken", `document.getElementById("where").value.startsWith("gn:")`)
	w.reads("0 cannot be reached", "!Several places")
	w.do("another", clears("where"))
	w.fill("Where", "Tunis")
	w.reads("Tunis, Tunisia", "2 in")
	w.shot("there")
}

var circleText = regexp.MustCompile(`^36\.\d+, 10\.\d+, \d+(\.\d)?$`)

// A circle and a shape are drawn on the map with the pointer, and the field says them.
func TestAFlashIsDrawn(t *testing.T) {
	world := newWorld(t)
	world.user("root", vedette.RoleAdministrator)
	w := world.window()
	w.looks(1280, "light")
	w.signsIn("root")
	w.visit("/flash")
	w.fill("Where", "Tunis")
	w.reads("2 in")
	w.tap("Draw a circle")
	w.reads("Press where it happened")
	middle, edge := w.onMap(.5, .5), w.onMap(.62, .5)
	w.do("draw", chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, middle[0], middle[1], chromedp.ButtonLeft), chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, edge[0], edge[1], chromedp.ButtonLeft))
	w.reads("Let go to take it")
	w.do("let go", chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, edge[0], edge[1], chromedp.ButtonLeft))
	w.until("no circle was taken", `document.getElementById("where").value.includes(", ")`)
	if text := w.valueOf("where"); !circleText.MatchString(text) {
		t.Errorf("the circle is %q", text)
	}
	w.reads("circle of", "2 in")
	w.shot("circle")
	w.tap("Draw a shape")
	for i, at := range [][2]float64{{.3, .3}, {.7, .3}, {.7, .7}, {.3, .7}} {
		p := w.onMap(at[0], at[1])
		w.do("a corner", chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, p[0], p[1], chromedp.ButtonLeft), chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, p[0], p[1], chromedp.ButtonLeft))
		w.reads(fmt.Sprint(i + 1))
	}
	w.tap("Close the shape")
	w.until("no shape was taken", `document.getElementById("where").value.split(" ").length === 4`)
	w.reads("area near", "2 in")
	w.shot("shape")
	w.tap("Closer")
	w.until("it did not come closer", `(c => c && c.dataset.north - c.dataset.south < 1)(document.getElementById("chart"))`)
	w.tap("Attack")
	w.press("See whom it warns")
	w.reads("Armed attack: area near Tunis", "Warn 2 people in 1 country")
	w.shot("sure")
}

// onMap is a point of the window, by its part of the map's width and height.
func (w *window) onMap(x, y float64) [2]float64 {
	w.t.Helper()
	var at [2]float64
	for i, side := range []string{"r.left + r.width * ", "r.top + r.height * "} {
		v, err := chromedp.Run(w.tab, chromedp.Evaluate[float64](fmt.Sprintf(`(e => { e.scrollIntoView({block: "center", behavior: "instant"}); const r = e.getBoundingClientRect(); return %s%v })(document.querySelector("#chart svg"))`, side, []float64{x, y}[i])))
		w.must(err)
		at[i] = v
	}
	return at
}

func (w *window) valueOf(id string) string {
	w.t.Helper()
	v, err := chromedp.Run(w.tab, chromedp.Evaluate[string](`document.getElementById("`+id+`").value`))
	w.must(err)
	return v
}

// The pages of a flash, light and dark, on the phone and at the desk.
func TestPagesOfAFlash(t *testing.T) {
	source := axe(t)
	world := newWorld(t)
	world.user("root", vedette.RoleAdministrator)
	for _, width := range []int64{390, 1280} {
		for _, scheme := range []string{"light", "dark"} {
			w := world.window()
			w.looks(width, scheme)
			w.signsIn("root")
			w.visit("/flash")
			w.fill("Where", "Tunis")
			w.reads("2 in")
			for _, v := range w.violations(source) {
				t.Errorf("the form, %d wide, %s: %s", width, scheme, v)
			}
			w.shot(fmt.Sprint("form", width, scheme))
			w.tap("Strike")
			w.fill("What is known", "انفجاران قرب الميناء, two blasts")
			w.press("See whom it warns")
			for _, v := range w.violations(source) {
				t.Errorf("whom it warns, %d wide, %s: %s", width, scheme, v)
			}
			w.shot(fmt.Sprint("sure", width, scheme))
			for _, page := range []string{"/flash/templates", "/flash/templates/strike", "/who/people?where=Tunis"} {
				for _, v := range w.at(page, source) {
					t.Errorf("%s, %d wide, %s: %s", page, width, scheme, v)
				}
				w.shot(strings.ReplaceAll(strings.Split(strings.Trim(page, "/"), "?")[0], "/", "_") + fmt.Sprint(width, scheme))
			}
		}
	}
}
