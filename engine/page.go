package engine

import (
	"context"

	"vedette"
	"vedette/auth"
	"vedette/deliver"
	"vedette/store"
)

// pageLetter makes the letter that has a link to somebody's own page, as their links are
// when it is sent; or says by what event it ends unsent, and why.
func (b *branch) pageLetter(ctx context.Context, c *store.ClaimedLetter) (m deliver.Message, event, why string, err error) {
	shut, err := b.rows.Shut(ctx)
	if err != nil {
		return m, "", "", err
	}
	if shut.Recipients[c.Recipient] {
		return m, "withhold", compromised, nil
	}
	sp, err := b.rows.PersonByKey(ctx, c.Recipient)
	if err != nil {
		return m, "", "", err
	}
	if sp.Erased {
		return m, "withhold", "the person was erased", nil
	}
	rec, err := b.Key.OpenRecord(sp.ID, sp.WrappedKey, sp.Record)
	if err != nil {
		return m, "fail", err.Error(), nil
	}
	veil, err := b.discreetThere(ctx, c.Recipient)
	if err != nil {
		return m, "", "", err
	}
	set, err := b.rows.Settings(ctx)
	if err != nil {
		return m, "", "", err
	}
	to, why, err := b.mayReach(ctx, rec, c.Address)
	if err == nil && why == "" && shut.Addresses[string(b.Key.Hash(vedette.DeadAddressKind, to))] {
		why = sharedShut
	}
	if err != nil || why != "" {
		return m, "fail", why, err
	}
	no, since, err := b.rows.PageNo(ctx, c.Recipient)
	if err != nil {
		return m, "", "", err
	}
	if c.MadeAt.Before(since) {
		return m, "withhold", "the links to their page were ended since", nil
	}
	o := deliver.PageWord{Org: b.orgName(), Language: deliver.Language(&set, rec.Language), Discreet: rec.Discreet || veil[c.Recipient],
		Link: b.BaseURL + "/r/me/" + b.Key.SignPage(auth.Page{Org: b.org.Key, Person: c.Recipient, No: no, Expires: c.MadeAt.Add(auth.PageLife)})}
	m = o.Message(c.Channel == vedette.ChannelSMS)
	if m.To = to; !o.Discreet {
		m.ToName = deliver.Clean(rec.Name)
	}
	return m, "", "", nil
}
