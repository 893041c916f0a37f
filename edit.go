package vedette

import (
	"slices"
	"time"
)

// Edit is one step in the making of a draft: who changed what, and when. The
// first says who made it. They stay in the update when it is published.
type Edit struct {
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Changes []Change  `json:"changes,omitempty"`
	Was     Basis     `json:"was,omitzero"` // what the edit changed, as it was before
}

// Change is one thing that an edit changed, in words.
type Change struct {
	What   string `json:"what"` // "risk", "affected area", "drawn"
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// Words say the change in one line: "risk: extreme → high".
func (c Change) Words() string {
	switch {
	case c.Before == "" && c.After == "":
		return c.What
	case c.Before == "":
		return c.What + ": added " + c.After
	case c.After == "":
		return c.What + ": removed " + c.Before
	}
	return c.What + ": " + c.Before + " → " + c.After
}

// Basis is what an edit may change of a draft; what it left alone is nil.
type Basis struct {
	Risk      *Risk           `json:"risk,omitempty"`
	Affected  *[]Place        `json:"affected,omitempty"`
	AreaRisks *[]AreaRisk     `json:"area_risks,omitempty"`
	Shapes    *[]Shape        `json:"shapes,omitempty"`
	Headline  *string         `json:"headline,omitempty"`
	Call      *string         `json:"call,omitempty"`
	Kind      *ReportKind     `json:"kind,omitempty"`
	Urgency   *Urgency        `json:"urgency,omitempty"`
	Source    *SourceStrength `json:"source,omitempty"`
	Issued    *time.Time      `json:"issued,omitempty"`  // zero where it had none
	Parts     []WasPart       `json:"parts,omitempty"`   // in the order in which they were changed
	Heads     []WasHead       `json:"heads,omitempty"`   // in the order in which they were changed
	Content   *Content        `json:"content,omitempty"` // all of it, where a report was added or taken out
	Reports   *[]ID           `json:"reports,omitempty"`
	Settled   *[]Settled      `json:"settled,omitempty"`
}

// Before gives a draft as it was after its first n edits: 1 is how it was
// made, by what was read and drawn then. A number it does not have is the draft
// as it is.
func (u *Update) Before(n int) *Update {
	as := *u
	as.Edits = slices.Clone(u.Edits)
	for len(as.Edits) > max(n, 1) {
		was := as.Edits[len(as.Edits)-1].Was
		as.Edits = as.Edits[:len(as.Edits)-1]
		was.whole(&as) // what an edit did last is taken back first
		if was.Risk != nil {
			as.Content.Risk = *was.Risk
		}
		if was.Affected != nil {
			as.Content.Affected = *was.Affected
		}
		if was.AreaRisks != nil {
			as.AreaRisks = *was.AreaRisks
		}
		if was.Shapes != nil {
			as.Shapes = *was.Shapes
		}
		was.words(&as)
		was.head(&as)
	}
	return &as
}

// head puts back what an edit changed of what stands at a report's head.
func (b *Basis) head(u *Update) {
	if b.Kind != nil {
		u.Content.Kind = *b.Kind
	}
	if b.Urgency != nil {
		u.Content.Urgency = *b.Urgency
	}
	if b.Source != nil {
		u.Content.SourceStrength = *b.Source
	}
	if b.Issued != nil {
		u.Content.IssuedAt = nil
		if !b.Issued.IsZero() {
			u.Content.IssuedAt = b.Issued
		}
	}
}

// words puts back what an edit changed of a draft's words.
func (b *Basis) words(u *Update) {
	if b.Headline != nil {
		u.Content.Headline = *b.Headline
	}
	if b.Call != nil {
		u.Content.CallToAction = *b.Call
	}
	for i := range b.Heads { // changed after the parts
		b.Heads[len(b.Heads)-1-i].undo(&u.Content)
	}
	for i := range b.Parts {
		b.Parts[len(b.Parts)-1-i].undo(&u.Content)
	}
}

// whole puts back what was kept of a draft as a whole.
func (b *Basis) whole(u *Update) {
	if b.Content != nil {
		u.Content = *b.Content
	}
	if b.Reports != nil {
		u.Reports = *b.Reports
	}
	if b.Settled != nil {
		u.Settled = *b.Settled
	}
}

// Unchanged says who changed a draft since somebody saw it with so many edits,
// nil where nobody did.
func (u *Update) Unchanged(seen int) error {
	n := len(u.Edits)
	if n == seen {
		return nil
	}
	if n == 0 || n < seen {
		return Errorf(CodeConflict, "the draft is not the one that was looked at; look at it again")
	}
	last := u.Edits[n-1]
	what := ""
	for i, c := range last.Changes {
		if i == 3 {
			what += "; …"
			break
		}
		if what += "; "; i == 0 {
			what = " ("
		}
		what += c.Words()
	}
	if what != "" {
		what += ")"
	}
	return Errorf(CodeConflict, "the draft was changed by %s at %s meanwhile%s; look at it again", last.By, last.At.UTC().Format("15:04:05 UTC on 2 Jan"), what)
}
