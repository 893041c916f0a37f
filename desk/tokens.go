package desk

import (
	"context"
	"net/netip"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/auth/guard"
	"vedette/auth/rights"
)

// TokenOrder is a wish that a machine may do some acts.
type TokenOrder struct {
	Name string
	Acts []string
	Days int // how long it is good, 0 for what is usual
	By   string
}

// TokenEndsSoon is how long before its end a token is said to end soon.
const TokenEndsSoon = 14 * 24 * time.Hour

// AddToken makes a token, and its secret, which is kept nowhere.
func (d *Desk) AddToken(ctx context.Context, o TokenOrder) (k vedette.Token, secret string, err error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return k, "", err
	}
	by, err := named(o.By)
	if err != nil {
		return k, "", err
	}
	acts, err := tokenActs(o.Acts)
	if err != nil {
		return k, "", err
	}
	life := time.Duration(o.Days) * 24 * time.Hour
	switch most := int(vedette.MaxTokenLife.Hours() / 24); {
	case o.Days < 0 || o.Days > most:
		return k, "", vedette.Errorf(vedette.CodeInvalid, "a token is good for 1 to %d days, not for %d; make another before it ends", most, o.Days)
	case o.Days == 0:
		life = vedette.TokenLife
	}
	now := d.Now()
	k = vedette.Token{ID: vedette.NewID(now), Name: strings.Join(strings.Fields(o.Name), " "), Acts: acts, By: by, Until: now.Add(life)}
	secret, hash := auth.NewBearer()
	k, err = d.rows.AddToken(ctx, k, hash, now)
	if err != nil {
		return k, "", err
	}
	return k, secret, nil
}

// tokenActs reads what a token may do, in the order of the table, each once.
func tokenActs(words []string) (acts []string, err error) {
	var all []string
	for _, a := range rights.ForTokens() {
		all = append(all, string(a))
	}
	given := map[string]bool{}
	for _, w := range words {
		w = strings.ToLower(strings.Join(strings.Fields(w), " "))
		if !slices.Contains(all, w) {
			return nil, vedette.Errorf(vedette.CodeInvalid, "%q is nothing that a token may do; it may %s", w, strings.Join(all, ", "))
		}
		given[w] = true
	}
	for _, w := range all {
		if given[w] {
			acts = append(acts, w)
		}
	}
	return acts, nil
}

// TokenActs are the acts that a token can be given.
func (d *Desk) TokenActs() []rights.Act { return rights.ForTokens() }

// Tokens lists tokens; ended ones too where all is set.
func (d *Desk) Tokens(ctx context.Context, all bool) ([]vedette.Token, error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return nil, err
	}
	return d.rows.Tokens(ctx, all)
}

// EndToken ends a token, at once.
func (d *Desk) EndToken(ctx context.Context, name string) (vedette.Token, error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return vedette.Token{}, err
	}
	return d.rows.EndToken(ctx, strings.Join(strings.Fields(name), " "), d.Now())
}

// Bearer gives the token of a secret that came from an address. One that is not
// known, was ended, or is good no more is CodeNoSession: one answer for all of them.
func (d *Desk) Bearer(ctx context.Context, secret string, from netip.Addr) (*vedette.Token, error) {
	inside(&ctx)
	hash, at, now := auth.HashBearer(secret), guard.From(from), d.Now()
	if err := d.door.guard.TryToken(string(hash), at, now); err != nil {
		return nil, err
	}
	k, found, err := d.rows.TokenOf(ctx, hash)
	if err != nil {
		return nil, err
	}
	right := found && k.Good(now)
	d.door.guard.TokenWas(right, string(hash), at, now)
	if !right {
		return nil, vedette.Errorf(vedette.CodeNoSession, "this token is not good: it is not known here, was ended, or is too old; an administrator makes another, on the page of tokens or by vedette token add")
	}
	if now.Sub(k.Used) >= seenEvery {
		ctx, cancel := context.WithTimeout(ctx, seeFor)
		defer cancel()
		_ = d.rows.SeeToken(ctx, k.Key, now) // as with sessions: it is tried again
	}
	return &k, nil
}

// TokenMay says, as CodeForbidden, that a token may not do something.
func (d *Desk) TokenMay(k *vedette.Token, act rights.Act) error {
	if rights.TokenMay(k.Acts, act) {
		return nil
	}
	return vedette.Errorf(vedette.CodeForbidden, "%s may not do this (%s): it was given %s; an administrator makes one that may", k.Actor(), act, strings.Join(k.Acts, ", "))
}
