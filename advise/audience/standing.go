package audience

import (
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
)

// parts writes what parts the groups of a phrase as one word, and what is
// written in two words as one.
var parts = strings.NewReplacer(",", " and ", ";", " and ", "/", " and ", "&", " and ", "(", " and ", ")", " and ",
	"short term", "short-term", "short stay", "short-term", "short-stay", "short-term", "shortterm", "short-term",
	"long term", "long-term", "locally employed", "local", "locally engaged", "local", "locally hired", "local", "locally recruited", "local")

// readStanding reads a phrase that picks people by how they stand to the
// country or by their families: "residents and short-term travellers", "local
// staff and their dependants". False where it speaks of neither.
func (a *Audience) readStanding(g *gazetteer.Gazetteer) bool {
	words := strings.Fields(parts.Replace(strings.ToLower(a.Phrase)))
	head, tail := split(words)
	read := Audience{Phrase: a.Phrase, kind: standing}
	everyone := false
	for _, group := range groups(head) {
		switch everyone = everyone || plainGroup(group); {
		case plainGroup(group), read.readGroup(group):
		default:
			read.wider = true // a group that is not understood
		}
	}
	withKin := read.readTail(g, tail)
	if everyone && withKin {
		read.families = true // "travellers with children"
	}
	if len(read.standings) == 0 && !read.families {
		return false
	}
	if everyone && !withKin {
		read.kind = anyone
	}
	if read.narrower && everyone {
		read.kind = unclear
	}
	*a = read
	return true
}

// groups parts the people of a phrase at "and" and "or".
func groups(head []string) [][]string {
	var out [][]string
	var group []string
	for _, w := range slices.Concat(head, []string{"and"}) {
		switch b := bare(w); {
		case b == "and" || b == "or" || b == "nor":
			if len(group) > 0 {
				out, group = append(out, group), nil
			}
		case !fillWords[b]:
			group = append(group, b)
		}
	}
	return out
}

func plainGroup(group []string) bool {
	return all(group, func(w string) bool { return plainWords[w] })
}

// readGroup reads one group, the words of it without "the" and "all".
func (a *Audience) readGroup(group []string) bool {
	noun, marks := group[len(group)-1], group[:len(group)-1]
	has := func(mark string) bool { return slices.Contains(marks, mark) }
	known := func(more ...string) bool {
		return all(marks, func(w string) bool { return slices.Contains(more, w) || plainWords[w] })
	}
	switch {
	case all(group, func(w string) bool { return familyWords[w] || kinWords[w] }) && slices.ContainsFunc(group, func(w string) bool { return familyWords[w] }):
		a.families = true
	case residentWords[noun] && known("long-term", "local"):
		a.add(vedette.StandingResident, vedette.StandingLocal)
	case residentWords[noun] && known("long-term", "foreign"):
		a.add(vedette.StandingResident)
	case visitorWords[noun] && known("short-term", "temporary"):
		a.add(vedette.StandingVisitor)
		a.narrower = a.narrower || leisureWords[noun]
	case travelWords[noun] && has("short-term") && known("short-term"):
		a.add(vedette.StandingVisitor)
	case hiredWords[noun] && has("local") && known("local"):
		a.add(vedette.StandingLocal)
	case hiredWords[noun] && has("international") && known("international"):
		a.add(vedette.StandingResident, vedette.StandingVisitor)
	default:
		return false
	}
	return true
}

func (a *Audience) add(ss ...vedette.Standing) {
	for _, s := range ss {
		if !slices.Contains(a.standings, s) {
			a.standings = append(a.standings, s)
		}
	}
}

// readTail reads what stands behind the people, and says whether it is their
// kin: "with children". A country says where they live, which may be another
// one than the advice is for; anything else that is not understood leaves the
// question open to all.
func (a *Audience) readTail(g *gazetteer.Gazetteer, tail []string) (withKin bool) {
	kin := func(w string) bool { return familyWords[bare(w)] || kinWords[bare(w)] || fillWords[bare(w)] }
	if len(tail) > 1 && bare(tail[0]) == "with" && all(tail[1:], kin) {
		a.narrower = len(a.standings) > 0 || a.families
		return true
	}
	rest := slices.DeleteFunc(slices.Clone(tail), func(w string) bool {
		b := bare(w)
		return placeWords[b] || fillWords[b] || plainWords[b] || kinWords[b] || b == "of"
	})
	for i := range rest { // names as the gazetteer has them: countries alone are read in small letters
		rest[i] = strings.ToUpper(rest[i][:1]) + rest[i][1:]
	}
	countries, unknown := countriesIn(g, rest)
	a.countries = countries
	if unknown > 0 {
		a.wider, a.narrower = true, true
	}
	return false
}
