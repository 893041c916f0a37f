package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/deliver"
	"vedette/desk"
	"vedette/engine"
)

// taker takes every message at once: what is measured is not how it goes out.
type taker struct{}

func (taker) Channel() vedette.Channel { return vedette.ChannelEmail }
func (taker) Close() error             { return nil }
func (taker) Send(context.Context, deliver.Message) deliver.Result {
	return deliver.Result{Kind: deliver.Accepted}
}

// begin publishes a situation, and waits until everyone concerned was told of
// it.
func (d *draft) begin(ctx context.Context, a *app.App) error {
	dr, err := a.Desk.Compose(ctx, desk.DraftOrder{Text: []byte(strings.ReplaceAll(report, "AREAS", d.areas)), Origin: "bench"})
	if err != nil {
		return err
	}
	pv, err := a.Desk.Preview(ctx, dr, desk.PublishOrder{})
	if err != nil {
		return err
	}
	u, err := a.Desk.PublishDraft(ctx, dr, desk.PublishOrder{Count: pv.Count, Again: true})
	if err != nil {
		return err
	}
	d.situation = u.Situation.ID
	return d.told(ctx, a, u, pv.Count)
}

// told runs what serve runs until nothing of the update waits to be sent.
func (d *draft) told(ctx context.Context, a *app.App, u *vedette.Update, people int) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	at, served := time.Now(), make(chan error, 1)
	go func() {
		served <- a.Serve(ctx, app.ServeConfig{Listen: "127.0.0.1:0", Senders: []deliver.Sender{taker{}}, Watch: &engine.Watch{}})
	}()
	for {
		select {
		case err := <-served:
			return errors.Join(errors.New("serve ended"), err)
		case <-time.After(200 * time.Millisecond):
		}
		b, err := a.Desk.Board(ctx, u.ID)
		if err != nil {
			return err
		}
		if b.Tally.Fanout.State == vedette.FanoutPlanned && b.Tally.Deliveries[vedette.DeliveryQueued] == 0 {
			fmt.Printf("  %s: %d people were told of it in %.1f s\n", d.name, people, time.Since(at).Seconds())
			cancel()
			return <-served
		}
	}
}
