package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/advise/until"
	"vedette/auth/rights"
	"vedette/match"
	"vedette/store"
	"vedette/tell"
)

// AllClearOrder asks for the word that what protects people in an area is
// needed no more.
type AllClearOrder struct {
	Area   vedette.AreaID
	Basis  string       // on what it is said; told to everyone it reaches
	By     string       // who says it
	Of     []vedette.ID // situations, or updates of them; empty where only one comes into question
	Status vedette.Status
	Accept bool         // though something else that stands there is immediate
	Seen   []vedette.ID // with Accept: all that was seen to stand against it; nil for whatever does
	Reason string       // why, with Accept
	Count  int          // how many people whoever gives it has typed that it tells; 0: none
}

// AllClearEffect is what an all-clear would do.
type AllClearEffect struct {
	Update    *vedette.Update
	Of        []*vedette.Update // what stands of each situation it is of, or its last word
	Ends      []EndedByClear    // advice that would end there
	Told      int
	There     int               // of them, in its area or may be
	Elsewhere int               // of them, elsewhere by now: they had an immediate warning for it
	Unreached int               // of them, without an address any channel sends to
	Wished    Wished            // of them, who hears it in their digest
	Against   []*vedette.Update // what is immediate there and goes on
	Board     Adopted           // what it asks the desk
}

// EndedByClear is advice that an all-clear ends in its area.
type EndedByClear struct {
	Update *vedette.Update
	Text   string
	Parts  bool // it tells more, which goes on
}

// PreviewAllClear says whom an all-clear would reach and what it would end.
func (d *Desk) PreviewAllClear(ctx context.Context, o AllClearOrder) (*AllClearEffect, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	e, _, err := d.clearing(ctx, o)
	if err != nil {
		return nil, err
	}
	c, err := d.census(ctx, e.Update, PublishOrder{}, tell.Published)
	if err != nil {
		return nil, err
	}
	c.all(func(j *judged) {
		out := j.out()
		if !out.Tell {
			return
		}
		e.Told += j.n
		if out.Relation == vedette.RelationIn || out.Relation == vedette.RelationMayBe {
			e.There += j.n
		} else {
			e.Elsewhere += j.n
		}
		if !j.reached {
			e.Unreached += j.n
		}
	})
	e.Wished = c.wished()
	_, tasks, err := d.adoption(ctx, e.Update, "")
	e.Board = Adopted{Tasks: tasks}
	return e, err
}

// AllClear gives an all-clear: an update of its own, beside the situations it
// is of, that everyone hears who was told of what it ends and may be in its
// area, and everyone who had an immediate warning for it. No posture falls by
// it; the desk is asked about each that stands there.
func (d *Desk) AllClear(ctx context.Context, o AllClearOrder) (*vedette.Update, error) {
	if err := d.asks(&ctx, rights.Publish); err != nil {
		return nil, err
	}
	e, stands, err := d.givable(ctx, o)
	if err != nil {
		return nil, err
	}
	u := e.Update
	if wants, err := d.WantsApproval(ctx, u); err != nil {
		return nil, err
	} else if wants {
		return nil, vedette.Errorf(vedette.CodeConflict, "no all-clear was given: your organisation wants the word of a second person for it; ask for approval")
	}
	if err := d.rows.SaveDraft(ctx, u, d.Now()); err != nil {
		return nil, err
	}
	return d.publishes(ctx, u, "", clearPublishing(u, d.Now(), stands))
}

// clearPublishing is how an all-clear goes out, weighed against what stands, by key.
func clearPublishing(u *vedette.Update, now time.Time, stands []int64) store.PublishOrder {
	return store.PublishOrder{Update: u.ID, Lane: vedette.LaneFor(u.Status, vedette.UrgencyImmediate, vedette.RiskLow), At: now, Stands: &stands}
}

// givable makes an all-clear that nothing is in the way of: what stands against it was
// seen and decided, and how many it tells was typed. With it is what stands, by key.
func (d *Desk) givable(ctx context.Context, o AllClearOrder) (*AllClearEffect, []int64, error) {
	e, stands, err := d.clearing(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	if len(e.Against) > 0 && !o.Accept {
		a := e.Against[0]
		return nil, nil, vedette.Errorf(vedette.CodeBlocked, "no all-clear was given: update %d of “%s” (%s) stands there and is immediate. Give the all-clear for it too (--of), or decide with --accept --reason …",
			a.Number, a.Situation.Title, a.ID)
	}
	for _, a := range e.Against {
		if o.Seen != nil && !slices.Contains(o.Seen, a.ID) {
			return nil, nil, vedette.Errorf(vedette.CodeConflict, "no all-clear was given: update %d of “%s” stands there and is immediate, and was not seen yet by whoever decided; look again", a.Number, a.Situation.Title)
		}
	}
	n, err := d.wouldTell(ctx, e.Update, tell.Published)
	if err == nil {
		err = d.counted(ctx, n, o.Count)
	}
	return e, stands, err
}

// clearing checks an order and makes the all-clear, with what it is weighed
// against.
func (d *Desk) clearing(ctx context.Context, o AllClearOrder) (*AllClearEffect, []int64, error) {
	area, ok := d.Gaz.Area(o.Area)
	switch {
	case !ok:
		return nil, nil, vedette.Errorf(vedette.CodeNotFound, "no area is known as %q", o.Area)
	case strings.TrimSpace(o.By) == "":
		return nil, nil, vedette.Errorf(vedette.CodeInvalid, "an all-clear is given by a person; say who")
	case strings.TrimSpace(o.Basis) == "":
		return nil, nil, vedette.Errorf(vedette.CodeInvalid, "an all-clear is given on a basis; say which (--basis)")
	case o.Accept && strings.TrimSpace(o.Reason) == "":
		return nil, nil, vedette.Errorf(vedette.CodeInvalid, "say why it is given though something immediate stands there (--reason)")
	}
	stands, err := d.rows.Standing(ctx)
	if err != nil {
		return nil, nil, err
	}
	e := &AllClearEffect{}
	if e.Of, err = d.clearsOf(ctx, o, stands); err != nil {
		return nil, nil, err
	}
	e.Update = d.allClear(o, area, e.Of)
	if err := d.notGiven(ctx, e); err != nil {
		return nil, nil, err
	}
	for _, u := range e.Of {
		if u.State != vedette.UpdatePublished || u.Cancels != "" {
			continue
		}
		ends, err := d.endsThere(ctx, u, area.ID)
		if err != nil {
			return nil, nil, err
		}
		e.Ends = append(e.Ends, ends...)
	}
	var keys []int64
	for _, u := range stands {
		keys = append(keys, u.Key)
		against, err := d.immediateAt(ctx, u, area.ID)
		if err != nil {
			return nil, nil, err
		}
		if against && u.Status == e.Update.Status && !slices.Contains(e.Update.Clears.Of, u.Situation.ID) {
			e.Against = append(e.Against, u)
		}
	}
	slices.Sort(keys)
	if len(e.Against) == 0 {
		e.Update.Clears.Despite = ""
	}
	return e, keys, nil
}

// allClear makes the update.
func (d *Desk) allClear(o AllClearOrder, area vedette.Area, of []*vedette.Update) *vedette.Update {
	now, title := d.Now(), "All-clear for "+d.placeName(area.ID)
	u := &vedette.Update{ID: vedette.NewID(now), State: vedette.UpdateDraft, Status: of[0].Status, CreatedAt: now, Situation: vedette.Situation{Title: title}}
	u.Clears = &vedette.AllClear{Area: area.ID, By: strings.TrimSpace(o.By), Basis: strings.TrimSpace(o.Basis), Despite: strings.TrimSpace(o.Reason)}
	for _, x := range of {
		u.Clears.Of = append(u.Clears.Of, x.Situation.ID)
	}
	u.Content = vedette.Content{Title: title, Headline: u.Clears.Basis, Kind: of[0].Content.Kind, IssuedAt: &now, Urgency: vedette.UrgencyPast,
		Affected: []vedette.Place{{Text: area.Name, Area: area.ID}}, Categories: of[0].Content.Categories}
	return u
}

// clearsOf gives the situations that an all-clear is of, each by its last word:
// those that are named, else the one that stands there.
func (d *Desk) clearsOf(ctx context.Context, o AllClearOrder, stands []*vedette.Update) (out []*vedette.Update, err error) {
	add := func(u *vedette.Update) {
		if !slices.ContainsFunc(out, func(x *vedette.Update) bool { return x.Situation.ID == u.Situation.ID }) {
			out = append(out, u)
		}
	}
	for _, id := range o.Of {
		u, err := d.lastWord(ctx, id)
		if err != nil {
			return nil, err
		}
		if len(out) > 0 && u.Status != out[0].Status {
			return nil, differs(out[0].Status, u.Status)
		}
		add(u)
	}
	if len(o.Of) > 0 {
		return out, nil
	}
	for _, u := range stands {
		immediate, err := d.immediateAt(ctx, u, o.Area)
		if err != nil {
			return nil, err
		}
		ends, err := d.endsThere(ctx, u, o.Area)
		if err != nil {
			return nil, err
		}
		if u.Status == o.Status && (immediate || len(ends) > 0) {
			add(u)
		}
	}
	switch len(out) {
	case 0:
		return nil, vedette.Errorf(vedette.CodeConflict, "nothing that stands tells anybody in %s to protect themselves, so there is nothing to give the all-clear for; if something did, say which (--of UPDATE)", d.placeName(o.Area))
	case 1:
		return out, nil
	}
	var names []string
	for _, u := range out {
		names = append(names, fmt.Sprintf("“%s” (--of %s)", u.Situation.Title, u.ID))
	}
	return nil, vedette.Errorf(vedette.CodeInvalid, "several situations stand there; say for which the all-clear is, one or more: %s", strings.Join(names, ", "))
}

// lastWord is the newest update of a situation, named by its id or by that of
// an update of it.
func (d *Desk) lastWord(ctx context.Context, id vedette.ID) (*vedette.Update, error) {
	if !id.Valid() {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%q is no id of an update or a situation; `vedette updates` lists them", id)
	}
	situation := id
	u, err := d.rows.Update(ctx, id)
	switch {
	case err == nil && u.State == vedette.UpdateDraft:
		return nil, vedette.Errorf(vedette.CodeConflict, "update %s is a draft: nobody was told, so there is nothing to give the all-clear for", id)
	case err == nil && u.Clears != nil:
		return nil, vedette.Errorf(vedette.CodeConflict, "update %s is an all-clear itself; name what it was given for", id)
	case err == nil:
		situation = u.Situation.ID
	case vedette.ErrorCode(err) != vedette.CodeNotFound:
		return nil, err
	}
	chain, err := d.rows.Chain(ctx, situation)
	if err != nil {
		return nil, err
	}
	for _, u := range chain { // newest first
		if u.State != vedette.UpdateStopped {
			return u, nil
		}
	}
	if len(chain) > 0 {
		return chain[0], nil
	}
	return nil, vedette.Errorf(vedette.CodeNotFound, "there is no update and no situation %s; `vedette updates` lists them", id)
}

// notGiven refuses an all-clear that says what one in force says already.
func (d *Desk) notGiven(ctx context.Context, e *AllClearEffect) error {
	for _, u := range e.Of {
		given, err := d.rows.AllClearsOf(ctx, u.Situation.ID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(given, func(c *vedette.Update) bool {
			return c.Ends(u) && (c.Clears.Area == e.Update.Clears.Area || d.Gaz.Contains(c.Clears.Area, e.Update.Clears.Area))
		})
		if i < 0 {
			return nil
		}
		if u == e.Of[len(e.Of)-1] {
			c := given[i]
			return vedette.Errorf(vedette.CodeConflict, "the all-clear for %s was given already, %s by %s (update %s), and nothing was said there since",
				d.placeName(c.Clears.Area), c.PublishedAt.UTC().Format("2 Jan 2006 15:04 UTC"), c.Clears.By, c.ID)
		}
	}
	return nil
}

// endsThere lists the advice of an update that protects people in an area now,
// as an all-clear ends it.
func (d *Desk) endsThere(ctx context.Context, u *vedette.Update, area vedette.AreaID) (out []EndedByClear, err error) {
	said, err := d.rows.Declared(ctx, u.Key)
	if err != nil {
		return nil, err
	}
	live := until.Live(d.Gaz, u, d.Now())
	for gi := range live.Content.Recommendations {
		g := &live.Content.Recommendations[gi]
		for ai := range g.Advice {
			met := slices.ContainsFunc(said, func(x vedette.Declared) bool {
				return x.Group == gi && x.Item == ai && x.State == vedette.ConditionMet
			})
			if ends, more := d.protects(live, g.Area, &g.Advice[ai], area, met); ends {
				out = append(out, EndedByClear{u, g.Advice[ai].Text, more})
			}
		}
	}
	return out, nil
}

// protects says whether an advice protects people somewhere in an area now, and
// whether it tells more. What waits for a condition does not yet.
func (d *Desk) protects(u *vedette.Update, group vedette.AreaID, a *vedette.Advice, area vedette.AreaID, met bool) (ends, more bool) {
	for i := range a.Actions {
		act := &a.Actions[i]
		if !act.Action.Protects() || a.Awaits(act.Action) && !met {
			more = true
			continue
		}
		areas := act.Areas(group)
		ends = ends || len(areas) == 0 && len(u.Shapes) > 0 || slices.ContainsFunc(areas, func(id vedette.AreaID) bool { return d.meet(id, area) })
	}
	return ends, more
}

// meet says whether one of two areas holds the other.
func (d *Desk) meet(a, b vedette.AreaID) bool {
	return a == b || d.Gaz.Contains(a, b) || d.Gaz.Contains(b, a)
}

// immediateAt says whether something immediate of an update is about an area:
// its own urgency, or a condition of it that was declared met.
func (d *Desk) immediateAt(ctx context.Context, u *vedette.Update, area vedette.AreaID) (bool, error) {
	about := slices.ContainsFunc(u.Areas(), func(id vedette.AreaID) bool { return d.meet(id, area) })
	if !about && len(u.Shapes) > 0 {
		set, err := d.rows.SettingsAt(ctx, d.Now())
		if err != nil {
			return false, err
		}
		about = match.Prepare(d.Gaz, u, set).DrawnAt(area)
	}
	if !about || u.Content.Urgency == vedette.UrgencyImmediate {
		return about, nil
	}
	said, err := d.rows.Declared(ctx, u.Key)
	return slices.ContainsFunc(said, func(x vedette.Declared) bool { return x.State == vedette.ConditionMet }), err
}

// AllClearsOf lists the all-clears in force that are about an update: of its
// situation, given after it.
func (d *Desk) AllClearsOf(ctx context.Context, u *vedette.Update) ([]*vedette.Update, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	all, err := d.rows.AllClearsOf(ctx, u.Situation.ID)
	return slices.DeleteFunc(all, func(c *vedette.Update) bool { return !c.Ends(u) }), err
}
