package vedette

import (
	"slices"
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
	Veiled   bool       // whoever asks may not know who they are: the record says no more than that
	Presence []Presence // where they are, as recorded; not always loaded
}

// PersonRecord is what is private of a person. It is sealed under the
// person's own key.
type PersonRecord struct {
	Name        string           `json:"name"`
	Language    string           `json:"language,omitempty"` // BCP 47
	Manager     string           `json:"manager,omitempty"`  // e-mail or name of their manager
	Citizenship []AreaID         `json:"citizenship,omitempty"`
	Standing    Standing         `json:"standing,omitempty"` // where they live: resident, visitor, local
	External    string           `json:"external,omitempty"` // what the organisation calls them: a personnel number
	Precision   Precision        `json:"precision,omitempty"`
	Checkins    bool             `json:"checkins,omitempty"`   // they opted in to check-ins
	Discreet    bool             `json:"discreet,omitempty"`   // what is sent to them says only what to do
	Restricted  bool             `json:"restricted,omitempty"` // who they are is for those alone who may know it (User.Privy)
	Duress      string           `json:"duress,omitempty"`     // the word they say when somebody makes them answer
	Wishes      Wishes           `json:"wishes,omitzero"`      // how they wish to be told what merely informs
	Dependants  []Dependant      `json:"dependants,omitempty"`
	Contacts    []Contact        `json:"contacts,omitempty"` // whom to ask when they do not answer
	Addresses   []Address        `json:"addresses,omitempty"`
	Points      map[string]Point `json:"points,omitempty"` // exact places, by PointRef of a presence
}

// Led is how a record names somebody's manager.
type Led int8

// The ways. Whoever is their own manager needs no other word.
const (
	LedByNobody Led = iota // none is on record
	LedByThemselves
	LedByAddress
	LedByName // who that is has to be looked up
)

// Led says how the record names their manager.
func (p *PersonRecord) Led() Led {
	switch who := strings.TrimSpace(p.Manager); {
	case who == "":
		return LedByNobody
	case strings.EqualFold(who, strings.TrimSpace(p.Name)):
		return LedByThemselves
	case !strings.Contains(who, "@"):
		return LedByName
	case slices.ContainsFunc(p.Addresses, func(a Address) bool { return strings.EqualFold(a.Value, who) }):
		return LedByThemselves
	}
	return LedByAddress
}

// Standing is how someone stands to the country they live in.
type Standing string

// The standings; "" is not known.
const (
	StandingResident Standing = "resident" // lives there, from elsewhere
	StandingVisitor  Standing = "visitor"  // is there for a time
	StandingLocal    Standing = "local"    // hired where they are from
)

// Precision is how closely we keep where someone is. "" is exact.
type Precision string

// The precisions.
const (
	PrecisionExact   Precision = "exact"
	PrecisionCity    Precision = "city"
	PrecisionCountry Precision = "country"
)

// Dependant is someone who lives or travels with a person and goes where
// they go.
type Dependant struct {
	Name     string `json:"name,omitempty"`
	Relation string `json:"relation,omitempty"` // "spouse", "child"
}

// Contact is another way to a person: somebody or a place to ask.
type Contact struct {
	Kind  ContactKind `json:"kind"`
	Name  string      `json:"name,omitempty"`
	Phone string      `json:"phone,omitempty"` // E.164
	Email string      `json:"email,omitempty"`
}

// ContactKind is what a second contact is to a person.
type ContactKind string

// The kinds of second contact.
const (
	ContactEmergency ContactKind = "emergency"
	ContactCompanion ContactKind = "companion"
	ContactHotel     ContactKind = "hotel" // of a stay
	ContactSite      ContactKind = "site"  // a site's landline
)

// Address is where a channel reaches a person. Its number is the slot that
// ledger rows refer to: the value is looked up when a message is sent.
type Address struct {
	No      int     `json:"no"`
	Channel Channel `json:"channel"`
	Value   string  `json:"value"`
	Blocked string  `json:"blocked,omitempty"` // why nothing may be sent there: its owner said STOP; "" for nothing

	Since time.Time `json:"since,omitzero"` // of a device: when it was added
}

// Shown is an address as a page or a list shows it: of a device not where it is
// reached, which is for machines, but since when it is one of theirs.
func (a Address) Shown() string {
	if a.Channel == ChannelPush {
		return "a device, added " + a.Since.UTC().Format("2 Jan 2006")
	}
	return a.Value
}

// Devices are the addresses of devices that show what their owner is told.
func (r *PersonRecord) Devices() (out []Address) {
	for _, a := range r.Addresses {
		if a.Channel == ChannelPush && a.Blocked == "" {
			out = append(out, a)
		}
	}
	return out
}

// The slots of a person's addresses.
const (
	AddressEmail    = 1
	AddressPhone    = 2
	AddressVoice    = 3  // the number that is called
	AddressHook     = 1  // a hook has but one
	AddressSuperior = 9  // and a manager who is told of somebody's trip
	AddressDevice   = 11 // the first of a person's devices
)

// MaxDevices is how many devices of a person show what they are told.
const MaxDevices = 5

// Channel is a way to reach someone.
type Channel string

// The channels.
const (
	ChannelEmail   Channel = "email"
	ChannelPhone   Channel = "phone" // kept for the desk: nothing is sent there
	ChannelWebhook Channel = "webhook"
	ChannelSMS     Channel = "sms"   // E.164
	ChannelPush    Channel = "push"  // a device's subscription
	ChannelVoice   Channel = "voice" // E.164: a call
)

// Channels are those that an installation sends over. An address on any other
// is kept for the desk, and reaches nobody.
type Channels []Channel

// PlainChannels are those of every installation: what waits for a mail server
// is sent once there is one.
var PlainChannels = Channels{ChannelEmail, ChannelWebhook}

// Send says whether messages go out over a channel.
func (c Channels) Send(over Channel) bool { return slices.Contains(c, over) }

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

// Phone is the number to ring them at by hand, "" where there is none.
func (r *PersonRecord) Phone() string {
	for _, no := range []int{AddressPhone, AddressVoice} {
		if a, ok := r.Address(no); ok {
			return a.Value
		}
	}
	return ""
}

// FirstName is the name to greet someone by in a list of the like.
func (r *PersonRecord) FirstName() string {
	first, _, _ := strings.Cut(r.Name, " ")
	return first
}

// Hook is a system that is told of every update by webhook. Its address and
// secret are sealed like a person's record.
type Hook struct {
	Key    int64
	ID     ID
	URL    string
	Secret string // "whsec_" + base64, Standard Webhooks; "" of a chat
	Chat   Chat   // "" for a system that takes events
}

// Chat is the sort of chat whose room an incoming webhook writes to.
type Chat string

// The chats.
const (
	ChatSlack      Chat = "slack"
	ChatTeams      Chat = "teams"
	ChatMattermost Chat = "mattermost"
)

// Chats lists them.
var Chats = []Chat{ChatSlack, ChatTeams, ChatMattermost}

// Validate says whether it is one of them, or none.
func (c Chat) Validate() error {
	if c != "" && !slices.Contains(Chats, c) {
		return Errorf(CodeInvalid, "%q is no chat; it is one of %v", string(c), Chats)
	}
	return nil
}

// EraseWhy is why somebody is erased. It is one of a few words, for it stays in the log,
// which nothing erases.
type EraseWhy string

// The reasons for an erasure.
const (
	EraseAsked   EraseWhy = "asked"   // they asked for it
	EraseLeft    EraseWhy = "left"    // they are not of the organisation any more
	EraseTerm    EraseWhy = "term"    // what is kept of them has been kept long enough
	EraseMistake EraseWhy = "mistake" // they were never to be here, or are here twice
)

// EraseWhys are these, with what each means.
var EraseWhys = []struct {
	Why   EraseWhy
	Means string
}{
	{EraseAsked, "they asked for it"}, {EraseLeft, "they left the organisation"}, {EraseTerm, "it was kept long enough"}, {EraseMistake, "they were never to be here, or are here twice"},
}

// Means says what a reason means, "" for one that is none.
func (w EraseWhy) Means() string {
	for _, e := range EraseWhys {
		if e.Why == w {
			return e.Means
		}
	}
	return ""
}
