package auth

import (
	"crypto/ecdh"
	"encoding/base64"
	"strings"
	"testing"
)

// pushKeyOfZeros is that of the key of 32 zeros.
const pushKeyOfZeros = "BIgBzrBOuVeGgRDPWn6_04NgRD1TNMNgjMpdOXonVx-hJ0JXAUpYYDd46miew-c44xhFpdUyo1iOXoyPIMvZIOk"

// Devices subscribe to the public half once: it must be the same for good, and
// another installation's must be another.
func TestPushKey(t *testing.T) {
	k, err := ParseKey(keyPrefix + strings.Repeat("A", 43))
	if err != nil {
		t.Fatal(err)
	}
	private, public := k.PushKey()
	if want := pushKeyOfZeros; public != want {
		t.Errorf("the public key is %s, and devices subscribed to %s", public, want)
	}
	b, err := base64.RawURLEncoding.DecodeString(private)
	if err != nil {
		t.Fatal(err)
	}
	pair, err := ecdh.P256().NewPrivateKey(b)
	if err != nil || base64.RawURLEncoding.EncodeToString(pair.PublicKey().Bytes()) != public {
		t.Errorf("the halves do not belong together: %v", err)
	}
	if _, other := NewKey().PushKey(); other == public {
		t.Error("two installations have the same key")
	}
}
