package web

import (
	"strings"
	"time"

	"vedette"
)

// spanOf is where words stand in a text, in bytes.
func spanOf(text, words string) vedette.Span {
	i := strings.Index(text, words)
	if i < 0 {
		panic("not in the text: " + words)
	}
	return vedette.Span{i, i + len(words)}
}

func place(name string, id vedette.AreaID) vedette.Place { return vedette.Place{Text: name, Area: id} }

func act(a vedette.Action, targets ...vedette.Place) vedette.AdviceAction {
	return vedette.AdviceAction{Action: a, Targets: targets}
}

func says(text string) vedette.Statement { return vedette.Statement{Text: text} }

// harbours is an update in words of its own, with one of everything.
func harbours() *vedette.Update {
	issued := time.Date(2026, 3, 11, 17, 5, 0, 0, time.UTC)
	due := time.Date(2026, 3, 12, 5, 0, 0, 0, time.UTC)
	odds := "Après l’échec des pourparlers, the walk-out will likely spread to Sfax; a quick end is unlikely, and a long one more plausible."
	c := vedette.Content{
		Title: "MAGHREB SITUATION UPDATE: Dock walk-out closes Tunisian ports", Kind: vedette.KindSituationUpdate,
		Headline: "Dock walk-out closes Tunisian ports from 12 March", CallToAction: "move freight and people early", IssuedAt: &issued,
		Urgency: vedette.UrgencyExpected, Risk: vedette.RiskHigh, RiskText: "Severe", SourceStrength: vedette.SourceCredible,
		Affected: []vedette.Place{place("Maghreb", "maghreb")}, Categories: []string{"labor_action", "civil_unrest"}, Status: []string{"developing"},
		Summary: []vedette.Statement{says("Dockers stop work at six ports. Roads to the capital may be blocked.")},
		Topics: []vedette.Topic{{Title: "At the ports", Claims: []vedette.Claim{
			{Statement: vedette.Statement{Text: "On 10 March the dockers’ union said that all shifts stop at 06:00 on 12 March.",
				When: []vedette.When{{Text: "10 March", Date: "2026-03-10"}, {Text: "06:00 on 12 March", At: &due, Zone: "Africa/Tunis", Scheduled: true}}},
				Sources: []vedette.Source{{Text: "the dockers’ union", Stance: vedette.StanceStated}}, Stances: []vedette.Stance{vedette.StanceStated}},
			{Statement: says("A port official denied that fuel had run short, and trucks were reportedly turned away."),
				Sources: []vedette.Source{{Text: "a port official", Anonymous: true, Stance: vedette.StanceDenied}},
				Stances: []vedette.Stance{vedette.StanceDenied, vedette.StanceReported}},
			{Statement: says("أعلنت النقابة أن الإضراب يبدأ صباح الخميس في ميناء رادس."), Stances: []vedette.Stance{vedette.StanceAsserted}},
		}}},
		Assessments: []vedette.Judgement{{Statement: vedette.Statement{Text: odds, Likelihoods: []vedette.Likelihood{
			{Term: "likely", Span: spanOf(odds, "likely"), Scale: vedette.ScaleICD203, Low: .55, High: .8},
			{Term: "unlikely", Span: spanOf(odds, "unlikely"), Scale: vedette.ScaleICD203, Low: .2, High: .45},
			{Term: "more plausible", Span: spanOf(odds, "more plausible"), Comparative: true}}}, Forecast: true, Confidence: "moderate"}},
		Recommendations: []vedette.AdviceGroup{
			{Heading: "Maghreb", Area: "maghreb", Advice: []vedette.Advice{
				{Statement: says("Keep away from ports and from crowds near them."), Actions: []vedette.AdviceAction{{Action: vedette.AvoidPlaces, Kinds: []string{"port"}, Targets: []vedette.Place{{Area: "maghreb"}}}}},
				{Statement: says("Reconsider nonessential travel to Algeria."), Actions: []vedette.AdviceAction{act(vedette.ReconsiderNonessentialTravel, place("Algeria", "DZ"))}},
				{Statement: says("Avoid all travel to Libya."), Actions: []vedette.AdviceAction{act(vedette.AvoidAllTravel, place("Libya", "LY"))}},
			}},
			{Heading: "Tunisia", Area: "TN", Advice: []vedette.Advice{
				{Statement: says("Swedish nationals should register with their embassy in Tunis."), Audience: "Swedish nationals", Actions: []vedette.AdviceAction{act(vedette.ContactEmbassy, vedette.Place{Area: "TN"})}},
				{Statement: says("If roads to the capital are cut, stay where you are and do not drive at night."), Condition: "If roads to the capital are cut", Actions: []vedette.AdviceAction{act(vedette.StayPut, vedette.Place{Area: "TN"})}},
				{Statement: says("Avoid nonessential travel to Tunisia until 15 March."), Until: &vedette.When{Text: "15 March", Date: "2026-03-15"}, Actions: []vedette.AdviceAction{act(vedette.AvoidNonessentialTravel, place("Tunisia", "TN"))}},
			}},
		},
	}
	return &vedette.Update{Content: c}
}
