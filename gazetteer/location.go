package gazetteer

import (
	"sync"
	"time"
)

// mostLocations is how many zones are kept: more than there are.
const mostLocations = 1000

var locations struct {
	sync.RWMutex
	of map[string]*time.Location
}

// Location gives a time zone by its name in the tz database. It is time.LoadLocation, but
// reads a zone from the disk once: a list of updates shows the clocks of twenty places.
func Location(zone string) (*time.Location, error) {
	locations.RLock()
	at := locations.of[zone]
	locations.RUnlock()
	if at != nil {
		return at, nil
	}
	at, err := time.LoadLocation(zone)
	if err != nil {
		return nil, err
	}
	locations.Lock()
	defer locations.Unlock()
	if locations.of == nil || len(locations.of) >= mostLocations {
		locations.of = map[string]*time.Location{}
	}
	locations.of[zone] = at
	return at, nil
}
