package desk

import (
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/advise/until"
	"vedette/deliver"
)

// myTold is a notice that stands, with the advice that applies to them.
type myTold struct {
	update  *vedette.Update
	variant vedette.Variant
}

// myNotices adds what they were told that stands, the newest first.
func (d *Desk) myNotices(ctx context.Context, pg *MyPage) (told []myTold, err error) {
	list, err := d.rows.NoticesOf(ctx, pg.link.Person, 10*minesShown)
	if err != nil {
		return nil, err
	}
	stand, err := d.standingKeys(ctx)
	if err != nil {
		return nil, err
	}
	for _, n := range list {
		u, err := d.rows.Update(ctx, n.Update)
		if err != nil {
			return nil, err
		}
		if !stand.Has(u.Key) && !stillSaid(u, d.Now()) {
			continue
		}
		if len(pg.Notices) == minesShown {
			pg.More = true
			break
		}
		v, card, err := d.cardOf(ctx, pg, u)
		if err != nil {
			return nil, err
		}
		told = append(told, myTold{u, v})
		pg.Notices = append(pg.Notices, MyNotice{*card, u, n.MadeAt, n.Answer, n.AnsweredAt})
	}
	return told, nil
}

// stillSaid says whether what stands nowhere is shown all the same, for a while: a question
// that waits for an answer, and that something is over.
func stillSaid(u *vedette.Update, now time.Time) bool {
	age := now.Sub(u.PublishedAt)
	switch {
	case u.State != vedette.UpdatePublished:
		return false
	case u.Asks != "":
		return age < LinkLife
	}
	return (u.Clears != nil || u.Cancels != "" || u.Drill != nil) && age < endsShown
}

// endsShown is for how long a page says that something is over.
const endsShown = 72 * time.Hour

// cardOf makes the card of what they were told of an update last.
func (d *Desk) cardOf(ctx context.Context, pg *MyPage, u *vedette.Update) (v vedette.Variant, card *deliver.Card, err error) {
	n, _, err := d.rows.Notice(ctx, u.Key, pg.link.Person)
	if err != nil {
		return v, nil, err
	}
	vs, err := d.rows.Variants(ctx, u.Key)
	if err != nil {
		return v, nil, err
	}
	if i := slices.IndexFunc(vs, func(x vedette.Variant) bool { return x.No == n.Variant }); i >= 0 {
		v = vs[i]
	}
	of := deliver.Notice{Update: u, Variant: v, Org: d.OrgName(), AreaName: d.Gaz.NameIn, Gone: len(v.Lines)+len(v.Areas) == 0,
		Language: pg.Language, Discreet: pg.Discreet}
	if u.Corrects != "" {
		old, err := d.rows.Update(ctx, u.Corrects)
		if err != nil {
			return v, nil, err
		}
		of.Correction = &deliver.Correction{Number: old.Number, At: old.PublishedAt, Cancels: u.Cancels}
	}
	if of.Others, err = d.othersOf(ctx, v); err != nil {
		return v, nil, err
	}
	of.Late = d.endedBy(&of, d.Now())
	card, err = deliver.RenderCard(of)
	return v, card, err
}

// othersOf reads the updates that a variant's other lines are of.
func (d *Desk) othersOf(ctx context.Context, v vedette.Variant) (out []*vedette.Update, err error) {
	for _, l := range v.Others {
		if slices.ContainsFunc(out, func(u *vedette.Update) bool { return u.ID == l.Update }) {
			continue
		}
		u, err := d.rows.Update(ctx, l.Update)
		if err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, nil
}

// endedBy says which of its lines are past by a moment, nil for none.
func (d *Desk) endedBy(n *deliver.Notice, now time.Time) *deliver.Late {
	of := map[vedette.ID]*vedette.Update{"": n.Update}
	for _, u := range n.Others {
		of[u.ID] = u
	}
	late := &deliver.Late{}
	for _, l := range slices.Concat(n.Variant.Lines, n.Variant.Others) {
		u := of[l.Update]
		if u == nil || l.Group >= len(u.Content.Recommendations) || l.Item >= len(u.Content.Recommendations[l.Group].Advice) {
			continue // what cannot be rendered is said where it is
		}
		if at, ok := until.End(d.Gaz, u, l.Group, l.Item); ok && !at.After(now) {
			late.Ended = append(late.Ended, deliver.Ended{Line: l, At: at})
		}
	}
	if len(late.Ended) == 0 {
		return nil
	}
	return late
}
