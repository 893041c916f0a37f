package email

import (
	"net/mail"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
)

// What it takes to make a mail for one of many: the personal parts filled in, and
// the whole written.
func BenchmarkCompose(b *testing.B) {
	from := mail.Address{Name: "Acme Desk", Address: "desk@acme.example.org"}
	for _, language := range []string{"en", "ar"} {
		b.Run(language, func(b *testing.B) {
			r, err := deliver.Render(storm(language))
			if err != nil {
				b.Fatal(err)
			}
			p := deliver.Personal{ID: strings.Repeat("0f", 20), Name: "Anna Šimková", To: "anna.simkova@example.org", Return: strings.Repeat("k", 40),
				ReplyURL: "https://desk.example.org/r/" + strings.Repeat("Ab3_", 24), Relation: vedette.RelationIn}
			size := 0
			for b.Loop() {
				m := r.Message(p)
				wire, err := compose(from, "bounces@acme.example.org", time.Unix(1_800_000_000, 0), m)
				if err != nil {
					b.Fatal(err)
				}
				size = len(wire)
			}
			b.ReportMetric(float64(size), "bytes")
			b.ReportAllocs()
		})
	}
}

// storm is an update of the usual length, as it is told.
func storm(language string) deliver.Notice {
	u := &vedette.Update{Number: 3, Situation: vedette.Situation{Title: "Storm on the north coast"}}
	u.Content = vedette.Content{Title: "Freedonia Alert: Storm closes the coast road", Headline: "Storm closes the coast road – طريق الساحل", CallToAction: "Postpone journeys north",
		Risk: vedette.RiskHigh, Urgency: vedette.UrgencyImmediate, Affected: []vedette.Place{{Text: "Freedonia", Area: "XF"}}}
	for range 6 {
		u.Content.Summary = append(u.Content.Summary, vedette.Statement{Text: strings.Repeat("The harbour authority expects waves of seven metres. ", 3)})
	}
	group := vedette.AdviceGroup{Heading: "Freedonia", Area: "XF"}
	n := deliver.Notice{Update: u, Org: "Acme Shipping", AreaName: func(vedette.AreaID, string) string { return "Freedonia" }, Language: language,
		Variant: vedette.Variant{Risk: vedette.RiskHigh, Area: "XF", Areas: []vedette.AreaID{"XF"}}}
	for i := range 8 {
		group.Advice = append(group.Advice, vedette.Advice{Statement: vedette.Statement{Text: "Keep away from the sea wall, and from the lower town until the water has gone."}})
		n.Variant.Lines = append(n.Variant.Lines, vedette.NoticeLine{Item: i, Area: "XF"})
	}
	u.Content.Recommendations = []vedette.AdviceGroup{group}
	return n
}
