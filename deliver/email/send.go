package email

import (
	"context"
	"encoding/base64"
	"errors"
	"maps"
	netmail "net/mail"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/email/relay"
)

// Sender hands mails to a relay.
type Sender struct {
	cfg  Config
	pool pool
}

// New makes a sender. It does not connect: a relay that is down now may be
// up when there is something to send.
func New(cfg Config) (*Sender, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	s := &Sender{cfg: cfg}
	s.pool = pool{cfg: &s.cfg, slots: make(chan struct{}, cfg.Conns)}
	return s, nil
}

// Channel is vedette.ChannelEmail.
func (s *Sender) Channel() vedette.Channel { return vedette.ChannelEmail }

// Close ends the connections; those in use end with their message.
func (s *Sender) Close() error {
	s.pool.close()
	return nil
}

// named adds the headers by which the relay is told what names the delivery.
func (s *Sender) named(m deliver.Message) deliver.Message {
	if m.Return == "" || len(s.cfg.Named) == 0 {
		return m
	}
	all := maps.Clone(m.Header) // many messages share them
	if all == nil {
		all = map[string]string{}
	}
	for name, value := range s.cfg.Named {
		all[name] = strings.ReplaceAll(value, "{delivery}", messageID(m.Return))
	}
	m.Header = all
	return m
}

// Send hands one mail in. A malformed address is Failed without a
// connection. Before the final dot, a broken connection or an ended ctx is
// Retry; once the dot is out the answer is waited for even if ctx ends (for
// Config.Grace more), and its loss is Doubt.
func (s *Sender) Send(ctx context.Context, m deliver.Message) deliver.Result {
	if err := CheckAddress(m.To); err != nil {
		return s.result(deliver.Failed, err.Error(), m)
	}
	from := netmail.Address{Name: s.cfg.FromName, Address: s.cfg.From}
	wire, err := compose(from, s.answers(m), s.cfg.Now(), s.named(m))
	if err == nil && s.cfg.DKIM != nil {
		wire, err = s.cfg.DKIM.sign(wire)
	}
	if err != nil {
		return s.result(deliver.Failed, err.Error(), m)
	}
	for {
		c, err := s.pool.take(ctx)
		if err != nil {
			return s.judge(relay.AtConnect, err, m)
		}
		reused := c.sent > 0
		stage, answer, err := c.send(ctx, s.envelope(m), wire)
		s.pool.give(c, sound(err) && ctx.Err() == nil)
		if stage == relay.AtMail && reused && !sound(err) && ctx.Err() == nil {
			continue // it was closed while it idled; nothing was said yet
		}
		if err != nil {
			return s.judge(stage, err, m)
		}
		return s.result(deliver.Accepted, answer, m)
	}
}

// envelope is who a transaction is from and to, and how long its answer is
// waited for once ctx has ended.
type envelope struct {
	from, to string
	grace    time.Duration
}

func (s *Sender) envelope(m deliver.Message) envelope {
	return envelope{from: s.back(m), to: m.To, grace: s.cfg.Grace}
}

// back is the address that a mail comes back to. What names the delivery is
// behind a plus, for a report may quote nothing of the mail.
func (s *Sender) back(m deliver.Message) string {
	if s.cfg.Bounces == "" {
		return s.cfg.From
	}
	local, domain, _ := strings.Cut(s.cfg.Bounces, "@")
	if m.Return == "" || len(m.Return) > maxReturn {
		return s.cfg.Bounces
	}
	return local + "+" + m.Return + "@" + domain
}

// answers is the address that an answer to a mail is read at, "" for none.
func (s *Sender) answers(m deliver.Message) string {
	if s.cfg.Bounces == "" || m.Return == "" || len(m.Return) > maxReturn {
		return ""
	}
	return s.back(m)
}

// send runs one transaction and says how far it came, with the relay's
// answer when it was taken.
func (c *conn) send(ctx context.Context, e envelope, wire []byte) (relay.Stage, string, error) {
	c.sent++
	abort := context.AfterFunc(ctx, func() { c.raw.Close() })
	defer abort()
	utf8 := !ascii(e.from) || !ascii(e.to)
	if utf8 && !c.relay.Offers("SMTPUTF8") {
		return relay.AtRcpt, "", &relay.Refusal{Code: 553, Text: "the mail relay takes no addresses with letters beyond ASCII (no SMTPUTF8)"}
	}
	if at, err := c.relay.Open(e.from, e.to, utf8); err != nil {
		return at, "", err
	}
	if !abort() {
		return relay.AtData, "", context.Cause(ctx)
	}
	late := context.AfterFunc(ctx, func() { time.AfterFunc(e.grace, func() { c.raw.Close() }) })
	defer late()
	return c.relay.Send(wire)
}

// sound says whether a connection can be used after an error: the relay
// answered, and did not say (421) that it is leaving.
func sound(err error) bool {
	if err == nil {
		return true
	}
	refusal, ok := errors.AsType[*relay.Refusal](err)
	return ok && refusal.Code != 421 && !errors.Is(err, relay.ErrBroken)
}

// judge reads an error by how far the transaction had come.
func (s *Sender) judge(at relay.Stage, err error, m deliver.Message) deliver.Result {
	refusal, answered := errors.AsType[*relay.Refusal](err)
	switch {
	case !answered && at == relay.AtAnswer:
		return s.result(deliver.Doubt, "the message went out and no answer came: "+err.Error(), m)
	case !answered:
		return s.result(deliver.Retry, err.Error(), m)
	case refusal.Code/100 == 5 && aboutRecipient(at, refusal):
		return s.result(deliver.Failed, refusal.Error(), m)
	}
	r := s.result(deliver.Retry, refusal.Error(), m)
	r.Busy = tooMuch(at, refusal)
	return r
}

// tooMuch says whether a 4xx, given once the recipient was named, says that
// their domain is sent too much: by its code (421; RFC 3463 X.3.2, X.4.5 and
// X.5.3, and X.7.28 beside them) or in the words that are usual. One that is
// about a mailbox, or asks a stranger to come back later, does not.
func tooMuch(at relay.Stage, e *relay.Refusal) bool {
	if at < relay.AtRcpt || e.Code/100 != 4 {
		return false
	}
	switch e.Enhanced {
	case [3]int{4, 3, 2}, [3]int{4, 4, 5}, [3]int{4, 5, 3}, [3]int{4, 7, 28}:
		return true
	}
	said := strings.ToLower(e.Text)
	return e.Code == 421 || slices.ContainsFunc(tooMuchWords, func(w string) bool { return strings.Contains(said, w) })
}

var tooMuchWords = []string{"too many", "too much", "too fast", "rate limit", "throttl", "slow down"}

// aboutRecipient says whether a 5xx speaks of this message or recipient. One
// that speaks of us (greeting, sign-in, sender; or at the recipient a
// command out of order, a missing sign-in or a policy, 5.7.x of RFC 3463,
// such as "relay access denied") must not fail a thousand people for good.
func aboutRecipient(at relay.Stage, e *relay.Refusal) bool {
	switch at {
	case relay.AtConnect, relay.AtMail:
		return false
	case relay.AtRcpt, relay.AtData:
		switch e.Code {
		case 500, 502, 503, 504, 530, 534, 535, 538:
			return false
		}
		return e.Enhanced[1] != 7
	}
	return true
}

func (s *Sender) result(k deliver.Kind, detail string, m deliver.Message) deliver.Result {
	secrets := []string{m.To, m.ToName}
	if s.cfg.Password != "" {
		enc := base64.StdEncoding.EncodeToString
		secrets = append(secrets, s.cfg.Password, enc([]byte(s.cfg.Password)),
			enc([]byte("\x00"+s.cfg.User+"\x00"+s.cfg.Password)))
	}
	return deliver.Result{Kind: k, Detail: deliver.Detail(detail, secrets...)}
}
