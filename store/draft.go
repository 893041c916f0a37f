package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/ground"
)

// Drafts lists what is not published, what was made last first.
func (o *Org) Drafts(ctx context.Context, limit int) (list []*vedette.Update, err error) {
	err = o.s.read(ctx, "listing drafts", func(t *tx) error {
		list, err = t.updates(`u.published_at = 0 AND u.state = {update draft} ORDER BY u.created_at DESC, u.id DESC LIMIT $2`, o.org, ground.Most(limit))
		return err
	})
	return list, err
}

// ReadyDraft is EditDraft for what is about to be published, or asked for: who was asked
// for their word is asked still.
func (o *Org) ReadyDraft(ctx context.Context, u *vedette.Update, seen int, now time.Time) error {
	return o.editDraft(ctx, u, seen, "", now)
}

// EditDraft writes a draft anew. seen is how many edits the draft had when
// whoever edits it looked: another number is a conflict that says who changed
// it since, and nothing is written. So is a draft that is published or gone.
// A second person who was asked for their word about it is asked no more: that was about another text.
func (o *Org) EditDraft(ctx context.Context, u *vedette.Update, seen int, now time.Time) error {
	return o.editDraft(ctx, u, seen, "change", now)
}

func (o *Org) editDraft(ctx context.Context, u *vedette.Update, seen int, ends string, now time.Time) error {
	body, err := bodyOf(u)
	if err != nil {
		return err
	}
	return o.s.write(ctx, "editing a draft", func(t *tx) error {
		if _, err := t.lockedDraft(o.org, u.ID, seen); err != nil {
			return err
		}
		situation, corrects, err := t.refs(o.org, u.Situation.ID, u.Corrects)
		if err != nil {
			return err
		}
		d := *u
		if err := t.putDraft(o.org, &d, body, situation, corrects); err != nil {
			return err
		}
		if ends != "" {
			if err := t.endAsking(o.org, u.ID, ends, "the draft was changed", now); err != nil {
				return err
			}
		}
		return t.log(o.org, vedette.LogDraft, u.ID, "edited", now)
	})
}

// RemoveDraft deletes a draft that somebody saw with so many edits. The report
// it was made of stays.
func (o *Org) RemoveDraft(ctx context.Context, id vedette.ID, seen int, by string, now time.Time) error {
	return o.s.write(ctx, "removing a draft", func(t *tx) error {
		d, err := t.lockedDraft(o.org, id, seen)
		if err != nil {
			return err
		}
		if _, err := t.Exec(`DELETE FROM copies WHERE update_id = $1`, d.Key); err != nil {
			return err
		}
		if _, err := t.Exec(`DELETE FROM report_uses WHERE update_id = $1`, d.Key); err != nil {
			return err
		}
		if _, err := t.Exec(`DELETE FROM updates WHERE id = $1 AND state IN ({update on publish})`, d.Key); err != nil {
			return err
		}
		if err := t.endAsking(o.org, id, "change", "the draft was removed", now); err != nil {
			return err
		}
		return t.log(o.org, vedette.LogDraft, id, "removed by "+ground.Plain(by, maxReason), now)
	})
}

// lockedDraft gives a draft, locked, if it is one still and has no other edits
// than were seen.
func (t *tx) lockedDraft(org int64, id vedette.ID, seen int) (*vedette.Update, error) {
	if _, err := t.Exec(`SELECT 1 FROM updates WHERE org = $1 AND uuid = $2 {lock}`, org, string(id)); err != nil {
		return nil, err
	}
	d, err := t.update(`u.uuid = $2`, org, string(id))
	switch {
	case vedette.ErrorCode(err) == vedette.CodeNotFound:
		return nil, vedette.Errorf(vedette.CodeNotFound, "there is no such draft; it may have been removed")
	case err != nil:
		return nil, err
	case d.State != vedette.UpdateDraft:
		return nil, vedette.Errorf(vedette.CodeConflict, "it was published meanwhile, %s, and cannot be changed; write a correction", d.PublishedAt.UTC().Format("2 Jan 15:04 UTC"))
	}
	return d, d.Unchanged(seen)
}
