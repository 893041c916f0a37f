package oidc

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	gooidc "github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"vedette"
)

// asked is what an answer is held against.
type asked struct {
	State    string `json:"state"`
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"`
	To       string `json:"to"` // where somebody wants to go then
}

// shift is within which somebody has to have shown a second factor there for it to count.
const shift = 12 * time.Hour

// Ask gives the address that a browser is sent to, and what its answer is held against.
// A provider that cannot be reached is CodeUnavailable.
func (p *Provider) Ask(ctx context.Context, to string) (address string, kept []byte, err error) {
	f, err := p.doors(ctx)
	if err != nil {
		return "", nil, err
	}
	a := asked{rand.Text(), rand.Text(), oauth2.GenerateVerifier(), to}
	if kept, err = json.Marshal(a); err != nil {
		return "", nil, err
	}
	opts := []oauth2.AuthCodeOption{gooidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier)}
	if len(p.Strong) > 0 { // so that it says when somebody showed what they showed
		opts = append(opts, oauth2.SetAuthURLParam("max_age", strconv.Itoa(int(shift.Seconds()))))
	}
	return f.client.AuthCodeURL(a.State, opts...), kept, nil
}

// maxAnswer bounds each part of an answer, in bytes.
const maxAnswer = 8 << 10

// Answer is what a browser brought back.
type Answer struct{ State, Code, Issuer, Error string }

// ReadAnswer reads it. Of an error its kind alone is read.
func ReadAnswer(q url.Values) Answer {
	return Answer{q.Get("state"), q.Get("code"), q.Get("iss"), q.Get("error")}
}

// Answered says who somebody is by what their browser brought back, and where they want
// to go. What is wrong with it is CodeForbidden; a provider that cannot be reached is
// CodeUnavailable.
func (p *Provider) Answered(ctx context.Context, kept []byte, got Answer) (e vedette.Entry, to string, err error) {
	var a asked
	if err := json.Unmarshal(kept, &a); err != nil {
		return e, "", vedette.Wrap(err, vedette.CodeInternal, "what somebody was asked cannot be read")
	}
	if a.State == "" || subtle.ConstantTimeCompare([]byte(a.State), []byte(got.State)) != 1 {
		return e, "", p.wrong(errors.New("it answers something else than was asked"))
	}
	switch {
	case got.Error != "":
		return e, a.To, vedette.Wrap(errors.New(kindOf(got.Error)), vedette.CodeForbidden, "%s did not sign you in; try again, or sign in with a passkey or a password", p.Name)
	case got.Code == "" || len(got.Code) > maxAnswer:
		return e, a.To, p.wrong(errors.New("there is no code in the answer"))
	}
	f, err := p.doors(ctx)
	if err != nil {
		return e, a.To, err
	}
	if got.Issuer != "" && got.Issuer != p.Issuer || got.Issuer == "" && f.names {
		return e, a.To, p.wrong(errors.New("another provider answers"))
	}
	ctx = gooidc.ClientContext(ctx, client())
	token, err := f.client.Exchange(ctx, got.Code, oauth2.VerifierOption(a.Verifier))
	if err != nil {
		return e, a.To, p.refused(err)
	}
	c, err := p.claims(ctx, f, token, a.Nonce)
	if err != nil {
		return e, a.To, err
	}
	p.note(nil)
	e, err = p.entry(c)
	return e, a.To, err
}

// wrong is that an answer is not right. Why is for the log: it has no secret in it.
func (p *Provider) wrong(err error) error {
	return vedette.Wrap(brief(err), vedette.CodeForbidden, "what %s answered is not right, so you are not signed in; try again, and where that does not help, tell who runs it", p.Name)
}

// brief is an error without more of the provider's own words than a line of the log has
// room for.
func brief(err error) error {
	text := strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, strings.ToValidUTF8(err.Error(), " "))
	if len(text) > maxWhy {
		text = strings.ToValidUTF8(text[:maxWhy], "") + "…"
	}
	return errors.New(text)
}

const maxWhy = 300 // bytes

// kindOf is an error's kind as the standard writes them, nothing else.
func kindOf(s string) string {
	if len(s) > 60 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") != "" {
		return "an error"
	}
	return s
}

// refused is that a code was not taken, or nobody answered.
func (p *Provider) refused(err error) error {
	var said *oauth2.RetrieveError
	if !errors.As(err, &said) || said.Response.StatusCode >= http.StatusInternalServerError || said.Response.StatusCode == http.StatusTooManyRequests {
		err := p.away(errors.New("the code was not exchanged"))
		p.note(err)
		return err
	}
	if said.ErrorCode == "invalid_client" || said.ErrorCode == "unauthorized_client" {
		return vedette.Wrap(errors.New(kindOf(said.ErrorCode)), vedette.CodeUnavailable, "%s does not know this portal: whoever runs it looks at --oidc-client and its secret; sign in with a passkey or a password", p.Name)
	}
	return p.wrong(errors.New("the code was not taken: " + kindOf(said.ErrorCode)))
}
