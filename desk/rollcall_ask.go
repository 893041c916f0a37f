package desk

import (
	"context"

	"vedette"
	"vedette/store"
)

// AskRound asks once more: whoever answered before is stale until they answer
// anew. About an update that stands, everyone concerned by it is told again;
// without one the members are sent a question, whose answers count as those to
// an update do. About an update that stands no more nobody is written to, and
// the call sheet is the way.
func (d *Desk) AskRound(ctx context.Context, id vedette.ID, by string) (vedette.RollRound, error) {
	by, err := named(by)
	if err != nil {
		return vedette.RollRound{}, err
	}
	r, err := d.Rollcall(ctx, id)
	if err != nil {
		return vedette.RollRound{}, err
	}
	if r.State != vedette.RollcallOpen {
		return vedette.RollRound{}, vedette.Errorf(vedette.CodeConflict, "the roll-call is closed; open a new one")
	}
	ask := store.RollAsk{Rollcall: id, By: by, At: d.Now()}
	if r.Update == "" {
		if ask.Question, err = d.rollQuestion(ctx, &r.Rollcall); err != nil {
			return vedette.RollRound{}, err
		}
		return d.rows.AskRollcall(ctx, ask)
	}
	u, err := d.Update(ctx, r.Update)
	if err != nil {
		return vedette.RollRound{}, err
	}
	if u.State == vedette.UpdatePublished && u.Cancels == "" {
		ask.Update, ask.Lane = u.ID, vedette.LaneFor(u.Status, u.Content.Urgency, u.Content.Risk)
		if u.Asks != "" {
			ask.Lane = questionLane(u.Status)
		}
	}
	return d.rows.AskRollcall(ctx, ask)
}

// rollQuestion drafts the question of a roll-call that is about no update.
func (d *Desk) rollQuestion(ctx context.Context, c *vedette.Rollcall) (*store.PublishOrder, error) {
	now := d.Now()
	u := &vedette.Update{ID: vedette.NewID(now), State: vedette.UpdateDraft, Status: c.Status, Asks: c.ID, Shapes: c.Shapes, CreatedAt: now,
		Situation: vedette.Situation{Title: "Roll-call: " + c.Title}}
	u.Content = vedette.Content{Title: u.Situation.Title, Headline: c.Title, IssuedAt: &now, Urgency: vedette.UrgencyExpected}
	for _, a := range c.Areas {
		u.Content.Affected = append(u.Content.Affected, vedette.Place{Text: d.Gaz.Name(a), Area: a})
	}
	if err := d.rows.SaveDraft(ctx, u, now); err != nil {
		return nil, err
	}
	return &store.PublishOrder{Update: u.ID, Lane: questionLane(u.Status), At: now}, nil
}

// questionLane is behind every warning, before all else.
func questionLane(s vedette.Status) vedette.Lane {
	return vedette.LaneFor(s, vedette.UrgencyImmediate, vedette.RiskLow)
}
