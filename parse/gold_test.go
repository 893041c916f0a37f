package parse

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/gazetteer"
)

// goldStatement is a statement of the short form in which the seed's reading
// was made by hand.
type goldStatement struct {
	Text        string               `json:"text"`
	Lines       vedette.Lines        `json:"lines"`
	Areas       []vedette.AreaID     `json:"areas"`
	Likelihoods []vedette.Likelihood `json:"likelihoods"`
	When        []vedette.When       `json:"when"`
	Sources     []string             `json:"sources"`
	Stances     []vedette.Stance     `json:"stances"`
	Forecast    bool                 `json:"forecast"`
	Actions     []goldAction         `json:"actions"`
	Audience    string               `json:"audience"`
	Condition   string               `json:"condition"`
}

type goldAction struct {
	Action  vedette.Action   `json:"action"`
	Targets []vedette.AreaID `json:"targets"`
	Kinds   []string         `json:"kinds"`
}

type goldReading struct {
	Title          string                 `json:"title"`
	Kind           vedette.ReportKind     `json:"kind"`
	Headline       string                 `json:"headline"`
	CallToAction   string                 `json:"call_to_action"`
	IssuedAt       *time.Time             `json:"issued_at"`
	UpdateNumber   *int                   `json:"update_number"`
	Risk           vedette.Risk           `json:"risk"`
	CountryRisk    vedette.Risk           `json:"country_risk"`
	SourceStrength vedette.SourceStrength `json:"source_strength"`
	Affected       []vedette.AreaID       `json:"affected"`
	Summary        []goldStatement        `json:"summary"`
	Topics         []struct {
		Title  string          `json:"title"`
		Claims []goldStatement `json:"claims"`
	} `json:"topics"`
	Assessments     []goldStatement `json:"assessments"`
	Recommendations []struct {
		Heading string          `json:"heading"`
		Area    vedette.AreaID  `json:"area"`
		Advice  []goldStatement `json:"advice"`
	} `json:"recommendations"`
	SetAside []vedette.SetAside `json:"set_aside"`
	Urgency  vedette.Urgency    `json:"urgency"`
}

// exam counts, field by field, how often a reading agrees with the gold.
type exam struct {
	t           *testing.T
	right, all  map[string]int
	hit, missed int // places
	extra       int
}

func (e *exam) same(field string, got, want any) {
	e.all[field]++
	if reflect.DeepEqual(got, want) || fmt.Sprintf("%+v", got) == fmt.Sprintf("%+v", want) {
		e.right[field]++
		return
	}
	g, _ := json.Marshal(got)
	w, _ := json.Marshal(want)
	e.t.Logf("%s\n   got %s\n  want %s", field, g, w)
}

func TestSeedAgreesWithItsGold(t *testing.T) {
	dir := os.Getenv("VEDETTE_SHARED")
	if dir == "" {
		t.Skip("VEDETTE_SHARED names no folder with the seed report")
	}
	text, err := os.ReadFile(filepath.Join(dir, "data", "seed-report.txt"))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "data", "seed-report.gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want goldReading
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	got := Read(gazetteer.Default(), text, Options{})
	e := &exam{t: t, right: map[string]int{}, all: map[string]int{}}
	e.head(got, want)
	e.body(got, want)
	for field, n := range e.all {
		if e.right[field] != n {
			t.Errorf("%s: %d of %d agree", field, e.right[field], n)
		}
	}
	precision, recall := float64(e.hit)/float64(e.hit+e.extra), float64(e.hit)/float64(e.hit+e.missed)
	f1 := 2 * precision * recall / (precision + recall)
	t.Logf("places: precision %.3f recall %.3f F1 %.3f", precision, recall, f1)
	if f1 < 0.97 {
		t.Errorf("places: F1 %.3f, want 0.97", f1)
	}
	for _, f := range got.Findings {
		if f.Blocks {
			t.Errorf("a finding blocks: %+v", f)
		}
	}
}

func (e *exam) head(got vedette.Reading, want goldReading) {
	e.same("title", got.Title, want.Title)
	e.same("kind", got.Kind, want.Kind)
	e.same("headline", got.Headline, want.Headline)
	e.same("call_to_action", got.CallToAction, want.CallToAction)
	e.same("issued_at", got.IssuedAt.String(), want.IssuedAt.String())
	e.same("update_number", got.UpdateNumber, want.UpdateNumber)
	e.same("risk", got.Risk, want.Risk)
	e.same("country_risk", got.CountryRisk, want.CountryRisk)
	e.same("source_strength", got.SourceStrength, want.SourceStrength)
	e.same("affected", areasOf(got.Affected), want.Affected)
	e.same("set_aside", got.SetAside, want.SetAside)
	e.same("urgency", got.Urgency, want.Urgency)
}

func (e *exam) body(got vedette.Reading, want goldReading) {
	e.same("summary length", len(got.Summary), len(want.Summary))
	for i := range min(len(got.Summary), len(want.Summary)) {
		e.statement(got.Summary[i], want.Summary[i])
	}
	e.same("topics length", len(got.Topics), len(want.Topics))
	for i := range min(len(got.Topics), len(want.Topics)) {
		e.same("topic title", got.Topics[i].Title, want.Topics[i].Title)
		e.same("claims length", len(got.Topics[i].Claims), len(want.Topics[i].Claims))
		for j := range min(len(got.Topics[i].Claims), len(want.Topics[i].Claims)) {
			e.claim(got.Topics[i].Claims[j], want.Topics[i].Claims[j])
		}
	}
	e.same("assessments length", len(got.Assessments), len(want.Assessments))
	for i := range min(len(got.Assessments), len(want.Assessments)) {
		e.statement(got.Assessments[i].Statement, want.Assessments[i])
		e.same("forecast", got.Assessments[i].Forecast, want.Assessments[i].Forecast)
	}
	e.same("recommendations length", len(got.Recommendations), len(want.Recommendations))
	for i := range min(len(got.Recommendations), len(want.Recommendations)) {
		g, w := got.Recommendations[i], want.Recommendations[i]
		e.same("group", []any{g.Heading, g.Area, len(g.Advice)}, []any{w.Heading, w.Area, len(w.Advice)})
		for j := range min(len(g.Advice), len(w.Advice)) {
			e.advice(g.Advice[j], w.Advice[j])
		}
	}
}

func (e *exam) statement(got vedette.Statement, want goldStatement) {
	e.same("text", got.Text, want.Text)
	e.same("lines", got.Lines, want.Lines)
	var odds []vedette.Likelihood
	for _, l := range got.Likelihoods {
		if !l.Hedge {
			l.Span = vedette.Span{}
			odds = append(odds, l)
		}
	}
	e.same("likelihoods", odds, append([]vedette.Likelihood(nil), want.Likelihoods...))
	have := areasOf(got.Places)
	for _, a := range want.Areas {
		if slices.Contains(have, a) {
			e.hit++
		} else {
			e.missed++
			e.t.Logf("line %d: place %s missed", want.Lines[0], a)
		}
	}
	for _, a := range have {
		if !slices.Contains(want.Areas, a) {
			e.extra++
			e.t.Logf("line %d: place %s is none", want.Lines[0], a)
		}
	}
}

func (e *exam) claim(got vedette.Claim, want goldStatement) {
	e.statement(got.Statement, want)
	g, _ := json.Marshal(got.When)
	w, _ := json.Marshal(want.When)
	e.same("when", string(g), string(w))
	e.same("stances", got.Stances, want.Stances)
	var texts []string
	for _, s := range got.Sources {
		texts = append(texts, s.Text)
	}
	agree := len(texts) == len(want.Sources)
	for i := range min(len(texts), len(want.Sources)) {
		agree = agree && strings.Contains(texts[i], want.Sources[i])
	}
	if agree {
		texts = want.Sources
	}
	e.same("sources", texts, want.Sources)
}

func (e *exam) advice(got vedette.Advice, want goldStatement) {
	e.statement(got.Statement, want)
	e.same("audience", got.Audience, want.Audience)
	e.same("condition", got.Condition, want.Condition)
	var actions []goldAction
	for _, a := range got.Actions {
		actions = append(actions, goldAction{a.Action, areasOf(a.Targets), a.Kinds})
	}
	e.same("actions", actions, want.Actions)
}

// areasOf gives each area once, in order.
func areasOf(places []vedette.Place) []vedette.AreaID {
	var out []vedette.AreaID
	for _, p := range places {
		if !slices.Contains(out, p.Area) {
			out = append(out, p.Area)
		}
	}
	return out
}
