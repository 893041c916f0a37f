package engine

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/store"
)

// inbox notes what came to each address, and when by the night's clock.
func (n *night) inbox() func(mail string) []string {
	got := map[string][]string{}
	begun := n.clock()
	n.box.set(func(_ int, m deliver.Message) deliver.Result {
		word := "told"
		if strings.Contains(m.Subject, "Reminder") {
			word = "reminded"
		}
		n.mu.Lock()
		defer n.mu.Unlock()
		got[m.To] = append(got[m.To], fmt.Sprintf("%s +%d", word, int(n.now.Sub(begun).Minutes())))
		return deliver.Result{Kind: deliver.Accepted}
	})
	return func(mail string) []string {
		n.mu.Lock()
		defer n.mu.Unlock()
		return append([]string(nil), got[mail]...)
	}
}

// warnedNight is a night in which so many people were just told of what is
// immediate, with what comes to each of them.
func warnedNight(t *testing.T, people int) (*night, *vedette.Update, func(mail string) []string) {
	t.Helper()
	n := newNight(t, people)
	n.urgency = vedette.UrgencyImmediate
	inbox := n.inbox()
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "told", accepted(people))
	return n, u, inbox
}

// pass lets the time pass minute by minute, until what is due then is done.
func (n *night) pass(u *vedette.Update, minutes int) {
	n.t.Helper()
	for range minutes {
		n.jump(time.Minute)
		n.quiet(u)
	}
}

// quiet waits until no policy is due, and nothing is to be sent or being sent.
func (n *night) quiet(u *vedette.Update) {
	n.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		due, err := n.rows.EscalationsDue(n.t.Context(), n.clock(), 10)
		if err != nil {
			n.t.Fatal(err)
		}
		waits := 0
		for _, key := range n.keys() {
			rounds, err := n.rows.Rounds(n.t.Context(), u.Key, key)
			if err != nil {
				n.t.Fatal(err)
			}
			for _, r := range rounds {
				for _, d := range r.Deliveries {
					if d.State == vedette.DeliveryQueued {
						waits++
					}
				}
			}
		}
		if len(due)+waits == 0 {
			return
		}
		if time.Now().After(deadline) {
			n.t.Fatalf("%d policies are due and %d messages wait", len(due), waits)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

func (n *night) answers(u *vedette.Update, key int64) {
	n.t.Helper()
	if err := n.rows.Reply(n.t.Context(), vedette.Reply{Update: u.Key, Recipient: key, Kind: vedette.ReplySafe, At: n.clock()}, vedette.AddressEmail, nil); err != nil {
		n.t.Fatal(err)
	}
}

func (n *night) escalations(u *vedette.Update, key int64) string {
	n.t.Helper()
	list, err := n.rows.EscalationsOf(n.t.Context(), u.Key, key)
	if err != nil {
		n.t.Fatal(err)
	}
	var out []string
	for _, e := range list {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%d %s %d %s", e.Round, e.State, e.Done, e.Detail)))
	}
	return strings.Join(out, "; ")
}

// calls counts the open tasks to call people of an update.
func (n *night) calls(u *vedette.Update) int {
	n.t.Helper()
	list, err := n.rows.Tasks(n.t.Context(), store.TaskFilter{State: vedette.TaskOpen, Kind: vedette.TaskUnanswered, About: u.ID})
	if err != nil {
		n.t.Fatal(err)
	}
	return len(list)
}

const wholeNight = "told +0, reminded +5, reminded +15, reminded +35, reminded +55"

// An immediate warning is told again until somebody answers, a bounded number
// of times; then the desk is asked, once for all.
func TestWhoeverDoesNotAnswerIsToldAgain(t *testing.T) {
	n, u, inbox := warnedNight(t, 3)
	keys := n.keys()
	if err := n.rows.Seen(t.Context(), u.Key, keys[1], vedette.AddressEmail, n.clock()); err != nil {
		t.Fatal(err) // which is no answer
	}
	n.pass(u, 10)
	n.answers(u, keys[0])
	n.pass(u, 90)
	for mail, want := range map[string]string{"p0@example.org": "told +0, reminded +5", "p1@example.org": wholeNight, "p2@example.org": wholeNight} {
		if got := strings.Join(inbox(mail), ", "); got != want {
			t.Errorf("%s: %s; want %s", mail, got, want)
		}
	}
	if got := n.escalations(u, keys[0]) + "; " + n.escalations(u, keys[2]); got != "1 answered 1; 1 lapsed 5" {
		t.Errorf("the policies are %s", got)
	}
	if n.calls(u) != 1 {
		t.Errorf("the desk is asked %d times", n.calls(u))
	}
	sum, err := n.rows.EscalationTally(t.Context(), u.Key)
	if err != nil || sum.Asked != 2 || sum.Running != 0 {
		t.Errorf("on the call list: %+v, %v", sum, err)
	}
	if got, err := n.rows.Tally(t.Context(), u.Key); err != nil || got.Concerned != 3 || got.Silent != 2 || got.Stale != 0 || got.Deliveries[vedette.DeliverySeen] != 1 {
		t.Errorf("each counts once, by what reached them: %+v, %v", got, err)
	}
}

// What is expected is told once; whoever no channel reaches is with the desk at
// once.
func TestWhoIsNotToldAgain(t *testing.T) {
	n := newNight(t, 1)
	inbox := n.inbox()
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "told", accepted(1))
	n.pass(u, 70)
	if got := strings.Join(inbox("p0@example.org"), ", "); got != "told +0" || n.calls(u) != 0 {
		t.Errorf("what is expected: %s, %d calls", got, n.calls(u))
	}
	c := n.person("x@example.org", vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})
	c.Slots = nil
	n.save([]store.PersonChange{c})
	n.urgency = vedette.UrgencyImmediate
	w := n.publish("", "")
	n.until(w, "one is unreachable", func(t store.Tally) bool { return t.Unreachable == 1 && t.Deliveries[vedette.DeliveryAccepted] == 1 })
	n.quiet(w)
	if sum, err := n.rows.EscalationTally(t.Context(), w.Key); err != nil || sum.Asked != 1 || n.calls(w) != 1 {
		t.Errorf("whom nothing reaches: %+v, %d calls, %v", sum, n.calls(w), err)
	}
}

// Killed wherever it may be, a fresh process goes on: no step twice, none lost.
func TestEscalationSurvivesAKill(t *testing.T) {
	n := newNight(t, 2)
	n.urgency = vedette.UrgencyImmediate
	inbox := n.inbox()
	stop := n.engine("one")
	u := n.publish("", "")
	n.until(u, "told", accepted(2))
	n.pass(u, 6) // reminded once
	stop()

	// One that decided, and died before or after it wrote.
	n.jump(10 * time.Minute)
	b := n.branch("lost")
	if _, err := b.escalate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := n.branch("late").escalate(t.Context()); err != nil {
			t.Fatal(err) // finds it done
		}
	}
	stop = n.engine("two")
	n.quiet(u)
	stop()
	n.jump(3 * time.Hour) // a long outage: one telling is due, not two
	n.engine("three")
	n.engine("four")
	n.quiet(u)
	n.pass(u, 40)
	for _, mail := range []string{"p0@example.org", "p1@example.org"} {
		if got := strings.Join(inbox(mail), ", "); got != "told +0, reminded +5, reminded +16, reminded +196, reminded +216" {
			t.Errorf("%s: %s", mail, got)
		}
	}
	if n.calls(u) != 1 || n.escalations(u, n.keys()[0]) != "1 lapsed 5" {
		t.Errorf("%d calls, %s", n.calls(u), n.escalations(u, n.keys()[0]))
	}
	for id, times := range n.box.taken {
		if times != 1 {
			t.Errorf("the message %s was sent %d times", id, times)
		}
	}
}

// A stop, a newer update they have, a correction and being told anew end it.
func TestWhatEndsAnEscalation(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(n *night, u *vedette.Update)
		want string
	}{
		"stop": {func(n *night, u *vedette.Update) {
			if _, err := n.rows.Stop(n.t.Context(), u.ID, "wrong list", n.clock()); err != nil {
				n.t.Fatal(err)
			}
		}, "1 over 0 stopped: wrong list"},
		"newer": {func(n *night, u *vedette.Update) {
			n.urgency = vedette.UrgencyExpected
			v := n.publish(u.Situation.ID, "")
			n.until(v, "told", accepted(1))
		}, "1 over 0 overtaken by update 2"},
		"correction": {func(n *night, u *vedette.Update) {
			v := n.publish("", u.ID)
			n.until(v, "told", accepted(1))
		}, "1 over 0 corrected by update 2"},
		"anew": {func(n *night, u *vedette.Update) {
			if _, err := n.rows.TellAgain(n.t.Context(), store.Again{Update: u.ID, Cause: vedette.CauseAgain, At: n.clock()}); err != nil {
				n.t.Fatal(err)
			}
			n.until(u, "told anew", func(store.Tally) bool { return n.escalations(u, n.keys()[0]) == "1 running 0; 2 running 0" })
		}, "1 over 0 told anew; 2 running 1"},
	} {
		t.Run(name, func(t *testing.T) {
			n, u, _ := warnedNight(t, 1)
			c.do(n, u)
			n.pass(u, 6)
			if got := n.escalations(u, n.keys()[0]); got != c.want {
				t.Errorf("%s; want %s", got, c.want)
			}
		})
	}
}

// A newer update that waits for a channel is not said yet: stopped before it is
// sent, the older goes on as if it had never been. Stopped after, it stays over.
func TestANewerUpdateStoppedUnsentEndsNothing(t *testing.T) {
	for name, c := range map[string]struct {
		sent bool
		want string
	}{
		"waits": {false, "told +0, reminded +11"},
		"sent":  {true, "told +0, told +1"},
	} {
		t.Run(name, func(t *testing.T) {
			n, u, inbox := warnedNight(t, 1)
			took := n.box.answer
			if !c.sent {
				n.box.set(func(int, deliver.Message) deliver.Result {
					return deliver.Result{Kind: deliver.Retry, Detail: "later"}
				})
			}
			n.jump(time.Minute)
			n.urgency = vedette.UrgencyExpected
			v := n.publish(u.Situation.ID, "")
			n.until(v, "tried", func(s store.Tally) bool {
				d, found, err := n.rows.Delivery(t.Context(), v.Key, n.keys()[0], vedette.AddressEmail)
				return err == nil && found && (d.Attempts > 0 || d.State == vedette.DeliveryAccepted)
			})
			n.jump(5 * time.Minute)
			want := "1 running 0"
			if c.sent {
				want = "1 over 0 overtaken by update 2"
			}
			n.until(u, "looked at", func(store.Tally) bool {
				due, err := n.rows.EscalationsDue(t.Context(), n.clock(), 10)
				return err == nil && len(due) == 0
			})
			if got := n.escalations(u, n.keys()[0]); got != want {
				t.Errorf("before the stop: %s; want %s", got, want)
			}
			if _, err := n.rows.Stop(t.Context(), v.ID, "wrong", n.clock()); err != nil {
				t.Fatal(err)
			}
			n.box.set(took)
			n.jump(heldMost)
			n.quiet(u)
			if got := strings.Join(inbox("p0@example.org"), ", "); got != c.want {
				t.Errorf("%s; want %s", got, c.want)
			}
		})
	}
}

// A change of the setting changes nothing that is under way.
func TestThePolicyIsTheOneOfTheNotice(t *testing.T) {
	n, u, inbox := warnedNight(t, 1)
	p, err := vedette.ParsePolicy("task after 1m")
	if err != nil {
		t.Fatal(err)
	}
	if err := n.rows.SaveSettings(t.Context(), vedette.Settings{Policies: []vedette.PolicyFor{{Urgency: vedette.UrgencyImmediate, Policy: p}}}, "Ada", n.clock()); err != nil {
		t.Fatal(err)
	}
	n.pass(u, 6)
	if got := strings.Join(inbox("p0@example.org"), ", "); got != "told +0, reminded +5" || n.calls(u) != 0 {
		t.Errorf("what is under way: %s, %d calls", got, n.calls(u))
	}
	v := n.publish("", "")
	n.until(v, "told", accepted(1))
	n.pass(v, 2)
	if n.calls(v) != 1 {
		t.Errorf("what is new: %d calls", n.calls(v))
	}
}

// A reminder that waits behind a channel that is down is not sent once they
// have answered, and never takes the place of what goes to another address.
func TestAReminderIsNotSentAfterAnAnswer(t *testing.T) {
	n, u, _ := warnedNight(t, 1)
	n.box.set(func(int, deliver.Message) deliver.Result { return deliver.Result{Kind: deliver.Retry, Detail: "later"} })
	n.jump(5 * time.Minute)
	key := n.keys()[0]
	rounds := func() []store.Round {
		list, err := n.rows.Rounds(t.Context(), u.Key, key)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	n.until(u, "tried", func(store.Tally) bool { r := rounds(); return len(r) == 2 && r[1].Deliveries[0].Attempts > 0 })
	n.answers(u, key)
	n.box.set(nil)
	n.jump(time.Hour)
	n.until(u, "withheld", func(store.Tally) bool { return rounds()[1].Deliveries[0].State == vedette.DeliveryWithheld })
	if r := rounds(); r[0].Deliveries[0].State != vedette.DeliveryAnswered || r[1].Deliveries[0].Detail != "answered before it was sent" || r[1].Word != 1 {
		t.Errorf("rounds: %+v", r)
	}
	if got, err := n.rows.Tally(t.Context(), u.Key); err != nil || got.Silent != 0 || got.Stale != 0 || got.Deliveries[vedette.DeliveryAnswered] != 1 {
		t.Errorf("they have answered: %+v, %v", got, err)
	}
}

// What merely informs waits for the end of quiet hours and survives a restart
// meanwhile; a warning does not wait. A newer word takes its place.
func TestQuietHoursHoldBackWhatInforms(t *testing.T) {
	n := newNight(t, 0)
	c := n.person("a@example.org", vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})
	pk, wrapped := n.key.NewPersonKey(c.ID)
	var err error
	c.WrappedKey = wrapped
	// 12:30 UTC is 15:30 in Baghdad.
	if c.Record, err = pk.SealRecord(&vedette.PersonRecord{Name: "A", Wishes: vedette.Wishes{Quiet: vedette.Quiet{From: 15 * 60, To: 17 * 60}},
		Addresses: []vedette.Address{{No: 1, Channel: vedette.ChannelEmail, Value: "a@example.org"}}}); err != nil {
		t.Fatal(err)
	}
	key := n.save([]store.PersonChange{c})[0]
	inbox := n.inbox()
	n.risk = vedette.RiskModerate
	stop := n.engine("one")
	u := n.publish("", "")
	n.until(u, "planned", func(t store.Tally) bool { return t.Fanout.State == vedette.FanoutPlanned })
	stop()
	d, found, err := n.rows.Delivery(t.Context(), u.Key, key, vedette.AddressEmail)
	if err != nil || !found || d.State != vedette.DeliveryQueued || !d.DueAt.Equal(time.Date(2026, 2, 5, 14, 0, 0, 0, time.UTC)) || !strings.Contains(d.Detail, "17:00") {
		t.Fatalf("what informs: %+v, %v", d, err)
	}
	n.engine("two")
	v := n.publish(u.Situation.ID, "")
	n.until(v, "planned", func(t store.Tally) bool { return t.Fanout.State == vedette.FanoutPlanned })
	n.risk = vedette.RiskHigh
	w := n.publish("", "")
	n.until(w, "the warning is told", accepted(1))
	if got := strings.Join(inbox("a@example.org"), ", "); got != "told +0" {
		t.Fatalf("in the quiet hours: %s", got)
	}
	n.jump(90 * time.Minute)
	n.until(v, "told when they end", accepted(1))
	n.until(u, "the older is withheld", func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryWithheld] == 1 })
	if got := strings.Join(inbox("a@example.org"), ", "); got != "told +0, told +90" {
		t.Errorf("in all: %s", got)
	}
}
