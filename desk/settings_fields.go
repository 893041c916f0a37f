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
	"vedette/wording"
)

// SettingField is one of the organisation's figures as a page shows it.
type SettingField struct {
	Name, Value       string
	Label, Unit, Help wording.Said
	By                string    // who changed it last; "" where it is as it always was
	At                time.Time // when
}

// settingOf is how a figure is read and set.
type settingOf struct {
	name              string
	label, unit, help wording.Said
	get               func(*vedette.Settings) string
	set               func(*vedette.Settings, string) error
}

// settingsOf are the figures, in the order of a page.
func (d *Desk) settingsOf() []settingOf {
	var out []settingOf
	for _, g := range []struct {
		name, label, unit, help string
		at                      func(*vedette.Settings) *vedette.ByRisk
	}{
		{"reach", wording.Mark("An event concerns a site within"), wording.Mark("km"), wording.Mark("0 to 2000; 0 is what it is by itself"), func(s *vedette.Settings) *vedette.ByRisk { return &s.Reach }},
		{"review", wording.Mark("A notice that was received is fresh for"), wording.Mark("days"), wording.Mark("0 to 365; 0 is what it is by itself"), func(s *vedette.Settings) *vedette.ByRisk { return &s.Review }},
	} {
		for _, r := range []struct {
			word, label string
			at          func(*vedette.ByRisk) *float64
		}{
			{"extreme", wording.Mark("%s, at extreme risk"), func(b *vedette.ByRisk) *float64 { return &b.Extreme }},
			{"high", wording.Mark("%s, at high risk"), func(b *vedette.ByRisk) *float64 { return &b.High }},
			{"moderate", wording.Mark("%s, at moderate risk"), func(b *vedette.ByRisk) *float64 { return &b.Moderate }},
			{"low", wording.Mark("%s, at low risk"), func(b *vedette.ByRisk) *float64 { return &b.Low }},
		} {
			at := func(s *vedette.Settings) *float64 { return r.at(g.at(s)) }
			out = append(out, settingOf{g.name + "-" + r.word, wording.Said{English: r.label, Args: []any{wording.Word(g.label)}}, wording.Word(g.unit), wording.Word(g.help),
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
		{"arrival-days", wording.Mark("Arriving soon is within"), wording.Mark("days"), wording.Mark("1 to 90"), func(s *vedette.Settings) *int { return &s.ArrivalDays }},
		{"checkin-hours", wording.Mark("A check-in holds for"), wording.Mark("hours"), wording.Mark("1 to 168"), func(s *vedette.Settings) *int { return &s.CheckinHour }},
		{"stale-days", wording.Mark("A home or site is old when it was not confirmed for"), wording.Mark("days"), wording.Mark("1 to 3650; then they may be there, no more"), func(s *vedette.Settings) *int { return &s.StaleDays }},
		{"count-above", wording.Mark("Whoever tells more people than this types their number"), wording.Mark("people"), wording.Mark("1 to 100000000"), func(s *vedette.Settings) *int { return &s.CountAbove }},
		{"next-minutes", wording.Mark("A channel is given, before the next in somebody’s order is tried"), wording.Mark("minutes"), wording.Mark("1 to 1440"), func(s *vedette.Settings) *int { return &s.NextMinutes }},
		{"take-minutes", wording.Mark("A call for help is to be taken within, before the next on the rota is asked"), wording.Mark("minutes"), wording.Mark("1 to 30"), func(s *vedette.Settings) *int { return &s.TakeMinutes }},
		{"duress-digit", wording.Mark("The digit that people answer with when somebody makes them answer"), "", wording.Mark("4 to 9, or 0 for none: it looks to them like “safe”"), func(s *vedette.Settings) *int { return &s.DuressDigit }},
	} {
		out = append(out, settingOf{g.name, wording.Word(g.label), wording.Word(g.unit), wording.Word(g.help), func(s *vedette.Settings) string { return strconv.Itoa(*g.at(s)) },
			func(s *vedette.Settings, text string) (err error) {
				if *g.at(s), err = strconv.Atoi(text); err != nil {
					err = vedette.Errorf(vedette.CodeInvalid, "%q is no whole number", text)
				}
				return err
			}})
	}
	out = append(out, settingOf{"approval", wording.Of("What is published on the word of two people"), wording.Said{}, wording.Of("none, extreme or everything; an all-clear is for two with either"), func(s *vedette.Settings) string { return s.Approval.Word() },
		func(s *vedette.Settings, text string) (err error) {
			s.Approval, err = vedette.ParseApproval(text)
			return err
		}})
	out = append(out, d.languagesSetting(), scaleSetting)
	return append(out, settingOf{"discreet-in", wording.Of("Whoever is there, or may be, is told discreetly: only what to do, from nobody in particular"), wording.Said{}, wording.Of("Places by name, parted by a semicolon; empty is nowhere"), d.discreetWords, d.discreetFrom})
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
			problems = append(problems, FieldProblem{f.name, err})
			continue
		}
		_ = f.set(&is, text) // it was read just now
	}
	if len(problems) > 0 {
		return problems, nil
	}
	return nil, d.rows.EditSettings(ctx, was, is, by, d.Now())
}
