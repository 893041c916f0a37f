package email

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/netip"
	"strings"
	"time"

	"vedette"
)

// TLSMode is how the connection to the relay is protected.
type TLSMode string

// The modes.
const (
	TLSNone     TLSMode = "none"
	TLSStart    TLSMode = "starttls" // asked for and required
	TLSImplicit TLSMode = "implicit"
)

// Config says where mails are handed in and in whose name.
type Config struct {
	Addr     string // host:port of the relay
	TLS      TLSMode
	User     string // "" for no sign-in
	Password string
	From     string            // address
	FromName string            // "" for none
	Bounces  string            // address that what comes back goes to, behind whose + the delivery stands; "" for From, without
	DKIM     *DKIM             // nil: mails are not signed here
	Named    map[string]string // further headers that name the delivery, for the relay: in their values {delivery} stands for that
	Hello    string            // the name we greet with, "localhost" when empty
	Conns    int               // connections at most, 0 for 8
	Timeout  time.Duration     // of one command, 0 for 30 s; the answer to a whole message may take four times as long
	Idle     time.Duration     // an unused connection is kept this long, 0 for 20 s
	Grace    time.Duration     // an answer to a message already out is waited for so long once its ctx has ended, 0 for 5 s
	Roots    *x509.CertPool    // nil for the system's
	Now      func() time.Time  // the Date of a mail; must be set
}

// A local part may have 64 bytes (RFC 5321, section 4.5.3.1.1); what names a
// delivery takes up to 48 of them.
const (
	maxLocal  = 64
	maxReturn = 48
)

// check fills what may be left out and refuses what cannot work.
func (c *Config) check() error {
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil || host == "" {
		return vedette.Errorf(vedette.CodeInvalid, "the mail relay %q is not host:port, like mail.example.org:587", c.Addr)
	}
	if err := CheckAddress(c.From); err != nil {
		return vedette.Wrap(err, vedette.CodeInvalid, "the sender of mails cannot be used")
	}
	if c.DKIM != nil {
		if err := c.DKIM.Check(); err != nil {
			return err
		}
	}
	if c.Bounces != "" {
		if err := CheckAddress(c.Bounces); err != nil {
			return vedette.Wrap(err, vedette.CodeInvalid, "the address for mails that come back cannot be used")
		}
		if local, _, _ := strings.Cut(c.Bounces, "@"); len(local) > maxLocal-1-maxReturn {
			return vedette.Errorf(vedette.CodeInvalid, "the address for mails that come back, %s, leaves no room for what names a mail: its name may have %d letters", c.Bounces, maxLocal-1-maxReturn)
		}
	}
	switch c.TLS {
	case "":
		c.TLS = TLSNone
	case TLSNone, TLSStart, TLSImplicit:
	default:
		return vedette.Errorf(vedette.CodeInvalid, "%q is no TLS mode for mail; use none, starttls or implicit", c.TLS)
	}
	if c.User != "" && c.TLS == TLSNone && !loopback(host) {
		return vedette.Errorf(vedette.CodeInvalid, "the mail password would go to %s unprotected; use starttls or implicit TLS", host)
	}
	c.FromName, c.Hello = phrase(c.FromName), firstOf(c.Hello, "localhost")
	if strings.ContainsAny(c.Hello, " \t\r\n") {
		return vedette.Errorf(vedette.CodeInvalid, "the name to greet the mail relay with, %q, is not a host name", c.Hello)
	}
	c.Conns = firstOf(max(c.Conns, 0), 8)
	c.Timeout = firstOf(max(c.Timeout, 0), 30*time.Second)
	c.Idle = firstOf(max(c.Idle, 0), 20*time.Second)
	c.Grace = firstOf(max(c.Grace, 0), 5*time.Second)
	return nil
}

func firstOf[T comparable](a, b T) T {
	var none T
	if a != none {
		return a
	}
	return b
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

func (c *Config) tlsConfig() *tls.Config {
	host, _, _ := net.SplitHostPort(c.Addr) // check has seen it
	return &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12, RootCAs: c.Roots}
}
