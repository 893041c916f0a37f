package push

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	webpush "github.com/SherClockHolmes/webpush-go"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/breaker"
	"vedette/deliver/outbound"
)

// Config is how devices are reached.
type Config struct {
	Contact      string        // whom a push service may write to: mailto:… or https://…
	Private      string        // the installation's key, base64url: signs
	Public       string        // its public half: devices subscribed to it
	AllowPrivate bool          // let http and private addresses pass
	Timeout      time.Duration // of one call, 0 for 10 s
}

// MaxPayload is how long a message may be, in bytes: push services take 4,096
// with all that encrypts it.
const MaxPayload = 3000

// Keep is how long a push service is to try: what it then has not delivered it
// drops. Longer, it would show as news what is none; whoever has not answered
// is reminded, and what that says is of then.
const Keep = 6 * time.Hour

const (
	maxAnswer     = 4 << 10
	maxRetryAfter = time.Hour
	defaultWait   = 10 * time.Second
)

// CheckContact says whether a push service may take it for whom to write to.
func CheckContact(contact string) error {
	u, err := url.Parse(contact)
	_, domain, at := strings.Cut(strings.TrimPrefix(contact, "mailto:"), "@")
	if err == nil && (u.Scheme == "mailto" && at && domain != "" && !strings.ContainsAny(contact, " ,<>") || u.Scheme == "https" && u.Hostname() != "" && u.User == nil) {
		return nil
	}
	return vedette.Errorf(vedette.CodeInvalid, "%q says not whom a push service may write to; give --push mailto:desk@example.org, or an https address", contact)
}

// Sender posts to push services.
type Sender struct {
	cfg    Config
	client *http.Client
	closed atomic.Bool
	hosts  hosts
}

// New makes a sender. It calls as [outbound.Client] does.
func New(cfg Config) *Sender {
	if cfg.Timeout <= 0 {
		cfg.Timeout = defaultWait
	}
	o := outbound.Config{Timeout: cfg.Timeout, PerHost: 16, Idle: 64}
	if !cfg.AllowPrivate {
		o.Private = errPrivate
	}
	return &Sender{cfg: cfg, hosts: hosts{fail: map[string]*breaker.Gate{}}, client: outbound.Client(o)}
}

var errPrivate = vedette.Errorf(vedette.CodeForbidden, "the device's push service has a private or reserved address, where nothing is sent")

// Channel is vedette.ChannelPush.
func (s *Sender) Channel() vedette.Channel { return vedette.ChannelPush }

// Close lets idle connections go; later Sends are Retry.
func (s *Sender) Close() error {
	s.closed.Store(true)
	s.client.CloseIdleConnections()
	return nil
}

// Send encrypts m.Body for the subscription that m.To is, and posts it to its
// push service. 2xx is Accepted; 404 and 410 say that the device takes nothing
// more: Failed, and Blocked; 429, 5xx and a network that fails before the
// request is out are Retry; so are 401 and 403, for a clock that is wrong is the
// operator's to mend, and no end of a person's delivery; a request that is out
// and has no answer is in Doubt; anything else, redirects included, is Failed.
func (s *Sender) Send(ctx context.Context, m deliver.Message) deliver.Result {
	to, ok := Parse(m.To)
	switch {
	case s.closed.Load():
		return deliver.Result{Kind: deliver.Retry, Detail: "the push channel is closing"}
	case !ok:
		return deliver.Result{Kind: deliver.Failed, Detail: "the address is no device's subscription"}
	case len(m.Body) > MaxPayload:
		return deliver.Result{Kind: deliver.Failed, Detail: fmt.Sprintf("the message is longer than %d bytes", MaxPayload)}
	case ctx.Err() != nil:
		return deliver.Result{Kind: deliver.Retry, Detail: "ended before it was sent"}
	}
	if err := to.Check(s.cfg.AllowPrivate); err != nil {
		return deliver.Result{Kind: deliver.Failed, Detail: deliver.Detail(err.Error(), secrets(to)...)}
	}
	u, err := url.Parse(to.Endpoint)
	if err != nil { // Check has read it
		return deliver.Result{Kind: deliver.Failed, Detail: "the address does not read"}
	}
	if wait := s.hosts.open(u.Host, time.Now()); wait > 0 {
		return deliver.Result{Kind: deliver.Retry, RetryAfter: wait, Detail: "the device's push service is left alone for a while, it failed several times"}
	}
	r, well := s.call(ctx, to, m)
	if errors.Is(ctx.Err(), context.Canceled) { // called back: that says nothing of the service
		s.hosts.rest(u.Host)
		return r
	}
	s.hosts.tell(u.Host, time.Now(), well)
	return r
}

// call posts once, and says besides whether the service did its part.
func (s *Sender) call(ctx context.Context, to Subscription, m deliver.Message) (r deliver.Result, well bool) {
	sent := new(atomic.Bool)
	resp, err := s.post(ctx, to, m, sent)
	if err != nil {
		return outbound.Lost(err, sent.Load(), secrets(to)...), false
	}
	defer resp.Body.Close()
	answer, _ := io.ReadAll(io.LimitReader(resp.Body, maxAnswer)) // the status has been given; the rest only explains it
	r = judge(resp)
	r.Detail = deliver.Detail(fmt.Sprintf("HTTP %d %s", resp.StatusCode, answer), secrets(to)...)
	return r, resp.StatusCode < 500
}

func (s *Sender) post(ctx context.Context, to Subscription, m deliver.Message, sent *atomic.Bool) (*http.Response, error) {
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn:      func(httptrace.GotConnInfo) { sent.Store(true) }, // from here on only a failed write is certain
		WroteRequest: func(w httptrace.WroteRequestInfo) { sent.Store(w.Err == nil) },
	})
	return webpush.SendNotificationWithContext(ctx, m.Body, &webpush.Subscription{Endpoint: to.Endpoint, Keys: webpush.Keys{P256dh: to.P256dh, Auth: to.Auth}},
		&webpush.Options{HTTPClient: s.client, Subscriber: strings.TrimPrefix(s.cfg.Contact, "mailto:"), Topic: m.Topic, TTL: int(Keep / time.Second),
			Urgency: webpush.Urgency(m.Urgency), VAPIDPublicKey: s.cfg.Public, VAPIDPrivateKey: s.cfg.Private})
}

// judge reads an answer's status.
func judge(resp *http.Response) deliver.Result {
	switch code := resp.StatusCode; {
	case code < 300:
		return deliver.Result{Kind: deliver.Accepted}
	case code == http.StatusNotFound || code == http.StatusGone:
		return deliver.Result{Kind: deliver.Failed, Blocked: true}
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		return deliver.Result{Kind: deliver.Retry}
	case code == http.StatusTooManyRequests || code >= 500:
		return deliver.Result{Kind: deliver.Retry, RetryAfter: retryAfter(resp.Header.Get("Retry-After"))}
	}
	return deliver.Result{Kind: deliver.Failed}
}

// retryAfter reads so many seconds; push services name no dates.
func retryAfter(v string) time.Duration {
	n, err := strconv.Atoi(strings.TrimSpace(v))
	if err != nil || n < 0 {
		return 0
	}
	return min(time.Duration(min(n, 86400))*time.Second, maxRetryAfter)
}

// secrets is what a detail must not show: whoever knows the address may disturb
// the device.
func secrets(s Subscription) []string {
	out := []string{s.Value(), s.Endpoint, s.P256dh, s.Auth}
	if u, err := url.Parse(s.Endpoint); err == nil {
		if len(u.RequestURI()) > 1 {
			out = append(out, u.RequestURI())
			if last := u.Path[strings.LastIndexByte(u.Path, '/')+1:]; last != "" {
				out = append(out, last)
			}
		}
		out = append(out, u.Host, u.Hostname())
	}
	return out
}
