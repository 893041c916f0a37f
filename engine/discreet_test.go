package engine

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/store"
)

// sentBox keeps the last message to each address.
func (n *night) sentBox() func(mail string) (deliver.Message, bool) {
	var mu sync.Mutex
	last := map[string]deliver.Message{}
	n.box.set(func(_ int, m deliver.Message) deliver.Result {
		mu.Lock()
		defer mu.Unlock()
		last[m.To] = m
		return deliver.Result{Kind: deliver.Accepted}
	})
	return func(mail string) (deliver.Message, bool) {
		mu.Lock()
		defer mu.Unlock()
		m, ok := last[mail]
		return m, ok
	}
}

// Whoever is, or may be, where the organisation says so is told discreetly; others
// of the same update are not, and nobody is once the place is named no more.
func TestDiscreetByArea(t *testing.T) {
	onBoth(t, 0, func(t *testing.T, n *night) {
		n.save([]store.PersonChange{
			n.person("basra@example.org", vedette.Presence{Area: "IQ-BA", Because: vedette.BecauseHome}),
			n.person("somewhere@example.org", vedette.Presence{Area: "IQ", Because: vedette.BecauseHome}),
			n.person("erbil@example.org", vedette.Presence{Area: "IQ-AR", Because: vedette.BecauseHome}),
		})
		name := func(areas ...vedette.AreaID) {
			set := vedette.DefaultSettings()
			set.DiscreetIn = areas
			if err := n.rows.SaveSettings(t.Context(), set, "Ada", n.clock()); err != nil {
				t.Fatal(err)
			}
		}
		sent := n.sentBox()
		n.engine("one")
		check := func(what string, u *vedette.Update, want map[string]bool) {
			t.Helper()
			n.until(u, what, accepted(3))
			for mail, discreet := range want {
				if m, ok := sent(mail); !ok || m.Discreet != discreet {
					t.Errorf("%s: %s was told discreetly: %v, want %v", what, mail, m.Discreet, discreet)
				}
			}
		}
		name("SY", "IQ-BA")
		check("named", n.publish("", ""), map[string]bool{"basra@example.org": true, "somewhere@example.org": true, "erbil@example.org": false})
		name("SY")
		check("named no more", n.publish("", ""), map[string]bool{"basra@example.org": false, "somewhere@example.org": false, "erbil@example.org": false})
	})
}

// A manager who is where people are told discreetly is told so of a trip elsewhere;
// another is not.
func TestAManagerWhoIsInADiscreetPlace(t *testing.T) {
	onBoth(t, 0, func(t *testing.T, n *night) {
		for mail, area := range map[string]vedette.AreaID{"there@example.org": "SY", "away@example.org": "FR"} {
			boss := n.person(mail, vedette.Presence{Area: area, Because: vedette.BecauseHome})
			boss.External = n.key.Hash("email", mail)
			n.save([]store.PersonChange{boss})
		}
		n.traveller("a@example.org", "There@example.org")
		n.traveller("b@example.org", "away@example.org")
		set := vedette.DefaultSettings()
		set.DiscreetIn = []vedette.AreaID{"SY"}
		if err := n.rows.SaveSettings(t.Context(), set, "Ada", n.clock()); err != nil {
			t.Fatal(err)
		}
		sent := n.sentBox()
		n.engine("one")
		n.until(n.publish("", ""), "managers told", managers(2))
		for mail, discreet := range map[string]bool{"There@example.org": true, "away@example.org": false} {
			if m, ok := sent(mail); !ok || m.Discreet != discreet {
				t.Errorf("%s was told discreetly: %v, want %v", mail, m.Discreet, discreet)
			}
		}
	})
}

// What merely informs is withheld where its reader wants only what warns; what
// warns goes there.
func TestAnAddressThatOnlyWarningsGoTo(t *testing.T) {
	onBoth(t, 0, func(t *testing.T, n *night) {
		keys := n.save([]store.PersonChange{n.person("spared@example.org", vedette.Presence{Area: "IQ", Because: vedette.BecauseHome}),
			n.person("other@example.org", vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})})
		spared := store.DeadAddress{Hash: n.key.Hash(vedette.DeadAddressKind, "spared@example.org"), Person: keys[0], Address: vedette.AddressEmail, Since: n.clock(), Reason: "they unsubscribed"}
		if fresh, err := n.rows.SpareAddress(t.Context(), spared, store.Mailed{}); err != nil || !fresh {
			t.Fatal(fresh, err)
		}
		sent := n.sentBox()
		n.engine("one")
		n.risk, n.urgency = vedette.RiskLow, vedette.UrgencyExpected
		calm := n.publish("", "")
		n.until(calm, "one accepted, one withheld", func(t store.Tally) bool {
			return t.Deliveries[vedette.DeliveryAccepted] == 1 && t.Deliveries[vedette.DeliveryWithheld] == 1
		})
		if _, ok := sent("spared@example.org"); ok {
			t.Error("what merely informs went where only warnings go")
		}
		if open, err := n.rows.Tasks(t.Context(), store.TaskFilter{State: vedette.TaskOpen, Kind: vedette.TaskUnreached}); err != nil || len(open) > 0 {
			t.Errorf("the desk is asked to reach whoever wants none of it: %v, %v", open, err)
		}
		n.jump(time.Minute)
		n.risk, n.urgency = vedette.RiskExtreme, vedette.UrgencyImmediate
		n.until(n.publish("", ""), "both warned", accepted(2))
		if _, ok := sent("spared@example.org"); !ok {
			t.Error("the warning did not go there")
		}
	})
}

// Who was warned, or is being warned, hears how it goes on, also where they want
// only what warns: else the newer word would take the warning's place and itself
// not go out.
func TestHowAWarningGoesOnIsTold(t *testing.T) {
	onBoth(t, 0, func(t *testing.T, n *night) {
		keys := n.save([]store.PersonChange{n.person("spared@example.org", vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})})
		spared := store.DeadAddress{Hash: n.key.Hash(vedette.DeadAddressKind, "spared@example.org"), Person: keys[0], Address: vedette.AddressEmail, Since: n.clock(), Reason: "they unsubscribed"}
		if _, err := n.rows.SpareAddress(t.Context(), spared, store.Mailed{}); err != nil {
			t.Fatal(err)
		}
		var up atomic.Bool
		n.box.answer = func(int, deliver.Message) deliver.Result {
			if up.Load() {
				return deliver.Result{Kind: deliver.Accepted}
			}
			return deliver.Result{Kind: deliver.Retry, Detail: "the relay is down"}
		}
		n.engine("one")
		n.risk, n.urgency = vedette.RiskExtreme, vedette.UrgencyImmediate
		warning := n.publish("", "")
		n.until(warning, "tried", func(store.Tally) bool { n.box.mu.Lock(); defer n.box.mu.Unlock(); return n.box.tries > 0 })
		n.risk, n.urgency = vedette.RiskLow, vedette.UrgencyExpected
		calm := n.publish(warning.Situation.ID, "")
		n.until(calm, "planned", func(t store.Tally) bool { return t.Fanout.State == vedette.FanoutPlanned })
		up.Store(true)
		n.jump(time.Minute)
		n.until(calm, "the newer word accepted", accepted(1))
		n.until(warning, "the older one withheld", func(t store.Tally) bool {
			return t.Deliveries[vedette.DeliveryWithheld]+t.Deliveries[vedette.DeliveryUnknown] == 1
		})
	})
}
