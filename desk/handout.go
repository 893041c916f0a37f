package desk

import (
	"context"
	"strings"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/auth/rights"
)

// HandoutOrder is a wish to let somebody outside read an update by a link.
type HandoutOrder struct {
	Update vedette.ID
	For    string // whom, in words
	Hours  int    // how long it is good, 0 for what is usual
	By     string
}

// HandoutRow is a link that was given.
type HandoutRow struct {
	vedette.Handout
	Token string // of its link, "" where it is good no more
}

// GiveHandout lets whoever holds a link read one update that is published, and nothing
// else. Drafts are given to nobody.
func (d *Desk) GiveHandout(ctx context.Context, o HandoutOrder) (row HandoutRow, err error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return row, err
	}
	by, err := named(o.By)
	if err != nil {
		return row, err
	}
	life := vedette.HandoutLife
	if o.Hours != 0 {
		life = time.Duration(min(max(o.Hours, -1), 24*366)) * time.Hour
	}
	now := d.Now()
	h, err := d.rows.GiveHandout(ctx, vedette.Handout{ID: vedette.NewID(now), Update: o.Update, For: strings.Join(strings.Fields(o.For), " "), By: by, Until: now.Add(life)}, now)
	if err != nil {
		return row, err
	}
	return d.handoutRow(h), nil
}

// Handouts lists the links that were given of an update, the last first.
func (d *Desk) Handouts(ctx context.Context, update vedette.ID) (rows []HandoutRow, err error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	list, err := d.rows.Handouts(ctx, update)
	for _, h := range list {
		rows = append(rows, d.handoutRow(h))
	}
	return rows, err
}

func (d *Desk) handoutRow(h vedette.Handout) HandoutRow {
	row := HandoutRow{Handout: h}
	if h.Good(d.Now()) {
		row.Token = d.Key.SignHandout(auth.Handout{Org: d.Org.Key, Key: h.Key, Expires: h.Until})
	}
	return row
}

// EndHandout lets a link open nothing from now on.
func (d *Desk) EndHandout(ctx context.Context, update, id vedette.ID, by string) (vedette.Handout, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return vedette.Handout{}, err
	}
	by, err := named(by)
	if err != nil {
		return vedette.Handout{}, err
	}
	return d.rows.EndHandout(ctx, update, id, by, d.Now())
}

// Lent is an update as whoever holds a link of it reads it: what it says, and what has
// become of it since. Nothing of whom it concerns, of whom it is from, and of who decided
// what, and why.
type Lent struct {
	Handout    vedette.Handout
	Update     *vedette.Update
	Conditions []Condition
	Cleared    []*vedette.Update
}

// OpenHandout opens a link. One that was ended is CodeForbidden, one that is too old
// CodeExpired.
func (d *Desk) OpenHandout(ctx context.Context, token string) (l *Lent, err error) {
	inside(&ctx)
	of, err := d.Key.OpenHandout(token, d.Now())
	if err != nil {
		return nil, err
	}
	if of.Org != d.Org.Key {
		return nil, vedette.Errorf(vedette.CodeForbidden, "this link is of another organisation")
	}
	l = &Lent{}
	if l.Handout, err = d.rows.Handout(ctx, of.Key); err != nil {
		return nil, err
	}
	switch {
	case !l.Handout.Ended.IsZero():
		return nil, vedette.Errorf(vedette.CodeForbidden, "whoever gave you this link has ended it; ask them for what is so now")
	case !l.Handout.Good(d.Now()):
		return nil, vedette.Errorf(vedette.CodeExpired, "this link was good until %s; ask whoever gave it to you for what is so now", l.Handout.Until.UTC().Format("2 January 2006 15:04 UTC"))
	}
	if l.Update, err = d.Update(ctx, l.Handout.Update); err != nil {
		return nil, err
	}
	if l.Conditions, err = d.Conditions(ctx, l.Update.ID); err != nil {
		return nil, err
	}
	l.Cleared, err = d.AllClearsOf(ctx, l.Update)
	return l, err
}
