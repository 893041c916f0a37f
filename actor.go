package vedette

import "context"

// Via is by which door somebody acts.
type Via string

// The doors.
const (
	ViaPortal  Via = "portal"       // a page, signed in; without a name as long as nobody has to
	ViaCommand Via = "command line" // on the machine that holds the key
	ViaLink    Via = "link"         // whoever holds a secret link: somebody who answers, or sets their password
	ViaGateway Via = "gateway"      // what a gateway, a provider or the mailbox passes on
	ViaToken   Via = "token"        // another program, by a token
	ViaProgram Via = "vedette"      // by itself: planning, sending, what falls due
)

// Vias are the doors.
var Vias = []Via{ViaPortal, ViaCommand, ViaLink, ViaGateway, ViaToken, ViaProgram}

// Actor is who does something, for the log. The zero value is nobody known.
type Actor struct {
	Via  Via
	Name string // as the record names them; "" where only the door is known
	ID   ID     // of the user or token
	Role UserRole
	Of   []string // whom they see, of a role that sees its own people alone
	Acts []string // what a token may, by the words of auth/rights

	Privy bool // a user who may know who is restricted; of a token never
}

// KnowsAll says whether who acts may know who is restricted: whoever is said to, whoever
// works on the machine that holds the key, and what is done by Vedette itself or comes
// by a secret of the person's own. A token never, nor a page where nobody signs in.
func (a Actor) KnowsAll() bool {
	switch a.Via {
	case "", ViaCommand, ViaProgram, ViaLink, ViaGateway:
		return true
	case ViaPortal:
		return a.Privy
	}
	return false
}

type actorKey struct{}

// Acting is a context in which what is done is by somebody.
func Acting(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// ActorIn gives by whom something is done, the zero Actor where nobody said.
func ActorIn(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}
