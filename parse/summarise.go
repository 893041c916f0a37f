package parse

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/parse/layout"
	"vedette/parse/phrase"
	"vedette/parse/words"
)

// summarise reads what is of the report as a whole: categories, calendar,
// state, urgency.
func (r *reader) summarise() {
	head := phrase.Tokens(r.out.Title)
	said, states := map[string]int{}, map[string]int{}
	var near nearness
	near.hear(r.t, head, true)
	opening := true
	for i := range r.layout.Blocks {
		b := &r.layout.Blocks[i]
		if b.Kind != layout.Item || b.Section != layout.Summary && b.Section != layout.Situation {
			continue
		}
		tally(said, r.t.Categories, b.Words())
		tally(said, r.t.Calendar, b.Words())
		tally(states, r.t.States, b.Words())
		near.hear(r.t, b.Words(), opening || b.Section == layout.Summary)
		opening = false
	}
	r.out.Categories = rank(r.t.Categories, head, said, 4)
	r.out.Calendar = rank(r.t.Calendar, head, said, 3)
	r.out.Status = rank(r.t.States, head, doubled(states), 2)
	for _, b := range r.layout.Blocks {
		if b.Kind == layout.Field && b.Label == "category" && !isBlankValue(b.Text) {
			r.named(b)
		}
	}
	r.out.Urgency = r.urgency(near)
}

// doubled lets one mention in the body be enough: the words for a state are
// plain.
func doubled(count map[string]int) map[string]int {
	for l := range count {
		count[l] *= 2
	}
	return count
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
		label, _, _ := strings.Cut(h.Label, " ")
		count[label]++
	}
}

// rank gives the labels found most, title words counting threefold; a label
// said once in the body only is none, a broad one said less than four times.
func rank(t *phrase.Table, head []phrase.Token, said map[string]int, most int) []string {
	score := map[string]int{}
	maps.Copy(score, said)
	for _, h := range t.Find(head) {
		label, _, _ := strings.Cut(h.Label, " ")
		score[label] += 3
	}
	var out []string
	for _, l := range t.Labels() {
		l, broad, _ := strings.Cut(l, " ")
		least := 2
		if broad != "" {
			least = 4
		}
		if score[l] >= least && !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(score[b], score[a]) })
	return out[:min(len(out), most)]
}

// nearness is what the words of title, summary and claims say of when the
// danger is.
type nearness struct {
	now, over, danger bool
}

// hear takes the words of one item. What is over counts only where the report
// opens, and not with a "but" behind it.
func (n *nearness) hear(t *words.Tables, ts []phrase.Token, opens bool) {
	for _, h := range t.Urgency.Find(ts) {
		switch h.Label {
		case "immediate":
			n.now = true
		case "danger":
			n.danger = true
		case "past":
			n.over = n.over || opens && !slices.ContainsFunc(ts[h.To:], func(w phrase.Token) bool { return w.Word == "but" })
		}
	}
}

// urgency reads when the danger is, by the rule of the closed lists: what is
// happening or due within the hour; due within two days, or still to come
// without a time; later; past.
func (r *reader) urgency(n nearness) vedette.Urgency {
	soonest, dated := r.soonest()
	switch {
	case n.now, r.striking(soonest, dated), dated && soonest <= time.Hour && r.warns():
		return vedette.UrgencyImmediate
	case dated && soonest <= 48*time.Hour:
		return vedette.UrgencyExpected
	case n.over && !dated:
		return vedette.UrgencyPast
	case r.later():
		return vedette.UrgencyFuture
	case dated, n.danger, len(r.out.Recommendations) > 0, len(r.out.Assessments) > 0:
		return vedette.UrgencyExpected
	}
	return vedette.UrgencyUnknown
}

// justHappened is how long ago a thing can be and still be what a report is
// about, rather than what lies ahead.
const justHappened = 36 * time.Hour

// later says whether what the report opens with, its title and summary or else
// its first claim, is of a day more than two days away, and of none before.
func (r *reader) later() bool {
	ts := phrase.Tokens(r.out.Title)
	opens := []vedette.Statement{{When: r.times(r.out.Title, ts)}}
	opens = append(opens, r.out.Summary...)
	if len(r.out.Summary) == 0 && len(r.out.Topics) > 0 {
		opens = append(opens, r.out.Topics[0].Claims[0].Statement)
	}
	far := false
	for _, st := range opens {
		for _, w := range st.When {
			at, known := starts(w)
			switch {
			case !known || r.now.IsZero():
			case w.Scheduled && at.Sub(r.now) > 48*time.Hour:
				far = true
			case !w.Scheduled && r.now.Sub(at) < justHappened && at.Before(r.now):
				return false // it tells of something that has just happened
			}
		}
	}
	return far
}

// times reads the times of a text that is no statement.
func (r *reader) times(text string, ts []phrase.Token) (out []vedette.When) {
	s := phrase.Sentence{End: len(text), Tokens: ts}
	out, _ = r.calendar.Read(text, s, r.calendar.Moments(text, ts), func(int) string { return r.groupZone(nil) })
	return out
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

// striking says whether an alert tells of what began within the last hours, and
// warns of nothing later on the same day: a storm's first gusts are no strike.
func (r *reader) striking(soonest time.Duration, dated bool) bool {
	const recent, sameDay = 4 * time.Hour, 24 * time.Hour
	if !r.warns() || r.now.IsZero() || slices.Contains(r.out.Categories, "storm") {
		return false
	}
	for _, t := range r.out.Topics {
		for _, c := range t.Claims {
			for _, w := range c.When {
				if w.At == nil || w.Scheduled {
					continue
				}
				if ago := r.now.Sub(*w.At).Abs(); ago <= time.Hour || ago <= recent && (!dated || soonest >= sameDay) {
					return true
				}
			}
		}
	}
	return false
}
