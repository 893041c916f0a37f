package inbox

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"vedette"
)

// Config says which mailbox is read.
type Config struct {
	Addr     string // host:port
	TLS      TLSMode
	User     string
	Password string
	Folder   string         // that mails arrive in
	Read     string         // that they are moved to
	Roots    *x509.CertPool // nil for the system's
	Timeout  time.Duration  // of one step, 0 for two minutes
	Look     time.Duration  // the longest between two looks, 0 for 30 s; new mails are told of at once where the server can
	Window   int            // how many numbers of mails are asked for at once, 0 for as many as an answer has room for
}

// TLSMode is how the connection to the mail server is protected.
type TLSMode string

// The modes. Without protection only a server on this machine is spoken to.
const (
	TLSNone     TLSMode = "none"
	TLSStart    TLSMode = "starttls"
	TLSImplicit TLSMode = "implicit"
)

// How a mailbox is written.
const form = "imaps://user@mail.example.org/INBOX"

// ReadFolder is where mails go that were read, unless another is named.
const ReadFolder = "Read by Vedette"

// IsURL says whether s names a mailbox of a server rather than a directory. Of which
// kind Parse looks at, who repeats no password.
func IsURL(s string) bool { return strings.Contains(s, "://") }

// Parse reads imaps://user@host[:993]/FOLDER, or imap://… for STARTTLS (with
// ?tls=none for a server on this machine); ?read=FOLDER names where mails are
// moved to. The password is never in it.
func Parse(s, password string) (*Config, error) {
	bad := func(why string) (*Config, error) {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the mailbox for mails that come back does not read: %s; write %s", why, form)
	}
	u, err := url.Parse(s)
	if err != nil {
		return bad("it is no URL") // it may hold a password: it is not repeated
	}
	c := &Config{User: u.User.Username(), Password: password, Folder: strings.Trim(u.Path, "/"), Read: u.Query().Get("read")}
	port := "143"
	switch u.Scheme + " " + u.Query().Get("tls") {
	case "imaps ":
		c.TLS, port = TLSImplicit, "993"
	case "imap ", "imap starttls":
		c.TLS = TLSStart
	case "imap none":
		c.TLS = TLSNone
	default:
		return bad("scheme or ?tls= is not known")
	}
	if u.Port() != "" {
		port = u.Port()
	}
	c.Addr = net.JoinHostPort(u.Hostname(), port)
	_, secret := u.User.Password()
	switch {
	case secret:
		return bad("a password has no place in it, where every user of this machine can read it: put it into VEDETTE_BOUNCES_PASSWORD, or into a file named by --bounces-password-file")
	case u.Hostname() == "":
		return bad("it names no host")
	case c.User == "":
		return bad("it names no user")
	case c.Password == "":
		return bad("the password is missing: put it into VEDETTE_BOUNCES_PASSWORD, or into a file named by --bounces-password-file")
	case strings.ContainsAny(c.User+c.Password+c.Folder+c.Read, "\r\n\x00"):
		return bad("there is a line break in it")
	case c.TLS == TLSNone && !loopback(u.Hostname()):
		return bad("without TLS the password would go to " + u.Hostname() + " unprotected")
	}
	if c.Folder == "" {
		c.Folder = "INBOX"
	}
	if c.Read == "" {
		c.Read = ReadFolder
	}
	if c.Read == c.Folder {
		return bad("mails that were read cannot be moved to where they are")
	}
	return c, nil
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

func (c *Config) tls() *tls.Config {
	host, _, _ := net.SplitHostPort(c.Addr)
	return &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12, RootCAs: c.Roots, NextProtos: []string{"imap"}}
}

// String names the mailbox, for people: never with the password.
func (c *Config) String() string { return c.User + " at " + c.Addr + ", folder " + c.Folder }
