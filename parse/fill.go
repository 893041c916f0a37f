package parse

import (
	"sort"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/layout"
	"vedette/parse/phrase"
	"vedette/parse/place"
	"vedette/parse/voice"
	"vedette/parse/when"
)

// fill makes the statements of a reading out of its items.
func (r *reader) fill() {
	groups := map[string]*group{}
	topics := map[string]int{}
	for i := range r.layout.Blocks {
		b := &r.layout.Blocks[i]
		if b.Kind != layout.Item {
			continue
		}
		switch b.Section {
		case layout.Summary:
			h := r.statement(b, nil)
			r.doubts(h)
			r.out.Summary = append(r.out.Summary, h.Statement)
		case layout.Situation:
			r.claim(b, topics)
		case layout.Assessment, layout.Forecast:
			r.judge(b)
		case layout.Advice:
			r.recommend(b, groups)
		}
	}
}

// half is a statement with what its readers need besides.
type half struct {
	vedette.Statement
	sentences []phrase.Sentence
	days      [][]when.Moment // by sentence
	places    []place.Found
}

// statement reads what every statement has: places, times, likelihoods.
func (r *reader) statement(b *layout.Block, group []vedette.Place) half {
	ts := b.Words()
	h := half{Statement: vedette.Statement{Text: b.Text, Lines: b.Lines}, sentences: phrase.Sentences(b.Text, ts, r.t.Abbreviations)}
	if b.Section == layout.Situation && b.Group != "" {
		for _, a := range r.finder.Sure(b.Group) {
			group = append(group, vedette.Place{Area: a})
		}
	}
	near := make([]vedette.AreaID, 0, len(group)+len(r.finder.Context))
	for _, g := range group {
		near = append(near, g.Area)
	}
	var heading []vedette.AreaID
	if b.Section == layout.Advice && b.Group != "" {
		heading = near
	}
	h.places = r.finder.Places(b.Text, ts, heading, append(near[:len(near):len(near)], r.finder.Context...))
	h.Places = make([]vedette.Place, 0, len(h.places))
	for _, p := range h.places {
		h.Places = append(h.Places, p.Place)
	}
	local := r.local(h.sentences, h.places, group)
	for _, s := range h.sentences {
		days := r.calendar.Moments(b.Text, s.Tokens)
		h.days = append(h.days, days)
		times, vague := r.calendar.Read(b.Text, s, days, local)
		h.When = append(h.When, times...)
		for _, v := range vague {
			r.find(vedette.FindAmbiguousDate, b.Lines, false, "day and month of %q could be the other way round; read day first", v)
		}
	}
	r.likelihoods(&h.Statement, ts)
	fill(&h.When)
	fill(&h.Likelihoods)
	return h
}

// likelihoods reads the estimative words, with a finding for each that is on
// no scale, and one where words of both scales are mixed in a report.
func (r *reader) likelihoods(st *vedette.Statement, ts []phrase.Token) {
	var off []string
	st.Likelihoods, off = r.odds(st.Text, ts)
	for _, w := range off {
		r.find(vedette.FindOffScale, st.Lines, false, "%q is on no scale; it is kept as a word, without a number", w)
	}
	for _, l := range st.Likelihoods {
		own := r.onlyOf(l)
		if own == "" || r.mixed {
			continue
		}
		if r.pure.scale != "" && r.pure.scale != own {
			r.mixed = true
			r.find(vedette.FindMixedScales, st.Lines, false, "%q is a word of another scale than %q before it (%s, %s)", l.Term, r.pure.term, own, r.pure.scale)
		}
		if r.pure.scale == "" {
			r.pure = pureWord{own, l.Term}
		}
	}
}

// pureWord is a word that only one scale has.
type pureWord struct {
	scale vedette.Scale
	term  string
}

// onlyOf gives the scale of a word that the other scale does not have, "" for
// one of both or none.
func (r *reader) onlyOf(l vedette.Likelihood) vedette.Scale {
	if l.Scale == "" {
		return ""
	}
	other := vedette.ScalePHIA
	if l.Scale == vedette.ScalePHIA {
		other = vedette.ScaleICD203
	}
	if hits := r.t.Odds(other).Find(phrase.Tokens(l.Term)); len(hits) == 1 && strings.HasPrefix(hits[0].Label, string(other)) {
		return ""
	}
	return l.Scale
}

// doubts notes places of which it is not clear which are meant.
func (r *reader) doubts(h half) {
	for _, p := range h.places {
		if len(p.Areas) > 0 {
			r.find(vedette.FindAmbiguousPlace, h.Lines, false, "%q could be %s", p.Text, r.finder.Candidates(p.Areas))
		}
	}
}

// zoneBefore gives the zone of the last place named before a clock time, in an
// earlier sentence of its statement; "" for none that the text is about.
func (r *reader) zoneBefore(places []place.Found) string {
	for i := len(places) - 1; i >= max(0, len(places)-8); i-- {
		if p := places[i]; p.Form == gazetteer.FormName && !p.Metonym && r.finder.InContext(p.Area) {
			return r.g.Zone(p.Area)
		}
	}
	return ""
}

// local gives the zone of a clock time by the place of its sentence: the last
// name before it, else the next after it, else any, else that of an earlier
// sentence, else that of the group.
func (r *reader) local(ss []phrase.Sentence, places []place.Found, group []vedette.Place) func(at int) string {
	return func(at int) string {
		i := sort.Search(len(ss), func(j int) bool { return ss[j].End > at })
		if i == len(ss) {
			return r.groupZone(group)
		}
		best, rank := "", 0
		mid := sort.Search(len(places), func(j int) bool { return places[j].Span[0] >= at })
		for _, p := range places[max(0, mid-8):min(len(places), mid+8)] {
			if p.Span[0] < ss[i].Start || p.Span[0] >= ss[i].End {
				continue
			}
			zone := r.g.Zone(p.Area)
			n := 1
			if p.Span[0] < at {
				n = 2 // the last before the time wins among its like
			}
			if (p.Form == gazetteer.FormName || p.Form == gazetteer.FormAirport) && !p.Metonym {
				n += 2
			}
			if r.finder.InContext(p.Area) {
				n += 4 // "the crossings of Ituri with Uganda", of a report on Ituri
			}
			if zone != "" && (n > rank || n == rank && p.Span[0] < at) {
				best, rank = zone, n
			}
		}
		if best == "" {
			best = r.zoneBefore(places[:mid])
		}
		if best == "" {
			return r.groupZone(group)
		}
		return best
	}
}

// groupZone is the zone of the group's only area, else of the first area the
// report is about that has one.
func (r *reader) groupZone(group []vedette.Place) string {
	if len(group) > 0 {
		if z := r.g.Zone(group[0].Area); z != "" {
			return z
		}
	}
	for _, a := range r.finder.Context {
		if z := r.g.Zone(a); z != "" {
			return z
		}
	}
	return ""
}

func (r *reader) claim(b *layout.Block, topics map[string]int) {
	h := r.statement(b, nil)
	r.doubts(h)
	c := vedette.Claim{Statement: h.Statement}
	c.Sources, c.Stances = voice.Hear(r.t, r.calendar, b.Text, h.sentences, h.days)
	i, ok := topics[b.Group]
	if !ok {
		i = len(r.out.Topics)
		topics[b.Group] = i
		r.out.Topics = append(r.out.Topics, vedette.Topic{Title: b.Group})
	}
	r.out.Topics[i].Claims = append(r.out.Topics[i].Claims, c)
}
