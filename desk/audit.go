package desk

import (
	"context"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/chain"
	"vedette/store"
)

// LogQuery says which rows of the log are wanted; the zero value of a field is any.
type LogQuery = store.LogQuery

// Audit gives rows of the log, newest first: who did what, when, by which door.
func (d *Desk) Audit(ctx context.Context, q LogQuery) ([]vedette.LogEntry, error) {
	if err := d.asks(&ctx, rights.Audit); err != nil {
		return nil, err
	}
	return d.rows.LogRows(ctx, q)
}

// What leaves the house as a file.
const (
	ExportPeople   = "people"
	ExportWho      = "who is somewhere"
	ExportReach    = "who is reached"
	ExportCalls    = "call sheets"
	ExportPerson   = "all of one person"
	ExportBoard    = "a board"
	ExportManifest = "a manifest"
)

// NoteExport writes down that one of these leaves, before it does: of a thing, "" for
// none. What cannot be written down does not leave.
func (d *Desk) NoteExport(ctx context.Context, what string, of vedette.ID) error {
	if err := d.asks(&ctx, rights.Export); err != nil {
		return err
	}
	return d.rows.NoteExport(ctx, of, what, d.Now())
}

// LogCheck is what a log was found to be.
type LogCheck struct {
	Head   chain.Head
	Faults []chain.Fault
	More   int       // faults that are not named
	Sealed int64     // the last row the installation's key vouches for, 0 for none
	At     time.Time // when that seal was made
}

// CheckLog goes through the whole log of the organisation: whether a row was changed,
// put in or taken out. head is one that somebody wrote down before, "" for none.
func (d *Desk) CheckLog(ctx context.Context, head string) (c LogCheck, err error) {
	if err := d.asks(&ctx, rights.Audit); err != nil {
		return LogCheck{}, err
	}
	var known chain.Head
	if head != "" {
		if known, err = chain.ParseHead(head); err != nil {
			return c, err
		}
	}
	check, last := chain.NewCheck(d.Org.ID), int64(0)
	err = d.rows.Audit(ctx, func(seals []store.Seal, to int64) error {
		last = to
		c.expect(d, check, seals, known)
		return nil
	}, func(e *vedette.LogEntry, kept []byte) error {
		check.Add(e, kept)
		return nil
	})
	if err != nil {
		return c, err
	}
	at, faults, more := check.End(last)
	c.Head, c.More = at, more
	c.Faults = append(c.Faults, faults...)
	return c, nil
}

// expect tells the check what the log itself cannot vouch for, in the order of rows.
func (c *LogCheck) expect(d *Desk, check *chain.Check, seals []store.Seal, known chain.Head) {
	noted := func(upTo int64) {
		if known.Seq > 0 && known.Seq <= upTo {
			check.Expect(known, "are not those whose head was written down: they were rewritten since")
			known = chain.Head{}
		}
	}
	for _, s := range seals {
		noted(s.Seq)
		if !d.Key.VerifyLog(d.Org.ID, s.Head.String(), s.Seal) {
			c.Faults = append(c.Faults, chain.Fault{From: s.Seq, To: s.Seq, Says: "has a seal that the installation's key did not make"})
			continue
		}
		check.Expect(s.Head, "are not those that were sealed: they were rewritten since, with their sums")
		c.Sealed, c.At = s.Seq, s.At
	}
	noted(1<<63 - 1)
}

// LogHead gives how far the log has come, to be written down elsewhere.
func (d *Desk) LogHead(ctx context.Context) (chain.Head, error) {
	if err := d.asks(&ctx, rights.Audit); err != nil {
		return chain.Head{}, err
	}
	head, _, err := d.rows.LogHead(ctx)
	return head, err
}
