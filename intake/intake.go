// Package intake reads the files an organisation brings with it: tables of
// people, sites and trips as CSV, and itineraries as iCalendar. They become
// rows ready to keep, and a list of problems that name line, column and mend.
//
// It is pure: it reads bytes and the gazetteer, keeps nothing, asks no clock.
// Every line of a table that is not blank is in a row or has a problem; every
// event of a calendar is in the itinerary, left out with its reason, or has a
// problem.
package intake

import (
	"vedette"
	"vedette/gazetteer"
	"vedette/intake/place"
	"vedette/intake/sheet"
)

// Row is one person as the file gives them, every cell checked and brought
// into one form.
type Row struct {
	Line        int // where the row begins in the file, from 1
	Name        string
	Email       string           // "" where none is given: unreachable by mail
	Phone       string           // E.164, "+442079460000"; "" where none is given
	Voice       string           // the number to call, where it is another
	Language    string           // BCP 47, "" where none is given
	Manager     string           // e-mail or name of their manager
	Citizenship []vedette.AreaID // countries, each once
	Site        string           // as first spelled in the file
	Area        vedette.AreaID   // "" where only a site is given that no row places
	Point       *vedette.Point   // nil where none is given, or none is to be kept
	External    string           // personnel number, "" where none is given
	Standing    vedette.Standing
	Precision   vedette.Precision // how closely we keep where they are; Area and Point are so already
	Checkins    bool              // they opted in
	Discreet    bool              // what is sent to them says only what to do
	Restricted  bool              // who they are is for those alone who may know it
	Duress      string            // the word they say when somebody makes them answer
	Wishes      vedette.Wishes    // how they wish to be told what merely informs
	Dependants  []vedette.Dependant
	Contacts    []vedette.Contact
}

// Coarsen brings where a row's person is down to the precision they are kept
// at: an airport becomes its city, a city its country; point and site, which
// is as good as a point, go. A row that is placed by its site alone stays as
// it is until it has an area: coarsen it once the site's is known.
func (r *Row) Coarsen(g *gazetteer.Gazetteer) {
	if r.Precision != vedette.PrecisionCity && r.Precision != vedette.PrecisionCountry {
		return
	}
	r.Point = nil
	if r.Area != "" {
		r.Area, r.Site = place.Coarsen(g, r.Area, r.Precision), ""
	}
}

// Problem is why a line of a file cannot be kept as it stands: line, column,
// value, and what is wrong and how to mend it.
type Problem = sheet.Problem

// People is what a file of people holds.
type People struct {
	Rows     []Row             // the rows without a problem, in the order of the file
	Problems []Problem         // by line
	Ignored  []string          // headers of columns that were not used
	Columns  map[string]string // header → what it was used for: "name", "email", "city" …
}
