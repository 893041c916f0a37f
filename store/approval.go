package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"vedette"
	"vedette/store/board"
	"vedette/store/code"
	"vedette/store/ground"
	"vedette/store/rota"
)

// Decided is how somebody answers an asking.
type Decided struct {
	By      string // as the record names them
	Decider vedette.ID
	ByLink  bool
	Words   string
}

const approvalSelect = `SELECT a.id, a.uuid, a.draft, a.glass, a.sum, a.wish, a.urgent, a.state, a.asked_by, a.asker, a.asked_at, a.ends_at, a.reason,
	a.decided_by, a.decider, a.by_link, a.words, a.decided_at, a.step, a.due_at, coalesce(a.task_id, 0) FROM approvals a WHERE a.org = $1`

func (t *tx) approvals(org int64, where string, args ...any) ([]vedette.Approval, error) {
	type row struct {
		vedette.Approval
		sum  []byte
		wish string
	}
	rows, err := ground.All(t.Tx, func(r *row) []any {
		a := &r.Approval
		return []any{&a.Key, &a.ID, &a.Draft, &a.Glass, &r.sum, &r.wish, &a.Urgent, code.Approval.Into(&a.State), &a.AskedBy, &a.Asker, ground.Time(&a.AskedAt), ground.Time(&a.EndsAt),
			&a.Reason, &a.By, &a.Decider, &a.ByLink, &a.Words, ground.Time(&a.At), &a.Step, ground.Time(&a.DueAt), &a.Task}
	}, approvalSelect+where, append([]any{org}, args...)...)
	list := make([]vedette.Approval, len(rows))
	for i := range rows {
		if err == nil {
			err = json.Unmarshal([]byte(rows[i].wish), &rows[i].Wish)
		}
		list[i] = rows[i].Approval
		list[i].Sum = string(rows[i].sum)
	}
	return list, err
}

// Ask asks a second person for their word about a draft as it is: another sum, or other
// edits than were seen, is a conflict, and so is a draft about which somebody is asked.
func (o *Org) Ask(ctx context.Context, a vedette.Approval, seen int, now time.Time) (vedette.Approval, error) {
	err := o.s.write(ctx, "asking a second person", func(t *tx) error {
		d, err := t.lockedDraft(o.org, a.Draft, seen)
		if err != nil {
			return err
		}
		if d.Sum() != a.Sum {
			return vedette.Errorf(vedette.CodeConflict, "the draft was changed meanwhile; look at it again")
		}
		open, err := t.approvals(o.org, ` AND a.draft = $2 AND a.state = {approval asked}`, string(a.Draft))
		if err != nil {
			return err
		}
		if len(open) > 0 {
			return vedette.Errorf(vedette.CodeConflict, "%s asked for approval already, at %s; it waits", open[0].AskedBy, open[0].AskedAt.UTC().Format("15:04 UTC"))
		}
		a.State = vedette.ApprovalAsked
		if err := t.addApproval(o.org, &a, now); err != nil {
			return err
		}
		return t.log(o.org, vedette.LogApproval, a.Draft, "asked", now)
	})
	return a, err
}

func (t *tx) addApproval(org int64, a *vedette.Approval, now time.Time) (err error) {
	if a.Key, err = t.keys("approval", 1); err != nil {
		return err
	}
	a.AskedAt, a.DueAt = ground.Moment(ground.Micros(now)), ground.Moment(ground.Micros(now))
	wish, err := json.Marshal(a.Wish)
	if err != nil {
		return err
	}
	var task any
	if a.Task != 0 {
		task = a.Task
	}
	_, err = t.Exec(`INSERT INTO approvals (id, org, uuid, draft, glass, sum, wish, urgent, state, asked_by, asker, asked_at, ends_at, reason, due_at, task_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $12, $15)`, a.Key, org, string(a.ID), string(a.Draft), ground.Bit(a.Glass), []byte(a.Sum), ground.Plain(string(wish), 0),
		ground.Bit(a.Urgent), code.Approval.Of(a.State), ground.Plain(a.AskedBy, 0), string(a.Asker), ground.Micros(now), ground.Micros(a.EndsAt), ground.Plain(a.Reason, 0), task)
	return err
}

// decideApproval moves an asking by an event, once: whoever comes second is told who was
// first. What still rings somebody is withheld.
func (t *tx) decideApproval(org, key int64, event string, s Decided, now time.Time) error {
	if _, err := t.Exists(`SELECT 1 FROM approvals WHERE id = $1 {lock}`, key); err != nil {
		return err
	}
	list, err := t.approvals(org, ` AND a.id = $2`, key)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return vedette.Errorf(vedette.CodeNotFound, "nobody was asked for approval by this")
	}
	next, ok := vedette.Approvals.Next(list[0].State, event)
	if !ok {
		return Settled(&list[0])
	}
	if _, err := t.Exec(`UPDATE approvals SET state = $2, decided_by = $3, decider = $4, by_link = $5, words = $6, decided_at = $7, due_at = 0 WHERE id = $1`,
		key, code.Approval.Of(next), ground.Plain(s.By, 0), string(s.Decider), ground.Bit(s.ByLink), ground.Plain(s.Words, 0), ground.Micros(now)); err != nil {
		return err
	}
	return rota.WithholdApproval(t.Tx, key, string(next))
}

// Settled says, as CodeConflict, what became of an asking that waits no more.
func Settled(a *vedette.Approval) error {
	at := a.At.UTC().Format("15:04 UTC on 2 Jan")
	switch a.State {
	case vedette.ApprovalApproved:
		return vedette.Errorf(vedette.CodeConflict, "%s approved it already, at %s: it is published", a.By, at)
	case vedette.ApprovalRefused:
		return vedette.Errorf(vedette.CodeConflict, "%s refused it already, at %s: %s", a.By, at, a.Words)
	case vedette.ApprovalWithdrawn:
		return vedette.Errorf(vedette.CodeConflict, "%s took the asking back at %s", a.By, at)
	case vedette.ApprovalChanged:
		return vedette.Errorf(vedette.CodeConflict, "the draft was changed or removed at %s, so what you were asked is over; look at it as it is now", at)
	case vedette.ApprovalOvertaken:
		return vedette.Errorf(vedette.CodeConflict, "it was published without this, at %s", at)
	case vedette.ApprovalLapsed:
		return vedette.Errorf(vedette.CodeConflict, "nobody answered in time, so the asking ended at %s; the draft is asked for anew", at)
	case vedette.ApprovalFine, vedette.ApprovalStopped:
		return vedette.Errorf(vedette.CodeConflict, "%s looked at it already, at %s: %s", a.By, at, a.State)
	}
	return vedette.Errorf(vedette.CodeConflict, "this is not what is asked; look at it again")
}

// DecideApproval refuses, withdraws, lets pass or stops; to approve is [Org.Publish].
func (o *Org) DecideApproval(ctx context.Context, a *vedette.Approval, event string, s Decided, now time.Time) error {
	return o.s.write(ctx, "deciding an approval", func(t *tx) error {
		if err := t.decideApproval(o.org, a.Key, event, s, now); err != nil {
			return err
		}
		if a.Task != 0 {
			if err := board.DecideIn(t.Tx, o.org, []int64{a.Task}, "done", s.By, "looked at: "+event, now); err != nil {
				return err
			}
		}
		verb := map[string]string{"refuse": "refused", "withdraw": "withdrawn", "pass": "looked at: fine", "stop": "looked at: to be stopped"}[event]
		if s.ByLink {
			verb += ", by link"
		}
		if s.Words != "" {
			verb += ": " + ground.Plain(s.Words, 0)
		}
		return t.log(o.org, vedette.LogApproval, a.Draft, verb, now)
	})
}

// endAsking ends what is asked about a draft, if anything is.
func (t *tx) endAsking(org int64, draft vedette.ID, event, why string, now time.Time) error {
	open, err := t.approvals(org, ` AND a.draft = $2 AND a.state = {approval asked}`, string(draft))
	if err != nil || len(open) == 0 {
		return err
	}
	if err := t.decideApproval(org, open[0].Key, event, Decided{Words: why}, now); err != nil {
		return err
	}
	return t.log(org, vedette.LogApproval, draft, "ended: "+why, now)
}

// assent holds a draft that is about to be published to what its approver saw, and keeps
// in it on whose word it is. It gives what the log is to say of it, once all else is
// written.
func (t *tx) assent(org int64, draft *vedette.Update, p PublishOrder) (verb string, err error) {
	open, err := t.approvals(org, ` AND a.draft = $2 AND a.state = {approval asked}`, string(draft.ID))
	switch {
	case err != nil:
		return "", err
	case p.Approval != 0:
		if verb, err = t.approved(org, draft, open, p); err != nil {
			return "", err
		}
	case len(open) > 0:
		verb = "ended: it was published without it"
		if err := t.decideApproval(org, open[0].Key, "overtake", Decided{Words: "it was published without it"}, p.At); err != nil {
			return "", err
		}
	}
	if p.Assent == nil {
		return verb, nil
	}
	draft.Assent = p.Assent
	body, err := bodyOf(draft)
	if err == nil {
		_, err = t.Exec(`UPDATE updates SET body = $2 WHERE id = $1 AND state IN ({update on publish})`, draft.Key, body)
	}
	return verb, err
}

func (t *tx) approved(org int64, draft *vedette.Update, open []vedette.Approval, p PublishOrder) (verb string, err error) {
	if len(open) == 1 && open[0].Key == p.Approval && open[0].Sum != draft.Sum() {
		return "", vedette.Errorf(vedette.CodeConflict, "the draft is not the one that was asked for; have it asked for anew")
	}
	if verb = "approved"; p.Said.ByLink {
		verb += ", by link"
	}
	return verb, t.decideApproval(org, p.Approval, "approve", p.Said, p.At)
}

// ReviewWithin is by when a second person is to have looked at what went out on one
// person's word.
const ReviewWithin = time.Hour

// assented notes on whose word an update went out, and has approvers look at what did on
// one person's.
func (t *tx) assented(org int64, draft *vedette.Update, p PublishOrder, verb string) error {
	if verb != "" {
		if err := t.log(org, vedette.LogApproval, draft.ID, verb, p.At); err != nil {
			return err
		}
	}
	if p.Glass == nil {
		return nil
	}
	a := *p.Glass
	id := vedette.NewID(p.At)
	if err := board.Ask(t.Tx, org, draft.Key, vedette.Task{ID: id, Kind: vedette.TaskReview, DueAt: p.At.Add(ReviewWithin), Default: "it stands",
		Question: "Look at what " + a.AskedBy + " published alone: is it fine, or is it to be stopped?"}, p.At); err != nil {
		return err
	}
	if err := t.Row([]any{&a.Task}, `SELECT id FROM tasks WHERE uuid = $1`, string(id)); err != nil {
		return err
	}
	a.Draft, a.Glass, a.State, a.Sum = draft.ID, true, vedette.ApprovalUnseen, draft.Sum()
	if err := t.addApproval(org, &a, p.At); err != nil {
		return err
	}
	return t.log(org, vedette.LogApproval, draft.ID, "published alone, the glass was broken: "+ground.Plain(a.Reason, 0), p.At)
}

// Approvals lists what waits for a second person, the oldest first.
func (o *Org) Approvals(ctx context.Context) (list []vedette.Approval, err error) {
	return o.approvalsBy(ctx, ` AND a.state IN ({approval asked}, {approval unseen}) ORDER BY a.id`)
}

// ApprovalsOf lists all that was asked about an update, the last first.
func (o *Org) ApprovalsOf(ctx context.Context, draft vedette.ID) (list []vedette.Approval, err error) {
	return o.approvalsBy(ctx, ` AND a.draft = $2 ORDER BY a.id DESC LIMIT 100`, string(draft))
}

// ApprovalsDue lists those of whom somebody is to be rung, the oldest first.
func (o *Org) ApprovalsDue(ctx context.Context, now time.Time) (list []vedette.Approval, err error) {
	return o.approvalsBy(ctx, ` AND a.state IN ({approval asked}, {approval unseen}) AND a.due_at > 0 AND a.due_at <= $2 ORDER BY a.id LIMIT 100`, ground.Micros(now))
}

func (o *Org) approvalsBy(ctx context.Context, where string, args ...any) (list []vedette.Approval, err error) {
	err = o.s.read(ctx, "reading what is asked of approvers", func(t *tx) error {
		list, err = t.approvals(o.org, where, args...)
		return err
	})
	return list, err
}

// Approval gives one, by its id or key.
func (o *Org) Approval(ctx context.Context, id vedette.ID, key int64) (a vedette.Approval, err error) {
	list, err := o.approvalsBy(ctx, ` AND (a.uuid = $2 OR a.id = $3)`, string(id), key)
	if err == nil && len(list) == 0 {
		err = vedette.Errorf(vedette.CodeNotFound, "nobody was asked for approval by this id; `vedette approve` lists what waits")
	}
	if err != nil {
		return a, err
	}
	return list[0], nil
}

// LapseApprovals ends what nobody answered in time, and gives how many.
func (o *Org) LapseApprovals(ctx context.Context, now time.Time) (n int, err error) {
	const late = ` AND a.state = {approval asked} AND a.ends_at <= $2 ORDER BY a.id LIMIT 100`
	list, err := o.approvalsBy(ctx, late, ground.Micros(now))
	if err != nil || len(list) == 0 {
		return 0, err
	}
	err = o.s.write(ctx, "ending what nobody approved", func(t *tx) error {
		list, err := t.approvals(o.org, late, ground.Micros(now))
		n = len(list)
		for i := range list {
			if err := t.endAsking(o.org, list[i].Draft, "lapse", "nobody answered in time", now); err != nil {
				return err
			}
		}
		return err
	})
	return n, err
}

// Ringing is somebody who is rung in a step, and over what.
type Ringing struct {
	User  vedette.User
	Where []vedette.Address
}

// StepApproval rings approvers, in one transaction with when the next are rung; a zero
// time is never. False: it was decided meanwhile, or another process took the step.
func (o *Org) StepApproval(ctx context.Context, a *vedette.Approval, who []Ringing, next, now time.Time) (taken bool, err error) {
	kind := vedette.LetterApprove
	if a.Glass {
		kind = vedette.LetterGlass
	}
	err = o.s.write(ctx, "ringing approvers", func(t *tx) error {
		n, err := t.Exec(`UPDATE approvals SET step = step + $4, due_at = $5 WHERE org = $1 AND id = $2 AND step = $3 AND state IN ({approval asked}, {approval unseen})`,
			o.org, a.Key, int64(a.Step), ground.Bit(len(who) > 0), ground.Micros(next))
		if taken = err == nil && n > 0; !taken || len(who) == 0 {
			return err
		}
		var letters []vedette.Letter
		var names []string
		for _, r := range who {
			key, err := t.reachOf(o.org, &r.User, now)
			if err != nil {
				return err
			}
			names = append(names, r.User.Name)
			for _, to := range r.Where {
				letters = append(letters, vedette.Letter{Kind: kind, Recipient: key, Approval: a.Key, Address: to.No, Channel: to.Channel})
			}
		}
		if err := rota.Post(t.Tx, o.org, letters, now); err != nil {
			return err
		}
		return t.log(o.org, vedette.LogApproval, a.Draft, ground.Plain("rang "+strings.Join(names, ", "), 500), now)
	})
	return taken, err
}

// LettersAsking lists the letters by which approvers were rung, the first first.
func (o *Org) LettersAsking(ctx context.Context, approval int64) (list []vedette.Letter, err error) {
	err = o.s.read(ctx, "reading who was rung", func(t *tx) error {
		list, err = rota.LettersAsking(t.Tx, o.org, approval)
		return err
	})
	return list, err
}
