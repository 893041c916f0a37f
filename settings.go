package vedette

import (
	"slices"
	"strings"
	"time"
)

// Settings are an organisation's own figures. The zero value of a field is
// its default.
type Settings struct {
	Reach       ByRisk `json:"reach_km"`      // how far an event's place concerns a site, km
	Review      ByRisk `json:"review_days"`   // how long a notice known received counts as fresh, days
	ArrivalDays int    `json:"arrival_days"`  // "arrives within N days"
	CheckinHour int    `json:"checkin_hours"` // how long a check-in holds
	StaleDays   int    `json:"stale_days"`    // a home or site not confirmed for longer is old: they may be there
	CountAbove  int    `json:"count_above"`   // whoever tells more people than that types how many they are
	NextMinutes int    `json:"next_minutes"`  // how long a channel is given before the next in somebody's order is tried
	TakeMinutes int    `json:"take_minutes"`  // how long somebody on the rota is given to take a call for help

	DuressDigit int `json:"duress_digit,omitempty"` // which digit says that somebody is made to answer; 0 is none

	DiscreetIn []AreaID `json:"discreet_in,omitempty"` // whoever is there, or may be, is told discreetly

	Languages []string `json:"languages,omitempty"` // people are written to in these, main tags of BCP 47; the first is for who wants none of them. Empty: all we have words in, and English

	Scale Scale `json:"scale,omitempty"` // the words of likelihood of a report are read on it; empty is ICD 203

	Canary CanaryPlan `json:"canary"`

	Approval ApprovalFor `json:"approval,omitempty"` // what is published on the word of two

	Policies           []PolicyFor `json:"policies,omitempty"`            // what to do while nobody answers; see PolicyOf
	RestrictedPolicies []PolicyFor `json:"restricted_policies,omitempty"` // while a restricted person does not, whatever the risk; see PolicyFor
}

// maxDiscreet bounds the areas where people are told discreetly: every country, and
// some parts.
const maxDiscreet = 400

// ByRisk is a figure for each level of risk.
type ByRisk struct {
	Low      float64 `json:"low"`
	Moderate float64 `json:"moderate"`
	High     float64 `json:"high"`
	Extreme  float64 `json:"extreme"`
}

// At gives the figure of a risk; an unknown one counts as extreme.
func (b ByRisk) At(r Risk) float64 {
	switch r {
	case RiskLow:
		return b.Low
	case RiskModerate:
		return b.Moderate
	case RiskHigh:
		return b.High
	}
	return b.Extreme
}

// DefaultSettings are those of an organisation that has set none.
func DefaultSettings() Settings {
	return Settings{
		Reach:       ByRisk{Low: 10, Moderate: 50, High: 100, Extreme: 250},
		Review:      ByRisk{Low: 30, Moderate: 14, High: 7, Extreme: 2},
		ArrivalDays: 7, CheckinHour: 8, StaleDays: 400, CountAbove: 100, NextMinutes: 30, TakeMinutes: 2, Canary: CanaryPlan{Within: 2},
	}
}

// Validate says whether the settings can be kept.
func (s *Settings) Validate() error {
	for _, f := range []struct {
		what   string
		figure ByRisk
		most   float64
	}{{"distance", s.Reach, 2000}, {"review period", s.Review, 365}} {
		for _, v := range []float64{f.figure.Low, f.figure.Moderate, f.figure.High, f.figure.Extreme} {
			if !(v >= 0 && v <= f.most) {
				return Errorf(CodeInvalid, "the %s %v is not between 0 and %v", f.what, v, f.most)
			}
		}
	}
	switch {
	case len(s.DiscreetIn) > maxDiscreet:
		return Errorf(CodeInvalid, "%d areas where people are told discreetly: give at most %d", len(s.DiscreetIn), maxDiscreet)
	case s.ArrivalDays < 1 || s.ArrivalDays > 90:
		return Errorf(CodeInvalid, "arrivals within %d days: give 1 to 90", s.ArrivalDays)
	case s.CheckinHour < 1 || s.CheckinHour > 168:
		return Errorf(CodeInvalid, "a check-in of %d hours: give 1 to 168", s.CheckinHour)
	case s.StaleDays < 1 || s.StaleDays > 3650:
		return Errorf(CodeInvalid, "old after %d days: give 1 to 3650", s.StaleDays)
	case s.CountAbove < 1 || s.CountAbove > 100_000_000:
		return Errorf(CodeInvalid, "a count typed above %d people: give 1 to 100000000", s.CountAbove)
	case s.NextMinutes < 1 || s.NextMinutes > 1440:
		return Errorf(CodeInvalid, "%d minutes until the next channel is tried: give 1 to 1440", s.NextMinutes)
	case s.DuressDigit != 0 && (s.DuressDigit < 4 || s.DuressDigit > 9):
		return Errorf(CodeInvalid, "%d as the digit of duress: give 4 to 9, or 0 for none; 1, 2 and 3 are the answers", s.DuressDigit)
	case s.TakeMinutes < 1 || s.TakeMinutes > 30:
		return Errorf(CodeInvalid, "%d minutes to take a call for help: give 1 to 30", s.TakeMinutes)
	}
	if _, err := ParseApproval(string(s.Approval)); err != nil {
		return err
	}
	if _, err := ParseScale(string(s.Scale)); err != nil {
		return err
	}
	if err := validLanguages(s.Languages); err != nil {
		return err
	}
	return s.Canary.validate()
}

// maxLanguages bounds in how many people are written to.
const maxLanguages = 40

func validLanguages(list []string) error {
	if len(list) > maxLanguages {
		return Errorf(CodeInvalid, "%d languages to write in: give at most %d", len(list), maxLanguages)
	}
	for i, l := range list {
		if len(l) < 2 || len(l) > 3 || strings.Trim(l, "abcdefghijklmnopqrstuvwxyz") != "" {
			return Errorf(CodeInvalid, "%q is no language to write in: give its tag, like fr", l)
		}
		if slices.Contains(list[:i], l) {
			return Errorf(CodeInvalid, "the language %s stands there twice", l)
		}
	}
	return nil
}

// Counted refuses an act that tells n people, where more than may pass
// uncounted, unless their number was typed; 0 is none typed. A number that was
// typed has to be right, however few they are.
func (s *Settings) Counted(n, typed int) error {
	switch {
	case typed == n || typed == 0 && n <= s.CountAbove:
		return nil
	case typed == 0:
		return Errorf(CodeConflict, "nothing was done: it tells %d people, more than %d, so their number is to be typed: --yes=%d", n, s.CountAbove, n)
	}
	return Errorf(CodeConflict, "nothing was done: %d was typed, and it tells %d: look again whom, then say --yes=%d", typed, n, n)
}

// TakeWithin is how long one person is given to take a call for help.
func (s *Settings) TakeWithin() time.Duration { return time.Duration(s.TakeMinutes) * time.Minute }

// NextAfter is how long a channel is given before the next is tried.
func (s *Settings) NextAfter() time.Duration { return time.Duration(s.NextMinutes) * time.Minute }

// CheckinLife is how long a check-in holds.
func (s *Settings) CheckinLife() time.Duration { return time.Duration(s.CheckinHour) * time.Hour }
