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
	to, event, why, err := b.addressee(ctx, c)
	if err != nil || event != "" {
		return m, event, why, err
	}
	no, since, err := b.rows.PageNo(ctx, c.Recipient)
	if err != nil {
		return m, "", "", err
	}
	if c.MadeAt.Before(since) {
		return m, "withhold", "the links to their page were ended since", nil
	}
	o := deliver.PageWord{Org: b.orgName(), Language: to.language, Discreet: to.rec.Discreet,
		Link: b.BaseURL + "/r/me/" + b.Key.SignPage(auth.Page{Org: b.org.Key, Person: c.Recipient, No: no, Expires: c.MadeAt.Add(auth.PageLife)})}
	m = o.Message(c.Channel == vedette.ChannelSMS)
	to.on(&m)
	return m, "", "", nil
}
