package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"slices"
	"time"

	"vedette"
	"vedette/intake"
	"vedette/store"
)

// ImportLine says what becomes of one row of a file.
type ImportLine struct {
	Line   int
	What   string // new, back, changed, confirmed, cancelled
	Name   string
	Fields []FieldChange // of one that is changed
}

// FieldChange is a field that a file changes.
type FieldChange struct{ Field, Was, Is string }

// What becomes of a row.
const (
	LineNew       = "new"
	LineBack      = "back"
	LineChanged   = "changed"
	LineConfirmed = "confirmed"
)

// plan is the digest of what an import does: two of one digest do the same.
type plan struct {
	hash.Hash
	on bool
}

// newPlan begins one; it is reckoned only for who asks what would be done, or holds
// a file to it.
func newPlan(o ImportOptions) *plan { return &plan{sha256.New(), o.Explain || o.Expect != ""} }

// note adds what is done.
func (p *plan) note(what ...any) error {
	if !p.on {
		return nil
	}
	return json.NewEncoder(p).Encode(what)
}

// digest is what was noted in short, "" where nothing is reckoned.
func (p *plan) digest() string {
	if !p.on {
		return ""
	}
	return hex.EncodeToString(p.Sum(nil))
}

// holds refuses, as CodeConflict, an import that would do something else than was
// previewed.
func (o *ImportOptions) holds(plan string) error {
	if o.Expect != "" && o.Expect != plan {
		return vedette.Errorf(vedette.CodeConflict, "nothing was saved: what is kept here changed since the file was looked at, so it would do something else now; look again")
	}
	return nil
}

// explain adds to an import what becomes of a row.
func (d *Desk) explain(im *Import, row *intake.Row, what string, was *vedette.Person, is *vedette.PersonRecord, at vedette.Presence) {
	l := ImportLine{Line: row.Line, What: what, Name: row.Name}
	if what == LineChanged && was != nil {
		held, next := d.fieldsOf(was), d.fieldsOf(&vedette.Person{Record: *is, Presence: []vedette.Presence{at}})
		for _, f := range PersonFields {
			if held[f] != next[f] {
				l.Fields = append(l.Fields, FieldChange{f, held[f], next[f]})
			}
		}
	}
	im.Lines = append(im.Lines, l)
}

// count counts what becomes of somebody, and says it; "" where nothing does.
func (im *Import) count(old *store.SealedPerson, known, changed bool, before time.Time) string {
	switch {
	case !known:
		im.Added++
		return LineNew
	case old.Retired:
		im.Added++
		im.Back++
		return LineBack
	case changed:
		im.Changed++
		return LineChanged
	}
	im.Unchanged++
	if !unconfirmed(old.Presences, before) {
		return ""
	}
	im.Confirmed++
	return LineConfirmed
}

// confirmAfter is how old the word on where somebody is kept must be for a
// file that says the same again to confirm it: a month, and no more than half
// of what makes it old. So nobody's home grows old whom the organisation's
// files name, and a daily file does not write everybody every day.
func confirmAfter(s vedette.Settings) time.Duration {
	return min(30, max(time.Duration(s.StaleDays)/2, 1)) * 24 * time.Hour
}

// unconfirmed says whether the word on a home or site is from before a time.
func unconfirmed(ps []vedette.Presence, before time.Time) bool {
	return slices.ContainsFunc(ps, func(p vedette.Presence) bool {
		return (p.Because == vedette.BecauseHome || p.Because == vedette.BecauseSite) && p.Recorded.Before(before) && p.Ended == "" && p.To.IsZero()
	})
}
