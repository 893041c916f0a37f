package desk

import (
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
// the new one names a place, all that took its place from the old one goes there with it;
// where it names none, it is for where it was.
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

// headed is a group of advice under another heading.
func (d *Desk) headed(u *vedette.Update, old *vedette.AdviceGroup, heading string) (vedette.AdviceGroup, error) {
	was, is := parse.ReadHeading(d.Gaz, old.Heading, u.Content.Affected), parse.ReadHeading(d.Gaz, heading, u.Content.Affected)
	for _, f := range is.Doubts {
		if f.Blocks {
			return *old, vedette.Errorf(vedette.CodeInvalid, "not saved: %s. Name the place with its country, as in “Tripoli, Lebanon”, or take it out of the heading", f.Message)
		}
	}
	next := *old
	next.Heading = heading
	if len(is.Areas) > 0 {
		next.Area = ""
		if len(is.Areas) == 1 {
			next.Area = is.Areas[0].Area
		}
	}
	next.Advice = slices.Clone(old.Advice)
	for i := range next.Advice {
		a := &next.Advice[i]
		if len(is.Areas) > 0 {
			a.Actions = slices.Clone(a.Actions)
			for k := range a.Actions {
				a.Actions[k].Targets = moved(a.Actions[k].Targets, taken(u, old, &was), is.Areas)
			}
		}
		leave(a, &was)
		enter(a, &is)
	}
	return next, nil
}

// taken are the places that what stands under a heading took from it.
func taken(u *vedette.Update, old *vedette.AdviceGroup, was *parse.Heading) (out []vedette.AreaID) {
	out = append(out, "", old.Area)
	list := was.Areas
	if len(list) == 0 {
		list = u.Content.Affected
	}
	for _, p := range list {
		out = append(out, p.Area)
	}
	return out
}

// moved are targets with those that have no words of their own, and are of the old
// heading, in the place of the new one.
func moved(targets []vedette.Place, old []vedette.AreaID, to []vedette.Place) (out []vedette.Place) {
	put := func() {
		for _, p := range to {
			if !slices.ContainsFunc(out, func(o vedette.Place) bool { return o.Text == "" && o.Area == p.Area }) {
				out = append(out, vedette.Place{Area: p.Area})
			}
		}
	}
	for _, t := range targets {
		if t.Text == "" && slices.Contains(old, t.Area) {
			put()
			continue
		}
		out = append(out, t)
	}
	if len(targets) == 0 {
		put()
	}
	return out
}

// leave takes from an advice what its old heading said besides a place.
func leave(a *vedette.Advice, was *parse.Heading) {
	if a.Audience == was.Audience {
		a.Audience = ""
	}
	if was.Condition != "" {
		a.Condition = strings.TrimPrefix(strings.TrimPrefix(a.Condition, was.Condition), "; ")
	}
	a.Except = slices.DeleteFunc(slices.Clone(a.Except), func(p vedette.Place) bool {
		return p.Text == "" && slices.ContainsFunc(was.Except, func(o vedette.Place) bool { return o.Area == p.Area })
	})
}

// enter gives an advice what its new heading says besides a place, as the reader does.
func enter(a *vedette.Advice, is *parse.Heading) {
	switch {
	case is.Condition == "" || strings.Contains(a.Condition, is.Condition):
	case a.Condition == "":
		a.Condition = is.Condition
	default:
		a.Condition = is.Condition + "; " + a.Condition
	}
	if a.Audience == "" {
		a.Audience = is.Audience
	}
	for _, e := range is.Except {
		named := func(p vedette.Place) bool { return p.Area == e.Area }
		if !slices.ContainsFunc(a.Except, named) && !slices.ContainsFunc(a.Actions, func(act vedette.AdviceAction) bool { return slices.ContainsFunc(act.Targets, named) }) {
			a.Except = append(a.Except, vedette.Place{Area: e.Area})
		}
	}
}
