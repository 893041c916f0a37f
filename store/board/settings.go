package board

import (
	"context"
	"database/sql"
	"encoding/json"
	"reflect"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

// Settings gives the organisation's settings; whatever was not set is the
// default.
func (b *Board) Settings(ctx context.Context) (vedette.Settings, error) {
	return b.SettingsAt(ctx, time.Time{})
}

// SettingsAt gives the settings as they were recorded at a time; the zero
// time is now.
func (b *Board) SettingsAt(ctx context.Context, recordedAt time.Time) (s vedette.Settings, err error) {
	err = b.read(ctx, "reading the settings", func(t *tx) error {
		s, err = SettingsIn(t.Tx, t.org, recordedAt)
		return err
	})
	return s, err
}

// SettingsIn is SettingsAt within a transaction.
func SettingsIn(t *ground.Tx, org int64, recordedAt time.Time) (s vedette.Settings, err error) {
	var body string
	found, err := t.Found([]any{&body}, `SELECT s.body FROM settings s WHERE s.org = $1 AND `+book.Recorded("s", "$2"), org, book.At(recordedAt))
	if err == nil && found {
		err = json.Unmarshal([]byte(body), &s)
	}
	fill(&s)
	return s, err
}

// fill sets what is zero to its default.
func fill(s *vedette.Settings) {
	d := vedette.DefaultSettings()
	for _, f := range []struct{ of, def *vedette.ByRisk }{{&s.Reach, &d.Reach}, {&s.Review, &d.Review}} {
		orDefault(&f.of.Low, f.def.Low)
		orDefault(&f.of.Moderate, f.def.Moderate)
		orDefault(&f.of.High, f.def.High)
		orDefault(&f.of.Extreme, f.def.Extreme)
	}
	orDefault(&s.ArrivalDays, d.ArrivalDays)
	orDefault(&s.CheckinHour, d.CheckinHour)
	orDefault(&s.StaleDays, d.StaleDays)
	orDefault(&s.CountAbove, d.CountAbove)
	orDefault(&s.NextMinutes, d.NextMinutes)
	orDefault(&s.TakeMinutes, d.TakeMinutes)
	orDefault(&s.Canary.Within, d.Canary.Within)
}

func orDefault[T comparable](v *T, def T) {
	var none T
	if *v == none {
		*v = def
	}
}

// SaveSettings saves the settings by someone; a figure that is zero is its
// default from now on, whatever that is.
func (b *Board) SaveSettings(ctx context.Context, s vedette.Settings, by string, now time.Time) error {
	return b.saveSettings(ctx, nil, s, by, now)
}

// EditSettings is SaveSettings for whoever saw the settings as they were: it is a
// conflict where they are others by now.
func (b *Board) EditSettings(ctx context.Context, was, is vedette.Settings, by string, now time.Time) error {
	return b.saveSettings(ctx, &was, is, by, now)
}

// PastSettings are settings as somebody saved them.
type PastSettings struct {
	vedette.Settings
	By string
	At time.Time
}

// SettingsPast lists the settings as they were saved, newest first.
func (b *Board) SettingsPast(ctx context.Context) (list []PastSettings, err error) {
	err = b.read(ctx, "reading the settings of before", func(t *tx) error {
		list = nil
		return t.Each(func(r *sql.Rows) error {
			var p PastSettings
			var body string
			if err := r.Scan(&body, &p.By, ground.Time(&p.At)); err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(body), &p.Settings); err != nil {
				return err
			}
			fill(&p.Settings)
			list = append(list, p)
			return nil
		}, `SELECT body, set_by, recorded_from FROM settings WHERE org = $1 ORDER BY id DESC`, t.org)
	})
	return list, err
}

func (b *Board) saveSettings(ctx context.Context, was *vedette.Settings, s vedette.Settings, by string, now time.Time) error {
	filled := s
	fill(&filled)
	if err := filled.Validate(); err != nil {
		return err
	}
	body, err := json.Marshal(s)
	if err != nil {
		return vedette.Wrap(err, vedette.CodeInternal, "the settings cannot be written as JSON")
	}
	return b.write(ctx, "saving the settings", func(t *tx) error {
		// The log row comes first: its lock keeps out others who save them.
		if _, err := book.Log(t.Tx, t.org, vedette.LogSettings, "", "saved", now); err != nil {
			return err
		}
		if was != nil {
			have, err := SettingsIn(t.Tx, t.org, time.Time{})
			if err != nil {
				return err
			}
			if !reflect.DeepEqual(have, *was) {
				return vedette.Errorf(vedette.CodeConflict, "nothing was saved: somebody else changed the settings meanwhile; look again")
			}
		}
		key, err := book.Keys(t.Tx, "setting", 1)
		if err != nil {
			return err
		}
		if _, err := t.Exec(`UPDATE settings SET recorded_to = $2 WHERE org = $1 AND recorded_to = 0`, t.org, ground.Micros(now)); err != nil {
			return err
		}
		_, err = t.Exec(`INSERT INTO settings (org, id, recorded_from, body, set_by) VALUES ($1, $2, $3, $4, $5)`,
			t.org, key, ground.Micros(now), string(body), ground.Plain(by, 0))
		return err
	})
}
