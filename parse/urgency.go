package parse

import (
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/parse/phrase"
	"vedette/parse/words"
)

// nearness is what the words of title, summary and claims say of when the
// danger is.
type nearness struct {
	now, over, danger bool
	told, lasting     int // items of summary and claims, and those that tell of what has not ended
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
	n.told++
	if lasts(t, ts) {
		n.lasting++
	}
}

// lasts says whether an item tells of what has not ended: by a word, or by a
// state in the present tense ("roads are blocked", "troops are advancing").
func lasts(t *words.Tables, ts []phrase.Token) bool {
	coming := map[int]bool{}
	for _, h := range t.Lasting.Find(ts) {
		if h.Label == "lasting" {
			return true
		}
		coming[h.From] = true
	}
	for i, w := range ts {
		if w.Word != "is" && w.Word != "are" {
			continue
		}
		for i++; i < len(ts) && (ts[i].Word == "now" || ts[i].Word == "also"); i++ {
		}
		if i < len(ts) && !coming[i] && participle(ts[i].Word) {
			return true
		}
	}
	return false
}

func participle(w string) bool {
	return strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "en") || w == "shut" || w == "cut"
}

// urgency reads when the danger is, by the rule of the closed lists: what is
// happening or due within the hour; due within two days, or still to come
// without a time; later; past.
func (r *reader) urgency(n nearness) vedette.Urgency {
	soonest, dated := r.soonest()
	switch {
	case r.happening(n, dated && soonest <= 24*time.Hour), dated && soonest <= time.Hour && r.warns():
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

// Categories of dangers that go on for a while once they are there.
var lastingDangers = []string{"active_shooter", "armed_conflict", "airstrike", "rocket_mortar", "wildfire", "flood", "earthquake", "volcano", "service_failure"}

// happening says whether the danger is there now. No single sign tells: a
// report of what struck yesterday says "remains" too. So two are asked for of
// five: words for it, something of the last hours, advice to protect oneself,
// much that has not ended, a danger that lasts. Of an analysis, which looks
// ahead, three. A storm that is to come within the day is not there yet: its
// first gusts are no strike.
func (r *reader) happening(n nearness, today bool) bool {
	if today && slices.Contains(r.out.Categories, "storm") {
		return false
	}
	signs := 0
	for _, is := range []bool{
		n.now, r.justNow(), r.protective() >= 2, n.lasting*10 >= n.told*3,
		r.lastingDanger(),
	} {
		if is {
			signs++
		}
	}
	if r.out.Kind == vedette.KindAnalysis || r.out.Kind == vedette.KindSpecialReport {
		signs--
	}
	return signs >= 2
}

// lastingDanger says whether a danger of the report goes on for a while once it is
// there. Where politics come first, it is what they may lead to.
func (r *reader) lastingDanger() bool {
	c := r.out.Categories
	return len(c) > 0 && c[0] != "politics" && slices.ContainsFunc(c, func(c string) bool { return slices.Contains(lastingDangers, c) })
}

// justNow says whether a claim is of the last hours before the time of issue.
func (r *reader) justNow() bool {
	const recent = 4 * time.Hour
	for _, t := range r.out.Topics {
		for _, c := range t.Claims {
			for _, w := range c.When {
				if w.At != nil && !w.Scheduled && !r.now.IsZero() && r.now.Sub(*w.At).Abs() <= recent {
					return true
				}
			}
		}
	}
	return false
}

// protective counts the actions that tell people to protect themselves, without
// a condition.
func (r *reader) protective() (n int) {
	for _, g := range r.out.Recommendations {
		for _, a := range g.Advice {
			for _, act := range a.Actions {
				if a.Condition == "" && (act.Action.Protects() || act.Action == vedette.Leave) {
					n++
				}
			}
		}
	}
	return n
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
