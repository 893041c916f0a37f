package desk

import (
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
	"vedette/wording"
)

// NightThen is what the night board showed at a moment, as far as what is recorded tells.
type NightThen struct {
	At       time.Time
	Open     []ThenSituation
	OpenMore int
	Help     []ThenCase // what was called first
	Unread   int        // calls for help that were not looked at, for they are too many
	Rolls    []vedette.Rollcall
	Tasks    []vedette.Task
	TaskMore int
	Gaps     []wording.Said // what cannot be told, each in a sentence
}

// ThenSituation is a situation that was open, with what stood of it. Its Log is what was
// decided until then.
type ThenSituation struct {
	Update    *vedette.Update
	Since     time.Time
	Tally     store.TallyThen
	Countries []CountryTally
	Log       *SituationLog
}

// ThenCase is a call for help that was not closed.
type ThenCase struct {
	Case   vedette.ID
	Name   string
	Update *vedette.Update
	Called time.Time // last, by then
	Taken  string    // by whom, "" by nobody
	Handed bool      // to whom it was handed over then is not kept apart from words
}

// mostThenCases bounds how many logs of cases are read.
const mostThenCases = 200

// NightAt gives the night board as of a moment that is past.
func (d *Desk) NightAt(ctx context.Context, at time.Time) (*NightThen, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	if err := d.past(at); err != nil {
		return nil, err
	}
	n := &NightThen{At: at}
	stood, err := d.rows.StoodThen(ctx, at)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(stood, byRank)
	if len(stood) > mostNights {
		stood, n.OpenMore = stood[:mostNights], len(stood)-mostNights
	}
	for _, u := range stood {
		s, err := d.situationThen(ctx, u, at)
		if err != nil {
			return nil, err
		}
		n.Open = append(n.Open, *s)
	}
	for _, part := range []func(context.Context, *NightThen) error{d.helpThen, d.rollsThen, d.tasksThen} {
		if err := part(ctx, n); err != nil {
			return nil, err
		}
	}
	n.Gaps = n.gaps()
	return n, nil
}

// BoardAt gives the board of an update as of a moment that is past, and what cannot be told.
func (d *Desk) BoardAt(ctx context.Context, id vedette.ID, at time.Time) (*ThenSituation, []wording.Said, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, nil, err
	}
	if err := d.past(at); err != nil {
		return nil, nil, err
	}
	u, err := d.Update(ctx, id)
	switch {
	case err != nil:
		return nil, nil, err
	case u.State == vedette.UpdateDraft || u.PublishedAt.After(at):
		return nil, nil, vedette.Errorf(vedette.CodeConflict, "update %s was not published yet at %s: there was no board", id, at.UTC().Format("2 Jan 2006 15:04 UTC"))
	}
	s, err := d.situationThen(ctx, u, at)
	if err != nil {
		return nil, nil, err
	}
	n := &NightThen{Open: []ThenSituation{*s}}
	return s, n.countGaps(), nil
}

// past says whether a moment is one that can be looked back at.
func (d *Desk) past(at time.Time) error {
	if at.After(d.Now()) {
		return vedette.Errorf(vedette.CodeInvalid, "%s is not past yet: nothing is known of it", at.UTC().Format("2 Jan 2006 15:04 UTC"))
	}
	return nil
}

func (d *Desk) situationThen(ctx context.Context, u *vedette.Update, at time.Time) (*ThenSituation, error) {
	since, err := d.rows.Began(ctx, []*vedette.Update{u})
	if err != nil {
		return nil, err
	}
	s := &ThenSituation{Update: u, Since: since[u.Situation.ID]}
	by, err := d.rows.TalliesThen(ctx, u.Key, at)
	if err != nil {
		return nil, err
	}
	plain := make(map[int]store.Tally, len(by))
	for no, t := range by {
		plain[no] = t.Tally
		s.Tally.Add(t.Tally)
		s.Tally.Doubtful += t.Doubtful
	}
	if s.Countries, err = d.byCountry(ctx, u, plain); err != nil {
		return nil, err
	}
	s.Log, err = d.LogOf(ctx, u.ID, at, mostNightSteps)
	return s, err
}

// helpThen adds the calls for help that were not closed, by the logs of their cases.
func (d *Desk) helpThen(ctx context.Context, n *NightThen) error {
	all, err := d.rows.Cases(ctx, true)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(c vedette.Case) bool {
		return c.OpenedAt.After(n.At) || c.State == vedette.CaseClosed && !c.ClosedAt.After(n.At)
	})
	slices.SortStableFunc(all, func(a, b vedette.Case) int { return a.OpenedAt.Compare(b.OpenedAt) })
	if len(all) > mostThenCases {
		all, n.Unread = all[:mostThenCases], len(all)-mostThenCases
	}
	keys := make([]int64, len(all))
	for i := range all {
		keys[i] = all[i].Person
	}
	people, err := d.rows.PersonsByKey(ctx, keys)
	if err != nil {
		return err
	}
	for i := range all {
		_, entries, err := d.rows.Case(ctx, all[i].ID)
		if err != nil {
			return err
		}
		c, open := caseThen(entries, n.At)
		if !open {
			continue
		}
		sp := people[all[i].Person]
		c.Case, c.Name = all[i].ID, d.open(ctx, &sp).Record.Name
		if c.Update, err = d.rows.Update(ctx, all[i].Update); err != nil {
			return err
		}
		n.Help = append(n.Help, c)
	}
	return nil
}

// caseThen reads from a case's log how it stood at a moment.
func caseThen(entries []store.SealedEntry, at time.Time) (c ThenCase, open bool) {
	for _, e := range entries {
		if e.At.After(at) {
			break
		}
		switch {
		case e.Kind == vedette.CaseClose:
			c, open = ThenCase{}, false
		case e.Kind == vedette.CaseTake:
			c.Taken, c.Handed = e.By, false
		case e.Kind == vedette.CaseHandOver:
			c.Handed = true
		case e.Kind == vedette.CaseCall || e.Kind.ByPerson() && !open:
			c.Called, open = e.At, true
		}
	}
	return c, open
}

// rollsThen adds the roll-calls that ran.
func (d *Desk) rollsThen(ctx context.Context, n *NightThen) error {
	list, err := d.Rollcalls(ctx, true)
	n.Rolls = slices.DeleteFunc(list, func(r vedette.Rollcall) bool {
		return r.OpenedAt.After(n.At) || r.State == vedette.RollcallClosed && !r.ClosedAt.After(n.At)
	})
	return err
}

// tasksThen adds the tasks that were open.
func (d *Desk) tasksThen(ctx context.Context, n *NightThen) error {
	list, err := d.Tasks(ctx, true)
	list = slices.DeleteFunc(list, func(t vedette.Task) bool {
		return t.CreatedAt.After(n.At) || t.State == vedette.TaskDone && !t.DoneAt.After(n.At)
	})
	if len(list) > mostNightTasks {
		list, n.TaskMore = list[:mostNightTasks], len(list)-mostNightTasks
	}
	n.Tasks = list
	return err
}

// gaps says what cannot be told of a night.
func (n *NightThen) gaps() []wording.Said {
	out := append(n.countGaps(), wording.Of("Whether messages were being sent, and which areas were quieter than by habit."))
	if len(n.Help) > 0 {
		out = append(out, wording.Of("When the next contact of a call for help was due, and whether it was late."))
	}
	if slices.ContainsFunc(n.Help, func(c ThenCase) bool { return c.Handed }) {
		out = append(out, wording.Of("To whom a call for help had been handed over: its own page has the words of it."))
	}
	if n.Unread > 0 {
		out = append(out, wording.Of("Of %d more calls for help, whether they were open: they are too many to look through.", n.Unread))
	}
	if len(n.Rolls) > 0 {
		out = append(out, wording.Of("How those in a roll-call stood, and how many were in it: the number is that of now."))
	}
	if len(n.Tasks) > 0 {
		out = append(out, wording.Of("By when a task was to be done, where that was moved since: the time is that of now."))
	}
	return out
}

// countGaps says what cannot be told of the counts.
func (n *NightThen) countGaps() (out []wording.Said) {
	waits, doubtful := 0, 0
	for i := range n.Open {
		waits, doubtful = waits+n.Open[i].Tally.Deliveries[vedette.DeliveryQueued], doubtful+n.Open[i].Tally.Doubtful
	}
	if doubtful > 0 {
		out = append(out, wording.Of("Of %s whether they had received it by then: something was heard from their end later, and only the last time is kept.", persons(doubtful)))
	}
	if waits > 0 {
		out = append(out, wording.Of("Of %s whether their message waited, had failed or was withheld: it is only kept that no channel had accepted it.", persons(waits)))
	}
	return append(out, wording.Of("Which of those who received it had read it."),
		wording.Of("Who each was: the lists behind the counts are of now, so no count of then leads to one."),
		wording.Of("What was not believed then, or is not any more: answers are counted as they are believed now."),
		wording.Of("What had been declared of a condition, where something else was declared since."))
}

// persons says how many there are.
func persons(n int) wording.Said {
	if n == 1 {
		return wording.Of("%d person", n)
	}
	return wording.Of("%d people", n)
}
