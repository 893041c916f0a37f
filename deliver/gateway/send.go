package gateway

import (
	"context"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/url"
	"regexp"
	"sync/atomic"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/breaker"
	"vedette/deliver/outbound"
)

// answerTime bounds one call of a gateway; under what the engine waits for a
// message, with its turn.
const answerTime = 12 * time.Second

// Carries is what a sender carries over its gateways.
type Carries struct {
	Channel vedette.Channel
	// Wrong says why a message cannot be sent to a number, "" where it can.
	Wrong func(m deliver.Message) string
	// Twilio gives the resource of Twilio's that takes it, and the fields; the
	// number's own are there already.
	Twilio func(g *Gateway, m deliver.Message, form url.Values) (resource string)
	// Words are what stands in the bodies of JSON gateways, by its name there:
	// pairs for a Replacer. What all have is there already.
	Words func(g *Gateway, m deliver.Message) []string
}

// Sender sends what it carries to numbers.
type Sender struct {
	carries Carries
	cfg     *Config
	client  *http.Client
	ways    map[string]*way
	closed  atomic.Bool
}

// way is a gateway at work.
type way struct {
	*Gateway
	gate  breaker.Gate
	paces []pace // by sender
}

// New makes a sender. It calls as [outbound.Client] does. patience bounds one call,
// 0 for 12 s.
func New(carries Carries, cfg *Config, patience time.Duration) *Sender {
	if patience <= 0 {
		patience = answerTime
	}
	o := outbound.Config{Timeout: patience, PerHost: 16, Idle: 64}
	if !cfg.AllowPrivate {
		o.Private = errPrivate
	}
	s := &Sender{carries: carries, cfg: cfg, ways: map[string]*way{}, client: outbound.Client(o)}
	for i := range cfg.Gateways {
		g := &cfg.Gateways[i]
		s.ways[g.Name] = &way{Gateway: g, paces: make([]pace, max(len(g.From), 1))}
	}
	return s
}

var errPrivate = vedette.Errorf(vedette.CodeForbidden, "the gateway's host is a private or reserved address; only \"allow_private\": true lets it pass")

// Channel is that of what it carries.
func (s *Sender) Channel() vedette.Channel { return s.carries.Channel }

// Close lets idle connections go; later Sends are Retry.
func (s *Sender) Close() error {
	s.closed.Store(true)
	s.client.CloseIdleConnections()
	return nil
}

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// Number says whether it is written as + country code and digits.
func Number(s string) bool { return e164.MatchString(s) }

// Send hands a message to the first gateway of m.To's route that takes it; what
// came to nothing before begins with the next. One
// that certainly did not take it, or is known to be down, is passed over; once
// one may have taken it no other is asked, and the result is Doubt.
func (s *Sender) Send(ctx context.Context, m deliver.Message) deliver.Result {
	names := turned(s.cfg.Serving(m.To), m.Turn)
	switch {
	case s.closed.Load():
		return deliver.Result{Kind: deliver.Retry, Detail: "the " + s.cfg.what + " channel is closing"}
	case !e164.MatchString(m.To):
		return deliver.Result{Kind: deliver.Failed, Detail: "the number is not written as + country code and digits"}
	case s.carries.Wrong(m) != "":
		return deliver.Result{Kind: deliver.Failed, Detail: s.carries.Wrong(m)}
	case len(names) == 0:
		return deliver.Result{Kind: deliver.Failed, Detail: "no gateway's route serves numbers of that country; add one to the routes"}
	case ctx.Err() != nil:
		return deliver.Result{Kind: deliver.Retry, Detail: "ended before it was sent"}
	}
	last := deliver.Result{Kind: deliver.Retry}
	for _, name := range names {
		r := s.by(ctx, s.ways[name], m)
		r.Detail = deliver.Detail(name+": "+r.Detail, secrets(s.ways[name].Gateway, m)...)
		if r.Kind != deliver.Retry {
			return r
		}
		if last.Detail != "" {
			r.Detail = deliver.Detail(last.Detail + "; " + r.Detail)
			r.RetryAfter = min(r.RetryAfter, last.RetryAfter) // whichever is ready first
		}
		last = r
	}
	return last
}

// turned gives the gateways of a route, as many of them passed over to the end
// as it came to nothing before.
func turned(names []string, turn int) []string {
	if len(names) == 0 || turn <= 0 {
		return names
	}
	from := turn % len(names)
	return append(names[from:len(names):len(names)], names[:from]...)
}

// by tries one gateway.
func (s *Sender) by(ctx context.Context, w *way, m deliver.Message) deliver.Result {
	if wait := w.gate.Open(rests, time.Now()); wait > 0 {
		return deliver.Result{Kind: deliver.Retry, RetryAfter: wait, Detail: "left alone for a while, it failed several times"}
	}
	no := w.sender(m.To)
	wait, ok := w.paces[no].turn(time.Now(), time.Duration(float64(time.Second)/w.PerSecond))
	if !ok {
		w.gate.Rest()
		return deliver.Result{Kind: deliver.Retry, RetryAfter: wait, Detail: "many wait for this sender's turn"}
	}
	select {
	case <-ctx.Done():
		w.gate.Rest()
		return deliver.Result{Kind: deliver.Retry, Detail: "ended while it waited for its turn"}
	case <-time.After(wait):
	}
	r, well := s.call(ctx, w, no, m)
	w.gate.Tell(time.Now(), well)
	return r
}

// sender picks a sender, the same for a number each time.
func (w *way) sender(number string) int {
	h := fnv.New32a()
	fmt.Fprint(h, number)
	return int(h.Sum32() % uint32(len(w.paces)))
}

func (w *way) from(no int) string {
	if len(w.From) == 0 {
		return ""
	}
	return w.From[no]
}
