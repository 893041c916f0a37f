package desk

import (
	"context"
	"fmt"
	"math"

	"vedette"
	"vedette/advise"
	"vedette/deliver"
	"vedette/deliver/voice"
	"vedette/store"
)

// Calls is about what an update's calls take, each taken once.
type Calls struct {
	Calls, Minutes int
	Cost           float64
	Currency       string // "" where no price is known
	Unpriced       int    // calls to numbers that no price is given for
}

// calls works out from a sample what the calls of an update take.
func (d *Desk) calls(ctx context.Context, u *vedette.Update, s *sample) (*Calls, error) {
	keys, stood := make([]int64, len(s.some)), 0.0
	for i := range s.some {
		keys[i] = s.some[i].key
		stood += s.some[i].stands
	}
	people, err := d.rows.PersonsByKey(ctx, keys)
	if err != nil || stood == 0 {
		return &Calls{}, err
	}
	var calls, minutes, cost, unpriced float64
	known := map[string]int{} // minutes by what is said and in which language
	for i := range s.some {
		sp, ok := people[s.some[i].key]
		if !ok {
			continue
		}
		number, language := d.callee(u, &s.some[i].variant, &sp)
		if number == "" {
			continue
		}
		stands := s.some[i].stands * float64(s.all) / stood
		is := advise.Key(s.some[i].variant) + language
		if known[is] == 0 {
			known[is] = d.minutes(u, s.some[i].variant, language)
		}
		calls, minutes = calls+stands, minutes+stands*float64(known[is])
		if price, ok := d.Voice.Price(number); ok {
			cost += stands * float64(known[is]) * price
		} else {
			unpriced += stands
		}
	}
	c := &Calls{Calls: int(math.Round(calls)), Minutes: int(math.Round(minutes)), Cost: cost, Unpriced: int(math.Round(unpriced))}
	if len(d.Voice.Prices) > 0 {
		c.Currency = d.Voice.Currency
	}
	return c, nil
}

// callee gives the number somebody is called at about a variant, "" for none,
// and in which language.
func (d *Desk) callee(u *vedette.Update, v *vedette.Variant, sp *store.SealedPerson) (number, language string) {
	p := d.open(sp)
	written := false
	for _, a := range p.Record.Addresses {
		if a.Channel == vedette.ChannelVoice && a.Blocked == "" {
			number = a.Value
		} else if a.Blocked == "" && d.people.Sends(a.Channel) {
			written = true
		}
	}
	if written && !u.Rings(v) {
		return "", ""
	}
	return number, d.Voice.Spoken(deliver.Language(p.Record.Language))
}

// minutes counts those of the call that a variant becomes; one where it cannot
// be made.
func (d *Desk) minutes(u *vedette.Update, v vedette.Variant, language string) int {
	s, err := deliver.RenderSpoken(deliver.Notice{Update: u, Variant: v, Org: d.Org.Name, AreaName: d.Gaz.Name, Gone: len(v.Lines)+len(v.Areas) == 0, Language: language})
	if err != nil {
		return 1
	}
	return voice.Minutes(s.Text, language)
}

// Words say it in a line: "about 212 calls, 220 minutes, EUR 31".
func (c *Calls) Words() string {
	if c == nil || c.Calls == 0 {
		return ""
	}
	s := fmt.Sprintf("about %d %s, %d %s", c.Calls, plural(c.Calls, "call"), c.Minutes, plural(c.Minutes, "minute"))
	return s + costs(c.Currency, c.Cost, c.Unpriced)
}

// costs says what messages or calls cost, to follow how many there are.
func costs(currency string, cost float64, unpriced int) (s string) {
	if currency == "" {
		return ""
	}
	s = fmt.Sprintf(", %s %.0f", currency, cost)
	if cost < 10 {
		s = fmt.Sprintf(", %s %.2f", currency, cost)
	}
	if unpriced > 0 {
		s += fmt.Sprintf(", without %d to numbers that no price is given for", unpriced)
	}
	return s
}
