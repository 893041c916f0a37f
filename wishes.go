package vedette

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Wishes are how somebody wishes to be told what merely informs. No wish holds
// back a warning.
type Wishes struct {
	Quiet  Quiet `json:"quiet,omitzero"`
	Order  Order `json:"order,omitempty"`
	Digest Daily `json:"digest,omitempty"`
}

// Order is over which channel somebody wishes to be told first, and over which
// next where that does not reach them: the channels, a space between. "" is over
// all at once.
type Order string

// OrderOf makes one of channels.
func OrderOf(channels ...Channel) Order {
	words := make([]string, len(channels))
	for i, c := range channels {
		words[i] = string(c)
	}
	return Order(strings.Join(words, " "))
}

// Rank gives the place of a channel, from 0; those not named come last, in their
// own order.
func (o Order) Rank(c Channel) int {
	named := strings.Fields(string(o))
	if i := slices.Index(named, string(c)); i >= 0 {
		return i
	}
	return len(named) + max(0, slices.Index(ordered, c))
}

// ordered are the channels of people in the order they have by themselves.
var ordered = []Channel{ChannelEmail, ChannelSMS, ChannelPush, ChannelVoice}

// Compare orders channels.
func (o Order) Compare(a, b Channel) int { return cmp.Compare(o.Rank(a), o.Rank(b)) }

// String writes it as "sms, then email", "" for none.
func (o Order) String() string { return strings.Join(strings.Fields(string(o)), ", then ") }

// Daily is a time of each day, by the clock of wherever somebody is: minutes
// since midnight, plus one. 0 is never.
type Daily int

// DailyAt makes one of minutes since midnight.
func DailyAt(minutes int) Daily { return Daily(minutes + 1) }

// Minutes gives the minutes since midnight, where it is not never.
func (d Daily) Minutes() int { return int(d) - 1 }

// String writes it as "07:00", "" for never.
func (d Daily) String() string {
	if d <= 0 {
		return ""
	}
	return fmt.Sprintf("%02d:%02d", d.Minutes()/60, d.Minutes()%60)
}

// Quiet is from when to when somebody wishes to be left alone, each day, by the
// clock of wherever they are: minutes since midnight, the second left out. Both
// the same are none. It may go over midnight.
type Quiet struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// IsZero says that there are none.
func (q Quiet) IsZero() bool { return q.From == q.To }

// String writes them as "22:00–07:00", "" for none.
func (q Quiet) String() string {
	if q.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d:%02d–%02d:%02d", q.From/60, q.From%60, q.To/60, q.To%60)
}

// Gathers says whether what merely informs may wait for a digest: below high.
func Gathers(r Risk) bool { return r == RiskLow || r == RiskModerate }

// Informs says whether what is of an urgency and a risk merely informs, so that
// the wishes of a person may shape how they are told: what is past or future,
// and what is expected of low or moderate risk. What is immediate never does,
// nor what is expected of high, extreme or unknown risk.
func Informs(u Urgency, r Risk) bool {
	switch u.Effective() {
	case UrgencyImmediate:
		return false
	case UrgencyExpected:
		return r == RiskLow || r == RiskModerate
	}
	return true
}
