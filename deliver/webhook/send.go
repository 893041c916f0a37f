package webhook

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/outbound"
)

// Config is how hooks are called.
type Config struct {
	AllowPrivate bool             // let http and private addresses pass
	Timeout      time.Duration    // of one call, 0 for 15 s
	Now          func() time.Time // signs with it; must be set
	UserAgent    string           // "Vedette" when empty
}

// The bounds of what a receiver may ask of us.
const (
	maxAnswer     = 4 << 10
	maxRetryAfter = time.Hour
	defaultWait   = 15 * time.Second
)

// Sender posts signed events.
type Sender struct {
	cfg    Config
	client *http.Client
	closed atomic.Bool
}

// New makes a sender. It calls as [outbound.Client] does.
func New(cfg Config) *Sender {
	if cfg.Timeout <= 0 {
		cfg.Timeout = defaultWait
	}
	if cfg.UserAgent == "" {
		cfg.UserAgent = "Vedette"
	}
	o := outbound.Config{Timeout: cfg.Timeout, PerHost: 4, Idle: 400}
	if !cfg.AllowPrivate {
		o.Private = errPrivate("the hook's host")
	}
	return &Sender{cfg: cfg, client: outbound.Client(o)}
}

// Channel is vedette.ChannelWebhook.
func (s *Sender) Channel() vedette.Channel { return vedette.ChannelWebhook }

// Close lets idle connections go; later Sends are Retry.
func (s *Sender) Close() error {
	s.closed.Store(true)
	s.client.CloseIdleConnections()
	return nil
}

// Send posts m.Body to m.To, signed with m.Secret. 2xx is Accepted; 429, 5xx
// and a network that fails before the request is out are Retry; a request
// that is out and has no answer is in Doubt; anything else, redirects
// included, is Failed.
func (s *Sender) Send(ctx context.Context, m deliver.Message) deliver.Result {
	if s.closed.Load() {
		return deliver.Result{Kind: deliver.Retry, Detail: "the webhook channel is closing"}
	}
	to, err := parseURL(m.To, s.cfg.AllowPrivate)
	if err != nil {
		u, _ := url.Parse(m.To)
		return deliver.Result{Kind: deliver.Failed, Detail: deliver.Detail(err.Error(), secrets(m, u)...)}
	}
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	defer cancel()
	sent := new(atomic.Bool)
	req, err := s.request(ctx, m, sent)
	if err != nil {
		return deliver.Result{Kind: deliver.Failed, Detail: deliver.Detail(err.Error(), secrets(m, to)...)}
	}
	// The transport alone: what a client adds, redirects and cookies, is not wanted.
	resp, err := s.client.Transport.RoundTrip(req)
	if err != nil {
		return outbound.Lost(err, sent.Load(), secrets(m, to)...)
	}
	defer resp.Body.Close()
	answer, _ := io.ReadAll(io.LimitReader(resp.Body, maxAnswer)) // the status has been given; the rest only explains it
	r := judge(resp, s.cfg.Now())
	r.Detail = deliver.Detail(fmt.Sprintf("HTTP %d %s", resp.StatusCode, answer), secrets(m, to)...)
	return r
}

func (s *Sender) request(ctx context.Context, m deliver.Message, sent *atomic.Bool) (*http.Request, error) {
	at, sig := s.cfg.Now(), ""
	if !m.Chat {
		var err error
		if sig, err = Sign(m.Secret, m.ID, at, m.Body); err != nil {
			return nil, err
		}
	}
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn:      func(httptrace.GotConnInfo) { sent.Store(true) }, // from here on only a failed write is certain
		WroteRequest: func(w httptrace.WroteRequestInfo) { sent.Store(w.Err == nil) },
	})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, m.To, bytes.NewReader(m.Body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", s.cfg.UserAgent)
	if m.Chat { // it knows no signatures: its address is the secret
		return req, nil
	}
	req.Header.Set(HeaderID, m.ID)
	req.Header.Set(HeaderTimestamp, strconv.FormatInt(at.Unix(), 10))
	req.Header.Set(HeaderSignature, sig)
	return req, nil
}

// judge reads a status.
func judge(resp *http.Response, now time.Time) deliver.Result {
	switch code := resp.StatusCode; {
	case code >= 200 && code < 300:
		return deliver.Result{Kind: deliver.Accepted}
	case code == http.StatusTooManyRequests || code >= 500:
		return deliver.Result{Kind: deliver.Retry, RetryAfter: retryAfter(resp.Header.Get("Retry-After"), now)}
	}
	return deliver.Result{Kind: deliver.Failed}
}

// retryAfter reads the header (seconds or a date, RFC 9110 section 10.2.3),
// bounded to an hour; 0 where it says nothing.
func retryAfter(v string, now time.Time) time.Duration {
	var d time.Duration
	if secs, err := strconv.ParseUint(v, 10, 32); err == nil {
		d = time.Duration(secs) * time.Second
	} else if at, err := http.ParseTime(v); err == nil {
		d = at.Sub(now)
	}
	return min(max(d, 0), maxRetryAfter)
}

// secrets is what a detail must not show: the signing secret, and the
// hook's address, which may hold a token; u is that address, nil if it is none.
func secrets(m deliver.Message, u *url.URL) []string {
	out := []string{m.Secret, m.To}
	if u != nil {
		if len(u.RequestURI()) > 1 {
			out = append(out, u.RequestURI())
		}
		if len(u.RawQuery) > 0 {
			out = append(out, u.RawQuery)
		}
		out = append(out, u.Host, u.Hostname())
	}
	return out
}
