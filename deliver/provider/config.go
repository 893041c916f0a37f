// Package provider reads what the providers of mail tell by webhook: what became
// of a mail, and that its reader called it spam or wants no more. It is pure, and
// takes every call for hostile until it is proved to be the provider's own.
package provider

import (
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strings"

	"vedette"
	"vedette/deliver/webhook"
)

// Config is the file of the providers that may tell us of mails.
type Config struct {
	Providers []Provider `json:"providers"`
}

// Provider is one. Its secret is written ${NAME}, and stands in the environment
// under that name.
type Provider struct {
	Name   string `json:"name"` // a word of its address: /mail/NAME/events
	Form   string `json:"form"`
	Secret string `json:"secret"` // what its calls are proved by; of SendGrid the public key, which is none

	key *ecdsa.PublicKey // SendGrid's
}

// The forms of what providers tell.
const (
	FormJSON     = "json" // our own: see hearJSON
	FormMailgun  = "mailgun"
	FormSendGrid = "sendgrid"
)

// variable is the name under which a provider gives back what names a delivery.
const variable = "vedette"

// named is the header by which a provider is told what names a delivery; {delivery}
// stands for that. A form that is our own reads the header that all mails have.
var named = map[string][2]string{
	FormMailgun:  {"X-Mailgun-Variables", `{"` + variable + `":"{delivery}"}`},
	FormSendGrid: {"X-SMTPAPI", `{"unique_args":{"` + variable + `":"{delivery}"}}`},
}

const (
	maxConfig    = 1 << 20
	maxProviders = 20
)

var (
	name     = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)
	wantsEnv = regexp.MustCompile(`^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$`)
)

func bad(format string, args ...any) error {
	return vedette.Errorf(vedette.CodeInvalid, "the mail providers: "+format, args...)
}

// Read reads a file of providers, JSON, with what getenv knows in place of
// ${NAME}.
func Read(r io.Reader, getenv func(string) string) (*Config, error) {
	in := json.NewDecoder(io.LimitReader(r, maxConfig))
	in.DisallowUnknownFields()
	c := &Config{}
	if err := in.Decode(c); err != nil {
		return nil, bad("the file is no JSON of the right shape: %v", err) // names fields, never their values
	}
	if n := len(c.Providers); n == 0 || n > maxProviders {
		return nil, bad("there are %d; give 1 to %d", n, maxProviders)
	}
	for i := range c.Providers {
		p := &c.Providers[i]
		if err := p.check(getenv); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(c.Providers[:i], func(o Provider) bool { return o.Name == p.Name }) {
			return nil, bad("two are called %q; give each a name of its own", p.Name)
		}
	}
	return c, nil
}

func (p *Provider) check(getenv func(string) string) (err error) {
	if !name.MatchString(p.Name) {
		return bad("%q is no name; write small letters, digits and dashes, at most 40", p.Name)
	}
	if env := wantsEnv.FindStringSubmatch(p.Secret); env != nil {
		if p.Secret = getenv(env[1]); p.Secret == "" {
			return bad("%s names %s, which is not set in the environment", p.Name, env[1])
		}
	}
	if p.Secret == "" {
		return bad("%s has no secret, so nothing it tells could be believed", p.Name)
	}
	switch p.Form {
	case FormJSON:
		if _, err := webhook.Sign(p.Secret, "", zero, nil); err != nil {
			return bad("the secret of %s is none: write whsec_ and base64 of 24 to 64 bytes", p.Name)
		}
	case FormMailgun:
	case FormSendGrid:
		der, err := base64.StdEncoding.DecodeString(strings.TrimSpace(p.Secret))
		key, err2 := x509.ParsePKIXPublicKey(der)
		var ok bool
		if p.key, ok = key.(*ecdsa.PublicKey); err != nil || err2 != nil || !ok {
			return bad("the secret of %s is no verification key of SendGrid's: copy it from the page of the Signed Event Webhook", p.Name)
		}
	default:
		return bad("%q is no form of %s; write %s, %s or %s", p.Form, p.Name, FormJSON, FormMailgun, FormSendGrid)
	}
	return nil
}

// Provider gives one by its name.
func (c *Config) Provider(name string) (*Provider, bool) {
	for i := range c.Providers {
		if c.Providers[i].Name == name {
			return &c.Providers[i], true
		}
	}
	return nil, false
}

// Headers are those that mails need so that the providers can name them; in their
// values {delivery} stands for what names a delivery.
func (c *Config) Headers() map[string]string {
	out := map[string]string{}
	for _, p := range c.Providers {
		if h, ok := named[p.Form]; ok {
			out[h[0]] = h[1]
		}
	}
	return out
}
