package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/store"
)

// canaryEvery is how often it is looked whether a canary is due, or is late.
const canaryEvery = 15 * time.Second

// canaryDue is by when somebody is to have seen to a channel that takes no
// canary.
const canaryDue = time.Hour

// canary publishes a canary where one is due, and asks the desk where the last
// was not accepted in time.
func (b *branch) canary(ctx context.Context) error {
	now := b.Now()
	if since := now.Sub(b.canaried); since >= 0 && since < canaryEvery {
		return nil
	}
	set, err := b.rows.Settings(ctx)
	if err != nil {
		return err
	}
	last, update, err := b.rows.LastCanary(ctx)
	if err != nil {
		return err
	}
	if set.Canary.Due(last, now) {
		err = b.sendCanary(ctx, &set.Canary, now)
	} else if update != 0 && now.Sub(last) >= set.Canary.Patience() {
		err = b.lateCanary(ctx, &set.Canary, last, update, now)
	}
	if err == nil {
		b.canaried = now
	}
	return err
}

// sendCanary publishes one. Of several processes that do so at the same time
// one does it: they make the same update.
func (b *branch) sendCanary(ctx context.Context, p *vedette.CanaryPlan, now time.Time) error {
	slot := now.Truncate(time.Duration(p.Minutes) * time.Minute)
	u := vedette.NewCanary(*p, vedette.NewIDOf(slot, fmt.Sprintf("canary of %d", b.org.Key)), now)
	err := b.rows.SaveDraft(ctx, u, now)
	if err == nil {
		_, err = b.rows.Publish(ctx, store.PublishOrder{Update: u.ID, Title: u.Content.Title, Lane: vedette.LaneCanary(), At: now})
	}
	if vedette.ErrorCode(err) == vedette.CodeConflict {
		return nil
	}
	return err
}

// lateCanary makes a task where a channel did not take the last canary in
// time: one at a time, and none of a canary of long ago.
func (b *branch) lateCanary(ctx context.Context, p *vedette.CanaryPlan, last time.Time, update int64, now time.Time) error {
	if now.Sub(last) > 24*time.Hour || update == b.canaryLate {
		return nil
	}
	list, err := b.rows.Canaries(ctx, last)
	if err != nil {
		return err
	}
	var slow []string
	for _, m := range list {
		if m.AcceptedAt.IsZero() && !slices.Contains(slow, string(m.Channel)) {
			slow = append(slow, string(m.Channel))
		}
	}
	open, err := b.rows.Tasks(ctx, store.TaskFilter{Kind: vedette.TaskCanary, State: vedette.TaskOpen, Limit: 1})
	if err != nil {
		return err
	}
	if len(slow) > 0 && len(open) == 0 {
		k := vedette.Task{Kind: vedette.TaskCanary, Default: "the next canary shows whether it still is so", DueAt: now.Add(canaryDue),
			Question: fmt.Sprintf("See to the sending over %s: the canary of %s was not accepted within %d min", strings.Join(slow, ", "), last.UTC().Format("2 Jan 15:04 UTC"), p.Within)}
		if err := b.rows.AddTaskAbout(ctx, update, k, now); err != nil {
			return err
		}
		b.Log.Warn("a canary was not accepted in time", "channels", slow)
	}
	b.canaryLate = update
	return nil
}
