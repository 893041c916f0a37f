// Package roster holds an organisation's people in memory: the index of
// where they are and the few facts advice needs, unsealed. Preview, fan-out
// and "why" all ask the same roster, and it follows the log: one that is
// older than the organisation's last change of people is never handed out.
package roster

import (
	"iter"
	"maps"
	"slices"
	"sync"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/gazetteer"
	"vedette/match"
	"vedette/match/index"
)

// Roster is an organisation's people. It is shared and follows the log while
// it is read: what is asked of it is as of some position not older than the
// one it was handed out at. It is safe for concurrent use.
type Roster struct {
	Index *index.Index

	mu       sync.RWMutex
	seq      int64 // of the log
	facts    *facts
	cells    cells
	turn     int64 // of the cells and of who is alike: another after each change
	broken   map[int64]vedette.ID
	settings vedette.Settings
}

func newRoster(g *gazetteer.Gazetteer) *Roster {
	return &Roster{Index: index.New(g), facts: newFacts(), broken: map[int64]vedette.ID{}, settings: vedette.DefaultSettings(), cells: cells{gaz: g}}
}

// Seq is the position in the log that it holds everything up to.
func (r *Roster) Seq() int64 {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.seq
}

// Turn is another after each change of people: whoever keeps what they counted asks
// whether it is the same.
func (r *Roster) Turn() int64 {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.turn
}

// Settings are the organisation's figures.
func (r *Roster) Settings() vedette.Settings {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.settings
}

// Facts gives what is known of a person, and false where they are not there.
func (r *Roster) Facts(key int64) (Facts, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.facts.get(key)
}

// Led says how a person's record names their manager.
func (r *Roster) Led(key int64) vedette.Led {
	r.mu.RLock()
	defer r.mu.RUnlock()
	f := r.facts.at(key, false)
	if f == nil {
		return vedette.LedByNobody
	}
	return f.led
}

// Reached says whether some channel sends to a person.
func (r *Roster) Reached(key int64) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.facts.reached(key)
}

// Len counts the people.
func (r *Roster) Len() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.facts.count
}

// Broken lists those whose record cannot be opened: told by nobody, shown by
// everyone.
func (r *Roster) Broken() []vedette.ID {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return slices.Sorted(maps.Values(r.broken))
}

// Presences gives where somebody is held to be.
func (r *Roster) Presences(key int64) []vedette.Presence { return r.Index.Presences(key, nil) }

// Watches gives what somebody asked to be told.
func (r *Roster) Watches(key int64) []vedette.Watch { return r.Index.Watches(key, nil) }

// Person gives somebody as advice sees them, and false where they are not
// there.
func (r *Roster) Person(key int64) (advise.Person, Facts, bool) {
	f, ok := r.Facts(key)
	who := f.Who
	who.Presences = r.Presences(key)
	return who, f, ok
}

// Candidates gives everyone a rule may call concerned at a moment, ascending
// by key.
func (r *Roster) Candidates(rule *match.Prepared, now time.Time) iter.Seq[int64] {
	return r.Index.Find(rule.Query(now)).Persons()
}
