package gateway

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"vedette/deliver"
	"vedette/deliver/outbound"
)

// The bounds of what a gateway may ask of us.
const (
	maxAnswer     = 64 << 10
	maxRetryAfter = time.Hour
)

// call posts a message once, and says besides whether the gateway did its part:
// a number it refuses is no fault of its own.
func (s *Sender) call(ctx context.Context, w *way, no int, m deliver.Message) (r deliver.Result, well bool) {
	sent := new(atomic.Bool)
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn:      func(httptrace.GotConnInfo) { sent.Store(true) }, // from here on only a failed write is certain
		WroteRequest: func(w httptrace.WroteRequestInfo) { sent.Store(w.Err == nil) },
	})
	form := s.twilio
	if w.Form == FormJSON {
		form = s.generic
	}
	req, err := form(ctx, w, no, m)
	if err != nil {
		return deliver.Result{Kind: deliver.Failed, Detail: err.Error()}, true
	}
	req.Header.Set("User-Agent", "Vedette")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Idempotency-Key", m.ID) // the same in every retry
	resp, err := s.client.Do(req)
	if err != nil {
		return lost(err, sent.Load()), false
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil && resp.StatusCode < 300 {
		return deliver.Result{Kind: deliver.Doubt, Detail: "the answer broke off, so nobody knows whether the message was taken"}, false
	}
	return w.judge(answer{status: resp.StatusCode, header: resp.Header, body: body})
}

// lost reads a call that came to no answer. That we may not call a gateway is
// the operator's to mend, not the number's.
func lost(err error, sent bool) deliver.Result {
	r := outbound.Lost(err, sent)
	if r.Kind == deliver.Failed {
		r.Kind = deliver.Retry
	}
	return r
}

// answer is what a gateway said.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// html says that a page answered, where a gateway would have sent JSON.
func (a answer) html() bool {
	t := strings.TrimSpace(string(a.body))
	return strings.HasPrefix(a.header.Get("Content-Type"), "text/html") || strings.HasPrefix(t, "<")
}

// judge reads what holds for gateways of either form, then what theirs says.
func (w *way) judge(a answer) (r deliver.Result, well bool) {
	var said any
	readable := json.Unmarshal(a.body, &said) == nil
	r.Detail = fmt.Sprintf("HTTP %d", a.status)
	switch {
	case a.status == http.StatusTooManyRequests || a.status >= 500:
		r.RetryAfter = retryAfter(a.header.Get("Retry-After"))
		r.Detail += " " + w.words(said)
		return r, false
	case a.html() && a.status < 300:
		r.Kind = deliver.Doubt
		r.Detail += ": a web page came instead of JSON; the url is wrong or something stands in between, and nobody knows whether the message was taken"
		return r, false
	case a.html():
		r.Detail += ": a web page came instead of JSON; look at the gateway's url"
		return r, false
	case a.status >= 300 && a.status < 400:
		r.Detail += ": it leads elsewhere, and redirects are not followed; look at the gateway's url"
		return r, false
	case a.status < 300 && !readable:
		r.Kind = deliver.Doubt
		r.Detail += ": the answer is no JSON, so nobody knows whether the message was taken"
		return r, false
	case a.status < 300:
		return w.taken(said, r)
	}
	return w.refused(a.status, said, r)
}

// taken reads an answer of status 2xx.
func (w *way) taken(said any, r deliver.Result) (deliver.Result, bool) {
	if e := w.Accepted; e != nil {
		got, _ := at(said, e.At)
		ok := false
		for _, is := range e.Is {
			ok = ok || got == is
		}
		if !ok {
			r.Kind, r.Detail = deliver.Failed, r.Detail+fmt.Sprintf(": %s is %q; %s", e.At, got, w.words(said))
			return r, true
		}
	}
	where := w.ID
	if w.Form == FormTwilio {
		where = "sid"
	}
	id, ok := at(said, where)
	if where != "" && !ok {
		r.Kind, r.Detail = deliver.Doubt, r.Detail+": the answer holds no "+where+", so nobody knows whether the message was taken"
		return r, false
	}
	r.Kind = deliver.Accepted
	if id != "" {
		r.Detail += " " + id
	}
	return r, true
}

// refused reads an answer of status 4xx.
func (w *way) refused(status int, said any, r deliver.Result) (deliver.Result, bool) {
	code := ""
	if w.Form == FormTwilio {
		code, _ = at(said, "code")
	}
	r.Detail += " " + w.words(said)
	switch {
	case code == OptedOut:
		r.Kind, r.Blocked = deliver.Failed, true
		return r, true
	case badNumber[code]:
		r.Kind = deliver.Failed
		return r, true
	case code != "" && elsewhere[code], status == http.StatusUnauthorized, status == http.StatusPaymentRequired,
		status == http.StatusForbidden, status == http.StatusNotFound, status == http.StatusMethodNotAllowed, status == http.StatusRequestTimeout:
		return r, false // the account's or the operator's to mend, not the number's
	}
	r.Kind = deliver.Failed
	return r, true
}

// words are a gateway's own, for the record.
func (w *way) words(said any) string {
	for _, where := range []string{"message", "error.message", "error", "detail", "description"} {
		if s, ok := at(said, where); ok {
			if code, ok := at(said, "code"); ok {
				return code + " " + s
			}
			return s
		}
	}
	return "without a word"
}

// at gives what stands at a place in an answer: names and numbers of lists,
// joined by dots.
func at(v any, where string) (string, bool) {
	for name := range strings.SplitSeq(where, ".") {
		switch t := v.(type) {
		case map[string]any:
			v = t[name]
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(t) {
				return "", false
			}
			v = t[i]
		default:
			return "", false
		}
	}
	switch t := v.(type) {
	case string:
		return t, t != ""
	case float64:
		return strconv.FormatFloat(t, 'f', -1, 64), true
	case bool:
		return strconv.FormatBool(t), true
	}
	return "", false
}

// retryAfter reads the header in seconds, bounded to an hour; 0 where it says
// nothing.
func retryAfter(v string) time.Duration {
	secs, err := strconv.ParseUint(v, 10, 32)
	if err != nil {
		return 0
	}
	return min(time.Duration(secs)*time.Second, maxRetryAfter)
}

// secrets is what a detail must not show.
func secrets(g *Gateway, m deliver.Message) []string {
	out := []string{m.To, strings.TrimPrefix(m.To, "+"), m.Return, g.Secret}
	for _, v := range g.Headers {
		out = append(out, v)
		_, token, _ := strings.Cut(v, " ") // "Bearer …"
		out = append(out, token)
	}
	if u, err := url.Parse(g.URL); err == nil && len(u.RawQuery) > 0 {
		out = append(out, u.RawQuery)
	}
	kept := out[:0]
	for _, s := range out {
		if len(s) >= 4 {
			kept = append(kept, s)
		}
	}
	return kept
}
