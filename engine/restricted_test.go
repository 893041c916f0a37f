package engine

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/store"
)

// guarded is somebody restricted, with a manager where one is named.
func (n *night) guarded(mail, manager string, pr vedette.Presence) store.PersonChange {
	n.t.Helper()
	c := n.person(mail, pr)
	pk, wrapped := n.key.NewPersonKey(c.ID)
	sealed, err := pk.SealRecord(&vedette.PersonRecord{Name: "Xenia Quorvale", Manager: manager, Restricted: true, Addresses: []vedette.Address{{No: 1, Channel: vedette.ChannelEmail, Value: mail}}})
	if err != nil {
		n.t.Fatal(err)
	}
	c.WrappedKey, c.Record = wrapped, sealed
	return c
}

// knows has somebody sign in with an address who may know who is restricted.
func (n *night) knows(mail string) {
	n.t.Helper()
	_, err := n.rows.AddUser(n.t.Context(), vedette.User{ID: vedette.NewID(n.clock()), Name: "The " + mail, Login: mail, Role: vedette.RoleAdministrator, By: "Ada"}, []byte(mail), n.clock().Add(time.Hour), false, n.clock())
	if err == nil {
		_, err = n.rows.SetPrivy(n.t.Context(), mail, true, n.clock())
	}
	if err != nil {
		n.t.Fatal(err)
	}
}

// A restricted person who does not answer is told again by the policy for them; everybody
// else, and they where none is set for the urgency, by that of everybody.
func TestARestrictedPersonHasAPolicyOfTheirOwn(t *testing.T) {
	n := newNight(t, 1)
	n.save([]store.PersonChange{n.guarded("x@example.org", "", vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})})
	p, err := vedette.ParsePolicy("tell after 1m, 3 times; task after 2m")
	if err != nil {
		t.Fatal(err)
	}
	set := vedette.DefaultSettings()
	set.RestrictedPolicies = []vedette.PolicyFor{{Urgency: vedette.UrgencyImmediate, Policy: p}}
	if err := n.rows.SaveSettings(t.Context(), set, "Ada", n.clock()); err != nil {
		t.Fatal(err)
	}
	n.urgency = vedette.UrgencyImmediate
	inbox := n.inbox()
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "told", accepted(2))
	n.pass(u, 6)
	if got := strings.Join(inbox("x@example.org"), ", "); got != "told +0, reminded +1, reminded +2, reminded +3" {
		t.Errorf("the restricted person: %s", got)
	}
	if got := strings.Join(inbox("p0@example.org"), ", "); got != "told +0, reminded +5" {
		t.Errorf("somebody else: %s", got)
	}
	if n.calls(u) != 1 {
		t.Errorf("the desk is asked %d times", n.calls(u))
	}
	if got := set.PolicyFor(true, vedette.UrgencyExpected, vedette.RiskHigh); len(got.Steps) != 0 {
		t.Errorf("where none is set: %s", got.String())
	}
}

// A manager is told that somebody restricted travels, and who it is where they sign in
// with that address and may know it.
func TestAManagerIsToldOfARestrictedTravellerWithoutTheName(t *testing.T) {
	onBoth(t, 0, func(t *testing.T, n *night) {
		from := n.clock().AddDate(0, 0, 5)
		for mail, boss := range map[string]string{"a@example.org": "boss@example.org", "b@example.org": "privy@example.org"} {
			key := n.save([]store.PersonChange{n.guarded(mail, boss, vedette.Presence{Area: "FR", Because: vedette.BecauseHome})})[0]
			if _, err := n.rows.AddTrips(t.Context(), []vedette.Trip{{Person: key, Stays: []vedette.Stay{{Area: "IQ", From: from, To: from.AddDate(0, 0, 2)}}}}, n.clock()); err != nil {
				t.Fatal(err)
			}
		}
		n.knows("privy@example.org")
		sent := n.sentBox()
		n.engine("one")
		n.until(n.publish("", ""), "managers told", managers(2))
		for mail, named := range map[string]bool{"boss@example.org": false, "privy@example.org": true} {
			m, ok := sent(mail)
			all := m.Subject + m.Text + m.HTML
			if !ok || strings.Contains(all, "Quorvale") != named || strings.Contains(strings.ToLower(all), "restricted person") == named {
				t.Errorf("%s is told the name, or not: want %v of\n%s", mail, named, all)
			}
		}
	})
}

// Whoever is asked to take the case of a restricted person is told that somebody calls,
// and who it is only where they may know it.
func TestAnOfferOfARestrictedPersonsCase(t *testing.T) {
	onBoth(t, 0, func(t *testing.T, n *night) {
		key := n.save([]store.PersonChange{n.guarded("x@example.org", "", vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})})[0]
		stop := n.engine("one")
		u := n.publish("", "")
		n.until(u, "told", accepted(1))
		stop()
		if err := n.rows.Reply(t.Context(), vedette.Reply{Update: u.Key, Recipient: key, Kind: vedette.ReplyHelp, At: n.clock()}, vedette.AddressEmail, nil); err != nil {
			t.Fatal(err)
		}
		cases, err := n.rows.Cases(t.Context(), false)
		if err != nil || len(cases) != 1 {
			t.Fatal(cases, err)
		}
		n.knows("privy@example.org")
		b := n.branch("two")
		c := &store.ClaimedLetter{}
		c.Case, c.Channel, c.Kind = cases[0].Key, vedette.ChannelEmail, vedette.LetterOffer
		for mail, named := range map[string]bool{"duty@example.org": false, "Privy@example.org": true} {
			var m deliver.Message
			m, err = b.offer(t.Context(), c, []vedette.Address{{No: 1, Channel: vedette.ChannelEmail, Value: mail}})
			if err != nil || strings.Contains(m.Subject+m.Text, "Quorvale") != named {
				t.Errorf("%s: %v, want named %v: %s", mail, err, named, m.Subject+m.Text)
			}
		}
	})
}
