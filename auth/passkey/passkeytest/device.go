// Package passkeytest is a device that keeps passkeys, for tests: it answers what a
// browser would pass on to it, and lies where a test wants it to.
package passkeytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"
)

// Device keeps one passkey.
type Device struct {
	Origin   string // of the page that the browser shows
	Count    uint32 // of signatures; it grows by one with each
	Unsure   bool   // it does not look who presses
	Stranger bool   // it names another user
	key      *ecdsa.PrivateKey
	id, user []byte
}

// asked is what is read of what a browser is asked.
type asked struct {
	Challenge string
	RP        struct{ ID string }
	RPID      string `json:"rpId"`
	User      struct{ ID string }
	Allow     []struct{ ID string } `json:"allowCredentials"`
	Exclude   []struct{ ID string } `json:"excludeCredentials"`
	Selection struct {
		ResidentKey      string
		UserVerification string
	} `json:"authenticatorSelection"`
}

func read(t testing.TB, options []byte) (a asked) {
	t.Helper()
	if err := json.Unmarshal(options, &a); err != nil {
		t.Fatalf("what the browser is asked does not read: %v: %s", err, options)
	}
	return a
}

// Make makes a passkey, and gives the browser's answer.
func (d *Device) Make(t testing.TB, options []byte) []byte {
	t.Helper()
	a := read(t, options)
	if a.Selection.ResidentKey != "required" || a.Selection.UserVerification != "required" {
		t.Errorf("a passkey is asked for that is not kept on the device, or that anybody may use: %s", options)
	}
	var err error
	if d.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		t.Fatal(err)
	}
	d.id = make([]byte, 32)
	rand.Read(d.id)
	d.user = bytesOf(t, a.User.ID)
	point, err := d.key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	// A COSE key: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
	cose := append([]byte{0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32}, point[1:33]...)
	cose = append(append(cose, 0x22, 0x58, 32), point[33:]...)
	auth := d.auth(a.RP.ID, 0x40)
	auth = append(auth, make([]byte, 16)...) // of no make
	auth = append(binary.BigEndian.AppendUint16(auth, uint16(len(d.id))), d.id...)
	auth = append(auth, cose...)
	// {"fmt": "none", "attStmt": {}, "authData": bytes}
	object := append([]byte{0xa3}, "\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"...)
	object = append(append(object, byte(len(auth))), auth...)
	return d.answer(t, "webauthn.create", a.Challenge, map[string]any{"attestationObject": text(object)})
}

// Show signs with the passkey, and gives the browser's answer.
func (d *Device) Show(t testing.TB, options []byte) []byte {
	t.Helper()
	a := read(t, options)
	d.Count++
	auth := d.auth(a.RPID, 0)
	sum := sha256.Sum256(d.client("webauthn.get", a.Challenge))
	digest := sha256.Sum256(append(auth[:len(auth):len(auth)], sum[:]...))
	sig, err := ecdsa.SignASN1(rand.Reader, d.key, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	user := d.user
	if d.Stranger {
		user = []byte("somebody else")
	}
	return d.answer(t, "webauthn.get", a.Challenge, map[string]any{"authenticatorData": text(auth), "signature": text(sig), "userHandle": text(user)})
}

// auth is what a device says of itself: for whom, whether somebody was there and who,
// and how often it signed.
func (d *Device) auth(rp string, flags byte) []byte {
	sum := sha256.Sum256([]byte(rp))
	flags |= 1
	if !d.Unsure {
		flags |= 4
	}
	return binary.BigEndian.AppendUint32(append(sum[:], flags), d.Count)
}

func (d *Device) client(kind, challenge string) []byte {
	b, _ := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": d.Origin, "crossOrigin": false})
	return b
}

func (d *Device) answer(t testing.TB, kind, challenge string, response map[string]any) []byte {
	t.Helper()
	response["clientDataJSON"] = text(d.client(kind, challenge))
	b, err := json.Marshal(map[string]any{"id": text(d.id), "rawId": text(d.id), "type": "public-key", "clientExtensionResults": map[string]any{}, "response": response})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func text(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func bytesOf(t testing.TB, s string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
