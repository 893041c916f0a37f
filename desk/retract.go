package desk

import (
	"cmp"
	"context"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/deliver"
	"vedette/store"
)

// RetractOrder says that an update was sent in error.
type RetractOrder struct {
	Update vedette.ID
	Reason string // for the record, and for the systems; people are told what was made ready
	Count  int    // how many people whoever says so has typed; 0: none
}

// Retracting is what saying that an update was sent in error would do.
type Retracting struct {
	Update *vedette.Update
	store.Reach
	CountAbove int
	Subject    string // of what people are told, in English
	Text       string
}

// PreviewRetract tells whom the word that an update was sent in error would
// reach, and what it says.
func (d *Desk) PreviewRetract(ctx context.Context, id vedette.ID) (*Retracting, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	u, err := d.Update(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case u.State == vedette.UpdateDraft:
		return nil, vedette.Errorf(vedette.CodeConflict, "update %s is a draft: nobody was told", u.ID)
	case u.Cancels != "":
		return nil, vedette.Errorf(vedette.CodeConflict, "update %s is a cancellation itself; publish what is right instead", u.ID)
	}
	if err := d.uncancelled(ctx, u); err != nil {
		return nil, err
	}
	r := &Retracting{Update: u}
	if r.Reach, err = d.rows.Reach(ctx, u.Key); err != nil {
		return nil, err
	}
	set, err := d.Settings(ctx)
	if err != nil {
		return nil, err
	}
	r.CountAbove = set.CountAbove
	body, err := d.rows.Retraction(ctx, u.Key)
	if err != nil {
		return nil, err
	}
	ready, err := deliver.Thaw(body)
	if ready == nil && err == nil { // it is older than what makes that ready
		ready, err = deliver.Retract(u, d.OrgName(), d.Gaz.NameIn)
	}
	if err != nil {
		return nil, err
	}
	m := ready.Mail("en", false).Message(deliver.Personal{Relation: vedette.RelationOut})
	r.Subject, r.Text = m.Subject, m.Text
	return r, nil
}

// Retract says to whoever may have got an update, people and systems, that it
// was sent in error, before all else, and stops the rest in the same
// transaction. What else its situation says stands. The number that is typed
// may be that of the people it was meant for, which does not move while it is
// sent, or of those who may have got it.
func (d *Desk) Retract(ctx context.Context, o RetractOrder) (*vedette.Update, error) {
	if err := d.asks(&ctx, rights.Publish); err != nil {
		return nil, err
	}
	r, err := d.PreviewRetract(ctx, o.Update)
	if err != nil {
		return nil, err
	}
	set := vedette.Settings{CountAbove: r.CountAbove}
	if o.Count == 0 || o.Count != r.Reached {
		if err := set.Counted(r.Meant, o.Count); err != nil {
			return nil, err
		}
	}
	old, now := r.Update, d.Now()
	reason := cmp.Or(strings.TrimSpace(o.Reason), "sent in error")
	u := &vedette.Update{ID: vedette.NewID(now), State: vedette.UpdateDraft, Status: old.Status, Corrects: old.ID, Cancels: vedette.CancelError, Alone: true, Tongues: old.Tongues, CreatedAt: now}
	u.Content = vedette.Content{Title: old.Content.Title, Kind: old.Content.Kind, Headline: old.Content.Headline, IssuedAt: &now,
		Urgency: old.Content.Urgency, SourceStrength: old.Content.SourceStrength, Affected: old.Content.Affected, Categories: old.Content.Categories,
		Summary: []vedette.Statement{{Text: reason}}}
	if err := d.rows.SaveDraft(ctx, u, now); err != nil {
		return nil, err
	}
	return d.publishes(ctx, u, old.Situation.ID, store.PublishOrder{Update: u.ID, Corrects: old.ID, Cancels: vedette.CancelError, Alone: true, Reason: reason,
		Lane: vedette.FirstLane(old.Status), At: now})
}

// freeze makes ready what is said should an update turn out to be sent in
// error.
func (d *Desk) freeze(u *vedette.Update) ([]byte, error) {
	r, err := deliver.Retract(u, d.OrgName(), d.Gaz.NameIn)
	if err != nil {
		return nil, err
	}
	return r.Freeze()
}
