package rights

import (
	"testing"
	"time"

	"vedette"
)

func TestASecondFactorCountsForAShift(t *testing.T) {
	now := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	for ago, want := range map[time.Duration]bool{0: true, time.Second: true, FreshFor - 1: true, FreshFor: false, 100 * FreshFor: false, -ahead: true, -ahead - 1: false} {
		if got := Fresh(now.Add(-ago), now); got != want {
			t.Errorf("shown %s ago: %v", ago, got)
		}
	}
	if Fresh(time.Time{}, now) {
		t.Error("never shown, and fresh")
	}
}

func TestWhatSaysExtremeAsks(t *testing.T) {
	high, extreme := vedette.RiskHigh, vedette.RiskExtreme
	for what, c := range map[string]struct {
		u    vedette.Update
		want bool
	}{
		"nothing":                {vedette.Update{}, false},
		"high":                   {vedette.Update{Content: vedette.Content{Risk: high, CountryRisk: high}, AreaRisks: []vedette.AreaRisk{{Area: "TN", Risk: high}}}, false},
		"extreme":                {vedette.Update{Content: vedette.Content{Risk: extreme}}, true},
		"a country":              {vedette.Update{Content: vedette.Content{Risk: high, CountryRisk: extreme}}, true},
		"an area":                {vedette.Update{AreaRisks: []vedette.AreaRisk{{Area: "TN", Risk: high}, {Area: "LY", Risk: extreme}}}, true},
		"what is drawn":          {vedette.Update{Shapes: []vedette.Shape{{Risk: extreme}}}, true},
		"what is drawn, no risk": {vedette.Update{Shapes: []vedette.Shape{{}}}, false},
	} {
		if got := PublishingAsks(&c.u); got != c.want {
			t.Errorf("%s: %v", what, got)
		}
	}
}
