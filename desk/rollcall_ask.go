package desk

import (
	"context"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
	"vedette/tell"
)

// AskOrder asks for a further round of a roll-call.
type AskOrder struct {
	Rollcall vedette.ID
	By       string
	Count    int // how many people whoever asks has typed; 0: none
	Seen     int // the newest round as they saw it; 0: not looked at
}

// AskRound asks once more: whoever answered before is stale until they answer
// anew. About an update that stands, everyone concerned by it is told again;
// without one the members are sent a question, whose answers count as those to
// an update do. About an update that stands no more nobody is written to, and
// the call sheet is the way. It is CodeConflict where a round was begun since
// whoever asks looked.
func (d *Desk) AskRound(ctx context.Context, o AskOrder) (vedette.RollRound, error) {
	if err := d.asks(&ctx, rights.Ask); err != nil {
		return vedette.RollRound{}, err
	}
	by, err := named(o.By)
	if err != nil {
		return vedette.RollRound{}, err
	}
	r, u, n, err := d.asking(ctx, o.Rollcall)
	if err == nil {
		last := r.Round()
		err = last.Unseen(o.Seen)
	}
	if err == nil {
		err = d.counted(ctx, n, o.Count)
	}
	if err != nil {
		return vedette.RollRound{}, err
	}
	ask := store.RollAsk{Rollcall: o.Rollcall, By: by, At: d.Now(), Seen: o.Seen}
	switch {
	case r.Update == "":
		if ask.Question, err = d.rollQuestion(ctx, &r.Rollcall); err != nil {
			return vedette.RollRound{}, err
		}
	case u != nil:
		ask.Update, ask.Lane = u.ID, vedette.LaneFor(u.Status, u.Content.Urgency, u.Content.Risk)
		if u.Asks != "" {
			ask.Lane = questionLane(u.Status)
		}
	}
	return d.rows.AskRollcall(ctx, ask)
}

// PreviewAsk counts whom asking of a roll-call once more would write to.
func (d *Desk) PreviewAsk(ctx context.Context, id vedette.ID) (int, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return 0, err
	}
	_, _, n, err := d.asking(ctx, id)
	return n, err
}

// asking gives an open roll-call, the update that is told again for it, nil for
// none, and how many people it asks.
func (d *Desk) asking(ctx context.Context, id vedette.ID) (r *Roll, u *vedette.Update, n int, err error) {
	r, err = d.Rollcall(ctx, id)
	switch {
	case err != nil:
		return nil, nil, 0, err
	case r.State != vedette.RollcallOpen:
		return nil, nil, 0, vedette.Errorf(vedette.CodeConflict, "the roll-call is closed; open a new one")
	case r.Update == "":
		return r, nil, r.Members, nil
	}
	if u, err = d.Update(ctx, r.Update); err != nil {
		return nil, nil, 0, err
	}
	if stands, err := d.stands(ctx, u); err != nil || !stands && (u.State != vedette.UpdatePublished || u.Cancels != "") {
		return r, nil, 0, err // nobody is written to
	}
	n, err = d.wouldTell(ctx, u, tell.Again)
	return r, u, n, err
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
