package desk

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"vedette"
	"vedette/advise/news"
	"vedette/auth/rights"
)

// Bounds of a draft that fuses reports: how many they are, and how much they say
// together, for each is held against all others.
const (
	maxReports = 20
	maxFused   = 600
)

// FuseOrder asks for a further report to be added to a draft.
type FuseOrder struct {
	Draft  vedette.ID
	Text   []byte
	Origin string
	File   *SentFile // it came in, nil for none; kept with it
	Seen   int       // edits the draft had when whoever adds it looked; 0: whatever it has now
	By     string
}

// FuseDraft reads a report and adds what it says to a draft. Every statement keeps its
// report and its lines. What both say word for word, and of the same time and place, is
// there once, with both; the higher risk, the more pressing urgency and the weaker
// source are those of the draft.
func (d *Desk) FuseDraft(ctx context.Context, o FuseOrder) (*Draft, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	by, err := named(o.By)
	if err != nil {
		return nil, err
	}
	dr, err := d.Draft(ctx, o.Draft)
	if err != nil {
		return nil, err
	}
	u := dr.Update
	if err := noAllClear(u); err != nil {
		return nil, err
	}
	if u.Flash != "" {
		return nil, saidAsWritten()
	}
	seen := len(u.Edits)
	switch {
	case o.Seen > 0:
		if err := u.Unchanged(o.Seen); err != nil {
			return nil, err
		}
	case seen == 0:
		u.Edits = []vedette.Edit{{At: u.CreatedAt, By: "nobody known"}}
	}
	if seen >= maxEdits || len(u.Reports) >= maxReports {
		return nil, vedette.Errorf(vedette.CodeInvalid, "a draft is made of at most %d reports, and changed %d times; publish it, and make the next of the situation", maxReports, maxEdits)
	}
	more, err := d.Compose(ctx, DraftOrder{Text: o.Text, Origin: o.Origin, File: o.File})
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(dr.Sources, func(s Source) bool { return s.Report.Digest == more.Report.Digest }); i >= 0 {
		return nil, vedette.Errorf(vedette.CodeConflict, "the draft has the very same text already, as report %d", i+1)
	}
	if n := len(u.Content.Spots()) + len(more.Update.Content.Spots()); n > maxFused {
		return nil, vedette.Errorf(vedette.CodeInvalid, "together they say %d things, more than anybody reads; at most %d are kept in a draft of several reports", n, maxFused)
	}
	edit := vedette.Edit{At: d.Now(), By: by, Changes: []vedette.Change{{What: "report", After: o.Origin}}}
	was, reports := u.Content, slices.Clone(u.Reports)
	edit.Was.Content, edit.Was.Reports = &was, &reports
	fuse(u, more.Update, &edit)
	if err := d.rows.AddReport(ctx, more.Report, &more.Reading); err != nil {
		return nil, err
	}
	dr.Sources = append(dr.Sources, more.Sources...)
	u.Edits = append(u.Edits, edit)
	return dr, d.rows.EditDraft(ctx, u, seen, d.Now())
}

// fuse adds what a report says to an update.
func fuse(u, more *vedette.Update, edit *vedette.Edit) {
	u.Reports = append(slices.Clone(u.Reports), more.Reports...)
	fuseHead(u, &more.Content, edit)
	c, from := &u.Content, &more.Content
	for _, s := range from.Spots() {
		p := from.Part(s)
		to := vedette.Spot{Section: s.Section}
		switch s.Section {
		case vedette.SectionSituation:
			to.Group = topicOf(c, from.Topics[s.Group].Title)
		case vedette.SectionAdvice:
			to.Group = groupOf(c, from.Recommendations[s.Group])
		}
		insert(c, to, p)
	}
}

// insert puts a part into its section or group: to the very same, which then has both
// reports; else beside what says nearly so; else at the end.
func insert(c *vedette.Content, to vedette.Spot, p vedette.Part) {
	end := to
	for ; ; end.At++ {
		old := c.Part(end)
		if old.Said() == nil {
			break
		}
		if same(old, p) {
			st := old.Said()
			st.Also = append(slices.Clone(st.Also), vedette.Cite{Report: p.Said().Report, Lines: p.Said().Lines})
			c.Splice(end, 1, old)
			return
		}
	}
	for to.At = 0; to.At < end.At; to.At++ {
		if Alike(c.Part(to).Said().Text, p.Said().Text) {
			to.At++
			break
		}
	}
	c.Splice(to, 0, p)
}

// same says whether two parts say the same word for word, and mean the same by it.
func same(a, b vedette.Part) bool {
	x, y := a.Said(), b.Said()
	if folded(x.Text) != folded(y.Text) || x.Report == y.Report || !reflect.DeepEqual(x.When, y.When) || !sameAreas(x.Places, y.Places) {
		return false
	}
	if a.Advice == nil {
		return true
	}
	return reflect.DeepEqual(a.Advice.Actions, b.Advice.Actions) && a.Advice.Condition == b.Advice.Condition && a.Advice.Audience == b.Advice.Audience &&
		reflect.DeepEqual(a.Advice.Until, b.Advice.Until) && sameAreas(a.Advice.Except, b.Advice.Except)
}

func sameAreas(a, b []vedette.Place) bool {
	return slices.EqualFunc(a, b, func(x, y vedette.Place) bool { return x.Area == y.Area && x.Text == y.Text })
}

func folded(s string) string {
	return strings.ToLower(strings.TrimRight(strings.Join(strings.Fields(s), " "), "."))
}

// Alike says whether two statements may say the same: a person is shown both beside each
// other.
func Alike(a, b string) bool { return news.Alike(a, b) }

// fuseHead brings together what two reports say of the whole. Where they differ it is
// what warns more, and what is less sure.
func fuseHead(u *vedette.Update, from *vedette.Content, edit *vedette.Edit) {
	c := &u.Content
	change := func(what, before, after string) {
		edit.Changes = append(edit.Changes, vedette.Change{What: what, Before: before, After: after})
	}
	country := [2]vedette.AreaRisk{ofCountry(c), ofCountry(from)}
	for _, p := range from.Affected {
		if !slices.ContainsFunc(c.Affected, func(o vedette.Place) bool { return o.Area == p.Area && (p.Area != "" || o.Text == p.Text) }) {
			c.Affected = append(slices.Clone(c.Affected), p)
			change("affected area", "", p.Text)
		}
	}
	if r := worse(c.Risk, from.Risk); r != c.Risk {
		change("risk", riskWord(c.Risk), riskWord(r))
		c.Risk, c.RiskText = r, from.RiskText
	}
	if from.Urgency > c.Urgency {
		change("urgency", c.Urgency.String(), from.Urgency.String())
		c.Urgency = from.Urgency
	}
	if s := from.SourceStrength; s != vedette.SourceUnknown && (s < c.SourceStrength || c.SourceStrength == vedette.SourceUnknown) {
		change("source", c.SourceStrength.String(), s.String())
		c.SourceStrength = s
	}
	if from.IssuedAt != nil && (c.IssuedAt == nil || from.IssuedAt.After(*c.IssuedAt)) {
		change("issued", "", from.IssuedAt.UTC().Format("2 Jan 2006 15:04 UTC"))
		c.IssuedAt = from.IssuedAt
	}
	c.Categories, c.Status, c.Calendar = union(c.Categories, from.Categories), union(c.Status, from.Status), union(c.Calendar, from.Calendar)
	keepCountry(u, country, edit)
}

// worse is the risk that warns more: one that is not given passes every threshold, as
// extreme does.
func worse(a, b vedette.Risk) vedette.Risk {
	if r := max(a, b); r == vedette.RiskExtreme || a != vedette.RiskUnknown && b != vedette.RiskUnknown {
		return r
	}
	return vedette.RiskUnknown
}

// ofCountry is the risk that a report gives for its one country.
func ofCountry(c *vedette.Content) vedette.AreaRisk {
	if len(c.Affected) != 1 || len(c.Affected[0].Area) != 2 {
		return vedette.AreaRisk{}
	}
	return vedette.AreaRisk{Area: c.Affected[0].Area, Risk: c.CountryRisk}
}

// keepCountry keeps what each report says of its country where the draft is of several
// now, and it is worse than the whole.
func keepCountry(u *vedette.Update, of [2]vedette.AreaRisk, edit *vedette.Edit) {
	if len(u.Content.Affected) == 1 {
		u.Content.CountryRisk = max(of[0].Risk, of[1].Risk)
		return
	}
	for _, r := range of {
		if r.Risk <= u.Content.Risk || slices.ContainsFunc(u.AreaRisks, func(o vedette.AreaRisk) bool { return o.Area == r.Area }) {
			continue
		}
		if edit.Was.AreaRisks == nil {
			all := slices.Clone(u.AreaRisks)
			edit.Was.AreaRisks = &all
		}
		u.AreaRisks = append(slices.Clone(u.AreaRisks), r)
		edit.Changes = append(edit.Changes, vedette.Change{What: "risk in " + string(r.Area), After: r.Risk.String()})
	}
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// takeOut takes a report out of a draft again: what it says, and the areas that it alone
// names. What it made of risk and urgency stays, for a person to look at.
func (d *Desk) takeOut(dr *Draft, e *DraftEdit, edit *vedette.Edit) error {
	if e.TakeOut == "" {
		return nil
	}
	u := dr.Update
	i := slices.IndexFunc(dr.Sources, func(s Source) bool { return s.Report.ID == e.TakeOut })
	switch {
	case i < 0:
		return vedette.Errorf(vedette.CodeConflict, "the draft is not made of that report any more; open the page again")
	case len(dr.Sources) == 1:
		return vedette.Errorf(vedette.CodeInvalid, "it is the only report the draft is made of; remove the draft instead")
	}
	out := dr.Sources[i]
	was, reports, settled := u.Content, slices.Clone(u.Reports), slices.Clone(u.Settled)
	edit.Was.Content, edit.Was.Reports, edit.Was.Settled = &was, &reports, &settled
	edit.Changes = append(edit.Changes, vedette.Change{What: "report", Before: out.Report.Origin})
	dr.Sources = slices.Delete(slices.Clone(dr.Sources), i, i+1)
	u.Reports = slices.DeleteFunc(slices.Clone(u.Reports), func(id vedette.ID) bool { return id == e.TakeOut })
	u.Settled = slices.DeleteFunc(slices.Clone(u.Settled), func(s vedette.Settled) bool { return s.Report == e.TakeOut })
	spots := u.Content.Spots()
	for j := range spots {
		s := spots[len(spots)-1-j]
		if p, stays := without(u.Content.Part(s), e.TakeOut); stays {
			u.Content.Splice(s, 1, p)
		} else {
			u.Content.Splice(s, 1)
		}
	}
	u.Content.Affected = slices.DeleteFunc(slices.Clone(u.Content.Affected), func(p vedette.Place) bool {
		if !names(&out, p) || slices.ContainsFunc(dr.Sources, func(s Source) bool { return names(&s, p) }) {
			return false
		}
		edit.Changes = append(edit.Changes, vedette.Change{What: "affected area", Before: d.called(p)})
		return true
	})
	return nil
}

// names says whether a report names a place as affected.
func names(s *Source, p vedette.Place) bool {
	return s.Reading != nil && slices.ContainsFunc(s.Reading.Affected, func(o vedette.Place) bool { return o.Text == p.Text || o.Area == p.Area && p.Area != "" })
}

// without is a part without a report; false where it was of that alone.
func without(p vedette.Part, report vedette.ID) (vedette.Part, bool) {
	st := p.Said()
	st.Also = slices.DeleteFunc(slices.Clone(st.Also), func(c vedette.Cite) bool { return c.Report == report })
	if len(st.Also) == 0 {
		st.Also = nil
	}
	if st.Report != report {
		return p, true
	}
	if len(st.Also) == 0 {
		return p, false
	}
	st.Report, st.Lines = st.Also[0].Report, st.Also[0].Lines
	if st.Also = st.Also[1:]; len(st.Also) == 0 {
		st.Also = nil
	}
	return p, true
}
