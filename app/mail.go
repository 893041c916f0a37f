package app

import (
	"errors"
	"maps"
	"net"
	"net/mail"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/deliver/email"
	"vedette/deliver/limit"
	"vedette/web"
)

// MailConfig is how mail leaves: smtp://[user:password@]host[:port] with
// ?tls=starttls (default) or ?tls=none, or smtps:// for TLS from the first
// byte.
type MailConfig struct {
	URL  string
	From string // "Name <address>"

	DKIMKey, DKIMSelector string // file of the key that signs, and its name in the domain's DNS; "" for none

	Limits string // file of what may go to a domain, "" for none: see limit.Read

	Bounces string // address that mails come back to, "" for the sender's
}

// parse turns the URL into the sender's configuration.
func (m MailConfig) parse(now func() time.Time) (email.Config, error) {
	c, err := m.server()
	if err != nil {
		return email.Config{}, err
	}
	c.Now, c.Bounces = now, m.Bounces
	if err := m.sender(&c); err != nil {
		return email.Config{}, err
	}
	if c.DKIM, err = m.dkim(c.From); err != nil {
		return email.Config{}, err
	}
	return c, nil
}

// server reads the URL.
func (m MailConfig) server() (c email.Config, err error) {
	bad := func(why string) (email.Config, error) {
		return email.Config{}, vedette.Errorf(vedette.CodeInvalid, "the mail server's address does not read: %s; write smtp://host:25?tls=none, smtp://user:password@host:587 or smtps://user:password@host:465", why)
	}
	u, err := url.Parse(m.URL)
	if err != nil {
		return bad("it is no URL") // the URL may hold a password: it is not repeated
	}
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
	return c, nil
}

// sender reads from whom mails are.
func (m MailConfig) sender(c *email.Config) error {
	if m.From == "" {
		return vedette.Errorf(vedette.CodeInvalid, "mails need a sender: write --from 'Our desk <alerts@example.org>'")
	}
	from, err := mail.ParseAddress(m.From)
	if err != nil {
		return vedette.Errorf(vedette.CodeInvalid, "%q is no sender's address; write --from 'Name <alerts@example.org>'", m.From)
	}
	c.From, c.FromName = from.Address, from.Name
	return nil
}

// dkim reads the key that signs mails of a sender, nil for none.
func (m MailConfig) dkim(from string) (*email.DKIM, error) {
	switch {
	case m.DKIMKey == "" && m.DKIMSelector == "":
		return nil, nil
	case m.DKIMKey == "" || m.DKIMSelector == "":
		return nil, vedette.Errorf(vedette.CodeInvalid, "a DKIM signature wants both: --dkim-key FILE and --dkim-selector NAME")
	}
	return ReadDKIM(m.DKIMKey, m.DKIMSelector, from)
}

// SenderOf gives the address of a sender, itself where it is none.
func SenderOf(from string) string {
	if a, err := mail.ParseAddress(from); err == nil {
		return a.Address
	}
	return from
}

// ReadDKIM reads the key by which mails of a sender are signed.
func ReadDKIM(file, selector, from string) (*email.DKIM, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "cannot read the DKIM key")
	}
	key, err := email.ReadDKIMKey(text)
	if err != nil {
		return nil, err
	}
	_, domain, _ := strings.Cut(from, "@")
	d := &email.DKIM{Domain: domain, Selector: selector, Key: key}
	return d, d.Check()
}

// NewDKIM makes such a key in a file that must not be there yet.
func NewDKIM(file string) error {
	text, err := email.NewDKIMKey()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return vedette.Wrap(err, vedette.CodeConflict, "the DKIM key was not made")
	}
	_, err = f.Write(text)
	return vedette.Wrap(errors.Join(err, f.Close()), vedette.CodeInternal, "the DKIM key was not written")
}

// limits reads what may go to a domain.
func (m MailConfig) limits() (*limit.Book, error) {
	if m.Limits == "" {
		return nil, nil
	}
	f, err := os.Open(m.Limits)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "the limits of mail cannot be read from %s", m.Limits)
	}
	defer f.Close()
	rules, err := limit.Read(f)
	if err != nil {
		return nil, err
	}
	return limit.New(rules), nil
}

// shown are the limits as a page shows them, by domain, that of all others last.
func (m MailConfig) shown() (out []web.MailLimit, err error) {
	book, err := m.limits()
	if err != nil || book == nil {
		return nil, err
	}
	rules := book.Rules()
	for _, domain := range slices.Sorted(maps.Keys(rules.Of)) {
		r := rules.Of[domain]
		out = append(out, web.MailLimit{Domain: domain, Connections: r.Connections, PerMinute: r.PerMinute})
	}
	return append(out, web.MailLimit{Connections: rules.All.Connections, PerMinute: rules.All.PerMinute}), nil
}

// host is the mail server's, "" where none is configured.
func (m MailConfig) host() string {
	u, err := url.Parse(m.URL)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
