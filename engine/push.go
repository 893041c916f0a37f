package engine

import (
	"context"
	"encoding/base64"
	"strconv"

	"vedette"
	"vedette/auth"
	"vedette/deliver"
	"vedette/store"
)

// push makes the message to a device. path is that of their page: the device
// knows whose installation it subscribed to, and opens nothing of another.
func (p *press) push(c store.Claimed, u *vedette.Update, b *deliver.Push, to, path string) deliver.Message {
	urgency := pressing(u, c.Lane)
	id, topic := p.identity(c), p.topic(u, c.Recipient)
	return deliver.Message{ID: id, To: to, Topic: topic, Urgency: urgency, Body: b.Payload(deliver.PushPersonal{
		ID: id, Path: path, Receipt: p.Key.SignReturn(p.back(c)), Tag: topic, At: c.MadeAt, Urgent: urgency == "high"})}
}

// topic names a situation to a push service, for one person: what is newer of it
// takes the place of what still waits there. It tells nothing of either.
func (p *press) topic(u *vedette.Update, person int64) string {
	return base64.RawURLEncoding.EncodeToString(p.Key.Hash("push topic", u.Status.Mark()+" "+string(u.Situation.ID)+" "+strconv.FormatInt(person, 10)))
}

// pressing is how a lane is told to a push service: what is immediate wakes a
// device that saves its battery, and a test may wait for it to be charged.
func pressing(u *vedette.Update, l vedette.Lane) string {
	switch {
	case l <= vedette.LaneFor(u.Status, vedette.UrgencyImmediate, vedette.RiskLow) && u.Status != vedette.StatusTest:
		return "high"
	case u.Status == vedette.StatusTest && u.Drill == nil:
		return "low"
	}
	return "normal"
}

// deviceLetter makes what a person is told when a device was added to theirs; or
// says by what event it ends unsent, and why.
func (b *branch) deviceLetter(ctx context.Context, c *store.ClaimedLetter) (m deliver.Message, event, why string, err error) {
	to, event, why, err := b.addressee(ctx, c)
	if err != nil || event != "" {
		return m, event, why, err
	}
	a, ok := to.rec.Address(c.Entry)
	if !ok || a.Channel != vedette.ChannelPush || a.Blocked != "" {
		return m, "withhold", "the device was removed", nil
	}
	o := deliver.DeviceWord{Org: b.orgName(), Language: to.language, Discreet: to.rec.Discreet, Since: a.Since,
		Link: b.BaseURL + "/r/device/" + b.Key.SignDevice(auth.Device{Org: b.org.Key, Person: c.Recipient, Slot: c.Entry, Since: a.Since, Expires: c.MadeAt.Add(b.LinkLife)})}
	m = o.Message(c.Channel == vedette.ChannelSMS)
	to.on(&m)
	return m, "", "", nil
}
