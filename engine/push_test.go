package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/store"
)

// deviceBox is a far end of pushes.
type deviceBox struct{ textBox }

func (deviceBox) Channel() vedette.Channel { return vedette.ChannelPush }

func newDeviceBox() deviceBox {
	return deviceBox{textBox{&box{taken: map[string]int{}}, make(chan deliver.Message, 300)}}
}

// pushed is somebody with a mail address and a device.
func (n *night) pushed(i int, blocked string) store.PersonChange {
	c := n.person(fmt.Sprintf("d%d@example.org", i), vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})
	pk, err := n.key.Unwrap(c.ID, c.WrappedKey)
	if err != nil {
		n.t.Fatal(err)
	}
	c.Record, err = pk.SealRecord(&vedette.PersonRecord{Name: "Pushed", Addresses: []vedette.Address{{No: 1, Channel: vedette.ChannelEmail, Value: fmt.Sprintf("d%d@example.org", i)},
		{No: vedette.AddressDevice, Channel: vedette.ChannelPush, Value: fmt.Sprintf("https://push.example.org/%d key auth", i), Blocked: blocked, Since: n.clock().Truncate(time.Second)}}})
	if err != nil {
		n.t.Fatal(err)
	}
	c.Slots = append(c.Slots, store.Slot{No: vedette.AddressDevice, Channel: vedette.ChannelPush})
	return c
}

// A push service where everything hangs holds no mail up.
func TestNoMailWaitsForDevices(t *testing.T) {
	n := newNight(t, 0)
	var changes []store.PersonChange
	for i := range 200 {
		changes = append(changes, n.pushed(i, ""))
	}
	n.save(changes)
	devices := newDeviceBox()
	devices.hold = make(chan struct{})
	n.texting(devices, nil)
	u := n.publish("", "")
	n.until(u, "all mails are accepted", accepted(200))
	if sent := len(devices.sent()); sent != 0 {
		t.Fatalf("%d pushes went out, though the service hangs", sent)
	}
	close(devices.hold)
	n.until(u, "all pushes go", func(store.Tally) bool { return len(devices.sent()) == 200 })
}

// What a device gets says where its page is and what names its delivery. What is
// newer of a situation has the topic of what is older, of the same person alone.
func TestWhatADeviceIsSent(t *testing.T) {
	n := newNight(t, 0)
	n.urgency = vedette.UrgencyImmediate
	keys := n.save([]store.PersonChange{n.pushed(1, ""), n.pushed(2, ""), n.pushed(3, "gone, 5 Feb 2026")})
	devices := newDeviceBox()
	n.texting(devices, nil)
	u := n.publish("", "")
	topics := map[string]string{} // by whom it is sent to
	for range 2 {
		m := <-devices.said
		var said struct {
			ID, Title, Path, Receipt, Tag string
			Urgent                        bool
		}
		if err := json.Unmarshal(m.Body, &said); err != nil {
			t.Fatal(err)
		}
		of, err := n.key.OpenReturn(said.Receipt)
		if err != nil || of.Update != u.Key || !slices.Contains(keys[:2], of.Recipient) || of.Address != vedette.AddressDevice || of.Round != 1 {
			t.Errorf("the receipt is of %+v %v", of, err)
		}
		link, err := n.key.OpenLink(strings.TrimPrefix(said.Path, "/r/"), n.clock())
		if err != nil || link.Recipient != of.Recipient || link.Address != of.Address || link.Update != u.ID {
			t.Errorf("the page is that of %+v %v", link, err)
		}
		if said.ID != m.ID || said.Tag != m.Topic || said.Title != "High risk, Iraq" || m.Urgency != "high" || !said.Urgent {
			t.Errorf("%s %+v", m.Body, m)
		}
		topics[m.To] = m.Topic
	}
	if a, b := topics["https://push.example.org/1 key auth"], topics["https://push.example.org/2 key auth"]; a == "" || b == "" || a == b {
		t.Errorf("topics: %v", topics)
	}
	n.urgency = vedette.UrgencyExpected
	n.publish(u.Situation.ID, "")
	for range 2 {
		if m := <-devices.said; topics[m.To] != m.Topic || m.Urgency != "normal" {
			t.Errorf("the newer one to %s has topic %s and is %s", m.To, m.Topic, m.Urgency)
		}
	}
	if len(devices.said) > 0 {
		t.Errorf("%s was sent to, though it is gone", (<-devices.said).To)
	}
}

// Whoever has a device added hears of it by mail, with a link that removes that
// one; nobody hears of one that is removed by then, nor whoever is compromised by then.
func TestTheLetterOfADevice(t *testing.T) {
	n := newNight(t, 0)
	letters := make(chan deliver.Message, 9)
	n.box.answer = func(_ int, m deliver.Message) deliver.Result {
		letters <- m
		return deliver.Result{Kind: deliver.Accepted}
	}
	list := []store.PersonChange{n.pushed(1, "removed, 5 Feb 2026"), n.pushed(2, ""), n.pushed(3, "")}
	for i, key := range n.save(list) {
		list[i].Key, list[i].Was = key, list[i].Record
		if err := n.rows.AddDevice(t.Context(), list[i], vedette.AddressDevice, []vedette.Channel{vedette.ChannelEmail}, n.clock()); err != nil {
			t.Fatal(err)
		}
	}
	shut := store.CompromiseOrder{Person: list[2].Key, By: "Ada", From: n.clock(), Sealed: []byte("detained"), Noted: []byte("noted"), Hashes: [][]byte{[]byte("hash")},
		Task: vedette.Task{Kind: vedette.TaskShut, Question: "Another way?", DueAt: n.clock().Add(time.Hour)}}
	if err := n.rows.Compromise(t.Context(), shut, n.clock()); err != nil {
		t.Fatal(err)
	}
	n.texting(newDeviceBox(), func(context.Context, int64, int64, int) error { return nil })
	m := <-letters
	at := strings.Index(m.Text, "https://x.example/r/device/")
	if at < 0 || m.To != "d2@example.org" || m.Subject != "Alerts on a further device" {
		t.Fatalf("%+v", m)
	}
	of, err := n.key.OpenDevice(strings.TrimSpace(m.Text[at+len("https://x.example/r/device/"):]), n.clock())
	if err != nil || of.Person != list[1].Key || of.Slot != vedette.AddressDevice {
		t.Errorf("%+v %v", of, err)
	}
	time.Sleep(100 * time.Millisecond)
	if len(letters) > 0 {
		t.Errorf("a letter went to %s, whose device was removed, or who is compromised", (<-letters).To)
	}
}
