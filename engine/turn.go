package engine

import (
	"context"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/limit"
	"vedette/store"
)

// inTurn is why a mail waits of whose domain there are limits.
const inTurn = "waits for its turn: only so many go to its mail domain at once"

// turn takes a place for a mail at its destination, or says when it may ask
// again. Until then its row is due later, and so holds up no other's.
func (b *branch) turn(j job) (until time.Time) {
	if j.claim.Channel != vedette.ChannelEmail {
		return time.Time{}
	}
	return b.Limits.Turn(asked(j), b.Now())
}

// landed gives the place back.
func (b *branch) landed(j job, how limit.How, lasted time.Duration) {
	if j.claim.Channel == vedette.ChannelEmail {
		b.Limits.Done(asked(j), how, lasted, b.Now())
	}
}

func asked(j job) limit.Asked {
	return limit.Asked{To: limit.Destination(j.message.To), Urgent: j.claim.Lane.Immediate(), Waited: j.claim.Detail == inTurn}
}

// knownAfter is how long after a process began all others that send know of it: they
// look with each beat.
const knownAfter = 2*beatEvery + time.Second

// divide sets which part of the limits of mail is kept by this process: they are
// divided evenly among those that send mail now. Who dies is counted until its beat
// is old, and who begins sends nothing that can wait until the others know of it: so
// all together never send more.
func (e *Engine) divide(ctx context.Context) error {
	if e.senders[vedette.ChannelEmail] == nil {
		return nil
	}
	now := e.Now()
	ws, err := e.Store.Workers(ctx, now.Add(-store.WorkerGone))
	if err != nil {
		return err
	}
	if e.known.IsZero() {
		e.known = now.Add(knownAfter)
	}
	share := limit.Share{}
	for _, w := range ws { // the same order for all
		if w.ID == e.Worker.ID {
			share.Nth = share.Of
		}
		if w.ID == e.Worker.ID || slices.Contains(strings.Fields(w.Kind), string(vedette.ChannelEmail)) {
			share.Of++
		}
	}
	if share.Of > 1 {
		share.Until = e.known
	}
	e.Limits.Divide(share)
	return nil
}

// ending is what the end of a message says of its destination.
func ending(r deliver.Result) limit.How {
	switch {
	case r.Busy:
		return limit.Busy
	case r.Kind == deliver.Accepted:
		return limit.Took
	}
	return limit.Nothing
}

// waitsTurn is the outcome of a claim whose turn it is not: no try is counted.
func waitsTurn(c store.Claimed, until time.Time) store.Outcome {
	o := outcome(c)
	o.Event, o.Detail, o.Untried, o.DueAt = "retry", inTurn, true, until
	return o
}
