package engine

import (
	"context"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver"
	"vedette/store"
	"vedette/tell/record"
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
	case of.Hidden && c.Kind != vedette.LetterWritten:
		return m, "withhold", "they did not call themselves, and are not to know", nil
	}
	to, event, why, err := b.addressee(ctx, c)
	if err != nil || event != "" {
		return m, event, why, err
	}
	u, err := b.rows.Update(ctx, of.Update)
	if err != nil {
		return m, "", "", err
	}
	o := deliver.CaseWord{Org: b.orgName(), Status: u.Status, Language: to.language, Discreet: to.rec.Discreet, Owner: of.Owner, Since: since(&of, entries), Next: of.DueAt,
		Link: b.BaseURL + "/r/" + b.Key.SignLink(auth.Link{Org: b.org.Key, Update: u.ID, Recipient: c.Recipient, Expires: c.MadeAt.Add(b.LinkLife)})}
	if c.Kind == vedette.LetterWritten {
		if o.Words, err = b.written(&to.person, entries, c.Entry); err != nil {
			return m, "fail", err.Error(), nil
		}
	}
	for _, e := range b.Gaz.EmergencyIn(vedette.AreasAt(to.person.Presences, b.Now())) {
		o.Numbers = append(o.Numbers, deliver.Numbers{Country: e.Name, Numbers: e.Numbers})
	}
	m = o.Message(c.Channel == vedette.ChannelSMS)
	to.on(&m)
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

// discreetThere gives who of some people is told discreetly for where they are.
func (b *branch) discreetThere(ctx context.Context, people ...int64) (map[int64]bool, error) {
	return record.DiscreetThere(ctx, b.rows, b.Gaz, b.Now(), people...)
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
		if !d.WarnOnly && string(d.Hash) == string(hash) {
			return "", "not sent: the address is dead (" + d.Since.UTC().Format("2 Jan 2006") + ": " + d.Reason + ")", nil
		}
	}
	return a.Value, "", nil
}

// written gives what the desk wrote in a case.
func (b *branch) written(sp *store.SealedPerson, entries []store.SealedEntry, no int) (string, error) {
	pk, err := b.Key.Unwrap(sp.ID, sp.WrappedKey)
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		if e.No == no && e.Kind == vedette.CaseWrite {
			words, err := pk.Open("case", e.Sealed)
			return string(words), err
		}
	}
	return "", vedette.Errorf(vedette.CodeInternal, "the case has no entry %d that was written to the person", no)
}

// mayNotKnow says why somebody on the rota is not written to at an address:
// whoever is compromised has it, or the case is of duress and theirs. "" is for
// nothing.
func (b *branch) mayNotKnow(ctx context.Context, c *store.ClaimedLetter, to string) (why string, err error) {
	shut, err := b.rows.Shut(ctx)
	if err != nil {
		return "", err
	}
	if shut.Addresses[string(b.Key.Hash(vedette.DeadAddressKind, to))] {
		return "somebody who is compromised has this address", nil
	}
	if c.Case == 0 {
		return "", nil
	}
	of, err := b.rows.CaseByKey(ctx, c.Case)
	if err != nil || !of.Duress {
		return "", err
	}
	sp, err := b.rows.PersonByKey(ctx, of.Person)
	if err != nil {
		return "", err
	}
	rec, err := b.Key.OpenRecord(sp.ID, sp.WrappedKey, sp.Record)
	if err != nil {
		return "", nil // a record that cannot be opened keeps nobody from being asked
	}
	if slices.ContainsFunc(rec.Addresses, func(a vedette.Address) bool { return strings.EqualFold(a.Value, to) }) {
		return "it is the address of whoever it is about", nil
	}
	return "", nil
}
