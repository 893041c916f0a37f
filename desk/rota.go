package desk

import (
	"context"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/intake"
	"vedette/rota"
	"vedette/store"
)

// DutyOrder asks for somebody to be put on the rota.
type DutyOrder struct {
	Name, Mail, Phone string
	From, To          string // "2026-02-05 20:00" on the wall clock of Zone; "" is open
	Zone              string // IANA
	Weekly            bool
	Place             int
	By                string
}

// dutyTime is how the times of a turn are written.
const dutyTime = "2006-01-02 15:04"

// AddDuty puts somebody on the rota.
func (d *Desk) AddDuty(ctx context.Context, o DutyOrder) (vedette.Duty, error) {
	if err := d.asks(&ctx, rights.HandOver); err != nil {
		return vedette.Duty{}, err
	}
	duty, err := d.duty(o)
	if err != nil {
		return duty, err
	}
	s := store.SealedDuty{Duty: duty}
	for _, a := range duty.Addresses {
		if a.Channel == vedette.ChannelSMS {
			s.Number = d.Key.Hash("number", a.Value)
		}
	}
	if s.WrappedKey, s.Sealed, err = d.Key.SealAddresses(duty.ID, duty.Addresses); err != nil {
		return duty, err
	}
	s, err = d.rows.AddDuty(ctx, s, d.Now())
	return s.Duty, err
}

func (d *Desk) duty(o DutyOrder) (vedette.Duty, error) {
	by, err := named(o.By)
	if err != nil {
		return vedette.Duty{}, err
	}
	out := vedette.Duty{ID: vedette.NewID(d.Now()), Name: strings.Join(strings.Fields(o.Name), " "), Zone: o.Zone, Weekly: o.Weekly, Place: o.Place, By: by}
	zone, err := time.LoadLocation(o.Zone)
	if err != nil {
		return out, out.Validate()
	}
	for _, f := range []struct {
		what, text string
		into       *time.Time
	}{{"from", o.From, &out.From}, {"to", o.To, &out.To}} {
		if f.text == "" {
			continue
		}
		if *f.into, err = time.ParseInLocation(dutyTime, f.text, zone); err != nil {
			return out, vedette.Errorf(vedette.CodeInvalid, "%s %q is no time; write it like \"2026-02-05 20:00\", by the clock of %s", f.what, f.text, o.Zone)
		}
		*f.into = f.into.UTC()
	}
	if o.Mail != "" {
		mail, wrong := intake.Email(o.Mail)
		if wrong != nil {
			return out, vedette.Errorf(vedette.CodeInvalid, "the mail address %q %s", o.Mail, wrong)
		}
		out.Addresses = append(out.Addresses, vedette.Address{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: mail})
	}
	if o.Phone != "" {
		phone, wrong := intake.Phone(o.Phone)
		if wrong != nil {
			return out, vedette.Errorf(vedette.CodeInvalid, "the phone number %q %s", o.Phone, wrong)
		}
		out.Addresses = append(out.Addresses, vedette.Address{No: vedette.AddressPhone, Channel: vedette.ChannelSMS, Value: phone})
	}
	return out, out.Validate()
}

// RemoveDuty takes a turn off the rota; it stays on record until when it stood.
func (d *Desk) RemoveDuty(ctx context.Context, id vedette.ID, by string) error {
	if err := d.asks(&ctx, rights.HandOver); err != nil {
		return err
	}
	if !id.Valid() {
		return vedette.Errorf(vedette.CodeInvalid, "%q is no turn's id; `vedette rota list` shows them", id)
	}
	by, err := named(by)
	if err != nil {
		return err
	}
	return d.rows.RemoveDuty(ctx, id, by, d.Now())
}

// RotaRow is a turn on the rota as it stands.
type RotaRow struct {
	vedette.Duty
	On   bool      // on duty at the time
	Next time.Time // when the turn, or the next of them, begins; zero where its start is open
	Over bool      // it comes no more
}

// Rota lists the turns on the rota, and who is on duty at a time: now, where it
// is zero. Of a time that is past the rota is as it was recorded then.
func (d *Desk) Rota(ctx context.Context, at time.Time) (rows []RotaRow, on []string, err error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, nil, err
	}
	recorded := time.Time{}
	if at.IsZero() {
		at = d.Now()
	} else if at.Before(d.Now()) {
		recorded = at
	}
	list, err := d.duties(ctx, recorded)
	if err != nil {
		return nil, nil, err
	}
	for _, x := range list {
		from, _, comes := x.Turn(at)
		rows = append(rows, RotaRow{Duty: x, On: x.On(at), Next: from, Over: !comes})
	}
	for _, x := range rota.On(list, at) {
		on = append(on, x.Name)
	}
	return rows, on, nil
}

// duties reads the rota with its addresses. One that cannot be opened has none.
func (d *Desk) duties(ctx context.Context, recordedAt time.Time) ([]vedette.Duty, error) {
	list, err := d.rows.Duties(ctx, recordedAt)
	out := make([]vedette.Duty, len(list))
	for i, s := range list {
		out[i] = s.Duty
		out[i].Addresses, _ = d.Key.OpenAddresses(s.ID, s.WrappedKey, s.Sealed)
	}
	return out, err
}
