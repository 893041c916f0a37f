package desk

import (
	"context"
	"fmt"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/voice"
	"vedette/store"
	"vedette/wording"
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
	e, err := d.estimate(ctx, s, d.callCosting(u, ""))
	return d.callsOf(e), err
}

func (d *Desk) callCosting(u *vedette.Update, cause vedette.Cause) costing {
	return costing{
		to: func(s *sampled, sp *store.SealedPerson, set *vedette.Settings) (string, string) {
			return d.callee(u, &s.variant, sp, set, false)
		},
		units: func(v vedette.Variant, language string) int { return d.minutes(u, v, cause, language) }, price: d.Voice.Price,
	}
}

func (d *Desk) callsOf(e estimate) *Calls {
	c := &Calls{Calls: e.messages, Minutes: e.units, Cost: e.cost, Unpriced: e.unpriced}
	if len(d.Voice.Prices) > 0 {
		c.Currency = d.Voice.Currency
	}
	return c
}

// callee gives the number somebody is called at about a variant, "" for none,
// and in which language; always is whoever has a number.
func (d *Desk) callee(u *vedette.Update, v *vedette.Variant, sp *store.SealedPerson, set *vedette.Settings, always bool) (number, language string) {
	p := d.unveiled(sp)
	written := false
	for _, a := range p.Record.Addresses {
		if a.Channel == vedette.ChannelVoice && a.Blocked == "" {
			number = a.Value
		} else if a.Blocked == "" && d.people.Sends(a.Channel) {
			written = true
		}
	}
	if written && !always && !u.Rings(v) {
		return "", ""
	}
	return number, d.Voice.Spoken(deliver.Language(set, p.Record.Language), deliver.Language(set, ""))
}

// minutes counts those of the call that a variant becomes; one where it cannot
// be made.
func (d *Desk) minutes(u *vedette.Update, v vedette.Variant, cause vedette.Cause, language string) int {
	s, err := deliver.RenderSpoken(deliver.Notice{Update: u, Variant: v, Org: d.OrgName(), AreaName: d.Gaz.NameIn, Gone: len(v.Lines)+len(v.Areas) == 0, Language: language, Cause: cause})
	if err != nil {
		return 1
	}
	return voice.Minutes(s.Text, language)
}

// Words say it in English.
func (c *Calls) Words() string { return c.Says().String() }

// Says is it in a line: "about 212 calls, 220 minutes, EUR 31".
func (c *Calls) Says() (s wording.Said) {
	if c == nil || c.Calls == 0 {
		return s
	}
	s = oneOrMany(c.Calls, wording.Mark("about %d call"), wording.Mark("about %d calls")).And(oneOrMany(c.Minutes, wording.Mark("%d minute"), wording.Mark("%d minutes")))
	return priced(s, c.Currency, c.Cost, c.Unpriced)
}

// oneOrMany says how many there are of something, in words for one and for many.
func oneOrMany(n int, one, many string) wording.Said {
	if n == 1 {
		return wording.Said{English: one, Args: []any{n}}
	}
	return wording.Said{English: many, Args: []any{n}}
}

// priced adds what messages or calls cost to how many there are.
func priced(s wording.Said, currency string, cost float64, unpriced int) wording.Said {
	if currency == "" {
		return s
	}
	sum := fmt.Sprintf("%s %.0f", currency, cost)
	if cost < 10 {
		sum = fmt.Sprintf("%s %.2f", currency, cost)
	}
	s = s.And(wording.AsItIs(sum))
	if unpriced > 0 {
		s = s.And(wording.Of("without %d to numbers that no price is given for", unpriced))
	}
	return s
}
