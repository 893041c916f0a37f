package parse

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"vedette"
	"vedette/parse/layout"
	"vedette/parse/phrase"
)

// summarise reads what is of the report as a whole: categories, calendar,
// state, urgency.
func (r *reader) summarise() {
	head := phrase.Tokens(r.out.Title)
	said, urgent := map[string]int{}, map[string]int{}
	tally(urgent, r.t.Urgency, head)
	for _, b := range r.layout.Blocks {
		if b.Kind == layout.Item && (b.Section == layout.Summary || b.Section == layout.Situation) {
			r.tokens = phrase.AppendTokens(r.tokens[:0], b.Text)
			tally(said, r.t.Categories, r.tokens)
			tally(urgent, r.t.Urgency, r.tokens)
		}
	}
	r.out.Categories = rank(r.t.Categories, head, said, 4)
	r.out.Calendar = rank(r.t.Calendar, head, nil, 3)
	r.out.Status = rank(r.t.States, head, nil, 2)
	for _, b := range r.layout.Blocks {
		if b.Kind == layout.Field && b.Label == "category" && !isBlankValue(b.Text) {
			r.named(b)
		}
	}
	r.out.Urgency = r.urgency(urgent)
}

// named takes the categories the panel gives; they come first.
func (r *reader) named(b layout.Block) {
	ts := phrase.Tokens(b.Text)
	if got := rank(r.t.Categories, ts, nil, 4); len(got) > 0 {
		for _, c := range r.out.Categories {
			if len(got) < 4 && !slices.Contains(got, c) {
				got = append(got, c)
			}
		}
		r.out.Categories = got
	}
	for _, s := range rank(r.t.States, ts, nil, 2) {
		if !slices.Contains(r.out.Status, s) {
			r.out.Status = append(r.out.Status, s)
		}
	}
}

// tally counts how often each label of a table is said.
func tally(count map[string]int, t *phrase.Table, ts []phrase.Token) {
	for _, h := range t.Find(ts) {
		count[h.Label]++
	}
}

// rank gives the labels found most, title words counting double; a label said
// once in the body only is none.
func rank(t *phrase.Table, head []phrase.Token, said map[string]int, most int) []string {
	score := map[string]int{}
	maps.Copy(score, said)
	for _, h := range t.Find(head) {
		score[h.Label] += 2
	}
	var out []string
	for _, l := range t.Labels() {
		if score[l] >= 2 {
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(score[b], score[a]) })
	return out[:min(len(out), most)]
}

// urgency reads when the danger is, by the rule of the closed lists: what is
// happening or due within the hour; due within two days, or still to come
// without a time; later; past.
func (r *reader) urgency(said map[string]int) vedette.Urgency {
	soonest, dated := r.soonest()
	switch {
	case said["immediate"] > 0, r.striking(), dated && soonest <= time.Hour && r.warns():
		return vedette.UrgencyImmediate
	case dated && soonest <= 48*time.Hour:
		return vedette.UrgencyExpected
	case said["past"] > 0 && !dated:
		return vedette.UrgencyPast
	case dated:
		return vedette.UrgencyFuture
	case said["danger"] > 0, len(r.out.Recommendations) > 0, len(r.out.Assessments) > 0:
		return vedette.UrgencyExpected
	}
	return vedette.UrgencyUnknown
}

// warns says whether the report is of the kinds that warn of something about
// to happen, rather than telling of meetings to come.
func (r *reader) warns() bool {
	return r.out.Kind == vedette.KindAlert || r.out.Kind == vedette.KindTactical
}

// soonest gives how long it is to the next thing scheduled.
func (r *reader) soonest() (time.Duration, bool) {
	best, ok := time.Duration(0), false
	look := func(st vedette.Statement) {
		for _, w := range st.When {
			at, known := starts(w)
			if !w.Scheduled || !known || at.Before(r.now.Truncate(24*time.Hour)) {
				continue
			}
			if gap := at.Sub(r.now); gap >= 0 && (!ok || gap < best) {
				best, ok = gap, true
			} else if w.At == nil && gap < 0 && gap > -24*time.Hour { // some time today
				best, ok = 2*time.Hour, true
			}
		}
	}
	for _, s := range r.out.Summary {
		look(s)
	}
	for _, t := range r.out.Topics {
		for _, c := range t.Claims {
			look(c.Statement)
		}
	}
	return best, ok && !r.now.IsZero()
}

func starts(w vedette.When) (time.Time, bool) {
	if w.At != nil {
		return *w.At, true
	}
	day := w.Date
	if day == "" {
		day = w.From
	}
	t, err := time.Parse("2006-01-02", day)
	return t, err == nil
}

// striking says whether an alert tells of what began within the last hour.
func (r *reader) striking() bool {
	if !r.warns() || r.now.IsZero() {
		return false
	}
	for _, t := range r.out.Topics {
		for _, c := range t.Claims {
			for _, w := range c.When {
				if w.At != nil && !w.Scheduled && r.now.Sub(*w.At).Abs() <= time.Hour {
					return true
				}
			}
		}
	}
	return false
}
