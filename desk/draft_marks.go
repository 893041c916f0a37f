package desk

import (
	"slices"
	"strings"
	"time"

	"vedette"
)

// firstIssued is before any report; what is later than a day from now is a slip.
var firstIssued = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// marks changes what stands at a report's head beside its words: what kind it is, how
// urgent, how strong its source, and when it was issued.
func (d *Desk) marks(u *vedette.Update, e *DraftEdit, edit *vedette.Edit) error {
	c, was := &u.Content, &edit.Was
	note := func(what, before, after string) {
		edit.Changes = append(edit.Changes, vedette.Change{What: what, Before: before, After: after})
	}
	if e.Kind != nil && *e.Kind != c.Kind {
		if !slices.Contains(vedette.ReportKinds, *e.Kind) {
			return vedette.Errorf(vedette.CodeInvalid, "%q is no kind of report; use one of %v", *e.Kind, vedette.ReportKinds)
		}
		old := c.Kind
		was.Kind, c.Kind = &old, *e.Kind
		note("kind", plainKind(old), plainKind(c.Kind))
	}
	if e.Urgency != nil && *e.Urgency != c.Urgency {
		old := c.Urgency
		was.Urgency, c.Urgency = &old, *e.Urgency
		note("urgency", old.String(), c.Urgency.String())
	}
	if e.Source != nil && *e.Source != c.SourceStrength {
		old := c.SourceStrength
		was.Source, c.SourceStrength = &old, *e.Source
		note("strength of source", old.String(), c.SourceStrength.String())
	}
	return d.markIssued(u, e, edit)
}

// markIssued changes when what a draft says was so.
func (d *Desk) markIssued(u *vedette.Update, e *DraftEdit, edit *vedette.Edit) error {
	if e.Issued == nil {
		return nil
	}
	var old time.Time
	if u.Content.IssuedAt != nil {
		old = *u.Content.IssuedAt
	}
	at := e.Issued.UTC()
	switch {
	case at.Equal(old):
		return nil
	case at.IsZero():
		u.Content.IssuedAt = nil
	case at.Before(firstIssued) || at.After(d.Now().Add(24*time.Hour)):
		return vedette.Errorf(vedette.CodeInvalid, "%s cannot be when it was issued; give the day and the time in UTC, as 2026-02-05 11:56", at.Format("2006-01-02 15:04"))
	default:
		u.Content.IssuedAt = &at
	}
	edit.Was.Issued = &old
	edit.Changes = append(edit.Changes, vedette.Change{What: "issued", Before: issuedWords(old), After: issuedWords(at)})
	return nil
}

func issuedWords(t time.Time) string {
	if t.IsZero() {
		return "no time"
	}
	return t.UTC().Format("2 Jan 2006 15:04 UTC")
}

func plainKind(k vedette.ReportKind) string { return strings.ReplaceAll(string(k), "_", " ") }
