package news_test

import (
	"strings"
	"testing"

	"vedette"
	"vedette/advise/news"
)

// judged is a judgement with one likelihood, whose words are in brackets.
func judged(text string, low, high float64) vedette.Judgement {
	from, to := strings.Index(text, "["), strings.Index(text, "]")-1
	j := vedette.Judgement{Forecast: true}
	j.Text = strings.NewReplacer("[", "", "]", "").Replace(text)
	j.Likelihoods = []vedette.Likelihood{{Term: j.Text[from:to], Span: vedette.Span{from, to}, Scale: vedette.ScaleICD203, Low: low, High: high}}
	return j
}

func TestWhatChangedSinceTheOneBefore(t *testing.T) {
	bare := func(text string) vedette.Advice { return vedette.Advice{Statement: vedette.Statement{Text: text}} }
	before := &vedette.Update{Content: vedette.Content{Risk: vedette.RiskHigh, Urgency: vedette.UrgencyExpected, Affected: places("IQ", "KW"),
		Recommendations: []vedette.AdviceGroup{{Advice: []vedette.Advice{advice("Avoid all travel to Iraq.", vedette.AvoidAllTravel, "IQ"), bare("Boil water before drinking it."), bare("Keep away from the port of Basra at night.")}}},
		Assessments:     []vedette.Judgement{judged("Further strikes on the port are [likely] within a week.", .55, .8), judged("A ceasefire is [unlikely] before summer.", .2, .45)}},
		AreaRisks: []vedette.AreaRisk{{Area: "KW", Risk: vedette.RiskLow}}, Shapes: []vedette.Shape{{Name: "port", Circle: &vedette.Circle{KM: 3}}, {Name: "bridge", Circle: &vedette.Circle{KM: 1}}}}
	if s := news.SinceThen(before, before); !s.Nothing() {
		t.Errorf("since itself: %+v", s)
	}
	after := &vedette.Update{Content: vedette.Content{Risk: vedette.RiskExtreme, Urgency: vedette.UrgencyExpected, Affected: places("IQ", "JO"),
		Recommendations: []vedette.AdviceGroup{{Advice: []vedette.Advice{advice("Avoid all travel to Iraq until further notice.", vedette.AvoidAllTravel, "IQ"), bare("Carry your papers."), bare("Keep away from the port of Basra at all times, day and night.")}}},
		Assessments:     []vedette.Judgement{judged("Further strikes on the port are [very likely] within a week.", .8, .95), judged("A ceasefire is [unlikely] before summer.", .2, .45)}},
		Shapes: []vedette.Shape{{Name: "port", Circle: &vedette.Circle{KM: 5}}}}
	s := news.SinceThen(before, after)
	if s.Nothing() || s.Risk.Was != vedette.RiskHigh || s.Risk.Is != vedette.RiskExtreme || s.Urgency.Was != s.Urgency.Is {
		t.Errorf("%+v", s)
	}
	if len(s.Came) != 1 || s.Came[0].Area != "JO" || len(s.Went) != 1 || s.Went[0].Area != "KW" {
		t.Errorf("areas: %v, %v", s.Came, s.Went)
	}
	if len(s.AreaRisks) != 1 || s.AreaRisks[0].Is != vedette.RiskUnknown {
		t.Errorf("risks of areas: %+v", s.AreaRisks)
	}
	if strings.Join(s.Drawn.Changed, "") != "port" || strings.Join(s.Drawn.Went, "") != "bridge" || s.Drawn.Came != nil {
		t.Errorf("drawn: %+v", s.Drawn)
	}
	if len(s.New) != 1 || s.New[0].Text != "Carry your papers." || len(s.Gone) != 1 || s.Gone[0].Text != "Boil water before drinking it." {
		t.Errorf("new %+v, gone %+v", s.New, s.Gone)
	}
	if len(s.Changed) != 2 || s.Changed[0].Was.Text != "Avoid all travel to Iraq." || s.Changed[1].Was.Text != "Keep away from the port of Basra at night." {
		t.Errorf("changed: %+v", s.Changed)
	}
	if len(s.Odds) != 1 || s.Odds[0].Was.Likelihoods[0].Low != .55 || s.Odds[0].Is.Likelihoods[0].Low != .8 {
		t.Errorf("odds: %+v", s.Odds)
	}
}

// Odds are held against each other only where it is plain which is which.
func TestOddsAreNotPairedInDoubt(t *testing.T) {
	of := func(list ...vedette.Judgement) *vedette.Update {
		return &vedette.Update{Content: vedette.Content{Assessments: list}}
	}
	one := judged("Further strikes on the port are [likely] within a week.", .55, .8)
	other := one
	other.Likelihoods = []vedette.Likelihood{{Span: one.Likelihoods[0].Span, Scale: vedette.ScalePHIA, Low: .55, High: .75}}
	hedged := one
	hedged.Likelihoods = []vedette.Likelihood{{Span: one.Likelihoods[0].Span, Hedge: true}}
	two := judged("Further strikes on the port are [unlikely] within a week.", .2, .45)
	for name, c := range map[string][2]*vedette.Update{
		"two that are alike": {of(one), of(two, judged("Further strikes on the port are [very likely] within a month.", .8, .95))},
		"another scale":      {of(one), of(other)},
		"a hedge":            {of(one), of(hedged)},
		"another matter":     {of(one), of(judged("A ceasefire is [unlikely] before summer.", .2, .45))},
	} {
		if s := news.SinceThen(c[0], c[1]); len(s.Odds) > 0 {
			t.Errorf("%s: %+v", name, s.Odds)
		}
	}
}

func TestWhichIsTheOneBefore(t *testing.T) {
	chain := func(list ...vedette.Update) (out []*vedette.Update) { // the newest first
		for i := range list {
			u := &list[len(list)-1-i]
			u.Number = len(list) - i
			if u.ID == "" {
				u.ID = vedette.ID(rune('0' + u.Number))
			}
			out = append(out, u)
		}
		return out
	}
	for name, c := range map[string]struct {
		chain []*vedette.Update
		want  int
	}{
		"the first":               {chain(vedette.Update{}), 0},
		"the one before":          {chain(vedette.Update{}, vedette.Update{}, vedette.Update{}), 2},
		"not an all-clear":        {chain(vedette.Update{}, vedette.Update{Clears: &vedette.AllClear{}}, vedette.Update{}), 1},
		"not a question":          {chain(vedette.Update{}, vedette.Update{Asks: "r"}, vedette.Update{}), 1},
		"not one that was ended":  {chain(vedette.Update{}, vedette.Update{ID: "x"}, vedette.Update{Cancels: vedette.CancelError, Alone: true, Corrects: "x"}, vedette.Update{}), 1},
		"nothing after the end":   {chain(vedette.Update{}, vedette.Update{Cancels: vedette.CancelOver, Corrects: "1"}, vedette.Update{}), 0},
		"an end that was stopped": {chain(vedette.Update{}, vedette.Update{Cancels: vedette.CancelOver, Corrects: "1", State: vedette.UpdateStopped}, vedette.Update{}), 1},
		"not one that is stopped": {chain(vedette.Update{}, vedette.Update{State: vedette.UpdateStopped}, vedette.Update{}), 1},
		"not an exercise":         {chain(vedette.Update{}, vedette.Update{Status: vedette.StatusExercise}, vedette.Update{}), 1},
		"of a cancellation":       {chain(vedette.Update{}, vedette.Update{Cancels: vedette.CancelOver}), 0},
	} {
		got := 0
		if b := news.Before(c.chain, c.chain[0]); b != nil {
			got = b.Number
		}
		if got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
