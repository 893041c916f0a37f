package vedette

import (
	"strings"
	"time"
)

// Person is someone we care for. What is private of them is one sealed
// record; only their key, areas and times stay plain.
type Person struct {
	Key      int64 // the store's own; 0 until saved
	ID       ID
	Record   PersonRecord // empty while sealed
	Erased   bool
	Broken   bool       // the record cannot be opened
	Presence []Presence // where they are, as recorded; not always loaded
}

// PersonRecord is what is private of a person. It is sealed under the
// person's own key.
type PersonRecord struct {
	Name        string           `json:"name"`
	Language    string           `json:"language,omitempty"` // BCP 47
	Manager     string           `json:"manager,omitempty"`  // e-mail or name of their manager
	Citizenship []AreaID         `json:"citizenship,omitempty"`
	Addresses   []Address        `json:"addresses,omitempty"`
	Points      map[string]Point `json:"points,omitempty"` // exact places, by PointRef of a presence
}

// Address is where a channel reaches a person. Its number is the slot that
// ledger rows refer to: the value is looked up when a message is sent.
type Address struct {
	No      int     `json:"no"`
	Channel Channel `json:"channel"`
	Value   string  `json:"value"`
}

// The slots of a person's addresses.
const (
	AddressEmail = 1
	AddressPhone = 2
	AddressHook  = 1 // a hook has but one
)

// Channel is a way to reach someone.
type Channel string

// The channels.
const (
	ChannelEmail   Channel = "email"
	ChannelPhone   Channel = "phone" // kept for the desk; no sender yet
	ChannelWebhook Channel = "webhook"
)

// Sends says whether messages go out over the channel. Those that do not are
// kept for the desk.
func (c Channel) Sends() bool { return c == ChannelEmail || c == ChannelWebhook }

// Address gives the address in a slot.
func (r *PersonRecord) Address(no int) (Address, bool) {
	for _, a := range r.Addresses {
		if a.No == no {
			return a, true
		}
	}
	return Address{}, false
}

// Email is the address mails go to, "" where there is none.
func (r *PersonRecord) Email() string {
	a, _ := r.Address(AddressEmail)
	return a.Value
}

// FirstName is the name to greet someone by in a list of the like.
func (r *PersonRecord) FirstName() string {
	first, _, _ := strings.Cut(r.Name, " ")
	return first
}

// Site is a place people work at.
type Site struct {
	Key   int64
	ID    ID
	Name  string
	Area  AreaID
	Point *Point
}

// Trip is where a person will be from when to when.
type Trip struct {
	ID     ID
	Person int64
	Stays  []Stay
}

// Stay is one stop of a trip.
type Stay struct {
	Area     AreaID
	From, To time.Time
}

// Presence is a person in an area, from–to, because of something. Presences
// add: none replaces another.
type Presence struct {
	Key      int64
	Person   int64
	Area     AreaID
	Because  Because
	Site     string    // the site's name, for Because site
	PointRef string    // names the exact point in the sealed record, "" if none
	From, To time.Time // true interval, zero is open
	Recorded time.Time // when we learned it
}

// Because is why we hold that someone is somewhere.
type Because string

// The reasons of a presence.
const (
	BecauseHome    Because = "home"
	BecauseSite    Because = "site"
	BecauseTrip    Because = "trip"
	BecauseCheckin Because = "check-in"
	BecauseAnswer  Because = "answer"
)

// Covers says whether the presence holds at a time.
func (p *Presence) Covers(t time.Time) bool {
	return (p.From.IsZero() || !t.Before(p.From)) && (p.To.IsZero() || t.Before(p.To))
}

// Ahead says whether the presence begins after a time.
func (p *Presence) Ahead(t time.Time) bool { return !p.From.IsZero() && p.From.After(t) }

// Hook is a system that is told of every update by webhook. Its address and
// secret are sealed like a person's record.
type Hook struct {
	Key    int64
	ID     ID
	URL    string
	Secret string // "whsec_" + base64, Standard Webhooks
}
