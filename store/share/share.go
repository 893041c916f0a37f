// Package share keeps what organisations of one installation have to do with each other:
// who was invited, who takes what another publishes, and what was copied. It is a part of
// the store, and the only one whose statements speak of two organisations. Nothing of
// people is in it.
package share

import (
	"context"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

// Share is one organisation's. It is safe for concurrent use.
type Share struct {
	db  *ground.DB
	org int64
}

// Of gives an organisation's.
func Of(db *ground.DB, org int64) *Share { return &Share{db, org} }

// tx is a running transaction of an organisation.
type tx struct {
	*ground.Tx
	org int64
}

func (s *Share) write(ctx context.Context, doing string, fn func(*tx) error) error {
	return s.db.Write(ctx, doing, func(t *ground.Tx) error { return fn(&tx{t, s.org}) })
}

func (s *Share) read(ctx context.Context, doing string, fn func(*tx) error) error {
	return s.db.Read(ctx, doing, func(t *ground.Tx) error { return fn(&tx{t, s.org}) })
}

func (t *tx) log(ref vedette.ID, verb string, now time.Time) error {
	_, err := book.Log(t.Tx, t.org, vedette.LogOrganisation, ref, verb, now)
	return err
}

// organisationColumns are what organisationInto scans, by the alias of the table.
func organisationColumns(o string) string {
	return o + `.id, ` + o + `.uuid, ` + o + `.name, ` + o + `.handle, ` + o + `.offers, ` + o + `.closed_at`
}

func organisationInto(o *vedette.Organisation) []any {
	return []any{&o.Key, &o.ID, &o.Name, &o.Handle, &o.Offers, ground.Time(&o.Closed)}
}

// Offering lists the other organisations that offer what they publish.
func (s *Share) Offering(ctx context.Context) (list []vedette.Organisation, err error) {
	err = s.read(ctx, "listing who offers updates", func(t *tx) error {
		list, err = ground.All(t.Tx, organisationInto, `SELECT `+organisationColumns("o")+` FROM organisations o WHERE o.offers = 1 AND o.closed_at = 0 AND o.id <> $1 ORDER BY o.name, o.id`, t.org)
		return err
	})
	return list, err
}

func subscriptionInto(s *vedette.Subscription) []any {
	return append(append(organisationInto(&s.Subscriber), organisationInto(&s.Publisher)...), code.CopyMode.Into(&s.Mode), ground.Time(&s.Made), &s.By, &s.CopiedTo)
}

var subscriptionSelect = `SELECT ` + organisationColumns("a") + `, ` + organisationColumns("p") + `, s.mode, s.made_at, s.made_by, s.copied_to
	FROM subscriptions s JOIN organisations a ON a.id = s.org JOIN organisations p ON p.id = s.publisher WHERE `

// Subscriptions lists what an organisation takes from others.
func (s *Share) Subscriptions(ctx context.Context) (list []vedette.Subscription, err error) {
	return s.subscriptions(ctx, `s.org = $1 ORDER BY p.name, p.id`)
}

// Subscribers lists who takes what an organisation publishes.
func (s *Share) Subscribers(ctx context.Context) (list []vedette.Subscription, err error) {
	return s.subscriptions(ctx, `s.publisher = $1 ORDER BY a.name, a.id`)
}

func (s *Share) subscriptions(ctx context.Context, where string) (list []vedette.Subscription, err error) {
	err = s.read(ctx, "listing subscriptions", func(t *tx) error {
		list, err = ground.All(t.Tx, subscriptionInto, subscriptionSelect+where, t.org)
		return err
	})
	return list, err
}

// Taking gives the organisations that take something from another, by key.
func Taking(ctx context.Context, db *ground.DB) (orgs []int64, err error) {
	err = db.Read(ctx, "looking who takes updates", func(t *ground.Tx) error {
		orgs, err = t.Keys(`SELECT DISTINCT org FROM subscriptions ORDER BY org`)
		return err
	})
	return orgs, err
}

// Subscribe has an organisation take, from now on, what another publishes, or take it in
// another mode. One that does not offer it is CodeNotFound.
func (s *Share) Subscribe(ctx context.Context, publisher int64, mode vedette.CopyMode, by string, now time.Time) error {
	return s.write(ctx, "subscribing", func(t *tx) error {
		var id vedette.ID
		var seq int64
		found, err := t.Found([]any{&id, &seq}, `SELECT uuid, seq FROM organisations WHERE id = $1 AND offers = 1 AND closed_at = 0 AND id <> $2`, publisher, t.org)
		if err == nil && !found {
			err = vedette.Errorf(vedette.CodeNotFound, "there is no such organisation that offers its updates")
		}
		if err != nil {
			return err
		}
		if _, err = t.Exec(`INSERT INTO subscriptions (org, publisher, mode, made_at, made_by, copied_to) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (org, publisher) DO UPDATE SET mode = excluded.mode`, t.org, publisher, code.CopyMode.Of(mode), ground.Micros(now), ground.Plain(by, 0), seq); err != nil {
			return err
		}
		return t.log(id, "subscribed to, "+string(mode), now)
	})
}

// Unsubscribe ends that; what was copied stays.
func (s *Share) Unsubscribe(ctx context.Context, publisher int64, now time.Time) error {
	return s.write(ctx, "unsubscribing", func(t *tx) error { return t.part(t.org, publisher, publisher, "unsubscribed from", now) })
}

// Dismiss ends that another takes what an organisation publishes.
func (s *Share) Dismiss(ctx context.Context, subscriber int64, now time.Time) error {
	return s.write(ctx, "ending a subscription", func(t *tx) error { return t.part(subscriber, t.org, subscriber, "subscription ended of", now) })
}

func (t *tx) part(subscriber, publisher, other int64, verb string, now time.Time) error {
	n, err := t.Exec(`DELETE FROM subscriptions WHERE org = $1 AND publisher = $2`, subscriber, publisher)
	if err == nil && n == 0 {
		err = vedette.Errorf(vedette.CodeNotFound, "there is no such subscription")
	}
	if err != nil {
		return err
	}
	var id vedette.ID
	if err := t.Row([]any{&id}, `SELECT uuid FROM organisations WHERE id = $1`, other); err != nil {
		return err
	}
	return t.log(id, verb, now)
}
