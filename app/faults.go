package app

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"vedette"
	"vedette/deliver/email"
	"vedette/deliver/inbox"
	"vedette/deliver/push"
	"vedette/httpd/cert"
)

// Fault is one thing that is wrong with how an installation is set up.
type Fault struct {
	Setting string // its name on the command line, "key" for the key itself
	Err     error  // says what, and the mend; never a secret
	Open    bool   // no more than that others on this machine can read it, or that a word may be one of an earlier key: it is no reason not to begin
}

// faults are gathered, so that all are said at once.
type faults []Fault

// add notes an error, if there is one.
func (f *faults) add(setting string, err error) {
	if err != nil {
		*f = append(*f, Fault{Setting: setting, Err: err})
	}
}

// secret notes that a file others can read holds what they must not.
func (f *faults) secret(setting, path string) {
	if path == "" {
		return
	}
	if st, err := os.Stat(path); err == nil && st.Mode().IsRegular() && st.Mode().Perm()&0o007 != 0 {
		*f = append(*f, Fault{Setting: setting, Open: true, Err: vedette.Errorf(vedette.CodeForbidden, "everybody on this machine may read %s, and it is secret; write chmod o= %s", path, path)})
	}
}

// Faults gives all that is wrong with what every command goes by. Nobody is asked, and
// nothing is made.
func (c Config) Faults() []Fault {
	c = c.withDefaults()
	var f faults
	f.add("database", c.check())
	if st, err := os.Stat(c.Data); err == nil && !st.IsDir() {
		f.add("data", vedette.Errorf(vedette.CodeInvalid, "%s is no directory; name one that the database and its key go into", c.Data))
	}
	f.key(c)
	if c.Push != "" {
		f.add("push", push.CheckContact(c.Push))
	}
	opens, _ := c.readKey()
	_, err := c.readSMS(opens, nil)
	f.gateways("sms", c.SMSFile, filepath.Join(c.Data, smsFile), err)
	_, err = c.readVoice(opens, nil)
	f.gateways("voice", c.VoiceFile, filepath.Join(c.Data, voiceFile), err)
	_, err = c.readProviders(opens, nil)
	f.gateways("providers", c.ProvidersFile, filepath.Join(c.Data, providersFile), err)
	return f
}

// key looks at the installation's key. A file that is not there is made at first start.
func (f *faults) key(c Config) {
	_, err := c.readKey()
	if c.KeyText != "" {
		f.add("key", err)
		return
	}
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	f.add("key-file", err)
	f.secret("key-file", c.KeyFile)
}

// literal is a secret that stands in a file of gateways itself, and neither in the
// environment nor sealed.
var literal = regexp.MustCompile(`"secret"\s*:\s*"[^"$]`)

// gateways notes what is wrong with a file of gateways.
func (f *faults) gateways(setting, named, path string, err error) {
	if named != "" {
		path = named
	}
	if err != nil {
		// An earlier key may have sealed it, which is in the database: whoever opens that
		// opens it, or says that it cannot.
		word := vedette.ErrorCode(err) == vedette.CodeWrongKey
		*f = append(*f, Fault{Setting: setting, Open: word, Err: vedette.Wrap(err, vedette.ErrorCode(err), "%s", path)})
	}
	in, err := os.Open(path)
	if err != nil {
		return
	}
	defer in.Close()
	if text, err := io.ReadAll(io.LimitReader(in, maxFile)); err == nil && literal.Match(sealedWord.ReplaceAll(text, []byte("$$"))) {
		f.secret(setting, path)
	}
}

// Faults gives all that is wrong with how an installation is to serve, beside what
// Config says. Whether somebody may sign in yet is not looked at: that is in the database.
func (c ServeConfig) Faults() []Fault {
	var f faults
	if c.Listen == "" {
		c.Listen = usualListen
	}
	_, err := c.reach(true)
	f.add("listen", err)
	if c.BaseURL != "" {
		base, _, err := public(c.BaseURL)
		if err == nil {
			err = c.TLS.links(base)
		}
		f.add("base-url", err)
	}
	f.tls(c.TLS, c.BaseURL)
	for _, p := range c.Proxies {
		_, err := prefixes([]string{p})
		f.add("trusted-proxy", err)
	}
	f.atLeastOne("workers", c.Workers)
	f.atLeastOne("max-connections", c.Connections)
	f.mail(c.Mail)
	f.bounces(c.Bounces)
	f.add("second-factor", checkFactor(c.SecondFactor))
	f.oidc(c.OIDC, c.BaseURL)
	f.manifest(c.Manifest)
	return f
}

func (f *faults) oidc(c OIDCConfig, base string) {
	if !c.said() {
		return
	}
	_, setting, err := c.grants()
	f.add(setting, err)
	if err != nil {
		c.Roles, c.RolesFile, c.Adds = nil, "", false // what is wrong with it is said
	}
	_, err = c.secret()
	f.add("oidc-secret-file", err)
	f.secret("oidc-secret-file", c.SecretFile)
	c.Secret, c.SecretFile = "", ""
	_, setting, err = c.config(strings.TrimRight(base, "/"), nil)
	f.add(setting, err)
}

// Faults gives all that is wrong with how a process is to work beside a portal.
func (c WorkConfig) Faults() []Fault {
	var f faults
	if c.BaseURL == "" {
		f.add("base-url", errNoLinks)
	} else {
		_, _, err := public(c.BaseURL)
		f.add("base-url", err)
	}
	if c.Metrics != "" {
		f.add("metrics", checkListen("--metrics", c.Metrics))
	}
	f.atLeastOne("workers", c.Workers)
	f.mail(c.Mail)
	return f
}

func (f *faults) atLeastOne(setting string, n int) {
	if n < 1 {
		f.add(setting, vedette.Errorf(vedette.CodeInvalid, "%d is too few; give 1 or more", n))
	}
}

func (f *faults) tls(t TLSConfig, base string) {
	if setting, err := t.check(); err != nil {
		f.add(setting, err)
		return
	}
	if t.Cert != "" {
		pair, err := cert.Read(t.Cert, t.Key)
		if err == nil && base == "" {
			err = named(cert.Names(pair))
		}
		f.add("tls-cert", err)
		f.secret("tls-key", t.Key)
	}
	if len(t.ACME) > 0 {
		f.add("acme", t.acme(nil).Check())
	}
}

func (f *faults) mail(m MailConfig) {
	if m.URL != "" {
		c, err := m.server()
		f.add("smtp", err)
		if err == nil {
			c.From = "alerts@example.org" // what is said of the sender is said once
			s, err := email.New(c)
			f.add("smtp", err)
			if err == nil {
				s.Close()
			}
		}
	}
	if m.URL != "" || m.From != "" {
		c := email.Config{Addr: "mail.example.org:25", Bounces: m.Bounces}
		err := m.sender(&c)
		f.add("from", err)
		if err == nil {
			s, err := email.New(c)
			f.add("bounce-address", err)
			if err == nil {
				s.Close()
			}
		}
	}
	if _, err := m.dkim(SenderOf(m.From)); err != nil {
		f.add("dkim-key", err)
	}
	f.secret("dkim-key", m.DKIMKey)
	_, err := m.limits()
	f.add("mail-limits", vedette.Wrap(err, vedette.CodeInvalid, "%s", m.Limits))
}

func (f *faults) bounces(c BounceConfig) {
	f.secret("bounces-password-file", c.PasswordFile)
	if !inbox.IsURL(c.Box) {
		if c.Box != "" {
			f.add("bounces", checkMaildir(c.Box))
		}
		return
	}
	password, err := c.password()
	if err != nil {
		f.add("bounces-password-file", err)
		return
	}
	_, err = inbox.Parse(c.Box, password)
	f.add("bounces", err)
}

// manifest notes what is wrong with how manifests are to be written.
func (f *faults) manifest(c ManifestConfig) {
	if !c.said() {
		return
	}
	_, err := c.Check()
	switch {
	case err == nil:
	case c.Dir != "" && len(c.To) > 0 && (c.Keep < 1 || c.Keep > maxManifests):
		f.add("manifest-keep", err)
	case c.Dir != "":
		f.add("manifest-to", err)
	default:
		f.add("manifest", err)
	}
}
