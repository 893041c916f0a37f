package desk

import (
	"context"
	"strings"

	"vedette"
	"vedette/auth"
	"vedette/deliver/bounce"
	"vedette/deliver/sms"
	"vedette/store"
)

// letterBack notes that a letter came back by mail, or arrived.
func (d *Desk) letterBack(ctx context.Context, rep *bounce.Returned, of auth.Return) (*Bounced, error) {
	out := &Bounced{Words: strings.TrimSpace(string(rep.Action) + " " + rep.Status + " " + rep.Why)}
	if rep.Action != bounce.Failed && rep.Action != bounce.Delivered {
		return out, nil // it may still arrive
	}
	detail := ""
	if rep.Action == bounce.Failed {
		detail = "came back: " + strings.TrimSpace(rep.Status+" "+rep.Why)
	}
	var err error
	out.Moved, err = d.rows.LetterBack(ctx, of.Recipient, rep.Action == bounce.Delivered, detail, d.Now())
	return out, err
}

// letterReceipt notes what a gateway says became of a letter.
func (d *Desk) letterReceipt(ctx context.Context, key int64, told *sms.Told) error {
	detail := ""
	if told.Failed {
		detail = strings.TrimSpace("came back: the gateway says it was not delivered " + told.Code)
	}
	return d.patiently(ctx, store.Mailed{Recipient: key}, told.Arrived, func() (bool, error) { return d.rows.LetterBack(ctx, key, told.Arrived, detail, d.Now()) })
}

// letterChannels are those over which this installation sends letters.
func (d *Desk) letterChannels() []vedette.Channel {
	if d.SMS == nil {
		return []vedette.Channel{vedette.ChannelEmail}
	}
	return []vedette.Channel{vedette.ChannelEmail, vedette.ChannelSMS}
}
