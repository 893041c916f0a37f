package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
)

// SettingField is one of the organisation's figures as a page shows it.
type SettingField struct {
	Name, Label, Unit, Help string
	Value                   string
	By                      string    // who changed it last; "" where it is as it always was
	At                      time.Time // when
}

// settingOf is how a figure is read and set.
type settingOf struct {
	name, label, unit, help string
	get                     func(*vedette.Settings) string
	set                     func(*vedette.Settings, string) error
}

// settingsOf are the figures, in the order of a page.
func (d *Desk) settingsOf() []settingOf {
	var out []settingOf
	for _, g := range []struct {
		name, label, unit, help string
		at                      func(*vedette.Settings) *vedette.ByRisk
	}{
		{"reach", "An event concerns a site within", "km", "0 to 2000; 0 is what it is by itself", func(s *vedette.Settings) *vedette.ByRisk { return &s.Reach }},
		{"review", "A notice that was received is fresh for", "days", "0 to 365; 0 is what it is by itself", func(s *vedette.Settings) *vedette.ByRisk { return &s.Review }},
	} {
		for _, r := range []struct {
			word string
			at   func(*vedette.ByRisk) *float64
		}{{"extreme", func(b *vedette.ByRisk) *float64 { return &b.Extreme }}, {"high", func(b *vedette.ByRisk) *float64 { return &b.High }},
			{"moderate", func(b *vedette.ByRisk) *float64 { return &b.Moderate }}, {"low", func(b *vedette.ByRisk) *float64 { return &b.Low }}} {
			at := func(s *vedette.Settings) *float64 { return r.at(g.at(s)) }
			out = append(out, settingOf{g.name + "-" + r.word, g.label + ", at " + r.word + " risk", g.unit, g.help,
				func(s *vedette.Settings) string { return strconv.FormatFloat(*at(s), 'f', -1, 64) },
				func(s *vedette.Settings, text string) (err error) {
					if *at(s), err = strconv.ParseFloat(text, 64); err != nil {
						err = vedette.Errorf(vedette.CodeInvalid, "%q is no number; write 25 or 2.5", text)
					}
					return err
				}})
		}
	}
	for _, g := range []struct {
		name, label, unit, help string
		at                      func(*vedette.Settings) *int
	}{
		{"arrival-days", "Arriving soon is within", "days", "1 to 90", func(s *vedette.Settings) *int { return &s.ArrivalDays }},
		{"checkin-hours", "A check-in holds for", "hours", "1 to 168", func(s *vedette.Settings) *int { return &s.CheckinHour }},
		{"stale-days", "A home or site is old when it was not confirmed for", "days", "1 to 3650; then they may be there, no more", func(s *vedette.Settings) *int { return &s.StaleDays }},
		{"count-above", "Whoever tells more people than this types their number", "people", "1 to 100000000", func(s *vedette.Settings) *int { return &s.CountAbove }},
		{"next-minutes", "A channel is given, before the next in somebody’s order is tried", "minutes", "1 to 1440", func(s *vedette.Settings) *int { return &s.NextMinutes }},
		{"take-minutes", "A call for help is to be taken within, before the next on the rota is asked", "minutes", "1 to 30", func(s *vedette.Settings) *int { return &s.TakeMinutes }},
		{"duress-digit", "The digit that people answer with when somebody makes them answer", "", "4 to 9, or 0 for none: it looks to them like “safe”", func(s *vedette.Settings) *int { return &s.DuressDigit }},
	} {
		out = append(out, settingOf{g.name, g.label, g.unit, g.help, func(s *vedette.Settings) string { return strconv.Itoa(*g.at(s)) },
			func(s *vedette.Settings, text string) (err error) {
				if *g.at(s), err = strconv.Atoi(text); err != nil {
					err = vedette.Errorf(vedette.CodeInvalid, "%q is no whole number", text)
				}
				return err
			}})
	}
	out = append(out, settingOf{"approval", "What is published on the word of two people", "", "none, extreme or everything; an all-clear is for two with either", func(s *vedette.Settings) string { return s.Approval.Word() },
		func(s *vedette.Settings, text string) (err error) {
			s.Approval, err = vedette.ParseApproval(text)
			return err
		}})
	out = append(out, d.languagesSetting(), scaleSetting)
	return append(out, settingOf{"discreet-in", "Whoever is there, or may be, is told discreetly: only what to do, from nobody in particular", "", "Places by name, parted by a semicolon; empty is nowhere", d.discreetWords, d.discreetFrom})
}

func (d *Desk) discreetWords(s *vedette.Settings) string {
	out := make([]string, len(s.DiscreetIn))
	for i, id := range s.DiscreetIn {
		out[i] = d.tripPlace(id)
	}
	return strings.Join(out, "; ")
}

func (d *Desk) discreetFrom(s *vedette.Settings, text string) error {
	if strings.TrimSpace(text) == d.discreetWords(s) {
		return nil // as it is, whether or not the names are plain
	}
	s.DiscreetIn = nil
	for name := range strings.SplitSeq(text, ";") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		a, err := d.Gaz.Find(name)
		if err != nil {
			return err
		}
		if !slices.Contains(s.DiscreetIn, a.ID) {
			s.DiscreetIn = append(s.DiscreetIn, a.ID)
		}
	}
	return nil
}

// SettingsPage is the organisation's figures, with who changed each last.
type SettingsPage struct {
	Fields  []SettingField
	Version string
}

// SettingsPage gives them.
func (d *Desk) SettingsPage(ctx context.Context) (*SettingsPage, error) {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return nil, err
	}
	past, err := d.rows.SettingsPast(ctx)
	if err != nil {
		return nil, err
	}
	now, err := d.rows.Settings(ctx)
	if err != nil {
		return nil, err
	}
	out := &SettingsPage{Version: settingsVersion(&now)}
	for _, f := range d.settingsOf() {
		x := SettingField{Name: f.name, Label: f.label, Unit: f.unit, Help: f.help, Value: f.get(&now)}
		x.By, x.At = changedLast(past, f.get)
		out.Fields = append(out.Fields, x)
	}
	return out, nil
}

// changedLast finds who gave a figure the value that it has: past is newest first.
func changedLast(past []store.PastSettings, get func(*vedette.Settings) string) (by string, at time.Time) {
	for i := range past {
		before := vedette.DefaultSettings()
		if i+1 < len(past) {
			before = past[i+1].Settings
		}
		if get(&past[i].Settings) != get(&before) {
			return past[i].By, past[i].At
		}
	}
	return "", time.Time{}
}

func settingsVersion(s *vedette.Settings) string {
	b, _ := json.Marshal(s) // figures and names never fail
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12])
}

// EditSettings keeps the figures as they were typed, by name; one that is not among
// them stays. Where another changed one since they were seen nothing is kept, and it
// is CodeConflict.
func (d *Desk) EditSettings(ctx context.Context, typed map[string]string, version, by string) ([]FieldProblem, error) {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return nil, err
	}
	by, err := named(by)
	if err != nil {
		return nil, err
	}
	was, err := d.rows.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if settingsVersion(&was) != version {
		return nil, vedette.Errorf(vedette.CodeConflict, "nothing was saved: somebody else changed the settings while you did; what holds now stands beside what you typed")
	}
	is := was
	var problems []FieldProblem
	for _, f := range d.settingsOf() {
		text, some := typed[f.name]
		if text = strings.TrimSpace(text); !some || text == f.get(&was) {
			continue
		}
		one := was
		err := f.set(&one, text)
		if err == nil {
			err = one.Validate()
		}
		if err != nil {
			problems = append(problems, FieldProblem{f.name, err.Error()})
			continue
		}
		_ = f.set(&is, text) // it was read just now
	}
	if len(problems) > 0 {
		return problems, nil
	}
	return nil, d.rows.EditSettings(ctx, was, is, by, d.Now())
}
