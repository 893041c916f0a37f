package gateway

import (
	"encoding/json"
	"errors"
	"io"
	"net/netip"
	"net/url"
	"regexp"
	"strings"

	"vedette"
	"vedette/deliver/outbound"
	"vedette/deliver/webhook"
)

// Config is what every file of gateways holds.
type Config struct {
	Currency string    `json:"currency"` // of prices: "EUR"
	Gateways []Gateway `json:"gateways"`
	Routes   []Route   `json:"routes"` // none: every gateway serves every number, in order

	// AllowPrivate lets gateways stand on private addresses and speak plain HTTP.
	AllowPrivate bool `json:"allow_private"`
	// Callback is where gateways find us, "" for nowhere: the address of our own
	// pages. It is no part of the file.
	Callback string `json:"-"`

	what string // the gateways carry, in sentences: "text message"
}

// Gateway is one way out. Secrets are written ${NAME}, and stand in the
// environment under that name.
type Gateway struct {
	Name      string   `json:"name"`
	Form      string   `json:"form"` // FormTwilio or FormJSON
	URL       string   `json:"url"`
	From      []string `json:"from"`       // sender numbers or names; somebody always hears from the same
	PerSecond float64  `json:"per_second"` // of each sender, 1 when 0
	Secret    string   `json:"secret"`     // Twilio's auth token; of JSON gateways what signs what they tell us

	Account string `json:"account"` // Twilio's account SID

	Headers  map[string]string `json:"headers"` // of JSON gateways
	Body     json.RawMessage   `json:"body"`    // with {to}, {from}, {id}, {ref}, {callback} and more in its strings
	ID       string            `json:"id"`      // where the answer holds the message's id: "messages.0.id"
	Accepted *Expect           `json:"accepted"`
}

// Expect is what an answer of status 2xx must hold to mean accepted.
type Expect struct {
	At string   `json:"at"` // "messages.0.status"
	Is []string `json:"is"` // one of these
}

// The forms of gateways.
const (
	FormTwilio = "twilio"
	FormJSON   = "json"
)

// Route says which gateways serve the numbers that begin with a prefix, in
// order. The longest prefix counts; "+" is everyone.
type Route struct {
	Prefix   string   `json:"prefix"`
	Gateways []string `json:"gateways"`
}

// The bounds of a configuration.
const (
	maxConfig    = 1 << 20
	minPerSecond = 0.5
	twilioURL    = "https://api.twilio.com"
)

// Bad says what is wrong with a file of gateways.
func (c *Config) Bad(format string, args ...any) error {
	return vedette.Errorf(vedette.CodeInvalid, "the "+c.what+" gateways: "+format, args...)
}

// Read reads a file of gateways for what they carry, JSON, into whatever c is a
// part of, with what getenv knows in place of ${NAME}.
func (c *Config) Read(r io.Reader, what string, whole any, getenv func(string) string) error {
	in := json.NewDecoder(io.LimitReader(r, maxConfig))
	in.DisallowUnknownFields()
	err := in.Decode(whole)
	c.what = what
	if err != nil {
		return c.Bad("the file is no JSON of the right shape: %v", err) // names fields, never their values
	}
	for i := range c.Gateways {
		if err := c.fill(&c.Gateways[i], getenv); err != nil {
			return err
		}
	}
	return c.check()
}

var variable = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)\}`)

// fill puts the environment's words in place of their names.
func (c *Config) fill(g *Gateway, getenv func(string) string) error {
	var errs error
	put := func(s string) string {
		return variable.ReplaceAllStringFunc(s, func(name string) string {
			v := getenv(name[2 : len(name)-1])
			if v == "" {
				errs = errors.Join(errs, c.Bad("%s names %s, which is not set in the environment", g.Name, name))
			}
			return v
		})
	}
	g.Secret, g.Account, g.URL = put(g.Secret), put(g.Account), put(g.URL)
	for k, v := range g.Headers {
		g.Headers[k] = put(v)
	}
	if g.Form == FormTwilio && g.URL == "" {
		g.URL = twilioURL
	}
	if g.PerSecond == 0 {
		g.PerSecond = 1
	}
	return errs
}

// check says what is wrong with a configuration, and the mend.
func (c *Config) check() error {
	if len(c.Gateways) == 0 {
		return c.Bad("none is named; give at least one under \"gateways\"")
	}
	names := map[string]bool{}
	for i := range c.Gateways {
		g := &c.Gateways[i]
		if err := c.checkGateway(g); err != nil {
			return err
		}
		if names[g.Name] {
			return c.Bad("two are called %q; give each its own name", g.Name)
		}
		names[g.Name] = true
	}
	for _, r := range c.Routes {
		if !prefix.MatchString(r.Prefix) || len(r.Gateways) == 0 {
			return c.Bad("a route needs a prefix like \"+44\" and gateways; one has %q", r.Prefix)
		}
		for _, n := range r.Gateways {
			if !names[n] {
				return c.Bad("the route of %s goes by %q, which is no gateway here", r.Prefix, n)
			}
		}
	}
	return nil
}

var (
	gatewayName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,30}$`)
	prefix      = regexp.MustCompile(`^\+[0-9]{0,15}$`)
)

func (c *Config) checkGateway(g *Gateway) error {
	switch {
	case !gatewayName.MatchString(g.Name):
		return c.Bad("%q is no name of a gateway; use small letters, digits and dashes", g.Name)
	case g.Form == FormTwilio && (g.Account == "" || g.Secret == ""):
		return c.Bad("%s needs account and secret: the account SID, and ${NAME} of the auth token", g.Name)
	case g.Form == FormJSON && len(g.Body) == 0:
		return c.Bad("%s needs a body: what is posted, with {to} and {id} where they go", g.Name)
	case g.Form != FormTwilio && g.Form != FormJSON:
		return c.Bad("%s is of form %q; there are \"twilio\" and \"json\"", g.Name, g.Form)
	case g.Form == FormTwilio && len(g.From) == 0:
		return c.Bad("%s needs at least one sender under from", g.Name)
	case g.PerSecond < minPerSecond:
		return c.Bad("%s sends %g a second; give at least %g", g.Name, g.PerSecond, minPerSecond)
	case g.Accepted != nil && (g.Accepted.At == "" || len(g.Accepted.Is) == 0):
		return c.Bad("%s: accepted needs at and is: where the answer says so, and the words for yes", g.Name)
	}
	if g.Form == FormJSON && g.Secret != "" {
		if err := webhook.CheckSecret(g.Secret); err != nil {
			return c.Bad("the secret of %s is to be \"whsec_\" and 24 to 64 bytes in base64", g.Name)
		}
	}
	return c.checkURL(g)
}

// checkURL looks at a gateway's address as it is written; the dialer looks at
// where it leads.
func (c *Config) checkURL(g *Gateway) error {
	u, err := url.Parse(g.URL)
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http":
		return c.Bad("%s has no web address under url", g.Name) // it may hold a token: it is not repeated
	case u.User != nil:
		return c.Bad("the url of %s holds a name or password; put them under headers or secret", g.Name)
	case c.AllowPrivate:
		return nil
	case u.Scheme != "https":
		return c.Bad("the url of %s is not https, so numbers and words could be read on the way; only \"allow_private\": true lets http pass", g.Name)
	}
	if ip, err := netip.ParseAddr(u.Hostname()); strings.EqualFold(u.Hostname(), "localhost") || err == nil && !outbound.Public(ip) {
		return c.Bad("the url of %s leads to a private address; only \"allow_private\": true lets it pass", g.Name)
	}
	return nil
}

// Gateway gives the gateway of a name.
func (c *Config) Gateway(name string) (*Gateway, bool) {
	for i := range c.Gateways {
		if c.Gateways[i].Name == name {
			return &c.Gateways[i], true
		}
	}
	return nil, false
}
