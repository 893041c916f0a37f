package desk

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"vedette"
	"vedette/deliver/push"
)

// However devices are added and removed, with whatever keys: nobody has more
// than five, none is reached twice, and no more than five letters an hour come of
// it, for each addition is one.
func TestDevicesAreBounded(t *testing.T) {
	start := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	for seed := range uint64(200) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		r := vedette.PersonRecord{Addresses: []vedette.Address{{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: "ana@example.org"}}}
		var letters []time.Time
		now, endpoints, keys := start, 1+rnd.IntN(8), 1+rnd.IntN(3)
		for range 300 {
			now = now.Add(time.Duration(rnd.IntN(600)) * time.Second)
			if rnd.IntN(2) == 0 { // one is removed, as dropDevice does
				a := &r.Addresses[rnd.IntN(len(r.Addresses))]
				if a.Channel == vedette.ChannelPush && a.Blocked == "" {
					a.Blocked, a.Since = "removed, then", now
				}
				continue
			}
			s := push.Subscription{Endpoint: fmt.Sprintf("https://push.example.org/%d", rnd.IntN(endpoints)), P256dh: fmt.Sprint(rnd.IntN(keys)), Auth: "a"}
			slot, changed, err := addDevice(&r, s, now)
			if err != nil || !changed {
				continue
			}
			if a, ok := r.Address(slot); !ok || a.Value != s.Value() || a.Blocked != "" {
				t.Fatalf("seed %d: %s was added in slot %d, where %+v is", seed, s.Endpoint, slot, a)
			}
			letters = append(letters, now)
			live := map[string]bool{}
			slots := map[int]bool{}
			for _, a := range r.Addresses {
				if slots[a.No] || a.No > vedette.AddressDevice+vedette.MaxDevices-1 {
					t.Fatalf("seed %d: slot %d twice, or beyond the last", seed, a.No)
				}
				slots[a.No] = true
				if old, _ := push.Parse(a.Value); a.Channel == vedette.ChannelPush && a.Blocked == "" {
					if live[old.Endpoint] {
						t.Fatalf("seed %d: %s is reached twice", seed, old.Endpoint)
					}
					live[old.Endpoint] = true
				}
			}
			if n := len(letters); n > vedette.MaxDevices && letters[n-1].Sub(letters[n-1-vedette.MaxDevices]) < deviceRest {
				t.Fatalf("seed %d: %d letters within %s", seed, vedette.MaxDevices+1, letters[n-1].Sub(letters[n-1-vedette.MaxDevices]))
			}
		}
		if len(letters) < 3 || r.Email() == "" {
			t.Fatalf("seed %d: only %d were added", seed, len(letters))
		}
	}
}

func TestNoneIsAddedAfterOneThatIsNotTheirs(t *testing.T) {
	now := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	r := vedette.PersonRecord{Addresses: []vedette.Address{{No: 11, Channel: vedette.ChannelPush, Value: "https://push.example.org/1 a b", Blocked: notTheirs + ", 5 Feb 2026", Since: now}}}
	s := push.Subscription{Endpoint: "https://push.example.org/2"}
	if _, changed, err := addDevice(&r, s, now.Add(DevicesWithin-time.Second)); changed || vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("%v %v", changed, err)
	}
	if _, changed, err := addDevice(&r, s, now.Add(DevicesWithin)); !changed || err != nil {
		t.Errorf("after that: %v %v", changed, err)
	}
}
