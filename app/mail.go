package app

import (
	"net"
	"net/mail"
	"net/url"
	"time"

	"vedette"
	"vedette/deliver/email"
)

// MailConfig is how mail leaves: smtp://[user:password@]host[:port] with
// ?tls=starttls (default) or ?tls=none, or smtps:// for TLS from the first
// byte.
type MailConfig struct {
	URL  string
	From string // "Name <address>"

	Bounces string // address that mails come back to, "" for the sender's
}

// parse turns the URL into the sender's configuration.
func (m MailConfig) parse(now func() time.Time) (email.Config, error) {
	bad := func(why string) (email.Config, error) {
		return email.Config{}, vedette.Errorf(vedette.CodeInvalid, "the mail server's address does not read: %s; write smtp://host:25?tls=none, smtp://user:password@host:587 or smtps://user:password@host:465", why)
	}
	u, err := url.Parse(m.URL)
	if err != nil {
		return bad("it is no URL") // the URL may hold a password: it is not repeated
	}
	c := email.Config{Now: now, Bounces: m.Bounces}
	port := "587"
	switch u.Scheme + " " + u.Query().Get("tls") {
	case "smtp ", "smtp starttls":
		c.TLS = email.TLSStart
	case "smtp none":
		c.TLS, port = email.TLSNone, "25"
	case "smtps ", "smtps implicit":
		c.TLS, port = email.TLSImplicit, "465"
	default:
		return bad("scheme or ?tls= is not known")
	}
	if u.Hostname() == "" {
		return bad("it names no host")
	}
	if u.Port() != "" {
		port = u.Port()
	}
	c.Addr = net.JoinHostPort(u.Hostname(), port)
	if u.User != nil {
		c.User = u.User.Username()
		c.Password, _ = u.User.Password()
	}
	from, err := mail.ParseAddress(m.From)
	if m.From == "" {
		return email.Config{}, vedette.Errorf(vedette.CodeInvalid, "mails need a sender: write --from 'Our desk <alerts@example.org>'")
	}
	if err != nil {
		return email.Config{}, vedette.Errorf(vedette.CodeInvalid, "%q is no sender's address; write --from 'Name <alerts@example.org>'", m.From)
	}
	c.From, c.FromName = from.Address, from.Name
	return c, nil
}

// host is the mail server's, "" where none is configured.
func (m MailConfig) host() string {
	u, err := url.Parse(m.URL)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
