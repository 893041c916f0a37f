package desk

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"vedette"
	"vedette/parse"
)

// Words asks for a text of a draft to be another. Was is the text that whoever changes
// it saw: another one is a conflict, and nothing is changed.
type Words struct{ Was, Text string }

// Say asks for a statement of a draft to say something else. Where Was is "" the
// desk's own statement is put in, at the end of its section or group; where Text is ""
// the statement is taken out.
type Say struct {
	vedette.Spot
	Words
	Area    vedette.AreaID // of an advice that is put in: where it is for, "" for the affected areas
	Heading string         // of a claim that is put in: its topic

	scale vedette.Scale // of words of likelihood: the organisation's
}

// Bounds of what is typed: a statement as the reader takes it, and a line above all.
const (
	maxStatement = 16 << 10
	maxHead      = 300 // characters of a headline, and of what to do
	maxParts     = 4000
)

// Meanwhile is the conflict of two who change the same words, with what stands there
// now.
type Meanwhile struct {
	Now string
	err error
}

// Error says who changed what.
func (m *Meanwhile) Error() string { return m.err.Error() }

// Unwrap gives the conflict.
func (m *Meanwhile) Unwrap() error { return m.err }

// meanwhile is the conflict of words that are not what was seen of them.
func meanwhile(u *vedette.Update, now string) error {
	by := "somebody"
	at := ""
	if n := len(u.Edits); n > 0 {
		by, at = u.Edits[n-1].By, u.Edits[n-1].At.UTC().Format(" at 15:04:05 UTC")
	}
	if now == "" {
		return &Meanwhile{"", vedette.Errorf(vedette.CodeConflict, "not saved: these words were taken out or moved meanwhile; the draft was changed last by %s%s. Open the page again", by, at)}
	}
	return &Meanwhile{now, vedette.Errorf(vedette.CodeConflict, "not saved: these words were changed meanwhile; the draft was changed last by %s%s", by, at)}
}

// head changes the headline and what to do about it.
func (d *Desk) head(u *vedette.Update, e *DraftEdit, edit *vedette.Edit) error {
	for _, h := range []struct {
		what string
		want *Words
		is   *string
		was  **string
	}{{"headline", e.Headline, &u.Content.Headline, &edit.Was.Headline}, {"what to do first", e.Call, &u.Content.CallToAction, &edit.Was.Call}} {
		if h.want == nil {
			continue
		}
		text := plainLine(h.want.Text)
		switch {
		case plainLine(*h.is) == text:
			continue
		case plainLine(h.want.Was) != plainLine(*h.is):
			return meanwhile(u, *h.is)
		case utf8.RuneCountInString(text) > maxHead:
			return vedette.Errorf(vedette.CodeInvalid, "the %s is longer than %d characters; shorten it", h.what, maxHead)
		case text == "" && h.what == "headline":
			return vedette.Errorf(vedette.CodeInvalid, "the headline is empty; people are told by it")
		}
		was := *h.is
		*h.was, *h.is = &was, text
		edit.Changes = append(edit.Changes, vedette.Change{What: h.what, Before: short(was), After: short(text)})
	}
	return nil
}

// plainLine is a text as one line, of what is to be seen.
func plainLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(seen, strings.ToValidUTF8(s, ""))), " ")
}

// short is a text as a list of changes holds it.
func short(s string) string {
	if r := []rune(s); len(r) > 160 {
		return string(r[:160]) + " …"
	}
	return s
}

// say changes what a statement says, puts one in, or takes one out.
func (d *Desk) say(u *vedette.Update, e *DraftEdit, edit *vedette.Edit) error {
	if e.Say == nil {
		return nil
	}
	s := *e.Say
	s.Was, s.Text = plainLine(s.Was), plainLine(s.Text)
	switch {
	case len(s.Text) > maxStatement:
		return vedette.Errorf(vedette.CodeInvalid, "the statement is longer than %d kB; make several of it", maxStatement>>10)
	case s.Was == "" && s.Text == "":
		return vedette.Errorf(vedette.CodeInvalid, "type what it is to say")
	case s.Was == "":
		return d.putIn(u, s, edit)
	}
	old := u.Content.Part(s.Spot)
	said := old.Said()
	switch {
	case said == nil:
		return meanwhile(u, "")
	case plainLine(said.Text) == s.Text:
		return nil
	case plainLine(said.Text) != s.Was:
		return meanwhile(u, said.Text)
	case s.Text == "":
		edit.Was.Parts = append(edit.Was.Parts, vedette.WasPart{Spot: s.Spot, Part: old, Gone: true})
		edit.Changes = append(edit.Changes, vedette.Change{What: s.Section.Word(), Before: short(said.Text)})
		u.Content.Splice(s.Spot, 1)
		return nil
	}
	next, err := d.reread(u, s, old)
	if err != nil {
		return err
	}
	edit.Was.Parts = append(edit.Was.Parts, vedette.WasPart{Spot: s.Spot, Part: old})
	edit.Changes = append(edit.Changes, vedette.Change{What: s.Section.Word(), Before: short(said.Text), After: short(s.Text)})
	u.Content.Splice(s.Spot, 1, next)
	return nil
}

// reread reads a statement's new words, and keeps where it is from.
func (d *Desk) reread(u *vedette.Update, s Say, old vedette.Part) (vedette.Part, error) {
	it := parse.Item{Section: s.Section, Text: s.Text, Scale: s.scale}
	switch s.Section {
	case vedette.SectionSituation:
		it.Heading = u.Content.Topics[s.Group].Title
	case vedette.SectionAdvice:
		g := &u.Content.Recommendations[s.Group]
		it.Heading, it.Area = g.Heading, g.Area
	}
	next, _, err := d.read1(u, it)
	if err != nil {
		return next, err
	}
	was, is := old.Said(), next.Said()
	is.Report, is.Lines, is.Edited = was.Report, was.Lines, was.Report != ""
	if old.Judgement != nil {
		next.Judgement.Forecast = next.Judgement.Forecast || old.Judgement.Forecast
	}
	return next, nil
}

// read1 reads one statement as part of a draft. What is in doubt about whom it is for is
// refused: whoever types it can say it plainly.
func (d *Desk) read1(u *vedette.Update, it parse.Item) (vedette.Part, *vedette.Content, error) {
	it.Affected, it.Issued = u.Content.Affected, d.issued(u)
	rd := parse.ReadItem(d.Gaz, it)
	for _, f := range rd.Findings {
		if f.Blocks {
			return vedette.Part{}, nil, vedette.Errorf(vedette.CodeInvalid, "not saved: %s. Name the place with its country, as in “Tripoli, Lebanon”, or make it an affected area first", f.Message)
		}
	}
	spots := rd.Content.Spots()
	if len(spots) != 1 {
		return vedette.Part{}, nil, vedette.Errorf(vedette.CodeInvalid, "not saved: it cannot be read as %s; type a whole sentence", it.Section.Word())
	}
	return rd.Content.Part(spots[0]), &rd.Content, nil
}

// issued is when what a draft says was so.
func (d *Desk) issued(u *vedette.Update) time.Time {
	if at := u.Content.IssuedAt; at != nil {
		return *at
	}
	return u.CreatedAt
}

// putIn puts the desk's own statement in.
func (d *Desk) putIn(u *vedette.Update, s Say, edit *vedette.Edit) error {
	if len(u.Content.Spots()) >= maxParts {
		return vedette.Errorf(vedette.CodeInvalid, "the draft says %d things already, more than anybody reads", maxParts)
	}
	it := parse.Item{Section: s.Section, Text: s.Text, Area: s.Area, Scale: s.scale}
	switch s.Section {
	case vedette.SectionSituation:
		it.Heading = plainLine(s.Heading)
	case vedette.SectionAdvice:
		if s.Area != "" {
			if _, ok := d.Gaz.Area(s.Area); !ok {
				return vedette.Errorf(vedette.CodeInvalid, "no place is known as %q", s.Area)
			}
			it.Heading = d.Gaz.Name(s.Area)
		}
	case vedette.SectionSummary, vedette.SectionAssessment:
	default:
		return vedette.Errorf(vedette.CodeInvalid, "there is no section %q", s.Section)
	}
	part, read, err := d.read1(u, it)
	if err != nil {
		return err
	}
	spot := vedette.Spot{Section: s.Section}
	switch {
	case part.Claim != nil:
		spot.Group = topicOf(&u.Content, read.Topics[0].Title)
		spot.At = len(u.Content.Topics[spot.Group].Claims)
	case part.Advice != nil:
		spot.Group = groupOf(&u.Content, read.Recommendations[0])
		spot.At = len(u.Content.Recommendations[spot.Group].Advice)
	case part.Judgement != nil:
		spot.At = len(u.Content.Assessments)
	default:
		spot.At = len(u.Content.Summary)
	}
	edit.Was.Parts = append(edit.Was.Parts, vedette.WasPart{Spot: spot})
	edit.Changes = append(edit.Changes, vedette.Change{What: s.Section.Word(), After: short(s.Text)})
	u.Content.Splice(spot, 0, part)
	return nil
}

// topicOf gives the topic of a title, which is put in where there is none.
func topicOf(c *vedette.Content, title string) int {
	i := slices.IndexFunc(c.Topics, func(t vedette.Topic) bool { return strings.EqualFold(t.Title, title) })
	if i < 0 {
		i = len(c.Topics)
		c.Topics = append(slices.Clone(c.Topics), vedette.Topic{Title: title, Claims: []vedette.Claim{}})
	}
	return i
}

// groupOf gives the group of advice that is for the same place under the same heading,
// which is put in where there is none.
func groupOf(c *vedette.Content, g vedette.AdviceGroup) int {
	i := slices.IndexFunc(c.Recommendations, func(o vedette.AdviceGroup) bool {
		return o.Area == g.Area && strings.EqualFold(o.Heading, g.Heading)
	})
	if i < 0 {
		i = len(c.Recommendations)
		c.Recommendations = append(slices.Clone(c.Recommendations), vedette.AdviceGroup{Heading: g.Heading, Area: g.Area, Advice: []vedette.Advice{}})
	}
	return i
}
