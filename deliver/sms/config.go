package sms

import (
	"encoding/json"
	"errors"
	"io"
	"net/netip"
	"net/url"
	"regexp"
	"strings"

	"vedette"
	"vedette/deliver/webhook"
)

// Config is how short messages leave.
type Config struct {
	Segments int       `json:"segments"` // most of one message, 2 when 0
	Currency string    `json:"currency"` // of prices: "EUR"
	Gateways []Gateway `json:"gateways"`
	Routes   []Route   `json:"routes"` // none: every gateway serves every number, in order
	Prices   []Price   `json:"prices"`

	// AllowPrivate lets gateways stand on private addresses and speak plain HTTP.
	AllowPrivate bool `json:"allow_private"`
	// Callback is where gateways bring receipts, "" for nowhere: the address of
	// our own pages. It is no part of the file.
	Callback string `json:"-"`
}

// Gateway is one way out. Secrets are written ${NAME}, and stand in the
// environment under that name.
type Gateway struct {
	Name      string   `json:"name"`
	Form      string   `json:"form"` // FormTwilio or FormJSON
	URL       string   `json:"url"`
	From      []string `json:"from"`       // sender numbers or names; somebody always hears from the same
	PerSecond float64  `json:"per_second"` // messages of each sender, 1 when 0
	Secret    string   `json:"secret"`     // Twilio's auth token; of JSON gateways what signs what they tell us

	Account string `json:"account"` // Twilio's account SID

	Headers  map[string]string `json:"headers"` // of JSON gateways
	Body     json.RawMessage   `json:"body"`    // with {to}, {from}, {text}, {id}, {ref}, {callback} in its strings
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

// Price is what a segment costs to the numbers that begin with a prefix.
type Price struct {
	Prefix     string  `json:"prefix"`
	PerSegment float64 `json:"per_segment"`
}

// The bounds of a configuration.
const (
	maxConfig       = 1 << 20
	defaultSegments = 2
	maxSegments     = 6
	minPerSecond    = 0.5
	twilioURL       = "https://api.twilio.com"
)

func bad(format string, args ...any) error {
	return vedette.Errorf(vedette.CodeInvalid, "the text message gateways: "+format, args...)
}

// Read reads a configuration, JSON, with what getenv knows in place of ${NAME}.
func Read(r io.Reader, getenv func(string) string) (*Config, error) {
	c := &Config{}
	in := json.NewDecoder(io.LimitReader(r, maxConfig))
	in.DisallowUnknownFields()
	if err := in.Decode(c); err != nil {
		return nil, bad("the file is no JSON of the right shape: %v", err) // names fields, never their values
	}
	for i := range c.Gateways {
		if err := c.Gateways[i].fill(getenv); err != nil {
			return nil, err
		}
	}
	return c, c.check()
}

var variable = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)\}`)

// fill puts the environment's words in place of their names.
func (g *Gateway) fill(getenv func(string) string) error {
	var errs error
	put := func(s string) string {
		return variable.ReplaceAllStringFunc(s, func(name string) string {
			v := getenv(name[2 : len(name)-1])
			if v == "" {
				errs = errors.Join(errs, bad("%s names %s, which is not set in the environment", g.Name, name))
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
	if c.Segments == 0 {
		c.Segments = defaultSegments
	}
	if c.Segments < 1 || c.Segments > maxSegments {
		return bad("%d segments for one message; give 1 to %d", c.Segments, maxSegments)
	}
	if len(c.Gateways) == 0 {
		return bad("none is named; give at least one under \"gateways\"")
	}
	names := map[string]bool{}
	for i := range c.Gateways {
		g := &c.Gateways[i]
		if err := c.checkGateway(g); err != nil {
			return err
		}
		if names[g.Name] {
			return bad("two are called %q; give each its own name", g.Name)
		}
		names[g.Name] = true
	}
	for _, r := range c.Routes {
		if !prefix.MatchString(r.Prefix) || len(r.Gateways) == 0 {
			return bad("a route needs a prefix like \"+44\" and gateways; one has %q", r.Prefix)
		}
		for _, n := range r.Gateways {
			if !names[n] {
				return bad("the route of %s goes by %q, which is no gateway here", r.Prefix, n)
			}
		}
	}
	for _, p := range c.Prices {
		if !prefix.MatchString(p.Prefix) || p.PerSegment < 0 || c.Currency == "" {
			return bad("a price needs a prefix like \"+44\" and what a segment costs, and all of them a currency; one has %q", p.Prefix)
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
		return bad("%q is no name of a gateway; use small letters, digits and dashes", g.Name)
	case g.Form == FormTwilio && (g.Account == "" || g.Secret == ""):
		return bad("%s needs account and secret: the account SID, and ${NAME} of the auth token", g.Name)
	case g.Form == FormJSON && len(g.Body) == 0:
		return bad("%s needs a body like {\"to\": \"{to}\", \"text\": \"{text}\"}", g.Name)
	case g.Form != FormTwilio && g.Form != FormJSON:
		return bad("%s is of form %q; there are \"twilio\" and \"json\"", g.Name, g.Form)
	case g.Form == FormTwilio && len(g.From) == 0:
		return bad("%s needs at least one sender under from", g.Name)
	case g.PerSecond < minPerSecond:
		return bad("%s sends %g messages a second; give at least %g", g.Name, g.PerSecond, minPerSecond)
	case g.Accepted != nil && (g.Accepted.At == "" || len(g.Accepted.Is) == 0):
		return bad("%s: accepted needs at and is: where the answer says so, and the words for yes", g.Name)
	}
	if g.Form == FormJSON && g.Secret != "" {
		if err := webhook.CheckSecret(g.Secret); err != nil {
			return bad("the secret of %s is to be \"whsec_\" and 24 to 64 bytes in base64", g.Name)
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
		return bad("%s has no web address under url", g.Name) // it may hold a token: it is not repeated
	case u.User != nil:
		return bad("the url of %s holds a name or password; put them under headers or secret", g.Name)
	case c.AllowPrivate:
		return nil
	case u.Scheme != "https":
		return bad("the url of %s is not https, so numbers and words could be read on the way; only \"allow_private\": true lets http pass", g.Name)
	}
	if ip, err := netip.ParseAddr(u.Hostname()); strings.EqualFold(u.Hostname(), "localhost") || err == nil && !webhook.Public(ip) {
		return bad("the url of %s leads to a private address; only \"allow_private\": true lets it pass", g.Name)
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
