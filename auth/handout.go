package auth

import "time"

// Handout is what a link says by which one update is read. It is good for nothing else.
type Handout struct {
	Org, Key int64     // whose, and which
	Expires  time.Time // to the second
}

// SignHandout makes its token. It holds keys, no private word, and is never taken for
// the token of another link.
func (k *Key) SignHandout(h Handout) string { return k.signKeys("handout", h.Expires, h.Org, h.Key, 0) }

// OpenHandout reads a token, as OpenPass does.
func (k *Key) OpenHandout(token string, now time.Time) (Handout, error) {
	v, until, err := k.openKeys("handout", token, now)
	return Handout{v[0], v[1], until}, err
}
