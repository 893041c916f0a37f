package desk

import (
	"context"
	"io"
	"slices"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/reconcile"
	"vedette/store"
	"vedette/tell"
)

// Reconciliation is an update's ledger held against itself, against who is
// concerned, and against a provider's log.
type Reconciliation struct {
	Update                  *vedette.Update
	AsOf                    time.Time
	People, Hooks, Managers reconcile.Account
	Gaps                    []reconcile.Gap // worst first, then by recipient
	Log                     *reconcile.Log  // nil where none was given
}

// The words of a reconciliation, for doors.
type (
	Account = reconcile.Account
	Gap     = reconcile.Gap
	GapKind = reconcile.Kind
)

// The sorts of gaps, worst first.
const (
	GapUncounted   = reconcile.Uncounted
	GapUnplanned   = reconcile.Unplanned
	GapUnfinished  = reconcile.Unfinished
	GapRefuted     = reconcile.Refuted
	GapUnlogged    = reconcile.Unlogged
	GapUnnoted     = reconcile.Unnoted
	GapFailed      = reconcile.Failed
	GapUnknown     = reconcile.Unknown
	GapWithheld    = reconcile.Withheld
	GapLate        = reconcile.Late
	GapUnreachable = reconcile.Unreachable
)

// Recipients names those that gaps are about: people, systems, and managers
// by whose they are; "" for none.
func (d *Desk) Recipients(ctx context.Context, gaps []Gap) ([]string, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	keys := make([]int64, len(gaps))
	for i := range gaps {
		keys[i] = gaps[i].Recipient
	}
	people, err := d.rows.PersonsByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	hooks, err := d.rows.Hooks(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(gaps))
	for i, key := range keys {
		sp, ok := people[key]
		switch k := slices.IndexFunc(hooks, func(h store.SealedHook) bool { return h.Key == key }); {
		case key == 0:
		case ok && sp.Erased:
			out[i] = "(erased)"
		case ok:
			out[i] = d.open(ctx, &sp).Record.Name
		case k >= 0:
			out[i] = "webhook " + string(hooks[k].ID)
		default:
			out[i] = "the manager of somebody who travels"
		}
	}
	return out, nil
}

// reconcilePage is how many recipients are read at a time.
const reconcilePage = 2000

// Reconcile holds an update's ledger against itself: each recipient is in one
// state, whoever is to be told has a notice, and what does not add up is named.
// With a provider's log it is held against that too.
func (d *Desk) Reconcile(ctx context.Context, id vedette.ID, log io.Reader) (*Reconciliation, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	u, err := d.Update(ctx, id)
	if err != nil {
		return nil, err
	}
	if u.State == vedette.UpdateDraft {
		return nil, vedette.Errorf(vedette.CodeConflict, "update %s is a draft: nobody was told; publish it first", id)
	}
	r := &reconciling{desk: d, Reconciliation: &Reconciliation{Update: u, AsOf: d.Now()}}
	if err := r.planned(ctx); err != nil {
		return nil, err
	}
	entries, err := r.ledger(ctx)
	if err != nil {
		return nil, err
	}
	if err := r.sums(ctx); err != nil {
		return nil, err
	}
	if err := r.concerned(ctx, entries); err != nil {
		return nil, err
	}
	if log != nil {
		if err := r.against(ctx, log); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(r.Gaps, func(a, b reconcile.Gap) int {
		return slices.Index(reconcile.Kinds, a.Kind) - slices.Index(reconcile.Kinds, b.Kind)
	})
	return r.Reconciliation, nil
}

// reconciling is a reconciliation on its way.
type reconciling struct {
	*Reconciliation
	desk   *Desk
	fanout vedette.ID // of the publication: it names the messages
}

func (r *reconciling) gap(k reconcile.Kind, recipient int64, reason string) {
	r.Gaps = append(r.Gaps, reconcile.Gap{Kind: k, Recipient: recipient, Reason: reason})
}

// planned looks at the fan-outs.
func (r *reconciling) planned(ctx context.Context) error {
	fs, err := r.desk.rows.Fanouts(ctx, r.Update.Key)
	for i := range fs {
		f := &fs[i]
		if f.No == 1 {
			r.fanout = f.ID
		}
		if f.State == vedette.FanoutQueued || f.State == vedette.FanoutPlanning {
			r.gap(reconcile.Unfinished, 0, "fan-out "+string(f.Cause)+" is "+string(f.State))
		}
	}
	return err
}

// each goes through the ledger.
func (r *reconciling) each(ctx context.Context, fn func(*store.LedgerEntry)) error {
	for after := int64(0); ; {
		list, err := r.desk.rows.Ledger(ctx, r.Update.Key, after, reconcilePage)
		if err != nil || len(list) == 0 {
			return err
		}
		for i := range list {
			fn(&list[i])
		}
		after = list[len(list)-1].Recipient
	}
}

// ledger counts the recipients, and gives which people are among them.
func (r *reconciling) ledger(ctx context.Context) (people map[int64]bool, err error) {
	people = map[int64]bool{}
	accounts := []*reconcile.Account{store.RecipientPerson: &r.People, store.RecipientHook: &r.Hooks, store.RecipientSuperior: &r.Managers}
	for _, a := range accounts {
		a.States = map[vedette.DeliveryState]int{}
	}
	err = r.each(ctx, func(e *store.LedgerEntry) {
		entry := reconcile.Entry{Recipient: e.Recipient, Round: e.Round, Deliveries: e.Deliveries}
		a := accounts[e.Kind]
		if a.Recipients++; e.Kind == store.RecipientPerson {
			people[e.Recipient] = true
		}
		if d := entry.Furthest(); d == nil {
			a.NoAddress++
		} else {
			a.States[d.State]++
		}
		if g, ok := reconcile.Of(&entry, r.AsOf); ok && !(g.Kind == reconcile.Withheld && e.Newer) {
			r.Gaps = append(r.Gaps, g)
		}
	})
	return people, err
}

// sums holds the rows, counted one by one, against what the engine counts
// itself.
func (r *reconciling) sums(ctx context.Context) error {
	t, err := r.desk.rows.Tally(ctx, r.Update.Key)
	if err != nil {
		return err
	}
	managers := 0
	for _, n := range t.Superiors {
		managers += n
	}
	hooks, people := 0, t.Unreachable
	for _, n := range t.Hooks {
		hooks += n
	}
	for _, n := range t.Deliveries {
		people += n
	}
	for _, c := range []struct {
		what string
		a    *reconcile.Account
		n    int
	}{{"people", &r.People, people}, {"webhooks", &r.Hooks, hooks}, {"managers", &r.Managers, managers}} {
		if c.a.Sum() != c.a.Recipients || c.n != c.a.Recipients {
			r.gap(reconcile.Uncounted, 0, c.what+": the rows and the sums of the ledger differ; look again once sending is done")
		}
	}
	return nil
}

// concerned looks for those who are to be told by what is known now, and have
// no notice. Of an update that does not stand nobody is.
func (r *reconciling) concerned(ctx context.Context, have map[int64]bool) error {
	if r.Update.State != vedette.UpdatePublished || r.Update.Cancels != "" {
		return nil
	}
	c, err := r.desk.census(ctx, r.Update, PublishOrder{}, tell.Published)
	if err != nil {
		return err
	}
	for key := range c.people.Candidates(c.record.Rule, c.now) {
		if have[key] {
			continue
		}
		who, _, there := c.people.Person(key)
		if o := c.record.Of(who, c.people.Watches(key), c.record.Held(key)); there && o.Tell {
			r.gap(reconcile.Unplanned, key, o.Reason+"; \"vedette serve\" tells them when it runs")
		}
	}
	return nil
}

// against holds every delivery of the newest rounds against a provider's log.
func (r *reconciling) against(ctx context.Context, from io.Reader) error {
	name := func(d *vedette.Delivery) string {
		if d.Lane == vedette.LaneDigest {
			return r.desk.Key.Digest(d.Recipient, d.Address, d.MeantAt)
		}
		return r.desk.Key.Message(r.fanout, d.Recipient, d.Address, d.Round)
	}
	mails := func(fn func(*vedette.Delivery)) error {
		return r.each(ctx, func(e *store.LedgerEntry) {
			for i := range e.Deliveries {
				if d := &e.Deliveries[i]; d.Channel == vedette.ChannelEmail {
					fn(d)
				}
			}
		})
	}
	ours := map[string]bool{}
	if err := mails(func(d *vedette.Delivery) { ours[name(d)] = true }); err != nil {
		return err
	}
	l, err := reconcile.ReadLog(from, func(n string) bool { return ours[n] })
	if err != nil {
		return err
	}
	r.Log = l
	return mails(func(d *vedette.Delivery) {
		if g, ok := l.Against(d, name(d)); ok {
			r.Gaps = append(r.Gaps, g)
		}
	})
}
