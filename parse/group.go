package parse

import (
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/counsel"
	"vedette/parse/layout"
	"vedette/parse/phrase"
	"vedette/parse/place"
)

// group is the recommendations under one heading.
type group struct {
	index     int // in the reading
	areas     []vedette.Place
	named     bool            // the heading names them; else they are what is affected
	except    []vedette.Place // "Haiti (excluding Jacmel)"
	condition string          // that the heading tells: "In the event of strikes"
	audience  string          // "US citizens" of "For US citizens"
}

// group begins the group of an advice's heading.
func (r *reader) group(b *layout.Block) *group {
	heading := b.Group
	if b.Lead != "" {
		heading = b.Outer
	}
	in := &group{index: len(r.out.Recommendations)}
	r.headed(in, heading)
	known := r.groupAreas(in, b, heading)
	g := vedette.AdviceGroup{Heading: b.Group}
	if len(in.areas) == 1 && known {
		g.Area = in.areas[0].Area
	}
	r.out.Recommendations = append(r.out.Recommendations, g)
	return in
}

// headed reads a heading for what it says besides a place: the condition "In
// the event of strikes:", the audience "For US citizens:".
func (r *reader) headed(in *group, heading string) {
	ts := phrase.Tokens(heading)
	if len(ts) == 0 {
		return
	}
	if h, ok := r.t.Conditions.At(ts, 0); ok && h.Label != "not" && h.Label != "while" {
		in.condition = heading
	} else if len(ts) > 1 && ts[0].Word == "for" && len(r.finder.Named(heading[ts[1].Start:])) == 0 {
		in.audience = heading[ts[1].Start:]
	}
}

// head gives an advice what the heading of its group says besides a place.
func (in *group) head(a *vedette.Advice) {
	switch {
	case in.condition == "":
	case a.Condition == "":
		a.Condition = in.condition
	case !strings.Contains(a.Condition, in.condition):
		a.Condition = in.condition + "; " + a.Condition
	}
	if a.Audience == "" {
		a.Audience = in.audience
	}
	for _, e := range in.except {
		if !mentions(a, e.Area) {
			a.Except = append(a.Except, vedette.Place{Area: e.Area})
		}
	}
}

// mentions says whether an advice names an area itself, as one it is for or as
// one it is not for.
func mentions(a *vedette.Advice, area vedette.AreaID) bool {
	is := func(p vedette.Place) bool { return p.Area == area }
	return slices.ContainsFunc(a.Except, is) ||
		slices.ContainsFunc(a.Actions, func(act vedette.AdviceAction) bool { return slices.ContainsFunc(act.Targets, is) })
}

// groupAreas fills the areas an advice heading names, and those it leaves out; a
// heading without a place, and none at all, is for the affected area. It says
// whether the heading told.
func (r *reader) groupAreas(in *group, b *layout.Block, heading string) bool {
	if in.areas = r.out.Affected; heading == "" {
		return true
	}
	bare, rest := leftOut(heading)
	for _, name := range []string{bare, bareHeading(bare)} {
		if areas := r.finder.Named(name); len(areas) > 0 {
			in.areas, in.named = areas, true
			r.sureGroup(b, areas)
			r.leaveOut(in, b, heading, rest)
			r.alsoNamed(in, b, heading)
			return true
		}
	}
	if in.condition != "" {
		if areas := r.ifIn(heading); len(areas) > 0 {
			in.areas, in.named = areas, true
			r.sureGroup(b, areas)
		}
		return true
	}
	if _, own := r.t.Shapes.Whole(phrase.Plain(heading)); own && in.audience == "" {
		return true
	}
	return r.within(in, b, heading, bare, rest)
}

// ifIn gives the places where one must be for a heading that is a condition to
// hold: "If you are in Nairobi".
func (r *reader) ifIn(heading string) (areas []vedette.Place) {
	ts := phrase.Tokens(heading)
	if ts[0].Word != "if" {
		return nil
	}
	for i := 1; i < len(ts); i++ {
		switch ts[i].Word {
		case "you", "are", "is", "anyone", "currently", "already", "still", "located", "based", "staying", "traveling", "travelling":
		case "in", "near", "at":
			for _, p := range r.finder.Places(heading, ts, nil, r.finder.Context) {
				if p.Span[0] > ts[i].Start && p.Form != gazetteer.FormAdjective {
					areas = append(areas, p.Place)
				}
			}
			return areas
		default:
			return nil
		}
	}
	return nil
}

// within reads a heading that is more than a place: "Operations in Togo" is for
// there, "US citizens" for the affected area; where it is not told how a place
// stands in it, a person is asked.
func (r *reader) within(in *group, b *layout.Block, heading, bare, rest string) bool {
	ts := phrase.Tokens(bare)
	var areas []vedette.Place
	named, led := false, true
	places := r.finder.Places(bare, ts, nil, r.finder.Context)
	bears := r.onlyGroup(ts, places)
	for _, p := range places {
		if p.Form == gazetteer.FormAdjective || p.Metonym {
			continue
		}
		leads := bears || r.leadsTo(ts, p.Span)
		if p.Form == gazetteer.FormCode && (!leads || r.ofPeople(ts, p.Span, places)) { // "US citizens", "For US citizens"
			continue
		}
		named, led = true, led && (leads || len(areas) > 0 && p.Area != "")
		areas = append(areas, p.Place)
	}
	switch {
	case named && led:
		in.areas, in.named = areas, true
		r.sureGroup(b, areas)
		r.leaveOut(in, b, heading, rest)
		return true
	case named:
		r.find(vedette.FindAmbiguousPlace, b.Lines, true, "%q heads recommendations and names %s, but does not say that they are for there; they are read for the affected area", heading, names(areas))
		return false
	case rest != "": // "Those outside Nairobi"
		r.leaveOut(in, b, heading, rest)
		return true
	case in.audience != "" || len(r.finder.Sure(heading)) > 0:
		return true
	}
	r.find(vedette.FindUnknownPlace, b.Lines, true, "%q heads recommendations, but is no place that is known; they are read for the affected area", heading)
	return false
}

// ofPeople says whether a code in a heading is of people, "For US and UK citizens", and no
// place where they are: a word for people comes right after it, or after others like it, and
// "for" stands before. "In the UK, all staff" and "For UK residents" are of those there.
func (r *reader) ofPeople(ts []phrase.Token, span vedette.Span, places []place.Found) bool {
	if len(ts) == 0 || ts[0].Word != "for" {
		return false
	}
	apart := false // something stands between the last of the codes and the word
	for i, t := range ts[1:] {
		covered := slices.ContainsFunc(places, func(p place.Found) bool { return t.Start >= p.Span[0] && t.Start < p.Span[1] })
		switch {
		case covered:
			apart = false
		case t.Word == "and", t.Word == "or", !t.IsWord():
			apart = true
		case t.Start < span[1]:
			if t.Word != "the" {
				return false
			}
		default:
			return !apart && !r.t.Advised.Is(ts, i+1, "live") && (r.t.Shapes.Is(ts, i+1, "group") || r.t.Advised.Is(ts, i+1, "who"))
		}
	}
	return false
}

// onlyGroup says whether nothing stands about the places of a heading but words for
// groups, "Red Sea shipping", or for those who are there, "Nairobi residents".
func (r *reader) onlyGroup(ts []phrase.Token, places []place.Found) bool {
	s, last := phrase.Sentence{Tokens: ts}, 0
	for _, p := range places {
		if p.Form == gazetteer.FormCode || p.Form == gazetteer.FormAdjective {
			return false
		}
		last = max(last, s.At(p.Span[1]))
	}
	for i := range ts {
		covered := slices.ContainsFunc(places, func(p place.Found) bool { return ts[i].Start >= p.Span[0] && ts[i].Start < p.Span[1] })
		switch {
		case covered, !ts[i].IsWord(), ts[i].Word == "and", ts[i].Word == "the", r.t.Sizes(ts, i), r.t.Shapes.Is(ts, i, "group"):
		case i == last && r.t.Advised.Is(ts, i, "live"):
		default:
			return false
		}
	}
	return len(places) > 0
}

// leadsTo says whether a word that says where people are or go stands before a
// span of a heading.
func (r *reader) leadsTo(ts []phrase.Token, span vedette.Span) bool {
	s := phrase.Sentence{Tokens: ts}
	for i := s.At(span[0]) - 1; i >= 0; i-- {
		switch ts[i].Word {
		case "in", "within", "across", "throughout", "inside", "at", "near", "around", "visiting", "entering":
			return true
		case "for":
			return i == 0
		case "to": // not "ties to Niger"
			return i > 0 && (strings.HasPrefix(ts[i-1].Word, "travel") || strings.HasPrefix(ts[i-1].Word, "visit"))
		case "the":
		case "of":
			if r.t.Advised.Is(ts, i-1, "live") {
				return true
			}
		default:
			if !r.t.Sizes(ts, i) {
				return false
			}
		}
	}
	return false
}

// leftOut parts a heading from what it leaves out: "Haiti" and "Jacmel" of
// "Haiti (excluding Jacmel)".
func leftOut(heading string) (bare, rest string) {
	ts := phrase.Tokens(heading)
	for i := 1; i < len(ts); i++ {
		n := counsel.Excepts(ts, i)
		if n == 0 && ts[i].Word == "outside" {
			n = 1
		}
		if n == 0 || i+n >= len(ts) {
			continue
		}
		bare, rest = heading[:ts[i].Start], heading[ts[i+n].Start:]
		if rest, after, ok := strings.Cut(rest, ")"); ok {
			return strings.TrimRight(bare, " ,(") + after, strings.TrimSpace(rest)
		}
		return strings.TrimRight(bare, " ,(–-"), rest
	}
	return heading, ""
}

// leaveOut takes what a heading leaves out, and asks where that is no place.
func (r *reader) leaveOut(in *group, b *layout.Block, heading, rest string) {
	if rest == "" {
		return
	}
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "the city of "), "the ")
	in.except = r.finder.Named(rest)
	if len(in.except) == 0 || slices.ContainsFunc(in.except, func(p vedette.Place) bool { return p.Area == "" }) {
		in.except = nil
		r.find(vedette.FindUnknownPlace, b.Lines, true, "%q heads recommendations, but what it leaves out, %q, is no place that is known; they are read for all of %s", heading, rest, names(in.areas))
	}
}

// alsoNamed asks about a place that a heading names beside those it was read
// for.
func (r *reader) alsoNamed(in *group, b *layout.Block, heading string) {
	for _, p := range r.finder.Places(heading, phrase.Tokens(heading), nil, r.finder.Context) {
		counted := func(a vedette.Place) bool { return r.g.Contains(a.Area, p.Area) || r.g.Contains(p.Area, a.Area) }
		if p.Area == "" || p.Form == gazetteer.FormAdjective || slices.ContainsFunc(in.areas, counted) || slices.ContainsFunc(in.except, counted) {
			continue
		}
		r.find(vedette.FindAmbiguousPlace, b.Lines, true, "%q heads recommendations and names %s too; they are read for %s", heading, p.Text, names(in.areas))
		return
	}
}

// names lists places by their words.
func names(ps []vedette.Place) string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = p.Text
	}
	return strings.Join(out, ", ")
}

// bareHeading leaves out of a heading what stands about its areas: "In Basra",
// "For Mosul", "Western Ukraine, including Lviv".
func bareHeading(s string) string {
	for _, lead := range []string{"in ", "for ", "across ", "within ", "throughout ", "travel to ", "travel in "} {
		if len(s) > len(lead) && strings.EqualFold(s[:len(lead)], lead) {
			s = s[len(lead):]
			break
		}
	}
	for _, cut := range []string{" (", ", including", " including", " and surrounding", " and the surrounding", " & surrounding", " and its ", " and environs", " and vicinity", " and nearby"} {
		s, _, _ = strings.Cut(s, cut)
	}
	return s
}

func (r *reader) sureGroup(b *layout.Block, areas []vedette.Place) {
	for _, a := range areas {
		if a.Area == "" {
			r.find(vedette.FindAmbiguousPlace, b.Lines, true, "%q heads recommendations and could be several places", a.Text)
		}
	}
}
