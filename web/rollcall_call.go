package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"vedette"
	"vedette/desk"
)

// actOnCalls divides who is to be called among callers, or keeps how a call
// went.
func (p *portal) actOnCalls(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	id, f := vedette.ID(r.PathValue("id")), r.PostForm
	to := callsAddress(id, f.Get("sheet"))
	v := callsView{By: bylineOf(r)}
	switch {
	case err != nil:
	case f.Get("do") == "divide":
		v.Callers, to = typedLines(f.Get("callers")), callsAddress(id, "")
		_, err = p.Desk.DivideCalls(r.Context(), id, lines(v.Callers))
	case f.Get("do") == "try":
		err = p.keepTry(r, id, by)
		to += "#p-" + url.PathEscape(f.Get("person"))
	default:
		err = vedette.Errorf(vedette.CodeInvalid, "press one of the buttons of the page")
	}
	switch {
	case err == nil:
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	case mends(err):
		v.Problem = refusal(err)
		return p.callsPage(w, r, http.StatusConflict, v)
	}
	return err
}

func (p *portal) keepTry(r *http.Request, id vedette.ID, by string) error {
	f := r.PostForm
	o := desk.TryOrder{Rollcall: id, Person: f.Get("person"), Outcome: vedette.TryOutcome(f.Get("outcome")), Note: f.Get("note"), By: by}
	if line := f.Get("line"); line != "" { // else it was the one that is due
		kind, nth, _ := strings.Cut(line, ":")
		n, err := strconv.Atoi(nth)
		if err != nil || n < 1 {
			return vedette.Errorf(vedette.CodeInvalid, "say which number was rung")
		}
		o.Line, o.Nth = vedette.LineKind(kind), n
	}
	if o.Outcome == "" {
		return vedette.Errorf(vedette.CodeInvalid, "say how the call went: press one of the buttons")
	}
	_, err := p.Desk.KeepTry(r.Context(), o)
	return err
}

// callsAddress is where the sheets are, or one of them.
func callsAddress(id vedette.ID, sheet string) string {
	to := rollcallAddress(id) + "/calls"
	if sheet != "" {
		to += "?sheet=" + url.QueryEscape(sheet)
	}
	return to
}
