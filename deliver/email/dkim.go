package email

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"regexp"
	"strings"

	"github.com/emersion/go-msgauth/dkim"

	"vedette"
)

// DKIM signs mails (RFC 6376), so that receivers know that they are the
// domain's and whole.
type DKIM struct {
	Domain   string // the one that signs; receivers ask for <selector>._domainkey.<domain>
	Selector string
	Key      crypto.Signer // RSA or Ed25519
}

// minRSA is the least length of a key in bits: receivers ignore shorter ones
// (RFC 8301, section 3.2, asks for 1024 and recommends 2048).
const minRSA = 2048

// NewDKIMKey makes a key as PEM, PKCS #8.
func NewDKIMKey() ([]byte, error) {
	key, err := rsa.GenerateKey(rand.Reader, minRSA)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInternal, "no DKIM key could be made")
	}
	b, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInternal, "no DKIM key could be made")
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: b}), nil
}

// ReadDKIMKey reads a key from PEM, PKCS #8 or PKCS #1. Its text is in no
// error.
func ReadDKIMKey(text []byte) (crypto.Signer, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the DKIM key is no PEM; make one with \"vedette dkim new FILE\"")
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return checkRSA(key)
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the DKIM key does not read: it is neither PKCS #8 nor PKCS #1")
	}
	switch k := key.(type) {
	case *rsa.PrivateKey:
		return checkRSA(k)
	case ed25519.PrivateKey:
		return k, nil
	}
	return nil, vedette.Errorf(vedette.CodeInvalid, "the DKIM key is neither RSA nor Ed25519")
}

func checkRSA(k *rsa.PrivateKey) (crypto.Signer, error) {
	if n := k.N.BitLen(); n < minRSA {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the DKIM key has %d bits; receivers want %d", n, minRSA)
	}
	return k, nil
}

// Name is where receivers look the key up.
func (d *DKIM) Name() string { return d.Selector + "._domainkey." + d.Domain }

// Record is the TXT record to be published there.
func (d *DKIM) Record() (string, error) {
	if k, ok := d.Key.Public().(ed25519.PublicKey); ok {
		return "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(k), nil
	}
	b, err := x509.MarshalPKIXPublicKey(d.Key.Public())
	if err != nil {
		return "", vedette.Wrap(err, vedette.CodeInvalid, "the DKIM key has no public part that can be written")
	}
	return "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(b), nil
}

// label is a part of a DNS name.
var label = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// Check says whether it can sign.
func (d *DKIM) Check() error {
	for _, part := range strings.Split(strings.ToLower(d.Selector), ".") {
		if !label.MatchString(part) {
			return vedette.Errorf(vedette.CodeInvalid, "%q is no DKIM selector: letters, digits and dashes, as in a DNS name", d.Selector)
		}
	}
	if d.Key == nil || d.Domain == "" {
		return vedette.Errorf(vedette.CodeInvalid, "a DKIM selector wants a key and a domain")
	}
	return nil
}

// signed are the headers that the signature covers; From among them is what
// receivers go by.
var signed = []string{"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "List-Id", "Auto-Submitted", "Content-Language"}

// sign puts the signature before a mail.
func (d *DKIM) sign(wire []byte) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(len(wire) + 1024)
	err := dkim.Sign(&b, bytes.NewReader(wire), &dkim.SignOptions{Domain: d.Domain, Selector: d.Selector, Signer: d.Key, HeaderKeys: signed,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed})
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInternal, "the mail could not be signed")
	}
	return b.Bytes(), nil
}
