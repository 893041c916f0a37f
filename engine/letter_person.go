package engine

import (
	"context"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver"
	"vedette/store"
)

// toPerson makes what somebody who called for help is told of it, as the case
// is when it is sent; or says by what event it ends unsent, and why.
func (b *branch) toPerson(ctx context.Context, c *store.ClaimedLetter) (m deliver.Message, event, why string, err error) {
	of, entries, open, err := b.rows.CaseOfPerson(ctx, c.Recipient)
	switch {
	case err != nil:
		return m, "", "", err
	case !open || of.Key != c.Case:
		return m, "withhold", "the case is closed", nil
	case c.Kind == vedette.LetterUntaken && of.Owner != "":
		return m, "withhold", of.Owner + " has it", nil
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
	to, why, err := b.mayReach(ctx, rec, c.Address)
	if err != nil || why != "" {
		return m, "fail", why, err
	}
	u, err := b.rows.Update(ctx, of.Update)
	if err != nil {
		return m, "", "", err
	}
	o := deliver.CaseWord{Org: b.org.Name, Status: u.Status, Language: rec.Language, Discreet: rec.Discreet, Owner: of.Owner, Since: since(&of, entries), Next: of.DueAt,
		Link: b.BaseURL + "/r/" + b.Key.SignLink(auth.Link{Org: b.org.Key, Update: u.ID, Recipient: c.Recipient, Expires: c.MadeAt.Add(b.LinkLife)})}
	for _, e := range b.Gaz.EmergencyIn(vedette.AreasAt(sp.Presences, b.Now())) {
		o.Numbers = append(o.Numbers, deliver.Numbers{Country: e.Name, Numbers: e.Numbers})
	}
	m = o.Message(c.Channel == vedette.ChannelSMS)
	if m.To = to; !rec.Discreet {
		m.ToName = deliver.Clean(rec.Name)
	}
	return m, "", "", nil
}

// since is since when a case is with whoever has it, or with the desk.
func since(c *vedette.Case, entries []store.SealedEntry) time.Time {
	at := c.CalledAt
	for _, e := range entries {
		if c.Owner != "" && (e.Kind == vedette.CaseTake || e.Kind == vedette.CaseHandOver) {
			at = e.At
		}
	}
	return at
}

// mayReach gives the value of an address, or why nothing is sent there.
func (b *branch) mayReach(ctx context.Context, rec *vedette.PersonRecord, address int) (to, why string, err error) {
	a, ok := rec.Address(address)
	switch {
	case !ok:
		return "", "the person has no such address any more", nil
	case a.Blocked != "":
		return "", "not sent: its owner wants nothing there (" + a.Blocked + ")", nil
	}
	dead, err := b.rows.DeadAddresses(ctx)
	if err != nil {
		return "", "", err
	}
	hash := b.Key.Hash(vedette.DeadAddressKind, a.Value)
	for _, d := range dead {
		if string(d.Hash) == string(hash) {
			return "", "not sent: the address is dead (" + d.Since.UTC().Format("2 Jan 2006") + ": " + d.Reason + ")", nil
		}
	}
	return a.Value, "", nil
}
