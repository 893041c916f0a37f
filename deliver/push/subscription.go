package push

import (
	"bytes"
	"crypto/ecdh"
	"encoding/base64"
	"encoding/json"
	"strings"

	"vedette"
	"vedette/deliver/webhook"
)

// Subscription is where a browser lets itself be reached: an address at its
// push service, and by what only it can read what comes.
type Subscription struct {
	Endpoint string
	P256dh   string // its public key, base64url without padding
	Auth     string // the secret it shares with us, likewise
}

// The bounds of what a browser gives us.
const (
	MaxSubscription = 4 << 10 // of its JSON, in bytes
	maxEndpoint     = 1000
	authSize        = 16
)

// Read reads what a browser says of its subscription, as PushSubscription
// writes itself in JSON. The address is a stranger's word: it has to be https
// and on the public internet, unless allowPrivate.
func Read(b []byte, allowPrivate bool) (Subscription, error) {
	if len(b) > MaxSubscription {
		return Subscription{}, vedette.Errorf(vedette.CodeInvalid, "the device's subscription is longer than %d bytes; nothing was added", MaxSubscription)
	}
	var said struct {
		Endpoint string `json:"endpoint"`
		Keys     struct {
			P256dh string `json:"p256dh"`
			Auth   string `json:"auth"`
		} `json:"keys"`
	}
	d := json.NewDecoder(bytes.NewReader(b))
	if err := d.Decode(&said); err != nil || d.More() {
		return Subscription{}, vedette.Errorf(vedette.CodeInvalid, "the device's subscription does not read; open the page again and press the button again")
	}
	s := Subscription{Endpoint: said.Endpoint, P256dh: strings.TrimRight(said.Keys.P256dh, "="), Auth: strings.TrimRight(said.Keys.Auth, "=")}
	return s, s.Check(allowPrivate)
}

// Check says whether anything may be sent there.
func (s Subscription) Check(allowPrivate bool) error {
	if len(s.Endpoint) > maxEndpoint || strings.ContainsFunc(s.Endpoint, func(r rune) bool { return r <= ' ' || r > '~' }) || webhook.CheckURL(s.Endpoint, allowPrivate) != nil {
		return vedette.Errorf(vedette.CodeInvalid, "the device's push service has no address that can be used: it is to be https, on the public internet, and of %d characters at most", maxEndpoint)
	}
	key, err := base64.RawURLEncoding.Strict().DecodeString(s.P256dh)
	if err == nil {
		_, err = ecdh.P256().NewPublicKey(key)
	}
	auth, bad := base64.RawURLEncoding.Strict().DecodeString(s.Auth)
	if err != nil || bad != nil || len(auth) != authSize {
		return vedette.Errorf(vedette.CodeInvalid, "the device's keys do not read; open the page again and press the button again")
	}
	return nil
}

// Value is the subscription as an address is kept: three words.
func (s Subscription) Value() string { return s.Endpoint + " " + s.P256dh + " " + s.Auth }

// Parse reads what Value wrote.
func Parse(value string) (s Subscription, ok bool) {
	f := strings.Split(value, " ")
	if len(f) != 3 {
		return s, false
	}
	return Subscription{f[0], f[1], f[2]}, true
}
