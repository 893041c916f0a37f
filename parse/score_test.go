package parse

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
)

// wanted is a reading made by hand, in short form: places are area ids, each
// once; spans, metonyms and hedges are left out. A field that is missing was
// not labelled and is not compared.
type wanted struct {
	Title          string                 `json:"title"`
	Kind           vedette.ReportKind     `json:"kind"`
	Headline       string                 `json:"headline"`
	CallToAction   string                 `json:"call_to_action"`
	IssuedAt       *time.Time             `json:"issued_at"`
	UpdateNumber   *int                   `json:"update_number"`
	Urgency        vedette.Urgency        `json:"urgency"`
	Risk           vedette.Risk           `json:"risk"`
	CountryRisk    vedette.Risk           `json:"country_risk"`
	SourceStrength vedette.SourceStrength `json:"source_strength"`
	Affected       []vedette.AreaID       `json:"affected"`
	Categories     *[]string              `json:"categories,omitempty"`
	Status         *[]string              `json:"status,omitempty"`
	Calendar       *[]string              `json:"calendar,omitempty"`
	Summary        []wantedStatement      `json:"summary"`
	Topics         []wantedTopic          `json:"topics"`
	Assessments    []wantedStatement      `json:"assessments"`
	Advice         []wantedGroup          `json:"recommendations"`
	SetAside       []vedette.SetAside     `json:"set_aside"`
	Findings       *[]wantedFinding       `json:"findings,omitempty"`
}

type wantedTopic struct {
	Title  string            `json:"title"`
	Claims []wantedStatement `json:"claims"`
}

type wantedGroup struct {
	Heading string            `json:"heading"`
	Area    vedette.AreaID    `json:"area"`
	Advice  []wantedStatement `json:"advice"`
}

type wantedFinding struct {
	Code   vedette.FindingCode `json:"code"`
	Blocks bool                `json:"blocks"`
}

type wantedStatement struct {
	Text        string               `json:"text"`
	Lines       vedette.Lines        `json:"lines"`
	Areas       []vedette.AreaID     `json:"areas"`
	Likelihoods []vedette.Likelihood `json:"likelihoods"`
	When        *[]vedette.When      `json:"when,omitempty"`
	Sources     []string             `json:"sources,omitempty"`
	Stances     []vedette.Stance     `json:"stances,omitempty"`
	Forecast    *bool                `json:"forecast,omitempty"`
	Confidence  vedette.Confidence   `json:"confidence,omitempty"`
	Actions     []wantedAction       `json:"actions,omitempty"`
	Audience    string               `json:"audience,omitempty"`
	Condition   string               `json:"condition,omitempty"`
	Except      []vedette.AreaID     `json:"except,omitempty"`
	Near        *wantedNear          `json:"near,omitempty"`
	Until       *vedette.When        `json:"until,omitempty"`
}

type wantedAction struct {
	Action  vedette.Action   `json:"action"`
	Targets []vedette.AreaID `json:"targets"`
	Kinds   []string         `json:"kinds,omitempty"`
}

type wantedNear struct {
	KM   float64        `json:"km"`
	Of   vedette.AreaID `json:"of"`
	What string         `json:"what"`
}

// tallyOf counts, for one field, what was found rightly, what was missed and
// what was found that is none.
type tallyOf struct{ hit, missed, extra int }

func (t tallyOf) precision() float64 { return share(t.hit, t.hit+t.extra) }
func (t tallyOf) recall() float64    { return share(t.hit, t.hit+t.missed) }
func (t tallyOf) f1() float64        { return share(2*t.hit, 2*t.hit+t.extra+t.missed) }

func share(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

// score compares readings with what was wanted, field by field.
type score struct {
	fields map[string]*tallyOf
	misses []string // of the report being compared
}

func newScore() *score { return &score{fields: map[string]*tallyOf{}} }

func (s *score) of(field string) *tallyOf {
	if s.fields[field] == nil {
		s.fields[field] = &tallyOf{}
	}
	return s.fields[field]
}

func (s *score) note(where, field, kind, what string) {
	s.misses = append(s.misses, fmt.Sprintf("%s %s %s: %s", where, field, kind, what))
}

// one compares a field that has one value.
func (s *score) one(where, field string, got, want any) {
	g, _ := json.Marshal(got)
	w, _ := json.Marshal(want)
	t := s.of(field)
	if string(g) == string(w) {
		t.hit++
		return
	}
	t.missed++
	t.extra++
	s.note(where, field, "differs", fmt.Sprintf("got %s, want %s", g, w))
}

// set compares a field that has several values, in any order.
func set[T any](s *score, where, field string, got, want []T) {
	key := func(v T) string { b, _ := json.Marshal(v); return string(b) }
	left := map[string]int{}
	for _, g := range got {
		left[key(g)]++
	}
	t := s.of(field)
	for _, w := range want {
		if k := key(w); left[k] > 0 {
			left[k]--
			t.hit++
		} else {
			t.missed++
			s.note(where, field, "missed", k)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(left)) {
		for range left[k] {
			t.extra++
			s.note(where, field, "is none", k)
		}
	}
}

// reading compares one report.
func (s *score) reading(got vedette.Reading, want wanted) {
	s.misses = nil
	s.one("head", "structure", got.Title, want.Title)
	s.one("head", "structure", got.Kind, want.Kind)
	s.one("head", "structure", got.Headline, want.Headline)
	s.one("head", "structure", got.CallToAction, want.CallToAction)
	s.one("head", "structure", got.IssuedAt, want.IssuedAt)
	s.one("head", "structure", got.UpdateNumber, want.UpdateNumber)
	s.one("head", "risk", []any{got.Risk, got.CountryRisk}, []any{want.Risk, want.CountryRisk})
	s.one("head", "strength", got.SourceStrength, want.SourceStrength)
	s.one("head", "urgency", got.Urgency, want.Urgency)
	set(s, "head", "affected", areasOf(got.Affected), want.Affected)
	set(s, "head", "structure", got.SetAside, want.SetAside)
	if want.Categories != nil {
		set(s, "head", "categories", got.Categories, *want.Categories)
		set(s, "head", "status", append(slices.Clone(got.Status), got.Calendar...), append(slices.Clone(*want.Status), *want.Calendar...))
	}
	if want.Findings != nil {
		s.findings(got.Findings, *want.Findings)
	}
	s.statements(got, want)
}

// findings compares codes, each once: what a finding says is for people.
func (s *score) findings(got []vedette.Finding, want []wantedFinding) {
	var g []wantedFinding
	for _, f := range got {
		if w := (wantedFinding{f.Code, f.Blocks}); !slices.Contains(g, w) {
			g = append(g, w)
		}
	}
	var w []wantedFinding
	for _, f := range want {
		if !slices.Contains(w, f) {
			w = append(w, f)
		}
	}
	set(s, "findings", "findings", g, w)
}

// item is a statement of either side with the place where it stands.
type item struct {
	section, group string
	got            wantedStatement
}

func (s *score) statements(got vedette.Reading, want wanted) {
	g, w := itemsOf(got), itemsWanted(want)
	for _, x := range w {
		where := fmt.Sprintf("line %d", x.got.Lines[0])
		i := slices.IndexFunc(g, func(y item) bool {
			return y.section == x.section && y.got.Lines == x.got.Lines && y.got.Text == x.got.Text
		})
		if i < 0 {
			i = slices.IndexFunc(g, func(y item) bool { return y.section == x.section && y.got.Lines[0] == x.got.Lines[0] })
			s.of("structure").missed++
			s.note(where, "structure", "missed", x.section+" "+clipped(x.got.Text))
			if i >= 0 {
				s.of("structure").extra++
				s.note(where, "structure", "is none", fmt.Sprint(g[i].section, " ", g[i].got.Lines, " ", clipped(g[i].got.Text)))
			}
		} else {
			s.of("structure").hit++
			s.one(where, "structure", g[i].group, x.group)
		}
		have := item{}
		if i >= 0 {
			have = g[i]
			g = slices.Delete(g, i, i+1)
		}
		s.item(where, x.section, have.got, x.got)
	}
	for _, y := range g {
		s.of("structure").extra++
		s.note(fmt.Sprintf("line %d", y.got.Lines[0]), "structure", "is none", y.section+" "+clipped(y.got.Text))
		s.item(fmt.Sprintf("line %d", y.got.Lines[0]), y.section, y.got, wantedStatement{When: &[]vedette.When{}})
	}
}

func clipped(t string) string {
	if r := []rune(t); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return t
}

// item compares what was found in one statement.
func (s *score) item(where, section string, got, want wantedStatement) {
	set(s, where, "places", got.Areas, want.Areas)
	set(s, where, "likelihoods", got.Likelihoods, want.Likelihoods)
	if want.When != nil {
		when := []vedette.When{}
		if got.When != nil {
			when = labelled(*got.When)
		}
		set(s, where, "dates", valuesOf(when), valuesOf(*want.When))
	}
	switch section {
	case "claim":
		s.one(where, "stances", got.Stances, want.Stances)
		s.sources(where, got.Sources, want.Sources)
	case "assessment":
		s.one(where, "forecast", got.Forecast, want.Forecast)
		s.one(where, "confidence", got.Confidence, want.Confidence)
	case "advice":
		s.advice(where, got, want)
	}
}

// labelled leaves out the times that were not labelled: bare years, and days
// said by "today" and its like.
func labelled(all []vedette.When) []vedette.When {
	out := []vedette.When{}
	for _, w := range all {
		switch t := strings.ToLower(w.Text); {
		case len(t) == 4 && t[0] >= '0' && t[0] <= '9':
		case t == "today", t == "tonight", t == "tomorrow", t == "yesterday":
		default:
			out = append(out, w)
		}
	}
	return out
}

// valuesOf leaves the words out of times: how much of a phrase belongs to a day
// is a matter of taste.
func valuesOf(all []vedette.When) []vedette.When {
	out := slices.Clone(all)
	for i := range out {
		out[i].Text = ""
	}
	return out
}

// sources agree where the text of one found holds the key that is wanted.
func (s *score) sources(where string, got, want []string) {
	left := []string{} // a speaker of two stances is one
	for _, g := range got {
		if !slices.Contains(left, g) {
			left = append(left, g)
		}
	}
	t := s.of("sources")
	for _, w := range want {
		i := slices.IndexFunc(left, func(g string) bool { return strings.Contains(g, w) || strings.Contains(w, g) })
		if i < 0 {
			t.missed++
			s.note(where, "sources", "missed", w)
			continue
		}
		t.hit++
		left = slices.Delete(left, i, i+1)
	}
	for _, g := range left {
		t.extra++
		s.note(where, "sources", "is none", g)
	}
}

func (s *score) advice(where string, got, want wantedStatement) {
	names := func(as []wantedAction) (out []vedette.Action) {
		for _, a := range as {
			out = append(out, a.Action)
		}
		return out
	}
	set(s, where, "actions", names(got.Actions), names(want.Actions))
	for _, w := range want.Actions {
		for _, g := range got.Actions {
			if g.Action == w.Action {
				set(s, where, "targets", g.Targets, w.Targets)
				set(s, where, "kinds", g.Kinds, w.Kinds)
			}
		}
	}
	s.one(where, "audience and condition", []string{got.Audience}, []string{want.Audience})
	s.one(where, "audience and condition", []string{got.Condition}, []string{want.Condition})
	if got.Except != nil || want.Except != nil || got.Near != nil || want.Near != nil || got.Until != nil || want.Until != nil {
		s.one(where, "limits", []any{got.Except, got.Near, untilOf(got.Until)}, []any{want.Except, want.Near, untilOf(want.Until)})
	}
}

// untilOf is a limit without its words and without "scheduled": a limit is
// always to come.
func untilOf(w *vedette.When) any {
	if w == nil {
		return nil
	}
	return vedette.When{Date: w.Date, From: w.From, To: w.To, At: w.At, Zone: w.Zone}
}

// itemsOf gives the statements of a reading in short form.
func itemsOf(r vedette.Reading) (out []item) {
	add := func(section, group string, st vedette.Statement, more func(*wantedStatement)) {
		w := short(st)
		more(&w)
		out = append(out, item{section: section, group: group, got: w})
	}
	for _, st := range r.Summary {
		add("summary", "", st, func(*wantedStatement) {})
	}
	for _, t := range r.Topics {
		for _, c := range t.Claims {
			add("claim", t.Title, c.Statement, func(w *wantedStatement) {
				w.Stances = c.Stances
				for _, src := range c.Sources {
					w.Sources = append(w.Sources, src.Text)
				}
			})
		}
	}
	for _, j := range r.Assessments {
		add("assessment", "", j.Statement, func(w *wantedStatement) { w.Forecast, w.Confidence = &j.Forecast, j.Confidence })
	}
	for _, g := range r.Recommendations {
		for _, a := range g.Advice {
			add("advice", fmt.Sprintf("%s|%s", g.Heading, g.Area), a.Statement, func(w *wantedStatement) { shortAdvice(w, a) })
		}
	}
	return out
}

func shortAdvice(w *wantedStatement, a vedette.Advice) {
	w.Audience, w.Condition, w.Until = a.Audience, a.Condition, a.Until
	if len(a.Except) > 0 {
		w.Except = areasOf(a.Except)
	}
	if a.Near != nil {
		w.Near = &wantedNear{a.Near.KM, a.Near.Of.Area, a.Near.What}
	}
	for _, act := range a.Actions {
		w.Actions = append(w.Actions, wantedAction{act.Action, areasOf(act.Targets), act.Kinds})
	}
}

func short(st vedette.Statement) wantedStatement {
	w := wantedStatement{Text: st.Text, Lines: st.Lines, Areas: areasOf(st.Places), When: &st.When, Likelihoods: []vedette.Likelihood{}}
	for _, l := range st.Likelihoods {
		if !l.Hedge {
			l.Span = vedette.Span{}
			w.Likelihoods = append(w.Likelihoods, l)
		}
	}
	return w
}

func itemsWanted(r wanted) (out []item) {
	for _, st := range r.Summary {
		out = append(out, item{section: "summary", got: st})
	}
	for _, t := range r.Topics {
		for _, st := range t.Claims {
			out = append(out, item{section: "claim", group: t.Title, got: st})
		}
	}
	for _, st := range r.Assessments {
		out = append(out, item{section: "assessment", got: st})
	}
	for _, g := range r.Advice {
		for _, st := range g.Advice {
			out = append(out, item{section: "advice", group: fmt.Sprintf("%s|%s", g.Heading, g.Area), got: st})
		}
	}
	return out
}

// areasOf gives each area once, in order.
func areasOf(places []vedette.Place) []vedette.AreaID {
	out := []vedette.AreaID{}
	for _, p := range places {
		if p.Area != "" && !slices.Contains(out, p.Area) {
			out = append(out, p.Area)
		}
	}
	return out
}

// print logs the table of a score.
func (s *score) print(t testing.TB) {
	var b strings.Builder
	for _, f := range append(slices.Sorted(maps.Keys(s.fields)), "overall") {
		v := s.tally(f)
		fmt.Fprintf(&b, "\n%-24s precision %.3f  recall %.3f  F1 %.3f  (%d right, %d missed, %d extra)", f, v.precision(), v.recall(), v.f1(), v.hit, v.missed, v.extra)
	}
	t.Log(b.String())
}

func (s *score) f1(field string) float64 { v := s.tally(field); return v.f1() }

// tally gives the counts of a field, or of all together as "overall".
func (s *score) tally(field string) tallyOf {
	all := tallyOf{}
	for f, v := range s.fields {
		if f == field || field == "overall" {
			all.hit, all.missed, all.extra = all.hit+v.hit, all.missed+v.missed, all.extra+v.extra
		}
	}
	return all
}
