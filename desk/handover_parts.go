package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"vedette"
)

// handSituations adds what stands, how far its word has come, and what its
// advice waits for.
func (d *Desk) handSituations(ctx context.Context, h *vedette.Handover, stands []*vedette.Update) error {
	for _, u := range stands {
		t, err := d.rows.Tally(ctx, u.Key)
		if err != nil {
			return err
		}
		h.Standing = append(h.Standing, vedette.HandSituation{Situation: u.Situation.ID, Title: u.Situation.Title, Status: u.Status, Update: u.ID, Number: u.Number,
			Urgency: u.Content.Urgency, Risk: u.Content.Risk, PublishedAt: u.PublishedAt, Concerned: t.Concerned, Silent: t.Silent, Help: t.Answers[vedette.ReplyHelp],
			Unreachable: t.Unreachable, Queued: t.Deliveries[vedette.DeliveryQueued], Failed: t.Deliveries[vedette.DeliveryFailed], Unknown: t.Deliveries[vedette.DeliveryUnknown]})
		list, err := d.conditions(ctx, u)
		if err != nil {
			return err
		}
		for _, c := range list {
			if c.State != vedette.ConditionPassed {
				h.Awaited = append(h.Awaited, vedette.HandCondition{Update: u.ID, No: c.No, Text: c.Text, State: c.State})
			}
		}
	}
	return nil
}

func (d *Desk) handCases(ctx context.Context, h *vedette.Handover) error {
	list, err := d.rows.Cases(ctx, false)
	if err != nil {
		return err
	}
	keys := make([]int64, len(list))
	for i := range list {
		keys[i] = list[i].Person
	}
	people, err := d.rows.PersonsByKey(ctx, keys)
	for _, c := range list {
		h.Cases = append(h.Cases, vedette.HandCase{ID: c.ID, Person: people[c.Person].ID, State: c.State, Owner: c.Owner, CalledAt: c.CalledAt, DueAt: c.DueAt, Late: c.Late(h.At)})
	}
	return err
}

func (d *Desk) handRolls(ctx context.Context, h *vedette.Handover) error {
	list, err := d.rows.Rollcalls(ctx, false)
	if err != nil {
		return err
	}
	for _, c := range list {
		r, err := d.Rollcall(ctx, c.ID)
		if err != nil {
			return err
		}
		hr := vedette.HandRoll{ID: r.ID, Title: r.Title, Status: r.Status, Members: r.Members, Counts: r.Counts, Callers: r.Callers}
		for i := range r.People {
			if p := &r.People[i]; !p.Is.Accounted() && p.Person.ID != "" {
				hr.Open = append(hr.Open, p.Person.ID)
			}
		}
		h.Rolls = append(h.Rolls, hr)
	}
	return nil
}

func (d *Desk) handTasks(ctx context.Context, h *vedette.Handover) error {
	list, err := d.Tasks(ctx, false)
	for _, t := range list {
		h.Tasks = append(h.Tasks, vedette.HandTask{ID: t.ID, Question: t.Question, DueAt: t.DueAt, Late: h.At.After(t.DueAt)})
	}
	return err
}

func (d *Desk) handClears(ctx context.Context, h *vedette.Handover) error {
	list, err := d.rows.AllClears(ctx)
	for _, c := range list {
		h.Clears = append(h.Clears, vedette.HandClear{Update: c.ID, Area: c.Clears.Area, At: c.PublishedAt, By: c.Clears.By, Basis: c.Clears.Basis})
	}
	return err
}

// handPostures adds our postures that are others than at a moment.
func (d *Desk) handPostures(ctx context.Context, h *vedette.Handover, since time.Time) error {
	was, err := d.rows.PosturesAt(ctx, since)
	if err != nil {
		return err
	}
	is, err := d.rows.Postures(ctx)
	if err != nil {
		return err
	}
	before := map[vedette.AreaID]vedette.Posture{}
	for _, p := range was {
		if p.Provider == "" {
			before[p.Area] = p
		}
	}
	for _, p := range is {
		if old := before[p.Area]; p.Provider == "" && p.Key != old.Key && p.Action != old.Action {
			h.Postures = append(h.Postures, vedette.HandPosture{Area: p.Area, Action: p.Action, Was: old.Action, Since: p.Since, By: p.By, Reason: p.Reason, Update: p.Update})
		}
	}
	slices.SortFunc(h.Postures, func(a, b vedette.HandPosture) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Area, b.Area))
	})
	return nil
}
