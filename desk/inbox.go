package desk

import (
	"context"
	"slices"
	"sync"

	"vedette"
	"vedette/auth/rights"
)

// Inbox is what came in, the newest first: what waits for somebody, and what became of the
// rest.
type Inbox struct {
	Waiting []vedette.Signal // that nobody has looked at
	Loose   []vedette.CameIn // reports that are in no draft and no update
	Signals []vedette.Signal // that somebody decided about, or that were overtaken
	Reports []vedette.CameIn
}

// How many of each are shown.
const (
	mostWaiting = 200
	mostCameIn  = 40
)

// keptInbox keeps what came in, as long as no row of the log may have changed that.
type keptInbox struct {
	mu  sync.Mutex
	seq int64 // the place in the log it is good for
	in  *Inbox
}

// Inbox lists what came in. It is shared, and not to be changed.
func (d *Desk) Inbox(ctx context.Context) (*Inbox, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	k := &d.cameIn
	k.mu.Lock()
	defer k.mu.Unlock()
	seq, changed, err := d.rows.InboxSince(ctx, k.seq)
	if err != nil {
		return nil, err
	}
	if k.in == nil || changed {
		in, err := d.readInbox(ctx)
		if err != nil {
			return nil, err
		}
		k.in = in
	}
	k.seq = seq
	return k.in, nil
}

func (d *Desk) readInbox(ctx context.Context) (*Inbox, error) {
	in := &Inbox{}
	var err error
	if in.Waiting, err = d.rows.Signals(ctx, true, mostWaiting); err != nil {
		return nil, err
	}
	list, err := d.rows.Signals(ctx, false, mostCameIn)
	if err != nil {
		return nil, err
	}
	for _, s := range list {
		if s.State != vedette.SignalOpen {
			in.Signals = append(in.Signals, s)
		}
	}
	reports, err := d.rows.CameIn(ctx, mostCameIn)
	for _, r := range reports {
		if r.Update == nil && !r.Unknown {
			in.Loose = append(in.Loose, r)
		} else {
			in.Reports = append(in.Reports, r)
		}
	}
	return in, err
}

// DraftAgain makes a new draft of a report that is kept: its draft was removed. Whether it
// is a real one a report does not say.
func (d *Desk) DraftAgain(ctx context.Context, report vedette.ID, status vedette.Status, by string) (*Draft, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	name, err := named(by)
	if err != nil {
		return nil, err
	}
	rep, rd, err := d.rows.Report(ctx, report)
	if err != nil {
		return nil, err
	}
	in, err := d.readInbox(ctx)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(in.Loose, func(c vedette.CameIn) bool { return c.ID == report }) {
		return nil, vedette.Errorf(vedette.CodeConflict, "the report is in a draft or an update already; go on with that one")
	}
	now := d.Now()
	u := &vedette.Update{ID: vedette.NewID(now), State: vedette.UpdateDraft, Status: status, Content: from(rd.Content, rep.ID), Reports: []vedette.ID{rep.ID}, CreatedAt: now,
		Edits: []vedette.Edit{{At: now, By: name}}}
	return &Draft{Update: u, Reading: *rd, Report: rep, Sources: []Source{{rep, rd}}}, d.rows.SaveDraft(ctx, u, now)
}
