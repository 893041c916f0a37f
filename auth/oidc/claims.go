package oidc

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"

	gooidc "github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"vedette"
)

// skew is how far the provider's clock may be from ours.
const skew = time.Minute

// claims is what a provider says of somebody.
type claims map[string]json.RawMessage

// claims reads what a token says that is signed by the provider, for us, now, and in
// answer to what this browser was asked; what is not in it the provider is asked for.
func (p *Provider) claims(ctx context.Context, f *found, token *oauth2.Token, nonce string) (claims, error) {
	raw, _ := token.Extra("id_token").(string)
	if raw == "" {
		return nil, p.wrong(errors.New("there is no ID token; openid has to be among its scopes"))
	}
	id, err := f.Verifier(&gooidc.Config{ClientID: p.Client, Now: func() time.Time { return p.Now().Add(-skew) }}).Verify(ctx, raw)
	if err != nil {
		return nil, p.wrong(err)
	}
	c := claims{}
	if err := id.Claims(&c); err != nil {
		return nil, p.wrong(err)
	}
	party := c.text("azp")
	switch {
	case id.Nonce != nonce || nonce == "":
		return nil, p.wrong(errors.New("the ID token answers another question"))
	case id.IssuedAt.After(p.Now().Add(skew)):
		return nil, p.wrong(errors.New("the ID token is of later than now; look at the clocks of both machines"))
	case party != "" && party != p.Client, party == "" && len(id.Audience) > 1:
		return nil, p.wrong(errors.New("the ID token was made for another"))
	}
	if id.AccessTokenHash != "" {
		if err := id.VerifyAccessToken(token.AccessToken); err != nil {
			return nil, p.wrong(err)
		}
	}
	if f.UserInfoEndpoint() == "" || c.has("email") && c.has("name") && (len(p.Grants) == 0 || c.find(p.Groups) != nil) {
		return c, nil
	}
	return c, p.more(ctx, f, token, c)
}

// more asks the provider for what a token does not say.
func (p *Provider) more(ctx context.Context, f *found, token *oauth2.Token, c claims) error {
	info, err := f.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		err := p.away(errors.New("who somebody is was not answered"))
		p.note(err)
		return err
	}
	if info.Subject != c.text("sub") {
		return p.wrong(errors.New("it says that somebody else is here"))
	}
	all := claims{}
	if err := info.Claims(&all); err != nil {
		return p.wrong(err)
	}
	mail := c.has("email") // with it goes whether it is verified
	for name, v := range all {
		if !c.has(name) && !(mail && name == "email_verified") {
			c[name] = v
		}
	}
	return nil
}

func (c claims) has(name string) bool { _, ok := c[name]; return ok }

// text is a claim that is a text, "" for any other.
func (c claims) text(name string) (s string) {
	if json.Unmarshal(c[name], &s) != nil {
		return ""
	}
	return s
}

// yes says whether a claim is true; some providers write it as a text.
func (c claims) yes(name string) bool {
	var b bool
	return json.Unmarshal(c[name], &b) == nil && b || c.text(name) == "true"
}

// find gives a claim by its name, or by a way with dots into what is in it.
func (c claims) find(name string) json.RawMessage {
	if v, ok := c[name]; ok {
		return v
	}
	first, rest, ok := strings.Cut(name, ".")
	in := claims{}
	if !ok || json.Unmarshal(c[first], &in) != nil {
		return nil
	}
	return in.find(rest)
}

// list is a claim that is a text, or several.
func list(raw json.RawMessage) (out []string) {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}
	}
	var some []json.RawMessage
	if json.Unmarshal(raw, &some) != nil {
		return nil
	}
	for _, r := range some {
		if json.Unmarshal(r, &one) == nil {
			out = append(out, one)
		}
	}
	return out
}

// maxLogin bounds a mail address, in bytes, as of who signs in.
const maxLogin = 200

// entry says who somebody is here by what is said of them.
func (p *Provider) entry(c claims) (vedette.Entry, error) {
	e := vedette.Entry{Issuer: p.Issuer, Subject: c.text("sub"), Name: c.text("name"), Follows: len(p.Grants) > 0, Adds: p.Adds}
	if mail := vedette.CleanLogin(c.text("email")); c.yes("email_verified") && strings.Contains(mail, "@") && len(mail) <= maxLogin && !strings.ContainsFunc(mail, unicode.IsControl) {
		e.Mail = mail
	}
	if e.Follows {
		e.Role = p.role(list(c.find(p.Groups)))
	}
	e.Strong = p.strong(c)
	if err := e.Validate(); err != nil {
		return e, p.wrong(err)
	}
	return e, nil
}

// role is the one that may most of those that somebody's groups have, "" for none.
func (p *Provider) role(groups []string) (role vedette.UserRole) {
	for _, g := range p.Grants {
		if slices.Contains(groups, g.Group) && slices.Index(vedette.UserRoles, g.Role) > slices.Index(vedette.UserRoles, role) {
			role = g.Role
		}
	}
	return role
}

// strong is when somebody showed what is a second factor here, zero for not, and where
// the provider does not say when.
func (p *Provider) strong(c claims) time.Time {
	shown := append(list(c["amr"]), c.text("acr"))
	if !slices.ContainsFunc(shown, func(s string) bool { return s != "" && slices.Contains(p.Strong, s) }) {
		return time.Time{}
	}
	var at float64
	if json.Unmarshal(c["auth_time"], &at) != nil || at <= 0 || at > 1e12 {
		return time.Time{}
	}
	when := time.Unix(int64(at), 0).UTC()
	if now := p.Now(); when.After(now) {
		if when.After(now.Add(skew)) {
			return time.Time{}
		}
		return now
	}
	return when
}
