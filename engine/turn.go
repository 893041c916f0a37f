package engine

import (
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
