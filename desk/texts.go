package desk

import (
	"context"
	"math"
	"slices"
	"strings"

	"vedette"
	"vedette/advise"
	"vedette/deliver"
	"vedette/deliver/segment"
	"vedette/store"
	"vedette/tell"
	"vedette/wording"
)

// Texts is about what an update's text messages take.
type Texts struct {
	Messages, Segments int
	Cost               float64
	Currency           string // "" where no price is known
	Unpriced           int    // messages to numbers that no price is given for
}

// sample is some of those who are told, each for so many like them: what their
// messages take is worked out from these.
type sample struct {
	all  int // who are told, whether among some or not
	some []sampled
}

type sampled struct {
	key      int64
	stands   float64 // for so many
	variant  vedette.Variant
	relation vedette.Relation
}

// maxSampled bounds how many records are opened for a figure that says "about".
const maxSampled = 2000

func (s *sample) add(j *judged, o *tell.Outcome) {
	s.all += j.n
	if len(s.some) >= maxSampled {
		return
	}
	v := o.Advised.Variant
	v.Lines, v.Areas = slices.Clone(v.Lines), slices.Clone(v.Areas)
	for _, key := range j.some {
		s.some = append(s.some, sampled{key, float64(j.n) / float64(len(j.some)), v, o.Relation})
	}
}

func (s *sample) merge(o *sample) { s.all, s.some = s.all+o.all, append(s.some, o.some...) }

// linkRoom is about how long a link is: an address of ours, and a token.
const linkRoom = 92

// texts works out from a sample what the text messages of an update take.
func (d *Desk) texts(ctx context.Context, u *vedette.Update, s *sample) (*Texts, error) {
	e, err := d.estimate(ctx, s, d.textCosting(u, ""))
	return d.textsOf(e), err
}

func (d *Desk) textCosting(u *vedette.Update, cause vedette.Cause) costing {
	return costing{
		to: func(_ *sampled, sp *store.SealedPerson, set *vedette.Settings) (string, string) {
			return d.number(sp, set)
		},
		units: func(v vedette.Variant, language string) int { return d.segments(u, v, cause, language) }, price: d.SMS.Price,
	}
}

func (d *Desk) textsOf(e estimate) *Texts {
	t := &Texts{Messages: e.messages, Segments: e.units, Cost: e.cost, Unpriced: e.unpriced}
	if len(d.SMS.Prices) > 0 {
		t.Currency = d.SMS.Currency
	}
	return t
}

// costing says what messages over a channel that costs something take.
type costing struct {
	to    func(s *sampled, sp *store.SealedPerson, set *vedette.Settings) (number, language string) // "" for nobody
	units func(v vedette.Variant, language string) int
	price func(number string) (of float64, known bool) // of a unit
	often func(s *sampled) int                         // how many messages each gets; nil for one
}

// times is the same for messages that each gets so often.
func (c costing) times(often func(s *sampled) int) costing {
	c.often = often
	return c
}

// estimate is what those a sample stands for take.
type estimate struct {
	messages, units, unpriced int
	cost                      float64
}

func (d *Desk) estimate(ctx context.Context, s *sample, c costing) (e estimate, err error) {
	keys, stood := make([]int64, len(s.some)), 0.0
	for i := range s.some {
		keys[i] = s.some[i].key
		stood += s.some[i].stands
	}
	people, err := d.rows.PersonsByKey(ctx, keys)
	if err != nil || stood == 0 {
		return e, err
	}
	set, err := d.rows.Settings(ctx)
	if err != nil {
		return e, err
	}
	var messages, units, unpriced float64
	known := map[string]int{} // units by what is said and in which language
	for i := range s.some {
		sp, ok := people[s.some[i].key]
		if !ok {
			continue
		}
		number, language := c.to(&s.some[i], &sp, &set)
		if number == "" {
			continue
		}
		stands := s.some[i].stands * float64(s.all) / stood
		if c.often != nil {
			stands *= float64(c.often(&s.some[i]))
		}
		is := advise.Key(s.some[i].variant) + language
		if known[is] == 0 {
			known[is] = c.units(s.some[i].variant, language)
		}
		messages, units = messages+stands, units+stands*float64(known[is])
		if price, ok := c.price(number); ok {
			e.cost += stands * float64(known[is]) * price
		} else {
			unpriced += stands
		}
	}
	e.messages, e.units, e.unpriced = int(math.Round(messages)), int(math.Round(units)), int(math.Round(unpriced))
	return e, nil
}

// number gives the number somebody is texted at, "" for none, and in which
// language.
func (d *Desk) number(sp *store.SealedPerson, set *vedette.Settings) (number, language string) {
	p := d.unveiled(sp)
	for _, a := range p.Record.Addresses {
		if a.Channel == vedette.ChannelSMS && a.Blocked == "" {
			return a.Value, deliver.Language(set, p.Record.Language)
		}
	}
	return "", ""
}

// segments counts those of the line that a variant becomes; the most there may
// be where it cannot be made.
func (d *Desk) segments(u *vedette.Update, v vedette.Variant, cause vedette.Cause, language string) int {
	n := deliver.Notice{Update: u, Variant: v, Org: d.OrgName(), AreaName: d.Gaz.NameIn, Gone: len(v.Lines)+len(v.Areas) == 0, Language: language, Cause: cause}
	b, err := deliver.RenderLine(n, d.SMS.Segments)
	if err != nil {
		return d.SMS.Segments
	}
	_, segments := segment.Count(b.Text("https://" + strings.Repeat("x", linkRoom-len("https://"))))
	return segments
}

// Words say it in English.
func (t *Texts) Words() string { return t.Says().String() }

// Says is it in a line: "about 212 text messages, 430 segments, EUR 31".
func (t *Texts) Says() (s wording.Said) {
	if t == nil || t.Messages == 0 {
		return s
	}
	s = oneOrMany(t.Messages, wording.Mark("about %d text message"), wording.Mark("about %d text messages")).And(oneOrMany(t.Segments, wording.Mark("%d segment"), wording.Mark("%d segments")))
	return priced(s, t.Currency, t.Cost, t.Unpriced)
}

func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}
