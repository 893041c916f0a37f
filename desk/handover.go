package desk

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"vedette"
	"vedette/auth/rights"
	"vedette/handover"
	"vedette/store"
)

// HandoverCard is a hand-over with the names of whom it is about, and what
// changed since the one before.
type HandoverCard struct {
	vedette.Handover
	Kept    bool // it is on record, not only what would be handed over now
	Signed  bool // its digest is that of what it says, by this installation's key
	People  map[vedette.ID]string
	Changes []handover.Change // none where it is the first
}

// maxShiftName bounds the name of who has a shift, in characters.
const maxShiftName = 200

// HandoverNow is what would be handed over at this moment. It keeps nothing.
func (d *Desk) HandoverNow(ctx context.Context, from, to string) (*HandoverCard, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	h, before, err := d.nextHandover(ctx, from, to)
	if err != nil {
		return nil, err
	}
	return d.handoverCard(ctx, h, before)
}

// nextHandover is what would be handed over now, and the last that was.
func (d *Desk) nextHandover(ctx context.Context, from, to string) (h, before *vedette.Handover, err error) {
	if before, err = d.lastHandover(ctx); err != nil {
		return nil, nil, err
	}
	h, err = d.handover(ctx, from, to, before)
	return h, before, err
}

// GiveHandover keeps what is handed over, signed; with taken, whom it is for
// takes over in the same breath.
func (d *Desk) GiveHandover(ctx context.Context, from, to string, taken bool) (*HandoverCard, error) {
	if err := d.asks(&ctx, rights.HandOver); err != nil {
		return nil, err
	}
	from, to = strings.TrimSpace(from), strings.TrimSpace(to)
	for _, name := range []string{from, to} {
		if name == "" || !utf8.ValidString(name) || utf8.RuneCountInString(name) > maxShiftName {
			return nil, vedette.Errorf(vedette.CodeInvalid, "a shift is handed over from somebody to somebody; give both names, of at most %d characters", maxShiftName)
		}
	}
	h, _, err := d.nextHandover(ctx, from, to)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(h)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInternal, "the hand-over cannot be written as JSON")
	}
	k := store.KeptHandover{ID: h.ID, No: h.No, At: h.At, Body: body, Digest: d.Key.Identity("handover", string(body))}
	if err := d.rows.AddHandover(ctx, k); err != nil {
		return nil, err
	}
	if taken {
		return d.TakeHandover(ctx, h.ID, to)
	}
	return d.HandoverOf(ctx, h.ID)
}

// TakeHandover keeps that somebody took over: of the last one where id is "".
func (d *Desk) TakeHandover(ctx context.Context, id vedette.ID, by string) (*HandoverCard, error) {
	if err := d.asks(&ctx, rights.HandOver); err != nil {
		return nil, err
	}
	if by = strings.TrimSpace(by); by == "" || utf8.RuneCountInString(by) > maxShiftName {
		return nil, vedette.Errorf(vedette.CodeInvalid, "say who takes over")
	}
	k, err := d.keptHandover(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := d.rows.TakeHandover(ctx, k.ID, by, d.Now()); err != nil {
		return nil, err
	}
	return d.HandoverOf(ctx, k.ID)
}

// HandoverOf gives one that was given, the last where id is "".
func (d *Desk) HandoverOf(ctx context.Context, id vedette.ID) (*HandoverCard, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	k, err := d.keptHandover(ctx, id)
	if err != nil {
		return nil, err
	}
	list, err := d.rows.Handovers(ctx, 0)
	if err != nil {
		return nil, err
	}
	var before *vedette.Handover
	for i := range list {
		if list[i].No == k.No-1 {
			if before, _, err = d.openHandover(list[i]); err != nil {
				return nil, err
			}
		}
	}
	h, signed, err := d.openHandover(k)
	if err != nil {
		return nil, err
	}
	c, err := d.handoverCard(ctx, h, before)
	if err == nil {
		c.Kept, c.Signed = true, signed && (before == nil || before.Digest == h.Previous)
	}
	return c, err
}

// Handovers lists those that were given, the newest first.
func (d *Desk) Handovers(ctx context.Context) (out []vedette.Handover, err error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	list, err := d.rows.Handovers(ctx, 0)
	for _, k := range list {
		h, _, err := d.openHandover(k)
		if err != nil {
			return nil, err
		}
		out = append(out, *h)
	}
	return out, err
}

func (d *Desk) keptHandover(ctx context.Context, id vedette.ID) (store.KeptHandover, error) {
	switch {
	case id != "" && !id.Valid():
		return store.KeptHandover{}, vedette.Errorf(vedette.CodeInvalid, "%q is no hand-over's id; `vedette handover list` shows them", id)
	case id != "":
		return d.rows.Handover(ctx, id)
	}
	list, err := d.rows.Handovers(ctx, 1)
	if err == nil && len(list) == 0 {
		err = vedette.Errorf(vedette.CodeNotFound, "no shift was handed over yet")
	}
	if err != nil {
		return store.KeptHandover{}, err
	}
	return list[0], nil
}

// openHandover reads one, and says whether its digest is that of its text.
func (d *Desk) openHandover(k store.KeptHandover) (*vedette.Handover, bool, error) {
	h := &vedette.Handover{}
	if err := json.Unmarshal(k.Body, h); err != nil {
		return nil, false, vedette.Errorf(vedette.CodeInternal, "hand-over %s cannot be read: %v", k.ID, err)
	}
	h.ID, h.No, h.At, h.Digest, h.TakenAt, h.TakenBy = k.ID, k.No, k.At, k.Digest, k.TakenAt, k.TakenBy
	return h, d.Key.Identity("handover", string(k.Body)) == k.Digest, nil
}

func (d *Desk) lastHandover(ctx context.Context) (*vedette.Handover, error) {
	list, err := d.rows.Handovers(ctx, 1)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	h, _, err := d.openHandover(list[0])
	return h, err
}

// handoverCard names the people, and says what changed.
func (d *Desk) handoverCard(ctx context.Context, h, before *vedette.Handover) (*HandoverCard, error) {
	c := &HandoverCard{Handover: *h, People: map[vedette.ID]string{}}
	if before != nil {
		c.Changes = handover.Changes(before, h)
	}
	var ids []vedette.ID
	for i := range h.Cases {
		ids = append(ids, h.Cases[i].Person)
	}
	for i := range h.Rolls {
		ids = append(ids, h.Rolls[i].Open...)
	}
	for i := range c.Changes {
		ids = append(ids, c.Changes[i].Person)
	}
	warn, err := d.ringing(ctx)
	if err != nil {
		return nil, err
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if id == "" {
			continue
		}
		sp, err := d.rows.Person(ctx, id)
		switch {
		case vedette.ErrorCode(err) == vedette.CodeNotFound:
			c.People[id] = erased
		case err != nil:
			return nil, err
		default:
			c.People[id] = warn(sp.Key, d.open(ctx, &sp).Record.Name)
		}
	}
	return c, nil
}

// ringing marks names with what is to be known now before somebody is rung.
func (d *Desk) ringing(ctx context.Context) (func(person int64, name string) string, error) {
	shut, err := d.rows.Shut(ctx)
	if err != nil {
		return nil, err
	}
	cases, err := d.rows.Cases(ctx, false)
	duress := map[int64]bool{}
	for i := range cases {
		duress[cases[i].Person] = duress[cases[i].Person] || cases[i].Duress
	}
	return func(person int64, name string) string { return marked(name, duress[person], shut.Recipients[person]) }, err
}

// handover gathers what is going on.
func (d *Desk) handover(ctx context.Context, from, to string, before *vedette.Handover) (*vedette.Handover, error) {
	now := d.Now()
	h := &vedette.Handover{ID: vedette.NewID(now), No: 1, At: now, From: from, To: to}
	since := now.Add(-24 * time.Hour) // of the first one
	if before != nil {
		h.No, h.Since, h.Previous, since = before.No+1, before.At, before.Digest, before.At
	}
	stands, err := d.rows.Standing(ctx)
	if err != nil {
		return nil, err
	}
	for _, part := range []func() error{
		func() error { return d.handSituations(ctx, h, stands) },
		func() error { return d.handCases(ctx, h) },
		func() error { return d.handRolls(ctx, h) },
		func() error { return d.handTasks(ctx, h) },
		func() error { return d.handClears(ctx, h) },
		func() error { return d.handPostures(ctx, h, since) },
	} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	return h, nil
}
