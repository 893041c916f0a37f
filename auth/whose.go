package auth

import "time"

// Whose gives the organisation that a signed link, or the name of a message, is of,
// whatever it opens, or opened until it was too old; 0 where it is none of ours. It opens
// nothing: whose it is only says who is to look at it.
func (k *Key) Whose(token string, now time.Time) (org int64) {
	if l, _ := k.OpenLink(token, now); l.Org != 0 {
		return l.Org
	}
	if p, _ := k.OpenPass(token, now); p.Org != 0 {
		return p.Org
	}
	if p, _ := k.OpenPage(token, now); p.Org != 0 {
		return p.Org
	}
	if c, _ := k.OpenCall(token, now); c.Org != 0 {
		return c.Org
	}
	if d, _ := k.OpenDevice(token, now); d.Org != 0 {
		return d.Org
	}
	if h, _ := k.OpenHandout(token, now); h.Org != 0 {
		return h.Org
	}
	r, _ := k.OpenReturn(token)
	return r.Org
}
