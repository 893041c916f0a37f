package web

import (
	"net/http"
	"strings"

	"vedette"
	"vedette/desk"
	"vedette/httpd"
	"vedette/web/messages"
)

// handoutView is an update as whoever holds a link of it reads it.
type handoutView struct {
	updateView
	For   string
	Until moment
	AsOf  moment
	Fate  []messages.Said // what has become of it since
	PDF   string
}

// openHandout shows the update that a link is of.
func (p *portal) openHandout(w http.ResponseWriter, r *http.Request) error {
	v, _, err := p.lent(r)
	if err != nil {
		return err
	}
	if v.Map.SVG != "" {
		v.Script = p.static.url("map.js")
		w.Header().Set("Content-Security-Policy", httpd.ScriptPolicy)
	}
	return p.show(w, http.StatusOK, "handout", v)
}

// printHandout gives it as PDF.
func (p *portal) printHandout(w http.ResponseWriter, r *http.Request) error {
	v, l, err := p.lent(r)
	if err != nil {
		return err
	}
	fate := (&printed{in: messages.In(v.language())}).all(v.Fate)
	return p.sendPaper(w, r, l.Update, &v.updateView, fate)
}

func (p *portal) lent(r *http.Request) (*handoutView, *desk.Lent, error) {
	l, err := p.Desk.OpenHandout(r.Context(), r.PathValue("token"))
	if err != nil {
		return nil, nil, err
	}
	u := l.Update
	v := &handoutView{updateView: p.updateView(r, u), For: safe(l.Handout.For), Until: when(l.Handout.Until, p.Now(), ""), AsOf: when(p.Now(), p.Now(), "")}
	v.Bare, v.Acts, v.PDF = true, actsView{}, strings.TrimSuffix(r.URL.EscapedPath(), "/update.pdf")+"/update.pdf"
	v.Record = p.record(u, nil)
	v.Record.Edits = nil
	v.Fate = p.fateOutside(l)
	v.unlined()
	return v, l, nil
}

// unlined takes away the addresses of the report's lines: they are within the portal.
func (v *handoutView) unlined() {
	for i := range v.Groups {
		for j := range v.Groups[i].Items {
			v.Groups[i].Items[j].From = ""
		}
	}
	for i := range v.Topics {
		for j := range v.Topics[i].Claims {
			v.Topics[i].Claims[j].From = ""
		}
	}
	for i := range v.Judgements {
		v.Judgements[i].From = ""
	}
}

// fateOutside is what has become of an update, for whoever acts by it: not who decided
// it, nor why.
func (p *portal) fateOutside(l *desk.Lent) (out []messages.Said) {
	u, now, zone := l.Update, p.Now(), p.zone(&l.Update.Content)
	if m := u.Mark; m != nil {
		if !m.OvertakenAt.IsZero() {
			out = append(out, messages.Of("A newer update has taken its place %s. Do not act by this one: ask whoever gave you the link for the newer.", when(m.OvertakenAt, now, zone).said()))
		}
		if !m.StoppedAt.IsZero() {
			out = append(out, messages.Of("It was stopped %s. Ask whoever gave you the link before you act by it.", when(m.StoppedAt, now, zone).said()))
		}
	}
	switch u.Cancels {
	case vedette.CancelError:
		out = append(out, messages.Of("It says that an earlier update was sent in error: what that told people to do does not stand."))
	case vedette.CancelOver:
		out = append(out, messages.Of("It ends an earlier update: what that told people to do no longer stands."))
	}
	for _, c := range l.Conditions {
		switch c.State {
		case vedette.ConditionMet:
			out = append(out, messages.Of("This has come about, declared %s: %s", when(c.At, now, zone).said(), safe(c.Condition)))
		case vedette.ConditionPassed:
			out = append(out, messages.Of("This is not awaited any more since %s: %s", when(c.At, now, zone).said(), safe(c.Condition)))
		}
	}
	for _, c := range l.Cleared {
		out = append(out, messages.Of("All-clear for %s %s.", p.area(c.Clears.Area, ""), when(c.PublishedAt, now, zone).said()))
	}
	return out
}
