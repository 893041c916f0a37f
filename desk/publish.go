package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
	"vedette/tell"
)

// PublishOrder asks for a draft to become the organisation's word.
type PublishOrder struct {
	Draft     vedette.ID
	Situation vedette.ID // "" opens a new one, or takes that of Corrects
	Corrects  vedette.ID
	Accept    []vedette.FindingCode // blocking findings the person accepts
	Reason    string                // why a contradiction is accepted; kept on record
	Break     bool                  // break the glass: an immediate warning goes out undecided
	Again     bool                  // publish though the very same text was published before
	By        string                // who publishes a kept draft, "" where it is not known
	Count     int                   // how many people whoever publishes has typed that it tells; 0: none
	Seen      int                   // edits of a kept draft that whoever publishes has seen; 0: as it is now

	asks   bool    // a second person is asked for their word; nothing goes out yet
	second *second // on whose word it is besides, where a second person is wanted
}

// of takes from a draft what the order does not say.
func (o PublishOrder) of(u *vedette.Update) PublishOrder {
	o.Situation, o.Corrects = cmp.Or(o.Situation, u.Situation.ID), cmp.Or(o.Corrects, u.Corrects)
	return o
}

// Publish makes a draft immutable and numbered, queues its fan-out, and puts
// on the posture board what it brings, all or nothing. A blocking finding that was not accepted is CodeBlocked.
func (d *Desk) Publish(ctx context.Context, o PublishOrder) (*vedette.Update, error) {
	if err := d.asks(&ctx, rights.Publish); err != nil {
		return nil, err
	}
	u, err := d.Update(ctx, o.Draft)
	if err != nil {
		return nil, err
	}
	if err := d.needsNobody(ctx, u, o); err != nil {
		return nil, err
	}
	if err := d.taken(ctx, u, o); err != nil {
		return nil, err
	}
	return d.goesOut(ctx, u, o)
}

// taken holds a draft as it is kept to what was seen of it, and keeps in it the doubts
// that somebody takes on.
func (d *Desk) taken(ctx context.Context, u *vedette.Update, o PublishOrder) error {
	if err := noAllClear(u); err != nil {
		return err
	}
	if o.Seen > 0 {
		if err := u.Unchanged(o.Seen); err != nil {
			return err
		}
	}
	if err := u.Validate(); err != nil {
		return err
	}
	taken, err := d.accept(ctx, u, o.Accept)
	if err != nil || len(taken) == 0 {
		return err
	}
	u.Accepted = append(decisions(u), taken...)
	return d.rows.ReadyDraft(ctx, u, len(u.Edits), d.Now())
}

// goesOut publishes a draft as it is kept.
func (d *Desk) goesOut(ctx context.Context, u *vedette.Update, o PublishOrder) (*vedette.Update, error) {
	lane := vedette.LaneFor(u.Status, u.Content.Urgency, u.Content.Risk)
	o.Corrects = cmp.Or(o.Corrects, u.Corrects)
	situation, err := d.situationOf(ctx, o)
	if err != nil {
		return nil, err
	}
	p := store.PublishOrder{Update: u.ID, Situation: o.Situation, Title: situationTitle(u), Corrects: o.Corrects, Lane: lane, Edits: len(u.Edits), At: d.Now(), Freeze: d.freeze}
	o.second.into(&p)
	return d.publishes(ctx, u, cmp.Or(situation, u.Situation.ID), p)
}

// decisions are what was accepted of an update that is at odds.
func decisions(u *vedette.Update) (out []vedette.Finding) {
	for _, f := range u.Accepted {
		if f.Code == vedette.FindContradiction {
			out = append(out, f)
		}
	}
	return out
}

// PublishDraft keeps a composed draft, where it is not kept yet, and publishes it. What can be refused
// is refused before anything is kept.
func (d *Desk) PublishDraft(ctx context.Context, dr *Draft, o PublishOrder) (*vedette.Update, error) {
	if err := d.asks(&ctx, rights.Publish); err != nil {
		return nil, err
	}
	if err := d.needsNobody(ctx, dr.Update, o); err != nil {
		return nil, err
	}
	o, err := d.ready(ctx, dr, o)
	if err != nil {
		return nil, err
	}
	return d.Publish(ctx, o)
}

// ready keeps a draft as it is to be published, once nothing is in the way of that.
func (d *Desk) ready(ctx context.Context, dr *Draft, o PublishOrder) (PublishOrder, error) {
	if err := noAllClear(dr.Update); err != nil {
		return o, err
	}
	o = o.of(dr.Update)
	if o.Seen > 0 {
		if err := dr.Update.Unchanged(o.Seen); err != nil {
			return o, err
		}
	}
	odds, err := d.check(ctx, dr, o)
	if err != nil {
		return o, err
	}
	dr.Update.Accepted = odds
	what := "sent to be published"
	if o.asks {
		what = "sent to be approved"
	}
	if err := d.keep(ctx, dr, o.By, what); err != nil {
		return o, err
	}
	o.Draft, o.Seen = dr.Update.ID, len(dr.Update.Edits)
	return o, nil
}

// check says what is in the way of publishing a draft, and gives what of it is at odds as
// somebody decided it.
func (d *Desk) check(ctx context.Context, dr *Draft, o PublishOrder) ([]vedette.Finding, error) {
	if err := dr.Update.Validate(); err != nil {
		return nil, err
	}
	if _, err := accepted(dr.open(), o.Accept); err != nil {
		return nil, err
	}
	if err := d.checkOrder(ctx, dr.Update.Status, o); err != nil {
		return nil, err
	}
	if old, err := d.again(ctx, dr); err != nil {
		return nil, err
	} else if old != nil && !o.Again {
		return nil, vedette.Errorf(vedette.CodeConflict, "not published: the very same %s was published %s as update %s; say --again to tell everyone once more",
			sameWhat(old), old.PublishedAt.UTC().Format("2 Jan 2006 15:04 UTC"), old.ID)
	}
	return d.decided(ctx, dr.Update, o)
}

// sameWhat is what was published already.
func sameWhat(u *vedette.Update) string {
	if u.Flash != "" {
		return "flash"
	}
	return "text"
}

// decided says what of the advice is at odds with what stands, as somebody
// decided it, who knows how many it tells. What nobody decided is CodeBlocked; an immediate warning may
// break the glass.
func (d *Desk) decided(ctx context.Context, u *vedette.Update, o PublishOrder) (out []vedette.Finding, err error) {
	c, err := d.census(ctx, u, o, tell.Published)
	if err != nil {
		return nil, err
	}
	at, told := spots{}, 0
	c.all(func(j *judged) {
		if at.note(j, c.now); j.out().Tell {
			told += j.n
		}
	})
	if o.second == nil { // else whoever asked typed it, or it must not wait for that
		if err := c.set.Counted(told, o.Count); err != nil {
			return nil, err
		}
	}
	odds := c.record.Contradictions(at.list())
	if len(odds) == 0 {
		return nil, nil
	}
	reason := strings.TrimSpace(o.Reason)
	switch accepts := slices.Contains(o.Accept, vedette.FindContradiction); {
	case accepts && reason == "":
		return nil, vedette.Errorf(vedette.CodeInvalid, "not published: say why what is at odds may stand (--reason)")
	case accepts:
	case o.Break && u.Content.Urgency == vedette.UrgencyImmediate:
		reason = "immediate: published before it was decided. " + reason
	case o.Break:
		return nil, vedette.Errorf(vedette.CodeInvalid, "not published: only an immediate warning may break the glass; this is %s", u.Content.Urgency.Effective())
	default:
		return nil, vedette.Errorf(vedette.CodeBlocked, "not published: advice that stands is at odds: %s. Mend the draft, or decide with --accept contradiction --reason …", odds[0].Says)
	}
	for _, x := range odds {
		out = append(out, vedette.Finding{Code: vedette.FindContradiction, Message: x.Says.String() + " — " + strings.TrimSpace(reason), Blocks: true})
	}
	return out, nil
}

// checkOrder says whether the situation and the update that an order names are
// there and of the draft's status.
func (d *Desk) checkOrder(ctx context.Context, status vedette.Status, o PublishOrder) error {
	if o.Corrects != "" {
		old, err := d.Update(ctx, o.Corrects)
		switch {
		case vedette.ErrorCode(err) == vedette.CodeNotFound:
			return vedette.Errorf(vedette.CodeNotFound, "there is no update %s to correct; `vedette updates` lists them", o.Corrects)
		case err != nil:
			return err
		case old.State == vedette.UpdateDraft:
			return vedette.Errorf(vedette.CodeConflict, "update %s is a draft: nobody was told, so there is nothing to correct", o.Corrects)
		case old.Status != status:
			return differs(status, old.Status)
		}
	}
	if o.Situation == "" {
		return nil
	}
	chain, err := d.rows.Chain(ctx, o.Situation)
	switch {
	case err != nil:
		return err
	case len(chain) == 0:
		return vedette.Errorf(vedette.CodeNotFound, "there is no situation %s; `vedette updates` lists them", o.Situation)
	case chain[0].Status != status:
		return differs(status, chain[0].Status)
	}
	return nil
}

func differs(draft, other vedette.Status) error {
	return vedette.Errorf(vedette.CodeConflict, "the update is %s and the one before it %s: what is real and what is a drill are kept apart", draft, other)
}

// accept checks a draft's blocking findings against what a person accepts.
func (d *Desk) accept(ctx context.Context, u *vedette.Update, codes []vedette.FindingCode) ([]vedette.Finding, error) {
	var fs []vedette.Finding
	for _, id := range u.Reports {
		_, rd, err := d.rows.Report(ctx, id)
		if err != nil {
			return nil, err
		}
		fs = append(fs, unsettled(u, id, rd.Findings)...)
	}
	return accepted(fs, codes)
}

// accepted gives those of the findings that block which are accepted; one that is not is
// CodeBlocked.
func accepted(fs []vedette.Finding, codes []vedette.FindingCode) ([]vedette.Finding, error) {
	var out []vedette.Finding
	var open []string
	for _, f := range fs {
		if slices.Contains(codes, f.Code) {
			out = append(out, f)
		} else if !slices.Contains(open, string(f.Code)) {
			open = append(open, string(f.Code))
		}
	}
	if len(open) > 0 {
		return nil, vedette.Errorf(vedette.CodeBlocked, "not published: the reading has a doubt that decides who is told (%s); mend the report, or accept it with --accept %s",
			strings.Join(open, ", "), strings.Join(open, " --accept "))
	}
	return out, nil
}

// situationTitle names a new situation after the first words of its update.
func situationTitle(u *vedette.Update) string {
	t := u.Content.Headline
	if t == "" {
		t = u.Content.Title
	}
	if r := []rune(t); len(r) > 80 {
		cut := string(r[:80])
		if i := strings.LastIndexByte(cut, ' '); i > 40 {
			cut = cut[:i]
		}
		t = cut + " …"
	}
	return t
}
