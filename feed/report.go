package feed

import (
	"strings"

	"vedette"
)

// Report writes content as the page an analyst would: one copy, the usual
// headings, the panel at the end. Reading it again gives the same statements,
// groups, risk and areas; line numbers and findings are those of the new page,
// and categories that only the panel named are not written.
func Report(c *vedette.Content) string {
	var b page
	if c.IssuedAt != nil {
		b.line(c.IssuedAt.UTC().Format("02 Jan 2006 15:04 UTC"))
	}
	b.line(c.Title)
	if len(c.Summary) > 0 {
		b.line("Executive Summary:")
		for i := range c.Summary {
			b.item(c.Summary[i].Text)
		}
	}
	for i := range c.Topics {
		b.topic(&c.Topics[i])
	}
	if len(c.Assessments) > 0 {
		b.line("Assessments & Forecast:")
	}
	for i := range c.Assessments {
		if j := &c.Assessments[i]; j.Forecast {
			b.item("FORECAST: " + j.Text)
		} else {
			b.item(j.Text)
		}
	}
	for _, g := range c.Recommendations {
		b.line("Recommendations:")
		if g.Heading != "" {
			b.line(g.Heading + ":")
		}
		for i := range g.Advice {
			b.item(g.Advice[i].Text)
		}
	}
	b.panel(c)
	return b.String()
}

// longTitle is the title of a topic that is no sub-heading but the item line of
// a daily summary, in words.
const longTitle = 14

// topic writes the claims of a topic: under a sub-heading, or each with its
// inline heading under the item line of a daily summary.
func (b *page) topic(t *vedette.Topic) {
	if len(strings.Fields(t.Title)) <= longTitle {
		b.line("Current Situation:")
		b.line(t.Title)
		for i := range t.Claims {
			b.item(t.Claims[i].Text)
		}
		return
	}
	b.line(t.Title)
	for i := range t.Claims {
		b.line("Current Situation – " + t.Claims[i].Text)
	}
}

// page is a text in the making.
type page struct{ strings.Builder }

func (b *page) line(s string) {
	if s != "" {
		b.WriteString(s)
		b.WriteByte('\n')
	}
}

func (b *page) item(s string) { b.line("- " + s) }

// panel writes the metadata, a label and its value on two lines.
func (b *page) panel(c *vedette.Content) {
	var areas []string
	for _, p := range c.Affected {
		areas = append(areas, p.Text)
	}
	b.field("AFFECTED AREA", strings.Join(areas, ", "))
	b.field("COUNTRY RISK LEVEL", levelWord(c.CountryRisk, ""))
	b.field("INCIDENT RISK LEVEL", levelWord(c.Risk, c.RiskText))
	if c.SourceStrength != vedette.SourceUnknown {
		b.field("STRENGTH OF SOURCE", c.SourceStrength.String())
	}
}

func (b *page) field(label, value string) {
	if value != "" {
		b.line(label)
		b.line(value)
	}
}

// levelWord is the report's own word for a level of risk, else ours.
func levelWord(r vedette.Risk, own string) string {
	if own != "" || r == vedette.RiskUnknown {
		return own
	}
	return r.String()
}
