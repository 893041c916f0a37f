package desk

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"vedette"
	"vedette/parse"
)

// Head asks for the heading of a topic, or of a group of advice, to be another. Was is the
// heading that whoever changes it saw.
type Head struct {
	Section vedette.Section
	Group   int
	Words
}

// headings say what is renamed, by section.
var headings = map[vedette.Section]string{vedette.SectionSituation: "topic", vedette.SectionAdvice: "heading of advice"}

// rename changes a heading. A topic's is words. That of advice says where it is for: where
// the new one names a place, what stands under it is read again for there; where it names
// none, it is for where it was.
func (d *Desk) rename(u *vedette.Update, e *DraftEdit, edit *vedette.Edit) error {
	if e.Head == nil {
		return nil
	}
	h := *e.Head
	h.Was, h.Text = plainLine(h.Was), plainLine(h.Text)
	is := u.Content.Heading(h.Section, h.Group)
	switch {
	case headings[h.Section] == "":
		return vedette.Errorf(vedette.CodeInvalid, "what stands in the section %q has no headings", h.Section)
	case is == nil:
		return meanwhile(u, "")
	case plainLine(*is) == h.Text:
		return nil
	case plainLine(*is) != h.Was:
		return meanwhile(u, *is)
	case utf8.RuneCountInString(h.Text) > maxHead:
		return vedette.Errorf(vedette.CodeInvalid, "the %s is longer than %d characters; shorten it", headings[h.Section], maxHead)
	}
	was, err := d.reheaded(u, h)
	if err != nil {
		return err
	}
	edit.Was.Heads = append(edit.Was.Heads, was)
	edit.Changes = append(edit.Changes, vedette.Change{What: headings[h.Section], Before: short(h.Was), After: short(h.Text) + d.nowFor(u, was, h)})
	return nil
}

// nowFor says where advice goes by its new heading, where that is elsewhere and the
// heading itself does not say it as we do.
func (d *Desk) nowFor(u *vedette.Update, was vedette.WasHead, h Head) string {
	if was.Advice == nil {
		return ""
	}
	is := u.Content.Recommendations[h.Group].Area
	if name := d.placeName(is); is != "" && is != was.Advice.Area && name != h.Text {
		return " (for " + name + ")"
	}
	return ""
}

// reheaded puts a heading in, and gives what stood there.
func (d *Desk) reheaded(u *vedette.Update, h Head) (was vedette.WasHead, err error) {
	c := &u.Content
	was = vedette.WasHead{Section: h.Section, Group: h.Group, Title: *c.Heading(h.Section, h.Group)}
	if h.Section == vedette.SectionSituation {
		for i := range c.Topics {
			if t := &c.Topics[i]; i != h.Group && len(t.Claims) > 0 && strings.EqualFold(t.Title, h.Text) {
				return was, vedette.Errorf(vedette.CodeInvalid, "not saved: there is a topic %q already; take the claims out here and put them in there", h.Text)
			}
		}
		c.Topics = slices.Clone(c.Topics)
		c.Topics[h.Group].Title = h.Text
		return was, nil
	}
	old := c.Recommendations[h.Group]
	next, err := d.headed(u, &old, h.Text)
	if err != nil {
		return was, err
	}
	for i := range c.Recommendations {
		if o := &c.Recommendations[i]; i != h.Group && len(o.Advice) > 0 && o.Area == next.Area && strings.EqualFold(o.Heading, h.Text) {
			return was, vedette.Errorf(vedette.CodeInvalid, "not saved: there is advice under %q already; take it out here and put it in there", h.Text)
		}
	}
	was.Advice = &old
	c.Recommendations = slices.Clone(c.Recommendations)
	c.Recommendations[h.Group] = next
	return was, nil
}

// headed is a group of advice under another heading. Where the new one says the same of
// whom it is for, and when, it is other words alone. Else what stands under it is read
// again, under the new one: all that an advice takes from its heading goes with it, the
// border of its country and the clock of its time, too. What does not stand as it reads
// under the old one was settled otherwise by somebody, and goes nowhere.
func (d *Desk) headed(u *vedette.Update, old *vedette.AdviceGroup, heading string) (vedette.AdviceGroup, error) {
	was, is := parse.ReadHeading(d.Gaz, old.Heading, u.Content.Affected), parse.ReadHeading(d.Gaz, heading, u.Content.Affected)
	for _, f := range is.Doubts {
		if f.Blocks {
			return *old, vedette.Errorf(vedette.CodeInvalid, "not saved: %s. Name the place with its country, as in “Tripoli, Lebanon”, or take it out of the heading", f.Message)
		}
	}
	next := *old
	next.Heading = heading
	switch {
	case saysSame(&was, &is):
		return next, nil
	case len(is.Areas) == 0 && len(was.Areas) > 1 && !slices.Equal(areasOf(was.Areas), areasOf(u.Content.Affected)): // what names none is for all that is affected
		return *old, vedette.Errorf(vedette.CodeInvalid, "not saved: what stands under it is for several places, and “%s” names none; name them", short(heading))
	case len(is.Areas) > 1:
		next.Area = ""
	case len(is.Areas) == 1:
		next.Area = is.Areas[0].Area
	}
	next.Advice = slices.Clone(old.Advice)
	for i := range next.Advice {
		a := &next.Advice[i]
		moved, err := d.under(u, a, old, &next)
		if err != nil {
			return *old, err
		}
		moved.Statement = a.Statement
		*a = *moved
	}
	return next, nil
}

// under is an advice as it is meant under another heading: as it is, where it reads the
// same under both.
func (d *Desk) under(u *vedette.Update, a *vedette.Advice, old, next *vedette.AdviceGroup) (*vedette.Advice, error) {
	was, _ := d.readUnder(u, a, old)
	is, doubt := d.readUnder(u, a, next)
	switch {
	case was == nil || is == nil:
		return nil, vedette.Errorf(vedette.CodeInvalid, "not saved: “%s” is read as no advice; change its words first", short(a.Text))
	case meansSame(was, is):
		return a, nil
	case !meansSame(was, a):
		return nil, vedette.Errorf(vedette.CodeInvalid, "not saved: “%s” was settled otherwise than it reads, so it cannot be told what it is under another heading; take it out here and put it in under “%s”", short(a.Text), short(next.Heading))
	case doubt != "":
		return nil, vedette.Errorf(vedette.CodeInvalid, "not saved: of “%s”: %s. Name the place with its country in its words first", short(a.Text), doubt)
	}
	return is, nil
}

// saysSame says whether two headings say the same of whom advice is for, and when.
func saysSame(a, b *parse.Heading) bool {
	return slices.Equal(areasOf(a.Areas), areasOf(b.Areas)) && slices.Equal(areasOf(a.Except), areasOf(b.Except)) && a.Condition == b.Condition && a.Audience == b.Audience
}

// areasOf are the areas of places, each once, in order.
func areasOf(list []vedette.Place) (out []vedette.AreaID) {
	for _, p := range list {
		out = append(out, p.Area)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// readUnder reads an advice as it is meant under a heading, nil where it is read as none,
// and what is in doubt about whom it is for.
func (d *Desk) readUnder(u *vedette.Update, a *vedette.Advice, g *vedette.AdviceGroup) (read *vedette.Advice, doubt string) {
	rd := parse.ReadItem(d.Gaz, parse.Item{Section: vedette.SectionAdvice, Text: a.Text, Heading: g.Heading, Area: g.Area, Affected: u.Content.Affected, Issued: d.issued(u)})
	for _, f := range rd.Findings {
		if f.Blocks {
			doubt = f.Message
		}
	}
	if spots := rd.Content.Spots(); len(spots) == 1 {
		read = rd.Content.Part(spots[0]).Advice
	}
	return read, doubt
}

// meansSame says whether two advices mean the same, wherever they are from.
func meansSame(a, b *vedette.Advice) bool {
	x, y := *a, *b
	x.Statement, y.Statement = vedette.Statement{}, vedette.Statement{}
	one, _ := json.Marshal(x)
	two, _ := json.Marshal(y)
	return bytes.Equal(one, two)
}
