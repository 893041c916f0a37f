package desk

import (
	"context"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/reachable"
	"vedette/store"
)

// CanaryOrder changes to whom canaries are sent and when; what is nil stays.
type CanaryOrder struct {
	Persons []string // by name, e-mail address or id
	Every   *time.Duration
	Within  *time.Duration
	By      string
}

// SetCanary keeps whom canaries go to: addresses of the organisation's own, for
// they are sent without asking.
func (d *Desk) SetCanary(ctx context.Context, o CanaryOrder) (vedette.CanaryPlan, error) {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return vedette.CanaryPlan{}, err
	}
	set, err := d.rows.Settings(ctx)
	if err != nil {
		return set.Canary, err
	}
	p := &set.Canary
	if o.Persons != nil {
		p.Persons = nil
		for _, name := range o.Persons {
			who, err := d.Person(ctx, name)
			if err != nil {
				return *p, err
			}
			p.Persons = append(p.Persons, who.ID)
		}
	}
	if o.Every != nil {
		p.Minutes = int(*o.Every / time.Minute)
	}
	if o.Within != nil {
		p.Within = int(*o.Within / time.Minute)
	}
	return *p, d.SaveSettings(ctx, set, o.By)
}

// SendCanary sends a canary now.
func (d *Desk) SendCanary(ctx context.Context) (*vedette.Update, error) {
	if err := d.asks(&ctx, rights.Publish); err != nil {
		return nil, err
	}
	set, err := d.rows.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if len(set.Canary.Persons) == 0 {
		return nil, vedette.Errorf(vedette.CodeInvalid, "a canary goes to nobody yet: name people whose addresses are your own, with `vedette canary set PERSON …`")
	}
	now := d.Now()
	u := vedette.NewCanary(set.Canary, vedette.NewID(now), now)
	if err := d.rows.SaveDraft(ctx, u, now); err != nil {
		return nil, err
	}
	return d.rows.Publish(ctx, store.PublishOrder{Update: u.ID, Title: u.Content.Title, Lane: vedette.LaneCanary(), At: now})
}

// CanaryReport is how fast messages go, by the canaries of some days.
type CanaryReport struct {
	Plan   vedette.CanaryPlan
	Since  time.Time
	N      int       // canaries
	Last   time.Time // when the last was published, zero for none
	Paces  []reachable.Pace
	Latest []store.CanaryMessage // of the last one
	Clock  string                // whose clock all of it is by
}

// canaryDays is for how long canaries are looked back.
const canaryDays = 7

// Canary measures the canaries of the last days.
func (d *Desk) Canary(ctx context.Context) (*CanaryReport, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	set, err := d.rows.Settings(ctx)
	if err != nil {
		return nil, err
	}
	r := &CanaryReport{Plan: set.Canary, Since: d.Now().AddDate(0, 0, -canaryDays), Clock: "this machine's clock"}
	if d.Store.Engine() == "postgres" {
		r.Clock = "the clock of the machine that published it, and of the database server"
	}
	list, err := d.rows.Canaries(ctx, r.Since)
	if err != nil {
		return nil, err
	}
	var probes []reachable.Probe
	for i, m := range list {
		probes = append(probes, reachable.Probe{Channel: m.Channel, Published: m.PublishedAt, Accepted: m.AcceptedAt, Received: m.ArrivedAt})
		if i == 0 || m.Update != list[i-1].Update {
			r.N, r.Last, r.Latest = r.N+1, m.PublishedAt, nil
		}
		r.Latest = append(r.Latest, m)
	}
	r.Paces = reachable.Paces(probes)
	return r, nil
}
