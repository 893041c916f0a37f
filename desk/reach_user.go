package desk

import (
	"context"
	"net/netip"
	"strings"

	"vedette"
	"vedette/auth"
	"vedette/auth/rights"
	"vedette/intake"
	"vedette/store"
)

// Ringing is where somebody who signs in is rung, and whether they have a PIN.
type Ringing struct {
	Mail, Phone string
	ByLogin     bool // nothing was said, so it is what they sign in with
	PIN         bool // they have one that is good
	Spent       bool // it was typed wrong too often, and is good no more
}

// RungAt gives where somebody is rung.
func (d *Desk) RungAt(ctx context.Context, u *vedette.User) (r Ringing, err error) {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return r, err
	}
	a, err := d.rows.ApproverOf(ctx, u.Key, 0)
	if err != nil {
		return r, err
	}
	list, err := d.Key.RungAt(a.ReachID, a.WrappedKey, a.Sealed, a.Login)
	for _, at := range list {
		if at.Channel == vedette.ChannelSMS {
			r.Phone = at.Value
		} else {
			r.Mail = at.Value
		}
	}
	r.ByLogin = len(a.Sealed) == 0 && len(list) > 0
	r.PIN, r.Spent = a.HasPIN && a.Wrong < store.MaxWrongPINs, a.HasPIN && a.Wrong >= store.MaxWrongPINs
	return r, err
}

// SetRung says where somebody is rung who is signed in, for which they type their
// password: whoever is rung in their place would be asked in their place. Both empty is
// by what they sign in with.
func (d *Desk) SetRung(ctx context.Context, s *vedette.Session, mail, phone, password string, from netip.Addr) error {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return err
	}
	list, err := rungAt(mail, phone)
	if err != nil {
		return err
	}
	if err := d.mayChange(ctx, s, password, from); err != nil {
		return err
	}
	return d.setRung(ctx, &s.User, list, s.User.Name)
}

// SetRungOf is SetRung for somebody else, by an administrator. It gives them no PIN.
func (d *Desk) SetRungOf(ctx context.Context, login, mail, phone, by string) error {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return err
	}
	by, err := named(by)
	if err != nil {
		return err
	}
	list, err := rungAt(mail, phone)
	if err != nil {
		return err
	}
	u, _, found, err := d.rows.UserByLogin(ctx, vedette.CleanLogin(login))
	if err == nil && !found {
		err = vedette.Errorf(vedette.CodeNotFound, "nobody signs in as %q; `vedette user list` shows who does", login)
	}
	if err != nil {
		return err
	}
	return d.setRung(ctx, &u, list, by)
}

func (d *Desk) setRung(ctx context.Context, u *vedette.User, list []vedette.Address, by string) error {
	now := d.Now()
	id := vedette.NewID(now)
	if len(list) == 0 {
		return d.rows.SetReach(ctx, u, id, nil, nil, by, now)
	}
	wrapped, sealed, err := d.Key.SealAddresses(id, list)
	if err != nil {
		return err
	}
	return d.rows.SetReach(ctx, u, id, wrapped, sealed, by, now)
}

func rungAt(mail, phone string) (out []vedette.Address, err error) {
	if mail = strings.TrimSpace(mail); mail != "" {
		is, wrong := intake.Email(mail)
		if wrong != nil {
			return nil, vedette.Errorf(vedette.CodeInvalid, "the mail address %q %s", mail, wrong)
		}
		out = append(out, vedette.Address{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: is})
	}
	if phone = strings.TrimSpace(phone); phone != "" {
		is, wrong := intake.Phone(phone)
		if wrong != nil {
			return nil, vedette.Errorf(vedette.CodeInvalid, "the phone number %q %s", phone, wrong)
		}
		out = append(out, vedette.Address{No: vedette.AddressPhone, Channel: vedette.ChannelSMS, Value: is})
	}
	return out, nil
}

// SetPIN gives somebody who is signed in a PIN, which they type behind the links that
// they are rung with; "" takes it away.
func (d *Desk) SetPIN(ctx context.Context, s *vedette.Session, pin, password string, from netip.Addr) (err error) {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return err
	}
	if pin != "" {
		if err := auth.CheckPIN(pin); err != nil {
			return err
		}
	}
	if err := d.mayChange(ctx, s, password, from); err != nil {
		return err
	}
	hash := ""
	if pin != "" {
		if hash, err = d.door.hash(ctx, pin); err != nil {
			return err
		}
	}
	return d.rows.SetPIN(ctx, &s.User, hash, d.Now())
}
