package engine

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/gazetteer"
	"vedette/roster"
	"vedette/store"
)

// textBox is a far end of text messages.
type textBox struct {
	*box
	said chan deliver.Message
}

func (textBox) Channel() vedette.Channel { return vedette.ChannelSMS }

func (b textBox) Send(ctx context.Context, m deliver.Message) deliver.Result {
	select {
	case b.said <- m:
	default:
	}
	return b.box.Send(ctx, m)
}

// texted is somebody with a mail address and a number.
func (n *night) texted(i int, blocked string) store.PersonChange {
	c := n.person(fmt.Sprintf("t%d@example.org", i), vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})
	pk, err := n.key.Unwrap(c.ID, c.WrappedKey)
	if err != nil {
		n.t.Fatal(err)
	}
	c.Record, err = pk.SealRecord(&vedette.PersonRecord{Name: "Texted", Addresses: []vedette.Address{{No: 1, Channel: vedette.ChannelEmail, Value: fmt.Sprintf("t%d@example.org", i)},
		{No: 2, Channel: vedette.ChannelSMS, Value: fmt.Sprintf("+4477009%05d", i), Blocked: blocked}}})
	if err != nil {
		n.t.Fatal(err)
	}
	c.Slots = append(c.Slots, store.Slot{No: 2, Channel: vedette.ChannelSMS})
	return c
}

// texting runs an engine that sends over a further channel.
func (n *night) texting(texts deliver.Sender, blocked func(context.Context, int64, int64, int) error) {
	g := gazetteer.Default()
	ctx, cancel := context.WithCancel(context.Background())
	e := New(Config{Store: n.store, Key: n.key, Gaz: g, Senders: []deliver.Sender{n.box, texts}, Now: n.clock, Blocked: blocked,
		Rosters: roster.New(n.store, n.key, g, vedette.ChannelEmail, texts.Channel()), Log: slog.New(slog.DiscardHandler),
		Worker: store.Worker{ID: "w", Kind: "test", StartedAt: n.clock()}, BaseURL: "https://x.example", LinkLife: time.Hour, Poll: 5 * time.Millisecond})
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := e.Run(ctx); err != nil {
			n.t.Errorf("engine: %v", err)
		}
	}()
	n.t.Cleanup(func() { cancel(); <-done })
}

// A gateway where everything hangs holds no mail up.
func TestNoMailWaitsForTextMessages(t *testing.T) {
	n := newNight(t, 0)
	var changes []store.PersonChange
	for i := range 200 {
		changes = append(changes, n.texted(i, ""))
	}
	n.save(changes)
	texts := textBox{&box{taken: map[string]int{}, hold: make(chan struct{})}, make(chan deliver.Message, 1)}
	n.texting(texts, nil)
	u := n.publish("", "")
	n.until(u, "all mails are accepted", accepted(200))
	if sent := len(texts.sent()); sent != 0 {
		t.Fatalf("%d text messages went out, though the gateway hangs", sent)
	}
	close(texts.hold)
	n.until(u, "all text messages go", func(store.Tally) bool { return len(texts.sent()) == 200 })
	m := <-texts.said
	if !strings.HasPrefix(m.Text, "High") || !strings.Contains(m.Text, "https://x.example/r/") || m.Return == "" || m.HTML != "" {
		t.Errorf("a text message says %q", m.Text)
	}
}

// Whoever said STOP is not sent to, though the message was planned before; a
// gateway that knows of a STOP is heard.
func TestWhoSaidStopIsLeftAlone(t *testing.T) {
	n := newNight(t, 0)
	n.save([]store.PersonChange{n.texted(1, "STOP, 5 Feb 2026"), n.texted(2, "")})
	texts := textBox{&box{taken: map[string]int{}, answer: func(int, deliver.Message) deliver.Result {
		return deliver.Result{Kind: deliver.Failed, Detail: "opted out", Blocked: true}
	}}, make(chan deliver.Message, 9)}
	told := make(chan int, 9)
	n.texting(texts, func(_ context.Context, _, _ int64, address int) error { told <- address; return nil })
	u := n.publish("", "")
	n.until(u, "mails", accepted(2))
	if got := <-told; got != vedette.AddressPhone {
		t.Errorf("address %d is blocked", got)
	}
	if m := <-texts.said; m.To != "+447700900002" || len(texts.said) > 0 {
		t.Errorf("%s was texted, and %d more", m.To, len(texts.said))
	}
}
