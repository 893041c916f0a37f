package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/posture"
	"vedette/store"
)

// PostureBoard is the travel advice that stands, area by area.
type PostureBoard struct {
	Rows  []PostureRow
	Tasks []vedette.Task // open questions "keep or lift?"
	AsOf  time.Time
}

// PostureRow is what is set for one area: the organisation's own, and what
// providers and governments say beside it.
type PostureRow struct {
	Area   vedette.AreaID
	Name   string          // with its country
	Own    vedette.Posture // Action "" where there is none of ours
	Out    bool            // an update leaves the area out: what stands around it does not hold there
	Beside []vedette.Posture
}

// PostureBoard gives the board as it stands, the strongest first.
func (d *Desk) PostureBoard(ctx context.Context) (*PostureBoard, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	all, err := d.rows.Postures(ctx)
	if err != nil {
		return nil, err
	}
	b := &PostureBoard{Rows: d.postureRows(all), AsOf: d.Now()}
	b.Tasks, err = d.keepOrLift(ctx)
	return b, err
}

// postureRows brings together what is set for each area. Where a person
// lifted all, there is no row.
func (d *Desk) postureRows(all []vedette.Posture) []PostureRow {
	at := map[vedette.AreaID]int{}
	var rows []PostureRow
	for _, p := range all {
		if p.Action == "" && p.By != "" {
			continue
		}
		i, ok := at[p.Area]
		if !ok {
			i = len(rows)
			at[p.Area] = i
			rows = append(rows, PostureRow{Area: p.Area, Name: d.placeName(p.Area)})
		}
		if p.Provider == "" {
			rows[i].Own, rows[i].Out = p, p.Action == ""
		} else {
			rows[i].Beside = append(rows[i].Beside, p)
		}
	}
	slices.SortFunc(rows, func(a, b PostureRow) int {
		return cmp.Or(b.Own.Action.Posture()-a.Own.Action.Posture(), cmp.Compare(a.Name, b.Name))
	})
	return rows
}

// placeName names a place with its country.
func (d *Desk) placeName(id vedette.AreaID) string {
	name := d.Gaz.Name(id)
	if a, ok := d.Gaz.Area(id); ok && a.Country != "" && a.Country != id {
		if c := d.Gaz.Name(a.Country); c != name {
			name += ", " + c
		}
	}
	return name
}

// PostureCard is what stands for one area and how it came to be.
type PostureCard struct {
	Area     vedette.AreaID
	Name     string
	Stands   vedette.Posture // Action "" where nothing stands
	Out      bool            // an update leaves the area out
	From     vedette.AreaID  // the area it is set for: this one or one that holds it
	FromName string
	Beside   []vedette.Posture // of this area or the narrowest that holds it
	Tasks    []vedette.Task    // about it, what holds it here, or what lies within
	History  []vedette.Posture // ours of the area itself, newest first
	Within   []PostureRow      // what is set for places inside it
	Answered []vedette.Task    // questions that setting it by hand answered
	AsOf     time.Time
}

// PostureOf gives what stands for an area.
func (d *Desk) PostureOf(ctx context.Context, area vedette.AreaID) (*PostureCard, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	if _, ok := d.Gaz.Area(area); !ok {
		return nil, vedette.Errorf(vedette.CodeNotFound, "no area is known as %q", area)
	}
	all, err := d.rows.Postures(ctx)
	if err != nil {
		return nil, err
	}
	c := &PostureCard{Area: area, Name: d.placeName(area), Beside: posture.Beside(d.Gaz, all, area), AsOf: d.Now()}
	c.Stands, c.From = posture.At(d.Gaz, all, area)
	c.FromName, c.Out = d.placeName(c.From), c.From != "" && c.Stands.Action == ""
	for _, r := range d.postureRows(all) {
		if r.Area != area && d.Gaz.Contains(area, r.Area) {
			c.Within = append(c.Within, r)
		}
	}
	tasks, err := d.keepOrLift(ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range tasks {
		if t.Area == area || t.Area == c.From || d.Gaz.Contains(area, t.Area) {
			c.Tasks = append(c.Tasks, t)
		}
	}
	c.History, err = d.rows.PostureHistory(ctx, area, "")
	return c, err
}

// PostureOrder asks for a posture to be set by a person.
type PostureOrder struct {
	Area     vedette.AreaID
	Action   vedette.Action // "" lifts what was set for that very area
	Provider string         // notes another's beside ours
	By       string
	Reason   string
}

// SetPosture sets the posture of an area, and gives what stands there then.
// It and [Desk.DecideTask] are the only ways it falls. Open questions whether
// to keep or lift it are answered by it.
func (d *Desk) SetPosture(ctx context.Context, o PostureOrder) (*PostureCard, error) {
	if err := d.asks(&ctx, rights.Publish); err != nil {
		return nil, err
	}
	now := d.Now()
	p, err := posture.Set(d.Gaz, o.Area, o.Action, o.By, o.Reason, now)
	if err != nil {
		return nil, err
	}
	p.Provider = strings.TrimSpace(o.Provider)
	if o.Action == "" {
		if p.Key, err = d.liftable(ctx, p); err != nil {
			return nil, err
		}
	}
	step := "none"
	if p.Action != "" {
		step = posture.Words(p.Action)
	}
	answered, err := d.rows.SetPosture(ctx, p, posture.ByHand+" to "+step, now)
	if err != nil {
		return nil, err
	}
	c, err := d.PostureOf(ctx, o.Area)
	if err == nil {
		c.Answered = answered
	}
	return c, err
}

// liftable gives the key of what is lifted, and refuses to lift what was never
// set.
func (d *Desk) liftable(ctx context.Context, p vedette.Posture) (int64, error) {
	all, err := d.rows.Postures(ctx)
	if err != nil {
		return 0, err
	}
	for _, r := range all {
		if r.Area == p.Area && r.Provider == p.Provider && (r.Action != "" || r.By == "") {
			return r.Key, nil
		}
	}
	name := d.placeName(p.Area)
	if p.Provider != "" {
		return 0, vedette.Errorf(vedette.CodeConflict, "no posture of %s is noted for %s, so there is none to take away", p.Provider, name)
	}
	if at, from := posture.At(d.Gaz, all, p.Area); at.Action != "" {
		return 0, vedette.Errorf(vedette.CodeConflict, "%s has no posture of its own to lift; that of %s holds there: lift that, or set a step for %[1]s", name, d.placeName(from))
	}
	return 0, vedette.Errorf(vedette.CodeConflict, "no posture stands for %s, so there is none to lift", name)
}

// keepOrLift lists the questions about postures that are open.
func (d *Desk) keepOrLift(ctx context.Context) ([]vedette.Task, error) {
	return d.rows.Tasks(ctx, store.TaskFilter{State: vedette.TaskOpen, Kind: vedette.TaskKeepOrLift})
}

// Tasks lists what waits for a person to decide, what is due first; with all,
// what was decided too.
func (d *Desk) Tasks(ctx context.Context, all bool) ([]vedette.Task, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	f := store.TaskFilter{State: vedette.TaskOpen}
	if all {
		f.State = ""
	}
	return d.rows.Tasks(ctx, f)
}

// Decision answers a question "keep or lift?".
type Decision struct {
	Task    vedette.ID
	Outcome string // posture.Keep or posture.Lift
	By      string
	Reason  string
}

// done is how a task is decided that asks for a deed. It leaves no posture's card.
const done = "done"

// needs is what one has to be allowed for it: travel advice falls by lifting, so that
// is for whoever may publish.
func (o *Decision) needs() rights.Act {
	if o.Outcome == posture.Lift {
		return rights.Publish
	}
	return rights.HandOver
}

// DecideTask decides a task, and gives what stands for its area then. Keep
// leaves the posture as it is; lift sets what the later update names for the
// area, or lifts what was set for it where that names nothing.
func (d *Desk) DecideTask(ctx context.Context, o Decision) (*PostureCard, error) {
	if err := d.asks(&ctx, o.needs()); err != nil {
		return nil, err
	}
	switch {
	case !o.Task.Valid():
		return nil, vedette.Errorf(vedette.CodeInvalid, "%q is no task's id; `vedette tasks` lists them", o.Task)
	case o.Outcome != posture.Keep && o.Outcome != posture.Lift && o.Outcome != done:
		return nil, vedette.Errorf(vedette.CodeInvalid, "%q decides nothing; say keep or lift, or done", o.Outcome)
	}
	t, err := d.task(ctx, o.Task)
	if err != nil {
		return nil, err
	}
	if t.Kind == vedette.TaskReview {
		return nil, vedette.Errorf(vedette.CodeInvalid, "this is decided by whoever may approve, where they look at what went out: under Approvals, or by `vedette approve`")
	}
	if asks := t.Kind == vedette.TaskKeepOrLift; asks == (o.Outcome == done) {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%q does not answer %q; of a posture say keep or lift, of all else done", o.Outcome, t.Question)
	}
	if o.Outcome == done {
		_, err := d.rows.DecideTask(ctx, o.Task, o.Outcome, o.By, o.Reason, nil, d.Now())
		return nil, err
	}
	var p *vedette.Posture
	if o.Outcome == posture.Lift && t.State == vedette.TaskOpen {
		if p, err = d.lifted(ctx, &t, o); err != nil {
			return nil, err
		}
	}
	if _, err := d.rows.DecideTask(ctx, o.Task, o.Outcome, o.By, o.Reason, p, d.Now()); err != nil {
		return nil, err
	}
	return d.PostureOf(ctx, t.Area)
}

func (d *Desk) task(ctx context.Context, id vedette.ID) (vedette.Task, error) {
	all, err := d.Tasks(ctx, true)
	if err != nil {
		return vedette.Task{}, err
	}
	for _, t := range all {
		if t.ID == id {
			return t, nil
		}
	}
	return vedette.Task{}, vedette.Errorf(vedette.CodeNotFound, "there is no task %s; `vedette tasks` lists them", id)
}

// lifted is the posture that a lifted task leaves: what the update it comes
// from names for the area, else none of the area's own. If the board changed
// since, so that it would not fall, it is CodeConflict.
func (d *Desk) lifted(ctx context.Context, t *vedette.Task, o Decision) (*vedette.Posture, error) {
	var named vedette.Posture
	if t.About != "" {
		u, err := d.rows.Update(ctx, t.About)
		if err != nil {
			return nil, err
		}
		said, err := d.rows.Declared(ctx, u.Key)
		if err != nil {
			return nil, err
		}
		named, _ = posture.Named(d.Gaz, u, said, t.Area, d.Now())
	}
	board, err := d.rows.Postures(ctx)
	if err != nil {
		return nil, err
	}
	p, err := posture.Lower(d.Gaz, board, t.Area, named.Action, o.By, o.Reason, d.Now())
	if err != nil {
		return nil, err
	}
	p.Update, p.Group, p.Item, p.Text = named.Update, named.Group, named.Item, named.Text
	// What the decision is about; if it changes meanwhile, it is a conflict.
	p.Key = vedette.NoPosture
	for _, r := range board {
		if r.Area == t.Area && r.Provider == "" {
			p.Key = r.Key
		}
	}
	if at, from := posture.At(d.Gaz, board, t.Area); from != t.Area {
		p.Around = at.Key
	}
	return &p, nil
}
