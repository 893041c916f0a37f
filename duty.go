package vedette

import (
	"slices"
	"strings"
	"time"
)

// Duty is somebody's turn on the rota: when they answer for what comes in.
type Duty struct {
	Key       int64 // also their key as a recipient
	ID        ID
	Name      string
	From, To  time.Time // a zero one is open
	Zone      string    // IANA; whose wall clock a week goes by
	Weekly    bool      // the turn comes again every week
	Place     int       // who is asked first of those on duty, from 1
	Addresses []Address // private; sealed in the store
	By        string    // who put them on the rota
	Recorded  time.Time
	Removed   time.Time // zero while it stands
}

// The bounds of a rota.
const (
	MaxDutyPlace = 99
	MaxDuties    = 500
)

// Validate says whether the turn can be kept.
func (d *Duty) Validate() error {
	zone, err := time.LoadLocation(d.Zone)
	switch {
	case err != nil || zone == time.Local:
		return Errorf(CodeInvalid, "%q is no time zone; give one like Europe/Paris", d.Zone)
	case strings.TrimSpace(d.Name) == "" || len(d.Name) > 100:
		return Errorf(CodeInvalid, "say who is on duty, in at most 100 bytes")
	case len(d.Addresses) == 0:
		return Errorf(CodeInvalid, "%s cannot be reached: give a mail address, a phone number, or both", d.Name)
	case d.Place < 1 || d.Place > MaxDutyPlace:
		return Errorf(CodeInvalid, "the place %d on the rota: give 1 to %d", d.Place, MaxDutyPlace)
	case !d.From.IsZero() && !d.To.IsZero() && !d.To.After(d.From):
		return Errorf(CodeInvalid, "the turn ends at or before it begins")
	case d.Weekly && (d.From.IsZero() || d.To.IsZero()):
		return Errorf(CodeInvalid, "a turn that comes every week needs from and to of its first")
	case d.Weekly && d.To.Sub(d.From) > 7*24*time.Hour:
		return Errorf(CodeInvalid, "a turn that comes every week is at most a week long")
	}
	return nil
}

// shift is more than a wall clock is ever put forward or back.
const shift = 3 * time.Hour

// Turn gives the turn that covers a time, or else the next one after it; false
// where none comes any more. An open start is the zero time, so is an open end.
// A weekly turn keeps its hours on the wall clock of its zone.
func (d *Duty) Turn(now time.Time) (from, to time.Time, ok bool) {
	if !d.Weekly {
		return d.From, d.To, d.To.IsZero() || now.Before(d.To)
	}
	zone, err := time.LoadLocation(d.Zone)
	if err != nil {
		return time.Time{}, time.Time{}, false // Validate refused it; a zone can only be lost
	}
	first, last := d.From.In(zone), d.To.In(zone)
	weeks := 0
	if now.After(d.To) {
		weeks = max(int((now.Sub(d.To)-shift)/(7*24*time.Hour)), 0)
	}
	for ; ; weeks++ {
		from, to = first.AddDate(0, 0, 7*weeks), last.AddDate(0, 0, 7*weeks)
		if now.Before(to) {
			return from, to, true
		}
	}
}

// On says whether the turn covers a time.
func (d *Duty) On(now time.Time) bool {
	from, _, ok := d.Turn(now)
	return ok && !now.Before(from)
}

// WithCall adds to the addresses of one of the desk's own the number they are called at:
// the one that they are texted at.
func WithCall(list []Address) []Address {
	for _, a := range list {
		if a.Channel == ChannelSMS {
			return append(slices.Clip(list), Address{No: AddressVoice, Channel: ChannelVoice, Value: a.Value, Blocked: a.Blocked})
		}
	}
	return list
}

// Same says whether two turns are of one person: they go by their name.
func (d *Duty) Same(name string) bool { return SameName(d.Name, name) }

// SameName says whether two names of the desk's people are one, whatever their
// capitals and blanks.
func SameName(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}
