package web

import (
	"net/http"

	"vedette/web/messages"
)

// byline is who an act is by, as its form shows it.
type byline struct {
	Name  string
	Fixed bool // it is known who they are: it is not to be typed
}

// bylineOf is who asks: whoever is signed in, or the token; else what they typed, or gave the last
// time.
func bylineOf(r *http.Request) byline {
	if name := actorOf(r).name(); name != "" {
		return byline{safe(name), true}
	}
	if r.PostForm != nil && r.PostForm.Has("by") {
		return byline{typed(r.PostForm.Get("by")), false}
	}
	return byline{whoAsks(r), false}
}

// First is somebody else, where they are named and it may be typed.
func (b byline) First(name string) byline {
	if name == "" || b.Fixed {
		return b
	}
	return byline{name, false}
}

// Or is somebody else, where nobody is named.
func (b byline) Or(name string) byline {
	if b.Name != "" {
		return b
	}
	return byline{name, false}
}

// namedBy is a byline where a form has it: with the id of its field, and what that is
// called.
type namedBy struct {
	byline
	ID, Label string
}

// How most forms call it; the template of a byline says it.
var _ = messages.Mark("Your name")
