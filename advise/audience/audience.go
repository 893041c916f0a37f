// Package audience reads for whom an advice is ("foreign nationals operating
// in Iran", "families", "short-term travellers") and says whether somebody
// belongs: yes, no, or not known.
//
// What is not known never keeps a word from anyone: an empty standing
// excludes nobody, whoever has no dependants on record may have some, and a
// phrase that is not understood is a question to everyone.
package audience

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vedette"
	"vedette/gazetteer"
	"vedette/wording"
)

// Audience is for whom an advice is, as far as its phrase could be read.
type Audience struct {
	Phrase    string // verbatim
	kind      kind
	countries []vedette.AreaID   // for nationals, others and duals; for standing, where it says they live
	standings []vedette.Standing // for standing
	families  bool               // for standing: who has dependants, besides
	wider     bool               // "US citizens and their families": others are meant too
	narrower  bool               // "US citizens with children": not all of them are meant
}

// Who is what an audience hangs on.
type Who struct {
	Citizenship []vedette.AreaID // countries; empty where not known
	Standing    vedette.Standing // where the advice meets them; "" where not known
	Dependants  bool             // some are on record; false is not known
}

// Away stands for somebody on a trip out of the country they live in: a
// visitor, yet not known to be no resident, for a trip may be a posting.
const Away vedette.Standing = "away"

// kind is what an audience's phrase picks people by.
type kind int

const (
	anyone    kind = iota // "travellers", "personnel", or no audience at all
	unclear               // "journalists", "non-essential staff"
	standing              // "residents", "local staff", "families"
	nationals             // "US citizens", "nationals of France or Germany"
	others                // "non-Iranian nationals"
	foreign               // "foreign nationals": foreign to the target's country
	locals                // "local nationals"
	duals                 // "dual nationals", "US-Iranian dual nationals"
)

// Verdict says whether an audience takes someone in.
type Verdict int

// The verdicts, ordered.
const (
	No  Verdict = iota
	Ask         // not known
	Yes
)

// Everyone says whether an advice is for anyone it reaches.
func (a *Audience) Everyone() bool { return a.kind == anyone }

// ByCitizenship says whether it matters whose citizen somebody is.
func (a *Audience) ByCitizenship() bool { return a.kind >= nationals }

// ByStanding says whether it matters how somebody stands to the country.
func (a *Audience) ByStanding() bool { return len(a.standings) > 0 }

// ByDependants says whether it matters that somebody has dependants.
func (a *Audience) ByDependants() bool { return a.families }

// Admits says whether somebody belongs; country is the one that foreigners
// are foreign to and residents live in. With several citizenships of which
// some fit and some do not, the answer is a question: which one counts there
// is not ours to say.
func (a *Audience) Admits(who Who, country vedette.AreaID) Verdict {
	v := a.plain(who, country)
	switch {
	case v == Yes && a.narrower, v == No && a.wider:
		return Ask
	}
	return v
}

func (a *Audience) plain(who Who, country vedette.AreaID) Verdict {
	switch a.kind {
	case anyone:
		return Yes
	case unclear:
		return Ask
	case standing:
		return max(a.family(who), a.stands(who, country))
	}
	if len(who.Citizenship) == 0 {
		return Ask
	}
	set := a.countries
	if a.kind == foreign || a.kind == locals {
		if country == "" {
			return Ask
		}
		set = []vedette.AreaID{country}
	}
	some, all := overlap(who.Citizenship, set)
	switch a.kind {
	case nationals, locals:
		return when(some, Yes, No)
	case duals:
		return dual(who.Citizenship, set)
	}
	switch {
	case all:
		return No
	case some:
		return Ask
	}
	return Yes
}

func (a *Audience) family(who Who) Verdict {
	switch {
	case !a.families:
		return No
	case who.Dependants:
		return Yes
	}
	return Ask
}

func (a *Audience) stands(who Who, country vedette.AreaID) Verdict {
	switch {
	case len(a.standings) == 0:
		return No
	case who.Standing == "", len(a.countries) > 0 && !slices.Contains(a.countries, country):
		return Ask
	case who.Standing == Away:
		return when(slices.Contains(a.standings, vedette.StandingVisitor), Yes, Ask)
	}
	return when(slices.Contains(a.standings, who.Standing), Yes, No)
}

// dual asks of who has one citizenship on record: a second is often unknown.
func dual(citizenship, set []vedette.AreaID) Verdict {
	has := 0
	for _, c := range set {
		if slices.Contains(citizenship, c) {
			has++
		}
	}
	switch {
	case len(set) > 0 && has == 0:
		return No
	case len(citizenship) > 1 && has == len(set):
		return Yes
	}
	return Ask
}

func overlap(citizenship, set []vedette.AreaID) (some, all bool) {
	all = true
	for _, c := range citizenship {
		in := slices.Contains(set, c)
		some, all = some || in, all && in
	}
	return some, all
}

func when(b bool, t, f Verdict) Verdict {
	if b {
		return t
	}
	return f
}

// Not says why an advice is not told to somebody: "for short-term travellers;
// their standing on file: resident", "for foreign nationals in Iraq; their
// citizenship on file: Iraq".
func (a *Audience) Not(g *gazetteer.Gazetteer, who Who) wording.Said {
	if a.kind == standing {
		return wording.Of("for %s; their standing on file: %s", running(g, a.Phrase), standingSaid(who.Standing))
	}
	var names []wording.Said
	for _, n := range who.Citizenship {
		names = append(names, wording.Named(g.Called(n)))
	}
	return wording.Of("for %s; their citizenship on file: %s", running(g, a.Phrase), wording.Commas(names))
}

// standings are how somebody stands to where they live.
var standings = map[vedette.Standing]string{
	vedette.StandingResident: wording.Mark("resident##from elsewhere"), vedette.StandingVisitor: wording.Mark("visitor"),
	vedette.StandingLocal: wording.Mark("local"), Away: wording.Mark("away##from where they live"),
}

func standingSaid(s vedette.Standing) wording.Said {
	if w := standings[s]; w != "" {
		return wording.Word(w)
	}
	return wording.AsItIs(string(s))
}

// running gives a phrase as it stands within a sentence: "Foreign nationals"
// loses its capital, "Iranian nationals" and "US citizens" keep it.
func running(g *gazetteer.Gazetteer, phrase string) string {
	first, _, _ := strings.Cut(phrase, " ")
	if _, ok := g.Country(first); ok || len(first) > 1 && strings.ToUpper(first) == first {
		return phrase
	}
	r, n := utf8.DecodeRuneInString(phrase)
	return string(unicode.ToLower(r)) + phrase[n:]
}

// Disjoint says whether nobody can belong to both audiences, of advice for
// the same country. It tries everybody that the two can tell apart; whatever
// stays a question for somebody of one citizenship may be a yes.
func Disjoint(a, b *Audience, country vedette.AreaID) bool {
	nations := append(slices.Concat(a.countries, b.countries), country, elsewhere)
	for i, n := range nations {
		for _, m := range nations[i:] {
			who := Who{Citizenship: []vedette.AreaID{n}, Dependants: true}
			if m != n {
				who.Citizenship = append(who.Citizenship, m)
			}
			for _, who.Standing = range []vedette.Standing{vedette.StandingResident, vedette.StandingVisitor, vedette.StandingLocal} {
				va, vb := a.Admits(who, country), b.Admits(who, country)
				if va == Yes && vb == Yes || va != No && vb != No && len(who.Citizenship) == 1 {
					return false
				}
			}
		}
	}
	return true
}

// elsewhere is a country that no phrase names.
const elsewhere vedette.AreaID = "-"
