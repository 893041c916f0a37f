package deliver

import (
	"context"
	"time"

	"vedette"
)

// Message is what a channel carries to one address. A channel uses the
// fields it knows.
type Message struct {
	ID      string // identity, the same in every retry: Message-ID, webhook-id
	To      string // e-mail address, number, URL or subscription
	ToName  string
	Return  string // names the delivery in what comes back of it: a mail, a receipt; "" for none
	Answer  bool   // an answer to it is read: a mail says that it goes where what comes back does
	Subject string
	Text    string // plain text, lines end with \n
	HTML    string
	Quoted  *Quoted // what Text and HTML are in quoted-printable, where that is known already; see [Message.Bodies]

	ListID   string // label of the List-Id, "notices" when empty
	ListName string

	Secret string // signs a webhook: "whsec_" and base64
	Body   []byte // JSON of a webhook or a push
	Chat   bool   // the webhook is of a chat's room, which takes no signature

	Topic   string // of a push: a newer one takes the place of an older that waits; at most 32 letters of base64url
	Urgency string // of a push: "high" wakes a device that saves its battery, else "normal" or "low"

	Turn int // how often it came to nothing before: of several ways the next is tried first

	Discreet bool // nothing of who sends it but the address

	Header map[string]string // further mail headers; shared between messages, never written to
}

// Kind is how a try to send ended.
type Kind int8

// The kinds. The zero value is Retry, so that a forgotten answer is tried
// again and never taken for success.
const (
	Retry    Kind = iota // certainly not accepted, may be later
	Accepted             // the next hop has taken it
	Failed               // certainly not accepted and never will be
	Doubt                // may have been accepted: the answer was lost
)

func (k Kind) String() string {
	if k < Retry || k > Doubt {
		return "unknown"
	}
	return [...]string{"retry", "accepted", "failed", "doubt"}[k]
}

// Result is what came of one try.
type Result struct {
	Kind       Kind
	Detail     string        // the channel's answer: one line, at most 300 bytes, no secrets and no address
	Blocked    bool          // its owner wants nothing more at this address: STOP, or a device that takes no push any more
	Busy       bool          // its destination says that it is too much at once; nothing is wrong with the message
	RetryAfter time.Duration // the least wait the receiver asked for, 0 when it did not
}

// Sender carries messages over one channel. Send is safe for concurrent
// use, tries once, and gives up when ctx ends; it never returns without a
// Result. After Close every Send is Retry.
type Sender interface {
	Channel() vedette.Channel
	Send(ctx context.Context, m Message) Result
	Close() error
}
