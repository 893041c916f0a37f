package parse

import (
	"strings"

	"vedette"
	"vedette/parse/layout"
	"vedette/parse/phrase"
)

// readPanel puts the values into the reading; the first of a label counts.
func (r *reader) readPanel() {
	seen := map[string]bool{}
	for _, b := range r.layout.Blocks {
		if b.Kind != layout.Field || seen[b.Label] {
			continue
		}
		seen[b.Label] = b.Label != "risk" || !isBlankValue(b.Text)
		if isBlankValue(b.Text) {
			continue
		}
		switch b.Label {
		case "risk":
			r.out.Risk, r.out.RiskText = r.risk(b), b.Text
		case "country_risk":
			r.out.CountryRisk = r.risk(b)
		case "source":
			if w, ok := r.t.Strengths.Whole(phrase.Plain(b.Text)); ok {
				r.out.SourceStrength, _ = vedette.ParseSourceStrength(w)
			}
		}
	}
	if r.out.Risk == vedette.RiskUnknown && r.out.RiskText == "" {
		r.find(vedette.FindMissingRisk, r.titleLines(), false, "no level of risk is given; it passes every threshold until a person sets one")
	}
}

// isBlankValue says whether a value is printed as empty.
func isBlankValue(s string) bool {
	switch strings.ToLower(strings.Trim(s, " .")) {
	case "", "-", "–", "—", "--", "n/a", "none", "unknown", "tbd":
		return true
	}
	return false
}

func (r *reader) risk(b layout.Block) vedette.Risk {
	if w, ok := r.t.Risks.Whole(phrase.Plain(b.Text)); ok && w != "ask" {
		level, _ := vedette.ParseRisk(w)
		return level
	}
	r.find(vedette.FindUnknownRisk, b.Lines, false, "%q is no level of risk here (low, moderate, high, extreme)", b.Text)
	return vedette.RiskUnknown
}
