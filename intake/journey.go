package intake

import (
	"io"

	"vedette/gazetteer"
	"vedette/intake/address"
	"vedette/intake/itinerary"
	"vedette/intake/trip"
)

// Trips is what a file of trips holds, TripRow one of them.
type (
	Trips   = trip.Trips
	TripRow = trip.Row
)

// ReadTrips reads a table of trips: see trip.Read.
func ReadTrips(g *gazetteer.Gazetteer, r io.Reader) (Trips, error) { return trip.Read(g, r) }

// Itinerary is what a calendar holds of one traveller's journeys.
type Itinerary = itinerary.Itinerary

// ReadItinerary reads a calendar (iCalendar) of a traveller: see
// itinerary.Read.
func ReadItinerary(g *gazetteer.Gazetteer, r io.Reader) (Itinerary, error) {
	return itinerary.Read(g, r)
}

// Email brings a mail address into one form, or says why it is none.
func Email(s string) (string, error) { return address.Email(s) }

// Phone brings a phone number into E.164, or says why it is none.
func Phone(s string) (string, error) { return address.Phone(s) }
