package auth

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/json"

	"vedette"
)

// PersonKey seals one person's records. Deleting its wrapped form erases the
// person: what was sealed with it can never be read again.
type PersonKey struct{ aead cipher.AEAD }

// NewPersonKey makes a key for someone and wraps it with the installation's.
// The id binds the wrapped key to its owner.
func (k *Key) NewPersonKey(id vedette.ID) (PersonKey, []byte) {
	var b [32]byte
	rand.Read(b[:])
	wrapped := k.seal(keyLabel+string(id), b[:])
	return PersonKey{aead(b[:])}, wrapped
}

// Unwrap opens a wrapped person key. The wrong installation key, another
// owner's or a damaged one is CodeWrongKey.
func (k *Key) Unwrap(id vedette.ID, wrapped []byte) (PersonKey, error) {
	b, err := k.open(keyLabel+string(id), wrapped)
	if err != nil || len(b) != 32 {
		return PersonKey{}, wrongKey(id)
	}
	return PersonKey{aead(b)}, nil
}

// What stands before an id in what a person's key, and a hook, are sealed for.
const (
	keyLabel  = "person key "
	hookLabel = "hook "
)

func wrongKey(id vedette.ID) error {
	return vedette.Errorf(vedette.CodeWrongKey, "the record of %s cannot be opened with this installation key", id)
}

func damaged() error {
	return vedette.Errorf(vedette.CodeWrongKey, "a sealed record is damaged or belongs to someone else")
}

// Seal encrypts bytes for a purpose; only the same purpose opens them.
func (p PersonKey) Seal(purpose string, plain []byte) []byte {
	return p.aead.Seal(nil, nil, plain, []byte(purpose))
}

// Open decrypts what Seal made for the same purpose.
func (p PersonKey) Open(purpose string, sealed []byte) ([]byte, error) {
	b, err := p.aead.Open(nil, nil, sealed, []byte(purpose))
	if err != nil {
		return nil, damaged()
	}
	return b, nil
}

// recordPurpose is what a private record is sealed for.
const recordPurpose = "record"

// SealRecord seals a person's private record.
func (p PersonKey) SealRecord(r *vedette.PersonRecord) ([]byte, error) {
	b, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	return p.Seal(recordPurpose, b), nil
}

// OpenRecord opens a person's private record.
func (k *Key) OpenRecord(id vedette.ID, wrapped, sealed []byte) (*vedette.PersonRecord, error) {
	pk, err := k.Unwrap(id, wrapped)
	if err != nil {
		return nil, err
	}
	b, err := pk.Open(recordPurpose, sealed)
	if err != nil {
		return nil, err
	}
	r := &vedette.PersonRecord{}
	if err := json.Unmarshal(b, r); err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInternal, "the record of %s does not read", id)
	}
	return r, nil
}

// SealHook seals a hook's address and secret with the installation's key.
func (k *Key) SealHook(h vedette.Hook) ([]byte, error) {
	v := []string{h.URL, h.Secret}
	if h.Chat != "" {
		v = append(v, string(h.Chat))
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return k.seal(hookLabel+string(h.ID), b), nil
}

// OpenHook opens what SealHook made.
func (k *Key) OpenHook(id vedette.ID, sealed []byte) (vedette.Hook, error) {
	var v []string
	b, err := k.open(hookLabel+string(id), sealed)
	if err == nil {
		err = json.Unmarshal(b, &v)
	}
	if err != nil || len(v) < 2 {
		return vedette.Hook{}, vedette.Errorf(vedette.CodeWrongKey, "the hook %s cannot be opened with this installation key", id)
	}
	h := vedette.Hook{ID: id, URL: v[0], Secret: v[1]}
	if len(v) > 2 {
		h.Chat = vedette.Chat(v[2])
	}
	return h, nil
}

// aead is AES-256-GCM with a random nonce before the ciphertext. Each key
// seals a handful of records, far from where random nonces collide.
func aead(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // only for a wrong key length
	}
	a, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err)
	}
	return a
}
