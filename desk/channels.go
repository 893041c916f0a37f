package desk

import (
	"context"
	"slices"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/deliver/gateway"
	"vedette/store"
)

// ChannelState is how a channel of this installation stands.
type ChannelState struct {
	Channel  vedette.Channel
	Sends    bool // this installation is set up for it
	Running  bool // somebody who sends over it said lately that they are there
	Gateways []GatewayState
}

// GatewayState is a gateway, without what is secret of it.
type GatewayState struct {
	Name, Form string
	From       []string
	PerSecond  float64
	Calls      string // where it calls us, after our own address
}

// Channels says how each channel stands.
func (d *Desk) Channels(ctx context.Context) ([]ChannelState, error) {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return nil, err
	}
	workers, err := d.Store.Workers(ctx, d.Now().Add(-store.WorkerGone))
	if err != nil {
		return nil, err
	}
	var out []ChannelState
	for _, c := range []vedette.Channel{vedette.ChannelEmail, vedette.ChannelSMS, vedette.ChannelVoice, vedette.ChannelPush, vedette.ChannelWebhook} {
		s := ChannelState{Channel: c, Sends: d.people.Sends(c)}
		s.Running = slices.ContainsFunc(workers, func(w store.Worker) bool { return slices.Contains(strings.Fields(w.Kind), string(c)) })
		switch {
		case c == vedette.ChannelSMS && d.SMS != nil:
			s.Gateways = gateways(d.SMS.Gateways, "/sms/", "/message")
		case c == vedette.ChannelVoice && d.Voice != nil:
			s.Gateways = gateways(d.Voice.Gateways, "/voice/", "/")
		}
		out = append(out, s)
	}
	return out, nil
}

func gateways(list []gateway.Gateway, before, after string) (out []GatewayState) {
	for _, g := range list {
		out = append(out, GatewayState{g.Name, g.Form, g.From, g.PerSecond, before + g.Name + after})
	}
	return out
}

// SendTest sends a canary to one person now, over every channel that they have: it
// goes the way of a warning, and asks nothing of whoever gets it.
func (d *Desk) SendTest(ctx context.Context, person string) (*vedette.Update, error) {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return nil, err
	}
	p, err := d.Person(ctx, person)
	if err != nil {
		return nil, err
	}
	r, err := d.people.Current(ctx)
	if err != nil {
		return nil, err
	}
	shut, err := d.shutNow(ctx)
	switch f, there := r.Facts(p.Key); {
	case err != nil:
		return nil, err
	case !there:
		return nil, vedette.Errorf(vedette.CodeInvalid, "nothing was sent: they are not among the people any more")
	case !shut[p.Key].Nothing():
		return nil, vedette.Errorf(vedette.CodeConflict, "nothing was sent: they are held to be compromised")
	case !f.Reached():
		return nil, vedette.Errorf(vedette.CodeInvalid, "nothing was sent: no channel sends to any address of theirs")
	}
	now := d.Now()
	u := vedette.NewCanary(vedette.CanaryPlan{Persons: []vedette.ID{p.ID}}, vedette.NewID(now), now)
	if err := d.rows.SaveDraft(ctx, u, now); err != nil {
		return nil, err
	}
	return d.rows.Publish(ctx, store.PublishOrder{Update: u.ID, Title: u.Content.Title, Lane: vedette.LaneCanary(), At: now})
}

// TestMessage is one message of a test, and how far it came.
type TestMessage = store.CanaryMessage

// TestSent says what became of a test.
func (d *Desk) TestSent(ctx context.Context, id vedette.ID) (u *vedette.Update, list []TestMessage, err error) {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return nil, nil, err
	}
	if u, err = d.Update(ctx, id); err != nil {
		return nil, nil, err
	}
	if u.Drill == nil || !u.Drill.Canary {
		return nil, nil, vedette.Errorf(vedette.CodeNotFound, "this update is no test of the channels")
	}
	all, err := d.rows.Canaries(ctx, u.PublishedAt)
	for _, m := range all {
		if m.Update == id {
			list = append(list, m)
		}
	}
	return u, list, err
}

// HouseCounts are the numbers of the house's pages.
type HouseCounts struct {
	PeopleCounts
	Sites, Watches, Hooks, Tasks, TasksDue, Turns int
	OnDuty                                        []string
}

// CountHouse counts them.
func (d *Desk) CountHouse(ctx context.Context) (c HouseCounts, err error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return HouseCounts{}, err
	}
	if c.PeopleCounts, err = d.CountPeople(ctx); err != nil {
		return c, err
	}
	sites, err := d.rows.Sites(ctx)
	if err != nil {
		return c, err
	}
	c.Sites = len(sites)
	if err := d.rows.Watches(ctx, func(vedette.Watch) error { c.Watches++; return nil }); err != nil {
		return c, err
	}
	hooks, err := d.rows.Hooks(ctx)
	if err != nil {
		return c, err
	}
	c.Hooks = len(hooks)
	tasks, err := d.Tasks(ctx, false)
	if err != nil {
		return c, err
	}
	for i := range tasks {
		if c.Tasks++; tasks[i].DueAt.Before(d.Now()) {
			c.TasksDue++
		}
	}
	rows, on, err := d.Rota(ctx, d.Now())
	c.Turns, c.OnDuty = len(rows), on
	return c, err
}
