package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/wording"
)

// DecisionOrder is a line to be written into the log of a situation.
type DecisionOrder struct {
	ID        vedette.ID // of the form that wrote it, so that what is sent twice is written once; "" for a new one
	Update    vedette.ID // of the situation: any that is published
	What, Why string
	By        string
	Corrects  int
}

// Decide writes a line into the log of a situation. It is never changed: what is wrong
// with it is said by a further line.
func (d *Desk) Decide(ctx context.Context, o DecisionOrder) (vedette.Decision, error) {
	if err := d.asks(&ctx, rights.KeepLog); err != nil {
		return vedette.Decision{}, err
	}
	by, err := named(o.By)
	if err != nil {
		return vedette.Decision{}, err
	}
	now := d.Now()
	line := vedette.Decision{ID: o.ID, At: now, What: o.What, Why: o.Why, By: by, Corrects: o.Corrects}
	if line.ID == "" {
		line.ID = vedette.NewID(now)
	}
	if !line.ID.Valid() {
		return line, vedette.Errorf(vedette.CodeInvalid, "nothing was written down: the form is none of this page; open it again")
	}
	line.Clean()
	if err := line.Validate(); err != nil {
		return line, err
	}
	u, err := d.Update(ctx, o.Update)
	if err != nil {
		return line, err
	}
	if line.Situation = u.Situation.ID; line.Situation == "" {
		return line, vedette.Errorf(vedette.CodeConflict, "update %s is a draft of a situation that is not opened yet: publish it first", u.ID)
	}
	return d.rows.Decide(ctx, line)
}

// SituationLog is what was decided in a situation: what the desk wrote down, and what it
// did, the newest first.
type SituationLog struct {
	Situation vedette.Situation
	Steps     []Step
	More      int // older ones, which are left out
}

// Step is something the desk decided.
type Step struct {
	At      time.Time
	What    string
	By, Why string // "" where it is not kept with it

	// What and By where it is no line that somebody wrote, to be said in any language.
	Says, SaysBy wording.Said `json:"-"`

	Line int // its number, of what somebody wrote down; 0 of what is on record by itself

	Corrects  int   // the line that it corrects
	Corrected []int // the lines that correct it
	Altered   bool  // what is kept of it is not what was written down
}

// LogOf gives the log of the situation of an update, as it was at a moment, the zero time
// is now: at most so many steps, 0 for all.
func (d *Desk) LogOf(ctx context.Context, update vedette.ID, at time.Time, most int) (*SituationLog, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	u, err := d.Update(ctx, update)
	if err != nil {
		return nil, err
	}
	if u.State == vedette.UpdateDraft {
		return nil, vedette.Errorf(vedette.CodeConflict, "update %s is a draft: its situation has no log of it yet; publish it first", update)
	}
	var steps []Step
	if at.IsZero() {
		steps, err = d.stepsNow(ctx, u.Situation.ID)
	} else {
		steps, err = d.steps(ctx, u.Situation.ID, at)
	}
	if err != nil {
		return nil, err
	}
	l := &SituationLog{Situation: u.Situation, Steps: steps}
	if most > 0 && len(steps) > most {
		l.Steps, l.More = steps[:most], len(steps)-most
	}
	return l, nil
}

// mostHandovers bounds how many changes of the shift a log shows, mostPostures how many
// postures are looked through for it.
const (
	mostHandovers = 100
	mostPostures  = 2_000
)

// steps gathers what was decided in a situation until a moment, the zero time is all, the
// newest first.
func (d *Desk) steps(ctx context.Context, situation vedette.ID, at time.Time) ([]Step, error) {
	chain, err := d.rows.Chain(ctx, situation)
	if err != nil {
		return nil, err
	}
	later := func(t time.Time) bool { return !at.IsZero() && t.After(at) }
	chain = slices.DeleteFunc(chain, func(u *vedette.Update) bool { return later(u.PublishedAt) })
	if len(chain) == 0 {
		return nil, nil
	}
	var list []Step
	for _, part := range []func(context.Context, []*vedette.Update) ([]Step, error){d.writtenSteps, d.updateSteps, d.clearSteps, d.postureSteps, d.shiftSteps} {
		some, err := part(ctx, chain)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	list = slices.DeleteFunc(list, func(s Step) bool { return later(s.At) })
	for i := range list {
		list[i].Corrected = slices.DeleteFunc(list[i].Corrected, func(no int) bool {
			return !slices.ContainsFunc(list, func(s Step) bool { return s.Line == no })
		})
	}
	slices.SortStableFunc(list, func(x, y Step) int { return y.At.Compare(x.At) })
	return list, nil
}

// updateSteps are what was decided about the updates of a situation.
func (d *Desk) updateSteps(ctx context.Context, chain []*vedette.Update) (list []Step, err error) {
	for _, u := range chain {
		said := step(u.PublishedAt, publishedAs(u))
		switch a := u.Assent; {
		case a == nil:
		case a.By != "":
			said.by(wording.Of("%s, approved by %s", a.AskedBy, a.By))
		default:
			said.by(wording.Of("%s alone##who decided", a.AskedBy))
			said.Why = a.Alone
		}
		list = append(list, said)
		if m := u.Mark; m != nil && !m.StoppedAt.IsZero() {
			s := step(m.StoppedAt, wording.Of("Stopped: update %d", u.Number))
			s.Why = m.StopReason
			list = append(list, s)
		}
		waits, err := d.Conditions(ctx, u.ID)
		if err != nil {
			return nil, err
		}
		for _, c := range waits {
			if !c.At.IsZero() {
				s := step(c.At, wording.Said{English: cmp.Or(conditionSteps[c.State], "%s"), Args: []any{c.Condition}})
				s.By, s.Why = c.By, c.Reason
				list = append(list, s)
			}
		}
	}
	return list, nil
}

// publishedAs says as what an update was published.
func publishedAs(u *vedette.Update) wording.Said {
	switch {
	case u.Cancels == vedette.CancelError:
		return wording.Of("Said to be sent in error, by update %d", u.Number)
	case u.Cancels == vedette.CancelOver:
		return wording.Of("Said to be over, by update %d", u.Number)
	case u.Corrects != "":
		return wording.Of("Corrected, by update %d", u.Number)
	}
	return wording.Of("Published update %d", u.Number)
}

// conditionSteps say what was declared of a condition.
var conditionSteps = map[vedette.ConditionState]string{
	vedette.ConditionAwaited: wording.Mark("Condition awaited: %s"), vedette.ConditionMet: wording.Mark("Condition met: %s"), vedette.ConditionPassed: wording.Mark("Condition passed: %s"),
}

// step is something that is on record by itself.
func step(at time.Time, says wording.Said) Step { return Step{At: at, What: says.String(), Says: says} }

func (s *Step) by(says wording.Said) { s.By, s.SaysBy = says.String(), says }

// clearSteps are the all-clears.
func (d *Desk) clearSteps(ctx context.Context, chain []*vedette.Update) (list []Step, err error) {
	clears, err := d.rows.AllClearsOf(ctx, chain[0].Situation.ID)
	for _, c := range clears {
		s := step(c.PublishedAt, wording.Of("All-clear for %s", d.Gaz.Name(c.Clears.Area)))
		s.By, s.Why = c.Clears.By, c.Clears.Basis
		list = append(list, s)
	}
	return list, err
}

// postureSteps are the travel advice of our own that its updates set, or that somebody set
// for an area of it since it began.
func (d *Desk) postureSteps(ctx context.Context, chain []*vedette.Update) (list []Step, err error) {
	set, err := d.rows.PosturesFrom(ctx, chain[len(chain)-1].PublishedAt, mostPostures)
	for i := range set {
		p := &set[i]
		if p.Update != "" && !slices.ContainsFunc(chain, func(u *vedette.Update) bool { return u.ID == p.Update }) ||
			p.Update == "" && !d.affects(chain, p.Area) {
			continue
		}
		name, said := d.Gaz.Name(p.Area), actionSaid(p.Action)
		// What one update, or one press, set for several areas is one step.
		if n := slices.IndexFunc(list, func(s Step) bool {
			return s.At.Equal(p.Since) && s.By == p.By && s.Why == p.Reason && s.Says.Args[0].(wording.Said).English == said.English
		}); n >= 0 {
			more := wording.Of("Travel advice: %s, for %s", said, list[n].Says.Args[1].(string)+", "+name)
			list[n].What, list[n].Says = more.String(), more
			continue
		}
		s := step(p.Since, wording.Of("Travel advice: %s, for %s", said, name))
		s.By, s.Why = p.By, p.Reason
		list = append(list, s)
	}
	return list, err
}

// affects says whether updates are of an area, of what lies in it, or of what it lies in.
func (d *Desk) affects(chain []*vedette.Update, area vedette.AreaID) bool {
	return slices.ContainsFunc(chain, func(u *vedette.Update) bool {
		return slices.ContainsFunc(u.Content.Affected, func(a vedette.Place) bool {
			return a.Area != "" && (a.Area == area || d.Gaz.Contains(a.Area, area) || d.Gaz.Contains(area, a.Area))
		})
	})
}

// shiftSteps are the changes of the shift since it began.
func (d *Desk) shiftSteps(ctx context.Context, chain []*vedette.Update) (list []Step, err error) {
	kept, err := d.rows.Handovers(ctx, mostHandovers)
	since := chain[len(chain)-1].PublishedAt
	for _, k := range kept {
		if k.At.Before(since) {
			continue
		}
		h, _, err := d.openHandover(k)
		if err != nil {
			return nil, err
		}
		s := step(h.At, wording.Of("Shift handed over to %s", h.To))
		s.By = h.From
		list = append(list, s)
		if !h.TakenAt.IsZero() {
			s := step(h.TakenAt, wording.Of("Shift taken over"))
			s.By = h.TakenBy
			list = append(list, s)
		}
	}
	return list, err
}

// writtenSteps are the lines that the desk wrote.
func (d *Desk) writtenSteps(ctx context.Context, chain []*vedette.Update) (list []Step, err error) {
	lines, err := d.rows.Decisions(ctx, chain[0].Situation.ID, time.Time{}, 0)
	for _, l := range lines {
		s := Step{At: l.At, What: l.What, By: l.By, Why: l.Why, Line: l.No, Corrects: l.Corrects, Altered: l.Altered}
		for _, o := range lines {
			if o.Corrects == l.No {
				s.Corrected = append(s.Corrected, o.No)
			}
		}
		list = append(list, s)
	}
	return list, err
}

// actions are the steps of travel advice.
var actions = map[vedette.Action]string{
	vedette.AvoidAllTravel: wording.Mark("avoid all travel"), vedette.AvoidNonessentialTravel: wording.Mark("avoid nonessential travel##a step of travel advice"),
	vedette.ReconsiderTravel: wording.Mark("reconsider travel"), vedette.ReconsiderNonessentialTravel: wording.Mark("reconsider nonessential travel##a step of travel advice"),
	vedette.TravelWithCaution: wording.Mark("travel with caution"), vedette.NoRestriction: wording.Mark("no restriction##a step of travel advice"), "": wording.Mark("lifted##travel advice"),
}

func actionSaid(a vedette.Action) wording.Said {
	if w, ok := actions[a]; ok {
		return wording.Word(w)
	}
	return wording.AsItIs(strings.ReplaceAll(string(a), "_", " "))
}
