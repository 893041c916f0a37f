package webhook

import (
	"net/netip"
	"net/url"
	"strings"

	"vedette"
	"vedette/deliver/outbound"
)

// CheckURL says whether a hook may be added: https, a host, no name and
// password in it, no fragment, and no private address written out. A name
// that leads to a private address is found out when it is dialled.
// allowPrivate also lets http and private addresses pass.
func CheckURL(raw string, allowPrivate bool) error {
	_, err := parseURL(raw, allowPrivate)
	return err
}

// parseURL reads an address that may be called.
func parseURL(raw string, allowPrivate bool) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Hostname() == "" || u.Opaque != "" {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the hook's address is not a web address; give one like https://example.org/hook")
	}
	switch {
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, vedette.Errorf(vedette.CodeInvalid, "the hook's address begins with %q; use https", u.Scheme)
	case u.User != nil:
		return nil, vedette.Errorf(vedette.CodeInvalid, "the hook's address holds a user name or password; leave it out, events are signed")
	case u.Fragment != "":
		return nil, vedette.Errorf(vedette.CodeInvalid, "the hook's address holds a fragment (#…), which is never sent; leave it out")
	case allowPrivate:
		return u, nil
	case u.Scheme != "https":
		return nil, vedette.Errorf(vedette.CodeInvalid, "the hook's address is not https; only --allow-private-hooks lets http pass")
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !outbound.Public(ip) || strings.EqualFold(strings.TrimRight(u.Hostname(), "."), "localhost") {
		return nil, errPrivate(u.Hostname())
	}
	return u, nil
}

func errPrivate(host string) error {
	return vedette.Errorf(vedette.CodeForbidden,
		"%s is a private or reserved address; hooks go only to the public internet unless Vedette runs with --allow-private-hooks", host)
}
