// Package oidc asks an identity provider who somebody is (OpenID Connect: the code flow
// with PKCE), and says whether its answer is right. It keeps nothing of anybody: what an
// answer is held against goes through the caller's hands, who gives it back once.
package oidc

import (
	"context"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	gooidc "github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"vedette"
)

// Config says which provider is asked, and what its answers mean here.
type Config struct {
	Issuer string // its address, https but on this machine
	Client string // what it calls us
	Secret string // by which it knows us; "" where it knows us by PKCE alone
	Name   string // of it, on the button
	Scopes []string
	Groups string   // the claim that has somebody's groups; dots go into what is in it
	Grants []Grant  // roles by groups; none: roles are kept here
	Adds   bool     // who is in one of the groups and not known is added
	Strong []string // values of amr, or acr, that are a second factor
	Back   string   // where it sends browsers back to
	Now    func() time.Time
}

// Grant is the role of whoever is in a group.
type Grant struct {
	Group string
	Role  vedette.UserRole
}

// Usual scopes, the claim of groups, and the name on the button.
var (
	UsualScopes = []string{gooidc.ScopeOpenID, "email", "profile"}
	UsualGroups = "groups"
	UsualName   = "your organisation’s account"
)

// ParseGrant reads GROUP=ROLE. A group's own name may have a = in it.
func ParseGrant(s string) (Grant, error) {
	at := strings.LastIndexByte(s, '=')
	if at < 1 {
		return Grant{}, vedette.Errorf(vedette.CodeInvalid, "%q says no role of a group; write GROUP=ROLE, as in security-desk=analyst", s)
	}
	g := Grant{strings.TrimSpace(s[:at]), vedette.UserRole(strings.TrimSpace(s[at+1:]))}
	if g.Group == "" || !slices.Contains(vedette.UserRoles, g.Role) {
		return Grant{}, vedette.Errorf(vedette.CodeInvalid, "%q is no role, in %q; the roles are %s", g.Role, s, words(vedette.UserRoles))
	}
	return g, nil
}

func words(roles []vedette.UserRole) string {
	var out []string
	for _, r := range roles {
		out = append(out, string(r))
	}
	return strings.Join(out, ", ")
}

// Check says, as CodeInvalid, what is wrong, and with which setting. Nobody is asked.
func (c *Config) Check() (setting string, err error) {
	bad := func(setting, format string, a ...any) (string, error) {
		return setting, vedette.Errorf(vedette.CodeInvalid, format, a...)
	}
	switch {
	case !fair(c.Issuer, ""):
		return bad("oidc-issuer", "the address of the identity provider begins with https://, and has neither name nor query in it; only one on this machine may do without TLS")
	case c.Client == "":
		return bad("oidc-client", "say what the identity provider calls this portal (--oidc-client)")
	case len(c.Grants) == 0 && c.Adds:
		return bad("oidc-add", "who is added by the identity provider has a role by a group; give one with --oidc-role GROUP=ROLE, or add people by hand")
	case !slices.Contains(c.Scopes, gooidc.ScopeOpenID):
		return bad("oidc-scope", "the scopes have to have openid among them")
	case slices.ContainsFunc(c.Scopes, func(s string) bool { return s == "" || strings.ContainsAny(s, " \t\"\\") }):
		return bad("oidc-scope", "a scope is one word; give several with commas between, or several times")
	}
	return "", nil
}

// fair says whether an address may be asked, or a browser sent there: over TLS, unless
// the issuer, and it, are on this machine.
func fair(address, issuer string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || issuer == "" && u.RawQuery != "" {
		return false
	}
	if u.Scheme == "https" {
		return true
	}
	of := u
	if issuer != "" {
		if of, err = url.Parse(issuer); err != nil {
			return false
		}
	}
	return u.Scheme == "http" && loopback(u.Hostname()) && of.Scheme == "http" && loopback(of.Hostname())
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Provider is one that is asked. It is safe for concurrent use.
type Provider struct {
	Config

	asking sync.Mutex // one asks at a time; whoever wants to know what is known does not wait for it

	mu    sync.Mutex
	found *found    // nil as long as it did not say where its doors are
	tried time.Time // when it was asked for them last
	lost  time.Time // when it could not be reached last, zero where it was since
	why   error     // why not
}

// found is what a provider says of itself.
type found struct {
	*gooidc.Provider
	names  bool // it says in each answer who it is
	reads  time.Time
	client *oauth2.Config
}

// New makes one. Nobody is asked yet.
func New(c Config) (*Provider, error) {
	if _, err := c.Check(); err != nil {
		return nil, err
	}
	return &Provider{Config: c}, nil
}

// How a provider that did not answer is asked again, and one that did.
const (
	againAfter = 5 * time.Second
	staleAfter = time.Hour
	lostFor    = 2 * time.Minute
)

// Lost says since when it cannot be reached, zero where it can, or where that was long
// ago and nobody tried since.
func (p *Provider) Lost() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.Now().Sub(p.lost) >= lostFor {
		return time.Time{}
	}
	return p.lost
}

// note keeps whether a call of the provider came to something.
func (p *Provider) note(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.lost = (time.Time{}); err != nil {
		p.lost = p.Now()
	}
}

// doors gives what the provider says of itself: as it said it, for an hour, and longer
// where it cannot be asked. A provider that is away is asked again every few seconds.
func (p *Provider) doors(ctx context.Context) (*found, error) {
	p.asking.Lock()
	defer p.asking.Unlock()
	f, why, known := p.known()
	if !known {
		// Whoever asked may go away meanwhile: that says nothing of the provider.
		ctx, done := context.WithTimeout(context.WithoutCancel(ctx), callFor)
		f, why = p.learnt(p.ask(ctx))
		done()
	}
	if f != nil {
		return f, nil
	}
	return nil, why
}

// known gives what is known of the provider, or why nothing is; not known is whether it
// has to be asked.
func (p *Provider) known() (f *found, why error, known bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.Now()
	fresh := p.found != nil && now.Sub(p.found.reads) < staleAfter
	since := now.Sub(p.tried)
	return p.found, p.why, fresh || p.why != nil && since >= 0 && since < againAfter
}

// learnt keeps what asking came to. What was known before stays where it came to nothing.
func (p *Provider) learnt(f *found, err error) (*found, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.tried, p.why = p.Now(), err; err != nil {
		p.lost = p.tried
		return p.found, err
	}
	p.found, p.lost = f, time.Time{}
	return f, nil
}

// ask asks the provider where its doors are.
func (p *Provider) ask(ctx context.Context) (*found, error) {
	prov, err := gooidc.NewProvider(gooidc.ClientContext(ctx, client()), p.Issuer)
	if err != nil {
		return nil, p.away(err)
	}
	var says struct {
		Methods []string `json:"code_challenge_methods_supported"`
		Auth    []string `json:"token_endpoint_auth_methods_supported"`
		Keys    string   `json:"jwks_uri"`
		Names   bool     `json:"authorization_response_iss_parameter_supported"`
	}
	if err := prov.Claims(&says); err != nil {
		return nil, p.away(err)
	}
	e := prov.Endpoint()
	for _, at := range []string{e.AuthURL, e.TokenURL, says.Keys} {
		if !fair(at, p.Issuer) {
			return nil, vedette.Errorf(vedette.CodeUnavailable, "%s names a door of its own that is reached without TLS, or none; whoever runs it has to mend that", p.Name)
		}
	}
	if u := prov.UserInfoEndpoint(); u != "" && !fair(u, p.Issuer) {
		return nil, vedette.Errorf(vedette.CodeUnavailable, "%s names a door of its own that is reached without TLS; whoever runs it has to mend that", p.Name)
	}
	e.AuthStyle = oauth2.AuthStyleInHeader
	if p.Secret == "" || len(says.Auth) > 0 && !slices.Contains(says.Auth, "client_secret_basic") {
		e.AuthStyle = oauth2.AuthStyleInParams
	}
	return &found{prov, says.Names, p.Now(), &oauth2.Config{ClientID: p.Client, ClientSecret: p.Secret, Endpoint: e, RedirectURL: p.Back, Scopes: p.Scopes}}, nil
}

// away is that the provider did not answer, or not as one does.
func (p *Provider) away(err error) error {
	return vedette.Wrap(brief(err), vedette.CodeUnavailable, "%s cannot be reached just now; sign in with a passkey or a password, or try again in a minute", p.Name)
}
