package auth

import "time"

// PageLife is how long a link to somebody's own page is good after it was made.
const PageLife = 90 * 24 * time.Hour

// Page is what a link to somebody's own page says.
type Page struct {
	Org, Person int64
	No          int64     // of the person's links; those with another are dead
	Expires     time.Time // to the second
}

// SignPage makes its token. It holds keys, no private word, and is never taken for the
// token of another link.
func (k *Key) SignPage(p Page) string { return k.signKeys("page", p.Expires, p.Org, p.Person, p.No) }

// OpenPage reads a token, as OpenPass does.
func (k *Key) OpenPage(token string, now time.Time) (Page, error) {
	v, until, err := k.openKeys("page", token, now)
	return Page{v[0], v[1], v[2], until}, err
}
