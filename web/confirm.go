package web

import (
	"context"
	"net/http"

	"vedette"
	"vedette/web/messages"
)

// confirmView says what an act would do and to how many, before it is done.
type confirmView struct {
	frame
	Heading string
	About   string   // what it is about, in its own words
	Does    []string // what it would do
	Keeps   []string // what stays as it is, under a heading of its own
	Choose  *choice  // one of several is to be chosen, nil for nothing
	Words   []string // of others, that go with it
	Warns   []string
	Names   []string
	More    int      // people besides those named
	Quote   []string // lines of what people are told
	Ticks   []field  // each is to be ticked by whoever means it
	Despite bool     // whoever ticks says why
	Reason  string
	Count   int // to be typed, 0 for none
	Fields  []field
	CountOf string // what the number to be typed is of, "" for those whom it tells
	By      byline
	Unnamed bool // it is kept without a name
	Address string
	Button  string
	Back    string
	Problem problem
}

// choice is a field of which one value is chosen.
type choice struct {
	Name, Label, Picked string
	Options             []field
}

// confirm shows what an act would do. It does nothing.
func (p *portal) confirm(w http.ResponseWriter, r *http.Request, status int, title string, of vedette.Status, v confirmView) error {
	place := v.Place
	v.frame = p.frame(r, title, of)
	v.frame.Place = place
	if v.Heading == "" {
		v.Heading = title
	}
	return p.show(w, status, "confirm", v)
}

// say says what code made in the language of the page that answers a request.
func say(r *http.Request, s messages.Said) string { return tongue(r).Say(s.English, s.Args...) }

// toType is the number that whoever tells n people has to type, 0 for none.
func (p *portal) toType(ctx context.Context, n int) (int, error) {
	set, err := p.Desk.Settings(ctx)
	if err != nil || n <= set.CountAbove {
		return 0, err
	}
	return n, nil
}
