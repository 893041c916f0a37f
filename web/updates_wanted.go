package web

import (
	"net/http"
	"time"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// wantedUpdates reads which updates the address asks for, and fills the form with it.
func (p *portal) wantedUpdates(r *http.Request, v *updatesView) (want desk.UpdateQuery, err error) {
	q := r.URL.Query()
	v.Words, v.Area, v.From, v.To = typed(q.Get("q")), typed(q.Get("area")), typed(q.Get("from")), typed(q.Get("to"))
	v.Risks = options(q.Get("risk"), "", messages.Mark("any"), "moderate", messages.Mark("moderate and above"), "high", messages.Mark("high and above"), "extreme", messages.Mark("extreme"))
	v.Urgencies = options(q.Get("urgency"), "", messages.Mark("any"), "immediate", messages.Mark("immediate"), "expected", messages.Mark("expected"), "future", messages.Mark("future"), "past", messages.Mark("past"))
	v.Sources = options(q.Get("source"), "", messages.Mark("any"), "credible", messages.Mark("credible and above"), "confirmed", messages.Mark("confirmed"))
	v.Are = options(q.Get("status"), "", messages.Mark("real, exercises and tests"), "actual", messages.Mark("real alone"), "exercise", messages.Mark("exercises"), "test", messages.Mark("tests"))
	v.Topics = options(q.Get("category"), "", messages.Mark("any"))
	for _, c := range vedette.Categories {
		v.Topics = append(v.Topics, option{c, plain(c), c == q.Get("category")})
	}
	for _, f := range []struct {
		what, name string
		of         []option
	}{{"risk", "risk", v.Risks}, {"urgency", "urgency", v.Urgencies}, {"source", "source", v.Sources}, {"kind", "status", v.Are}, {"category", "category", v.Topics}} {
		if err := pick(f.what, q.Get(f.name), f.of); err != nil {
			return want, err
		}
		v.Narrowed = v.Narrowed || q.Get(f.name) != ""
	}
	v.Narrowed = v.Narrowed || v.Area != "" || v.From != "" || v.To != ""
	want.Words, want.Category = v.Words, q.Get("category")
	want.Risk, _ = vedette.ParseRisk(q.Get("risk")) // known: it was picked
	want.Urgency, _ = vedette.ParseUrgency(q.Get("urgency"))
	want.Source, _ = vedette.ParseSourceStrength(q.Get("source"))
	if text := q.Get("status"); text != "" {
		s, _ := vedette.ParseStatus(text)
		want.Status = &s
	}
	if want.Areas, _, err = p.placesIn(v.Area); err != nil {
		return want, err
	}
	if want.From, err = readDay(v.From); err != nil {
		return want, err
	}
	if want.To, err = readDay(v.To); err == nil && !want.To.IsZero() {
		want.To = want.To.AddDate(0, 0, 1) // the day is meant, too
	}
	return want, err
}

// readDay reads a day of a filter, in UTC; the zero time for none.
func readDay(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return t, vedette.Errorf(vedette.CodeInvalid, "%q is no day; write 2026-02-05", typed(text))
	}
	return t, nil
}
