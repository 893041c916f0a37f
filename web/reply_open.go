package web

import (
	"net/http"
	"strings"
	"time"

	"vedette"
	"vedette/deliver/words"
	"vedette/desk"
)

// replyView is a page for someone outside: only what is needed to answer.
type replyView struct {
	frame
	Headline  string
	Published moment
	Stopped   bool
	MaxText   int
	Text      string // what they wrote, to add to it

	Sent       string // in words of a language other than English
	Recorded   string // what was recorded, in words; "" before an answer
	Kind       string
	RecordedAt string

	Mine    string    // address of their own page, "" for none
	Call    *callView // their call for help, nil for none
	removed bool      // a device, just now
	Push    *pushView // devices that show what they are told, nil where there is nothing to say of them
}

// callView is what somebody may know of their call for help.
type callView struct {
	Alone    string   // nobody is on duty, in words; "" where somebody is
	Standing string   // who has it, or that nobody has
	Numbers  []string // of emergency services, in words, country by country
}

// call says how a call for help stands. Whoever is told discreetly sees it where
// they just called, and nowhere else.
func (v *replyView) call(pg *desk.ReplyPage, called bool) {
	c := pg.Call
	if c == nil || pg.Discreet && !called {
		return
	}
	w, clock := v.Says, func(t time.Time) string { return v.Says.Isolate(t.UTC().Format("15:04 UTC")) }
	v.Call = &callView{Standing: w.Say("page.case.open", clock(c.Called))}
	if c.Owner != "" {
		v.Call.Standing = w.Say("page.case.taken", w.Isolate(safe(c.Owner)), clock(c.Since), clock(c.Next))
	}
	if c.Alone {
		v.Call.Alone = w.Say("page.case.alone")
	}
	for _, n := range c.Numbers {
		line := w.Say("page.case.none", w.Isolate(n.Name))
		if len(n.Numbers) > 0 {
			line = w.Say("page.case.numbers", w.Isolate(n.Name), w.Isolate(strings.Join(n.Numbers, ", ")))
		}
		v.Call.Numbers = append(v.Call.Numbers, line)
	}
}

// openReply shows the page a reply link leads to. It changes nothing: what
// follows links by itself answers for nobody.
func (p *portal) openReply(w http.ResponseWriter, r *http.Request) error {
	pg, err := p.Desk.OpenReply(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	v := p.replyView(r, pg)
	v.call(pg, false)
	return p.showReply(w, r, pg, v)
}

func (p *portal) replyView(r *http.Request, pg *desk.ReplyPage) replyView {
	w := words.In(pg.Language)
	v := replyView{frame: p.frame(r, w.Say("answer"), pg.Status), Headline: safe(pg.Headline),
		Sent:      w.Say("page.sent", w.Isolate(pg.IssuedAt.UTC().Format(w.Say("time")))),
		Published: when(pg.IssuedAt, p.Now(), ""), Stopped: pg.Stopped, MaxText: vedette.MaxReplyText}
	v.Org, v.Bare, v.Says = safe(pg.Org), true, w
	if pg.Mine != "" {
		v.Mine = MinePath + pg.Mine
	}
	return v
}

// recorded makes the page say what was recorded.
func (p *portal) recorded(v replyView, kind, text string) replyView {
	now, title := when(p.Now(), p.Now(), ""), "page.title.recorded"
	if kind == "seen" {
		title = "page.title.seen"
	}
	v.Title, v.Recorded, v.Kind, v.Text = v.Says.Say(title), v.Says.Say("page."+kind), kind, text
	v.RecordedAt = v.Says.Say("page.recorded", v.Says.Isolate(now.Clock))
	return v
}

// Word is an answer without its digit, which stands beside it.
func (v replyView) Word(key string) string { return strings.TrimLeft(v.Says.Say(key), "123 ") }
