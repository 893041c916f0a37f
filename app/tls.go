package app

import (
	"net"
	"path/filepath"
	"strings"

	"vedette"
	"vedette/httpd/cert"
)

// TLSConfig says how the portal speaks TLS by itself. Its zero value: it does not.
type TLSConfig struct {
	Cert, Key string   // files
	ACME      []string // or names that an authority gives certificates for
	Contact   string   // mail address that it may write to
	Directory string   // where it is found, "" for Let's Encrypt
	Roots     string   // file of certificates that it is known by, "" for those the machine trusts
	Plain     string   // host:port where plain HTTP leads to TLS, and the authority may ask, "" for none
}

// acmeDir keeps, beside the installation's key, what an authority gave.
const acmeDir = "acme"

// on says whether the portal speaks TLS.
func (t TLSConfig) on() bool { return t.Cert != "" || t.Key != "" || len(t.ACME) > 0 }

// check says what does not go together, and of which setting.
func (t TLSConfig) check() (setting string, err error) {
	switch {
	case (t.Cert == "") != (t.Key == ""):
		return "tls-cert", vedette.Errorf(vedette.CodeInvalid, "TLS wants both: --tls-cert FILE and --tls-key FILE")
	case t.Cert != "" && len(t.ACME) > 0:
		return "acme", vedette.Errorf(vedette.CodeInvalid, "a certificate is in a file, or is asked for by name: give --tls-cert and --tls-key, or --acme")
	case len(t.ACME) == 0 && (t.Contact != "" || t.Directory != "" || t.Roots != ""):
		return "acme", vedette.Errorf(vedette.CodeInvalid, "no certificate is asked for: --acme-contact, --acme-directory and --acme-roots go with --acme NAME")
	case !t.on() && t.Plain != "":
		return "listen-http", vedette.Errorf(vedette.CodeInvalid, "--listen-http leads to TLS, and there is none: it goes with --tls-cert and --tls-key, or with --acme")
	case t.Plain != "":
		return "listen-http", checkListen("--listen-http", t.Plain)
	}
	return "", nil
}

// checkListen says whether one can listen on an address, as far as it can be read from it.
func checkListen(flag, at string) error {
	_, port, err := net.SplitHostPort(at)
	if err == nil {
		_, err = net.LookupPort("tcp", port) // a number, or a name that the machine's own list has
	}
	if err != nil {
		return vedette.Errorf(vedette.CodeInvalid, "%q is no address to listen on; write %s host:port, like 127.0.0.1:8075", at, flag)
	}
	return nil
}

// acme is what an authority is asked for.
func (t TLSConfig) acme(a *App) cert.ACMEConfig {
	c := cert.ACMEConfig{Contact: t.Contact, Directory: t.Directory, Roots: t.Roots}
	for _, n := range t.ACME {
		c.Hosts = append(c.Hosts, strings.ToLower(strings.TrimSpace(n)))
	}
	if a != nil {
		c.Dir, c.Log, c.Now = filepath.Join(a.Data, acmeDir), a.Log, a.Now
	}
	return c
}

// source gives where the portal's certificates come from, nil for nowhere.
func (a *App) source(t TLSConfig) (cert.Source, error) {
	if _, err := t.check(); err != nil || !t.on() {
		return nil, err
	}
	if t.Cert != "" {
		return cert.Open(t.Cert, t.Key, a.Log, a.Now)
	}
	return cert.NewACME(t.acme(a))
}

// links says whether links may lead to an address.
func (t TLSConfig) links(base string) error {
	if t.on() && !strings.HasPrefix(base, "https://") {
		return vedette.Errorf(vedette.CodeInvalid, "the portal speaks TLS, and links would lead to %s; write --base-url https://…, or leave it away", base)
	}
	return nil
}

// named says whether a certificate's names tell where links lead.
func named(names []string) error {
	if len(names) == 0 {
		return vedette.Errorf(vedette.CodeInvalid, "the certificate is for no name that links could lead to; write --base-url https://desk.example.org")
	}
	return nil
}
