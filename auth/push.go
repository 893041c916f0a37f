package auth

import (
	"crypto/ecdh"
	"encoding/base64"
)

// PushKey gives the pair of keys, base64url, by which push services know who
// sends. It is derived from the installation key: the same after every restart,
// in every process, and with a restored backup; devices that subscribed to it
// would be lost with any other, so a rotation keeps it, too.
func (k *Key) PushKey() (private, public string) {
	for try := byte(0); ; try++ {
		key, err := ecdh.P256().NewPrivateKey(k.use.Load().push.mac("push", string([]byte{try})))
		if err != nil {
			continue // one number of four thousand million is too great to be a key
		}
		return base64.RawURLEncoding.EncodeToString(key.Bytes()), base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes())
	}
}
