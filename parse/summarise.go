package parse

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"vedette/parse/layout"
	"vedette/parse/phrase"
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
	for _, by := range []string{"airstrike", "rocket_mortar"} { // are means of an armed conflict
		if score["armed_conflict"] > 0 || score[by] >= 2 {
			score["armed_conflict"] += score[by]
		}
	}
	var out []string
	for _, l := range t.Labels() {
		l, kind, _ := strings.Cut(l, " ")
		least := 2
		switch kind {
		case "broad":
			least = 4
		case "rare":
			least = 1
		}
		if score[l] >= least && !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(score[b], score[a]) })
	return out[:min(len(out), most)]
}
