package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
)

// How much of the lists stands on the night board; the rest is counted.
const (
	mostNightCases = 30
	mostNightTasks = 12
	mostNightRolls = 12
	mostNights     = 40 // situations
)

// Night is all that is open, on one page: calls for help, situations, roll-calls, tasks.
type Night struct {
	AsOf     time.Time
	Sending  bool
	Help     []NightCase // what is due first
	HelpMore int         // calls for help beside those
	Open     []NightSituation
	OpenMore int
	Rolls    []NightRoll
	RollMore int
	Tasks    []vedette.Task // what is due first
	TaskMore int
	Log      []NightStep // what was decided, the newest first
}

// NightCase is a call for help, with the situation it came in.
type NightCase struct {
	CaseRow
	Update *vedette.Update // they answered to
}

// NightSituation is a situation that is open, with how far the word that stands has come.
type NightSituation struct {
	Update    *vedette.Update // that stands
	Since     time.Time       // its first update was published
	Next      time.Time       // by when somebody is to look at it again
	Counted   time.Time       // when it was counted
	Tally     store.Tally
	Countries []CountryTally
	Quiet     []QuietArea // areas whose word falls under their habit
	Help      int         // its calls for help that are not closed
	Kept      SitrepShelf // reports of it that were kept and signed
}

// NightRoll is a roll-call that is open.
type NightRoll struct {
	vedette.Rollcall
	Counted time.Time // the zero time: it has too many members to be counted at each look
	Counts  map[vedette.RollStanding]int
	Left    int // on the call sheets: not accounted for
	NoWay   int // of them: nobody knows how to reach them
}

// Night gives the night board. Of whoever is concerned it reads counts alone.
func (d *Desk) Night(ctx context.Context) (*Night, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	n := &Night{AsOf: d.Now()}
	var err error
	if n.Sending, err = d.Sending(ctx); err != nil {
		return nil, err
	}
	for _, part := range []func(context.Context, *Night) error{d.nightSituations, d.nightHelp, d.nightRolls, d.nightTasks, d.nightLog} {
		if err := part(ctx, n); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// nightSituations adds what stands, by risk, then the newest first.
func (d *Desk) nightSituations(ctx context.Context, n *Night) error {
	stands, more, err := d.openNow(ctx)
	if err != nil {
		return err
	}
	n.OpenMore = more
	set, err := d.rows.Settings(ctx)
	if err != nil {
		return err
	}
	since, err := d.rows.Began(ctx, stands)
	if err != nil {
		return err
	}
	counts, err := d.night.of(ctx, d, stands)
	if err != nil {
		return err
	}
	kept, err := d.shelves(ctx, stands, sitrepsListedNight)
	if err != nil {
		return err
	}
	for i, u := range stands {
		s := NightSituation{Update: u, Since: since[u.Situation.ID], Next: u.PublishedAt.Add(time.Duration(set.Review.At(u.Content.Risk) * 24 * float64(time.Hour))),
			Counted: counts[i].at, Tally: counts[i].tally, Countries: counts[i].countries, Quiet: counts[i].quiet,
			Kept: kept[u.Situation.ID]}
		n.Open = append(n.Open, s)
	}
	return nil
}

// byRank orders what is open.
func byRank(a, b *vedette.Update) int {
	return cmp.Or(cmp.Compare(rank(a), rank(b)), b.PublishedAt.Compare(a.PublishedAt))
}

// rank puts what is actual before exercises and tests, and the higher risk before the
// lower; what has none set could be any.
func rank(u *vedette.Update) int {
	risk := u.Content.Risk
	if risk == vedette.RiskUnknown {
		risk = vedette.RiskExtreme
	}
	return int(u.Status)*10 - int(risk)
}

// nightHelp adds the calls for help of whatever situation that are not closed.
func (d *Desk) nightHelp(ctx context.Context, n *Night) error {
	list, err := d.rows.Cases(ctx, false)
	if err != nil {
		return err
	}
	of := map[vedette.ID]*vedette.Update{}
	for i := range list {
		id := list[i].Update
		if _, ok := of[id]; !ok {
			if of[id], err = d.rows.Update(ctx, id); err != nil {
				return err
			}
		}
		for j := range n.Open {
			if n.Open[j].Update.Situation.ID == of[id].Situation.ID {
				n.Open[j].Help++
			}
		}
	}
	// A call of an exercise is shown after those that are meant.
	slices.SortStableFunc(list, func(a, b vedette.Case) int { return cmp.Compare(of[a.Update].Status, of[b.Update].Status) })
	if len(list) > mostNightCases {
		list, n.HelpMore = list[:mostNightCases], len(list)-mostNightCases
	}
	rows, err := d.caseRows(ctx, list)
	for i := range rows {
		n.Help = append(n.Help, NightCase{rows[i], of[rows[i].Update]})
	}
	return err
}

// nightTasks adds the tasks that are open.
func (d *Desk) nightTasks(ctx context.Context, n *Night) error {
	list, err := d.Tasks(ctx, false)
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, func(a, b vedette.Task) int { return a.DueAt.Compare(b.DueAt) })
	if len(list) > mostNightTasks {
		list, n.TaskMore = list[:mostNightTasks], len(list)-mostNightTasks
	}
	n.Tasks = list
	return nil
}

// nightRolls adds the roll-calls that are open.
func (d *Desk) nightRolls(ctx context.Context, n *Night) error {
	list, err := d.Rollcalls(ctx, false)
	if err != nil {
		return err
	}
	if len(list) > mostNightRolls {
		list, n.RollMore = list[:mostNightRolls], len(list)-mostNightRolls
	}
	n.Rolls, err = d.night.rollsOf(ctx, d, list)
	return err
}
