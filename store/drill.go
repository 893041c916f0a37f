package store

import (
	"context"

	"vedette"
	"vedette/store/ground"
)

// sentDrills are the drills of people that were sent. Canaries are none. That a
// drill is more than 0 says nothing new, but finds the index.
const sentDrills = `u.published_at > 0 AND u.drill = 1 AND u.drill > 0`

// Drills lists the drills of people, newest first.
func (o *Org) Drills(ctx context.Context, limit int) (list []*vedette.Update, err error) {
	err = o.s.read(ctx, "listing drills", func(t *tx) error {
		list, err = t.updates(sentDrills+` ORDER BY u.published_at DESC, u.id DESC LIMIT $2`, o.org, ground.Most(limit))
		return err
	})
	return list, err
}

// DrillsSent counts the drills of people that were sent.
func (o *Org) DrillsSent(ctx context.Context) (n int, err error) {
	err = o.s.read(ctx, "counting drills", func(t *tx) error {
		return t.Row([]any{&n}, `SELECT count(*) FROM updates u WHERE u.org = $1 AND `+sentDrills, o.org)
	})
	return n, err
}

// DrilledSince refuses a drill for somebody who saw fewer than have been sent.
// Publish looks again.
func (o *Org) DrilledSince(ctx context.Context, seen *int) error {
	return o.s.read(ctx, "counting drills", func(t *tx) error { return t.drilledSince(o.org, 0, seen) })
}

// drilledSince refuses a drill where more had been sent than whoever sends it
// saw. In publishing the log's row is locked by now: whoever sent one before has
// committed.
func (t *tx) drilledSince(org, drill int64, seen *int) error {
	if seen == nil {
		return nil
	}
	var n int
	if err := t.Row([]any{&n}, `SELECT count(*) FROM updates u WHERE u.org = $1 AND u.id <> $2 AND `+sentDrills, org, drill); err != nil || n <= *seen {
		return err
	}
	last, err := t.update(sentDrills+` AND u.id <> $2 ORDER BY u.published_at DESC, u.id DESC LIMIT 1`, org, drill)
	if err != nil {
		return err
	}
	return vedette.Errorf(vedette.CodeConflict, "nothing was sent: “%s” was sent already, %s, after you looked; if that is what was meant, nothing is left to do",
		last.Content.Title, last.PublishedAt.UTC().Format("2 Jan 2006 15:04 UTC"))
}
