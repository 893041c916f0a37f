package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
	"vedette/tell"
)

// CancelOrder asks for an update's word to be ended.
type CancelOrder struct {
	Update vedette.ID
	Why    vedette.Cancel
	Reason string // told to everyone, in a sentence
	Count  int    // how many people whoever cancels has typed that it tells; 0: none
}

// PreviewCancel counts whom a cancellation would reach: everyone who was told
// of the update's situation.
func (d *Desk) PreviewCancel(ctx context.Context, o CancelOrder) (int, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return 0, err
	}
	if _, err := d.cancelled(ctx, o); err != nil {
		return 0, err
	}
	keys, err := d.rows.ToldInSituation(ctx, o.Update)
	return len(keys), err
}

// cancelled gives the update that an order names, if it can be cancelled.
func (d *Desk) cancelled(ctx context.Context, o CancelOrder) (*vedette.Update, error) {
	u, err := d.Update(ctx, o.Update)
	switch {
	case err != nil:
		return nil, err
	case u.State == vedette.UpdateDraft:
		return nil, vedette.Errorf(vedette.CodeConflict, "update %s is a draft: nobody was told, so there is nothing to cancel", u.ID)
	case u.Cancels != "":
		return nil, vedette.Errorf(vedette.CodeConflict, "update %s is a cancellation itself; publish a new update instead", u.ID)
	case o.Why != vedette.CancelError && o.Why != vedette.CancelOver:
		return nil, vedette.Errorf(vedette.CodeInvalid, "say why: sent in error, or over")
	case strings.TrimSpace(o.Reason) == "":
		return nil, vedette.Errorf(vedette.CodeInvalid, "say in a sentence what people are to know")
	}
	return u, d.uncancelled(ctx, u)
}

// uncancelled is a conflict where the word of an update's situation was ended.
func (d *Desk) uncancelled(ctx context.Context, u *vedette.Update) error {
	chain, err := d.rows.Chain(ctx, u.Situation.ID)
	if err != nil {
		return err
	}
	for _, c := range chain {
		if c.Alone && c.Corrects == u.ID && c.State != vedette.UpdateStopped {
			return vedette.Errorf(vedette.CodeConflict, "it was said already that it was sent in error, by update %s", c.ID)
		}
	}
	for _, c := range chain { // newest first
		switch {
		case c.Alone || c.State == vedette.UpdateStopped:
		case c.Cancels != "":
			return vedette.Errorf(vedette.CodeConflict, "the situation was cancelled already, by update %s", c.ID)
		default:
			return nil
		}
	}
	return nil
}

// Cancel ends the word of an update's situation. It goes to everyone who was
// told any of it, wherever they are now, before all else.
func (d *Desk) Cancel(ctx context.Context, o CancelOrder) (*vedette.Update, error) {
	if err := d.asks(&ctx, rights.Publish); err != nil {
		return nil, err
	}
	old, err := d.cancelled(ctx, o)
	if err != nil {
		return nil, err
	}
	keys, err := d.rows.ToldInSituation(ctx, o.Update)
	if err == nil {
		err = d.counted(ctx, len(keys), o.Count)
	}
	if err != nil {
		return nil, err
	}
	now := d.Now()
	u := &vedette.Update{ID: vedette.NewID(now), State: vedette.UpdateDraft, Status: old.Status, Corrects: old.ID, Cancels: o.Why, Tongues: old.Tongues, CreatedAt: now}
	u.Content = vedette.Content{Title: old.Content.Title, Kind: old.Content.Kind, Headline: old.Content.Headline, IssuedAt: &now,
		Urgency: old.Content.Urgency, SourceStrength: old.Content.SourceStrength, Affected: old.Content.Affected, Categories: old.Content.Categories,
		Summary: []vedette.Statement{{Text: strings.TrimSpace(o.Reason)}}}
	if err := d.rows.SaveDraft(ctx, u, now); err != nil {
		return nil, err
	}
	lane := vedette.LaneFor(old.Status, vedette.UrgencyImmediate, vedette.RiskExtreme)
	if o.Why == vedette.CancelError {
		lane = vedette.FirstLane(old.Status)
	}
	return d.publishes(ctx, u, old.Situation.ID, store.PublishOrder{Update: u.ID, Corrects: old.ID, Cancels: o.Why, Lane: lane, At: now})
}

// stands says whether somebody may be told of an update more: it is the word of
// its situation, be it again, for what followed was stopped.
func (d *Desk) stands(ctx context.Context, u *vedette.Update) (bool, error) {
	switch {
	case u.Cancels != "":
		return false, nil
	case u.State != vedette.UpdateOvertaken:
		return u.State == vedette.UpdatePublished, nil
	}
	keys, err := d.rows.StandingKeys(ctx)
	_, found := slices.BinarySearch(keys, u.Key)
	return found, err
}

// AgainPreview says whom telling an update again would reach, and how often
// that was done.
type AgainPreview struct {
	Told int       // people
	Seen int       // the number of its newest fan-out
	Last time.Time // it was told anew last; the zero time: only published
}

// PreviewAgain counts whom telling an update again would reach.
func (d *Desk) PreviewAgain(ctx context.Context, id vedette.ID) (*AgainPreview, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	u, err := d.Update(ctx, id)
	if err != nil {
		return nil, err
	}
	switch stands, err := d.stands(ctx, u); {
	case err != nil:
		return nil, err
	case !stands:
		return nil, vedette.Errorf(vedette.CodeConflict, "update %s does not stand (%s): tell the one that does", u.ID, u.State)
	}
	fs, err := d.rows.Fanouts(ctx, u.Key)
	if err != nil {
		return nil, err
	}
	p := &AgainPreview{}
	for _, f := range fs {
		if p.Seen = f.No; f.No > 1 {
			p.Last = f.CreatedAt
		}
	}
	p.Told, err = d.wouldTell(ctx, u, tell.Again)
	return p, err
}

// wouldTell counts whom an update that stands would be told to in a mode.
func (d *Desk) wouldTell(ctx context.Context, u *vedette.Update, m tell.Mode) (n int, err error) {
	c, err := d.census(ctx, u, PublishOrder{}, m)
	if err != nil {
		return 0, err
	}
	return c.told(), nil
}

// told counts whom it tells.
func (c *census) told() (n int) {
	c.all(func(j *judged) {
		if j.out().Tell {
			n += j.n
		}
	})
	return n
}

// AgainOrder asks for an update to be told again.
type AgainOrder struct {
	Update vedette.ID
	Count  int // how many people whoever tells it has typed; 0: none
	Seen   int // its newest fan-out as they saw it (AgainPreview); 0: not looked at
}

// TellAgain tells everyone concerned by an update that stands once more. It is
// CodeConflict where that was done since whoever asks for it looked.
func (d *Desk) TellAgain(ctx context.Context, o AgainOrder) error {
	if err := d.asks(&ctx, rights.Publish); err != nil {
		return err
	}
	p, err := d.PreviewAgain(ctx, o.Update)
	if err != nil {
		return err
	}
	if o.Seen == 0 || o.Seen >= p.Seen { // else the store refuses it, and says what was done
		if err := d.counted(ctx, p.Told, o.Count); err != nil {
			return err
		}
	}
	return d.tellAgain(ctx, o)
}

// counted refuses an act that tells so many people that their number is to be
// typed, and was not, or wrongly.
func (d *Desk) counted(ctx context.Context, n, typed int) error {
	set, err := d.Settings(ctx)
	if err != nil {
		return err
	}
	return set.Counted(n, typed)
}

func (d *Desk) tellAgain(ctx context.Context, o AgainOrder) error {
	u, err := d.Update(ctx, o.Update)
	if err != nil {
		return err
	}
	lane := vedette.LaneFor(u.Status, u.Content.Urgency, u.Content.Risk)
	_, err = d.rows.TellAgain(ctx, store.Again{Update: u.ID, Cause: vedette.CauseAgain, Lane: lane, At: d.Now(), Seen: o.Seen})
	return err
}
