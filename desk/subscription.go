package desk

import (
	"context"
	"slices"

	"vedette"
	"vedette/auth/rights"
)

// Sharing is what an organisation offers to others of the installation, and takes.
type Sharing struct {
	Offers      bool
	Subscribers []vedette.Subscription // who takes what is published here
	Takes       []vedette.Subscription
	Offered     []vedette.Organisation // that may be subscribed to, and are not
}

// Sharing gives it. Of another organisation its name is shown, and nothing else.
func (d *Desk) Sharing(ctx context.Context) (s *Sharing, err error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return nil, err
	}
	s = &Sharing{}
	orgs, err := d.Store.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	for _, o := range orgs {
		s.Offers = s.Offers || o.Key == d.Org.Key && o.Offers
	}
	if s.Subscribers, err = d.rows.Subscribers(ctx); err != nil {
		return nil, err
	}
	if s.Takes, err = d.rows.Subscriptions(ctx); err != nil {
		return nil, err
	}
	offered, err := d.rows.Offering(ctx)
	for _, o := range offered {
		if !slices.ContainsFunc(s.Takes, func(t vedette.Subscription) bool { return t.Publisher.Key == o.Key }) {
			s.Offered = append(s.Offered, o)
		}
	}
	return s, err
}

// Subscribe takes what another organisation publishes from now on, in a mode.
func (d *Desk) Subscribe(ctx context.Context, handle string, mode vedette.CopyMode, by string) error {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return err
	}
	by, err := named(by)
	if err != nil {
		return err
	}
	if !slices.Contains(vedette.CopyModes, mode) {
		return vedette.Errorf(vedette.CodeInvalid, "say what becomes of what they publish: %s (your people are told at once) or %s (it lies before the desk)", vedette.CopyPublish, vedette.CopyDraft)
	}
	offered, err := d.rows.Offering(ctx)
	if err != nil {
		return err
	}
	for _, o := range offered { // of one that does not offer it is not said that it is there
		if o.Handle == vedette.CleanHandle(handle) {
			return d.rows.Subscribe(ctx, o.Key, mode, by, d.Now())
		}
	}
	return vedette.Errorf(vedette.CodeNotFound, "no organisation %q offers its updates here", handle)
}

// Unsubscribe takes it no more; what was copied stays.
func (d *Desk) Unsubscribe(ctx context.Context, handle string) error {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return err
	}
	list, err := d.rows.Subscriptions(ctx)
	if err != nil {
		return err
	}
	for _, s := range list {
		if s.Publisher.Handle == vedette.CleanHandle(handle) {
			return d.rows.Unsubscribe(ctx, s.Publisher.Key, d.Now())
		}
	}
	return vedette.Errorf(vedette.CodeNotFound, "nothing is taken from %q", handle)
}

// Dismiss ends that another organisation takes what is published here.
func (d *Desk) Dismiss(ctx context.Context, handle string) error {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return err
	}
	list, err := d.rows.Subscribers(ctx)
	if err != nil {
		return err
	}
	for _, s := range list {
		if s.Subscriber.Handle == vedette.CleanHandle(handle) {
			return d.rows.Dismiss(ctx, s.Subscriber.Key, d.Now())
		}
	}
	return vedette.Errorf(vedette.CodeNotFound, "%q takes nothing that is published here", handle)
}

// CopiedFrom says of whose update one of ours is the copy; nil for none.
func (d *Desk) CopiedFrom(ctx context.Context, update vedette.ID) (*vedette.Copy, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	c, found, err := d.rows.CopiedFrom(ctx, update)
	if err != nil || !found {
		return nil, err
	}
	return &c, nil
}
