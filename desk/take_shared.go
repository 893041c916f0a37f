package desk

import (
	"context"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
)

const (
	sharedAtOnce = 500            // rows of another's log that are looked at in one go
	sharedLate   = 24 * time.Hour // what is older is laid before the desk, not told people as if it were new
)

// TakeShared copies what others published, and did to what they had, since it was asked
// last, and says whether there is more. What cannot be done by itself is a task of the
// desk. It may be asked by several processes at once, and be killed anywhere: what was
// copied is not copied twice.
func (d *Desk) TakeShared(ctx context.Context) (more bool, err error) {
	if err := d.asks(&ctx, rights.Publish); err != nil {
		return false, err
	}
	list, err := d.rows.Subscriptions(ctx)
	if err != nil {
		return false, err
	}
	for i := range list {
		some, err := d.takeFrom(ctx, &list[i])
		if err != nil {
			return false, err
		}
		more = more || some
	}
	return more, nil
}

func (d *Desk) takeFrom(ctx context.Context, s *vedette.Subscription) (more bool, err error) {
	log, err := d.Store.In(s.Publisher.Key).Log(ctx, s.CopiedTo, sharedAtOnce)
	if err != nil || len(log) == 0 {
		return false, err
	}
	ctx = vedette.Acting(ctx, vedette.Actor{Via: vedette.ViaProgram, Name: s.Publisher.Name})
	t := &taking{Desk: d, s: s, from: New(Config{Store: d.Store, Org: s.Publisher, Key: d.Key, Gaz: d.Gaz, Rosters: d.Rosters, Now: d.Now})}
	for i := range log {
		if !s.Publisher.Offers || !s.Publisher.Closed.IsZero() {
			break // it is passed over, so that nothing old comes when it offers them again
		}
		if err := t.take(ctx, &log[i]); err != nil {
			return false, err
		}
	}
	noted, err := d.rows.Taken(ctx, s.Publisher.Key, s.CopiedTo, log[len(log)-1].Seq)
	return noted && len(log) == sharedAtOnce, err
}

// taking is what is copied from one organisation.
type taking struct {
	*Desk
	s    *vedette.Subscription
	from *Desk // of the other: it is read, and nothing else
}

// take does here what a row of the other's log says that was done there. Only a database
// that fails is an error: it is tried again.
func (t *taking) take(ctx context.Context, e *vedette.LogEntry) error {
	var err error
	switch id := vedette.ID(e.Ref); {
	case e.Kind == vedette.LogUpdate && e.Verb == "published":
		err = t.published(ctx, id)
	case e.Kind == vedette.LogUpdate && e.Verb == "stopped":
		err = t.stopped(ctx, id)
	case e.Kind == vedette.LogCondition:
		err = t.declared(ctx, id)
	}
	return err
}

// published takes an update that was published.
func (t *taking) published(ctx context.Context, id vedette.ID) error {
	u, err := t.from.rows.Update(ctx, id)
	switch {
	case err != nil:
		return err
	case u.Status != vedette.StatusActual || u.Drill != nil || u.Asks != "":
		return nil // between them and their own people
	case u.Cancels != "":
		return t.cancelled(ctx, u)
	case u.State != vedette.UpdatePublished:
		return nil // overtaken, or stopped, meanwhile: what follows is in the log, too
	case u.Clears != nil:
		return t.lays(ctx, "gave an all-clear (“"+title(u)+"”): look whether it is one for your people, and give it yourself")
	}
	return t.copies(ctx, u)
}

func title(u *vedette.Update) string {
	if u.Clears != nil {
		return u.Content.Title + ": " + u.Clears.Basis
	}
	if u.Content.Headline != "" {
		return u.Content.Headline
	}
	return u.Content.Title
}

// copies copies an update, and publishes it where that is what the copies are for.
func (t *taking) copies(ctx context.Context, u *vedette.Update) error {
	ours, err := t.copy(ctx, u)
	if err != nil || ours.State != vedette.UpdateDraft {
		return err // done before
	}
	switch {
	case t.s.Mode != vedette.CopyPublish:
		return t.lays(ctx, "published “"+title(u)+"”: it lies before you as a draft")
	case t.Now().Sub(u.PublishedAt) > sharedLate:
		return t.lays(ctx, "published “"+title(u)+"” "+u.PublishedAt.UTC().Format("2 Jan 15:04 UTC")+", and it came late: it lies before you as a draft")
	}
	err = t.publishes(ctx, u, ours)
	return t.refused(ctx, err, "published “"+title(u)+"”. It lies before you as a draft, for it could not be published by itself")
}

// publishes publishes the copy of an update. Where a second person's word is wanted it is
// asked for; what is immediate breaks the glass.
func (t *taking) publishes(ctx context.Context, u, ours *vedette.Update) error {
	dr, immediate := &Draft{Update: ours}, u.Content.Urgency == vedette.UrgencyImmediate
	o := PublishOrder{Situation: ours.Situation.ID, Corrects: ours.Corrects, By: t.s.Publisher.Name, Again: true, Break: immediate}
	wants, err := t.WantsApproval(ctx, ours)
	switch {
	case err != nil:
		return err
	case wants && immediate:
		o.Reason = t.s.Publisher.Name + " published it, and it is immediate"
		_, err := t.BreakGlass(ctx, dr, o, true)
		return err
	}
	pv, err := t.Preview(ctx, dr, o)
	if err != nil {
		return err
	}
	o.Count = pv.Count
	if wants {
		if open, err := t.askedOf(ctx, ours.ID); err != nil || open != nil {
			return err // asked before
		}
		_, err = t.AskApproval(ctx, dr, o)
		return err
	}
	_, err = t.PublishDraft(ctx, dr, o)
	return err
}

// copy is the copy of an update, which is made where there is none.
func (t *taking) copy(ctx context.Context, u *vedette.Update) (*vedette.Update, error) {
	c, found, err := t.rows.CopyOf(ctx, t.s.Publisher.Key, u.ID)
	if err != nil {
		return nil, err
	}
	if !found {
		now := t.Now()
		ours := &vedette.Update{ID: vedette.NewID(now), State: vedette.UpdateDraft, Status: u.Status, Content: unlined(u.Content), Flash: u.Flash, Tongues: u.Tongues, Shapes: u.Shapes, AreaRisks: u.AreaRisks, CreatedAt: now}
		if ours.Situation.ID, _, err = t.rows.CopyOfSituation(ctx, t.s.Publisher.Key, u.Situation.ID); err != nil {
			return nil, err
		}
		if ours.Corrects, err = t.toldID(ctx, u.Corrects); err != nil {
			return nil, err
		}
		err := t.rows.SaveCopy(ctx, ours, t.s.Publisher.Key, u.ID, now)
		if err == nil || vedette.ErrorCode(err) != vedette.CodeConflict {
			return ours, err
		}
		if c, _, err = t.rows.CopyOf(ctx, t.s.Publisher.Key, u.ID); err != nil { // another was quicker
			return nil, err
		}
	}
	return t.rows.Update(ctx, c.Update)
}

// unlined is what an update says as the words of whoever publishes it: the report it was
// drawn from stays where it is.
func unlined(c vedette.Content) vedette.Content {
	c = from(c, "")
	for i := range c.Summary {
		unsource(&c.Summary[i])
	}
	for i := range c.Assessments {
		unsource(&c.Assessments[i].Statement)
	}
	for _, topic := range c.Topics {
		for i := range topic.Claims {
			unsource(&topic.Claims[i].Statement)
		}
	}
	for _, g := range c.Recommendations {
		for i := range g.Advice {
			unsource(&g.Advice[i].Statement)
		}
	}
	return c
}

// told is the copy of another's update that people here were told of; nil for none.
func (t *taking) told(ctx context.Context, source vedette.ID) (*vedette.Update, error) {
	if source == "" {
		return nil, nil
	}
	c, found, err := t.rows.CopyOf(ctx, t.s.Publisher.Key, source)
	if err != nil || !found {
		return nil, err
	}
	u, err := t.rows.Update(ctx, c.Update)
	if err != nil || u.State == vedette.UpdateDraft {
		return nil, err
	}
	return u, nil
}

// toldID is its id, "" for none.
func (t *taking) toldID(ctx context.Context, source vedette.ID) (vedette.ID, error) {
	u, err := t.told(ctx, source)
	if err != nil || u == nil {
		return "", err
	}
	return u.ID, nil
}

// cancelled takes that an update was sent in error, or is over.
func (t *taking) cancelled(ctx context.Context, u *vedette.Update) error {
	ours, err := t.told(ctx, u.Corrects)
	if err != nil {
		return err
	}
	if ours == nil {
		return t.withdrawn(ctx, u.Corrects)
	}
	reason := said(u)
	says := "says that “" + title(ours) + "” " + map[vedette.Cancel]string{vedette.CancelError: "was sent in error", vedette.CancelOver: "is over"}[u.Cancels] + ": " + reason
	if t.s.Mode != vedette.CopyPublish {
		return t.lays(ctx, says+" You published it, too: say so to your people")
	}
	if u.Alone {
		o := RetractOrder{Update: ours.ID, Reason: reason}
		p, err := t.PreviewRetract(ctx, ours.ID)
		if err == nil {
			o.Count = p.Meant
			_, err = t.Retract(ctx, o)
		}
		return t.refused(ctx, err, says)
	}
	o := CancelOrder{Update: ours.ID, Why: u.Cancels, Reason: reason}
	o.Count, err = t.PreviewCancel(ctx, o)
	if err == nil {
		_, err = t.Cancel(ctx, o)
	}
	return t.refused(ctx, err, says)
}

// said is what a cancellation says.
func said(u *vedette.Update) string {
	var words []string
	for _, s := range u.Content.Summary {
		words = append(words, s.Text)
	}
	if len(words) == 0 {
		return "withdrawn by whoever published it first"
	}
	return strings.Join(words, " ")
}

// withdrawn removes the draft of an update that is no more: nobody was told.
func (t *taking) withdrawn(ctx context.Context, source vedette.ID) error {
	c, found, err := t.rows.CopyOf(ctx, t.s.Publisher.Key, source)
	if err != nil || !found {
		return err
	}
	u, err := t.rows.Update(ctx, c.Update)
	if err != nil || u.State != vedette.UpdateDraft {
		return err
	}
	if len(u.Edits) > 0 { // somebody works on it
		return t.lays(ctx, "took back “"+title(u)+"”, which is a draft of yours")
	}
	return t.refused(ctx, t.RemoveDraft(ctx, u.ID, 0, t.s.Publisher.Name), "took back “"+title(u)+"”, which is a draft of yours")
}

// stopped takes that an update was stopped.
func (t *taking) stopped(ctx context.Context, source vedette.ID) error {
	u, err := t.from.rows.Update(ctx, source)
	if err != nil || u.Status != vedette.StatusActual {
		return err
	}
	ours, err := t.told(ctx, source)
	switch {
	case err != nil:
		return err
	case ours == nil:
		return t.withdrawn(ctx, source)
	case ours.State == vedette.UpdateStopped:
		return nil
	}
	reason := ""
	if u.Mark != nil {
		reason = u.Mark.StopReason
	}
	says := "stopped “" + title(ours) + "”: " + reason
	if t.s.Mode != vedette.CopyPublish {
		return t.lays(ctx, says+". You published it, too: look whether to stop it")
	}
	_, err = t.Stop(ctx, ours.ID, t.s.Publisher.Name+" stopped it: "+reason)
	return t.refused(ctx, err, says)
}

// declared takes what was declared of an update's conditions.
func (t *taking) declared(ctx context.Context, source vedette.ID) error {
	u, err := t.from.rows.Update(ctx, source)
	if err != nil || u.Status != vedette.StatusActual {
		return err
	}
	ours, err := t.told(ctx, source)
	if err != nil || ours == nil {
		return err
	}
	there, err := t.from.conditions(ctx, u)
	if err != nil {
		return err
	}
	here, err := t.conditions(ctx, ours)
	if err != nil || len(here) != len(there) {
		return err // a copy never differs
	}
	for i, c := range there {
		if c.State == here[i].State {
			continue
		}
		says := "declared a condition of “" + title(ours) + "” " + string(c.State) + ": " + c.Condition
		if t.s.Mode != vedette.CopyPublish {
			if err := t.lays(ctx, says); err != nil {
				return err
			}
			continue
		}
		o := ConditionOrder{Update: ours.ID, No: c.No, State: c.State, By: t.s.Publisher.Name, Reason: c.Reason}
		e, err := t.PreviewCondition(ctx, o)
		if err == nil {
			o.Count = e.Told
			err = t.DeclareCondition(ctx, o)
		}
		if err := t.refused(ctx, err, says); err != nil {
			return err
		}
	}
	return nil
}

// lays lays before the desk what another did.
func (t *taking) lays(ctx context.Context, did string) error {
	return t.bid(ctx, vedette.TaskCopied, t.s.Publisher.Name+" "+did)
}

// refused does so where something could not be done by itself, with the reason. That the
// database does not answer is none: it is tried again.
func (t *taking) refused(ctx context.Context, err error, did string) error {
	switch vedette.ErrorCode(err) {
	case "", vedette.CodeUnavailable, vedette.CodeInternal:
		return err
	}
	return t.lays(ctx, did+" ("+err.Error()+")")
}

// unsource takes from a statement which reports it is of.
func unsource(st *vedette.Statement) { st.Lines, st.Also, st.Edited = vedette.Lines{}, nil, false }
