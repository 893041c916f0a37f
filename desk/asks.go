package desk

import (
	"context"
	"strings"

	"vedette"
	"vedette/auth/rights"
)

// insideKey marks a context in which an act of the desk is being done: what that does
// by other acts is its own matter.
type insideKey struct{}

// asks says, as CodeForbidden, that whoever acts in a context may not do something.
// Else the context is inside the act.
func (d *Desk) asks(ctx *context.Context, act rights.Act) error {
	if (*ctx).Value(insideKey{}) != nil {
		return nil
	}
	if a := vedette.ActorIn(*ctx); !rights.Allows(a, act) {
		return refused(a, act)
	}
	inside(ctx)
	return nil
}

// inside begins an act that is open to whoever comes: by a secret link, or signed.
func inside(ctx *context.Context) { *ctx = context.WithValue(*ctx, insideKey{}, true) }

func refused(a vedette.Actor, act rights.Act) error {
	var who []string
	for _, r := range rights.Who(act) {
		who = append(who, string(r))
	}
	switch {
	case len(who) == 0:
		return vedette.Errorf(vedette.CodeForbidden, "this is for machines alone, by a token that may (%s)", act)
	case a.Via == vedette.ViaToken:
		return vedette.Errorf(vedette.CodeForbidden, "the token %s was not made for this (%s)", a.Name, act)
	case a.Role == "":
		return vedette.Errorf(vedette.CodeForbidden, "this (%s) is for whoever is signed in as %s", act, strings.Join(who, " or "))
	}
	return vedette.Errorf(vedette.CodeForbidden, "%s may not do this (%s): that is for the role %s; you are signed in as %s", a.Name, act, strings.Join(who, " or "), a.Role)
}
