package desk

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"vedette"
	"vedette/advise"
	"vedette/deliver"
	"vedette/deliver/segment"
	"vedette/store"
	"vedette/tell"
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
	key     int64
	stands  float64 // for so many
	variant vedette.Variant
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
		s.some = append(s.some, sampled{key, float64(j.n) / float64(len(j.some)), v})
	}
}

func (s *sample) merge(o *sample) { s.all, s.some = s.all+o.all, append(s.some, o.some...) }

// linkRoom is about how long a link is: an address of ours, and a token.
const linkRoom = 92

// texts works out from a sample what the text messages of an update take.
func (d *Desk) texts(ctx context.Context, u *vedette.Update, s *sample) (*Texts, error) {
	keys, stood := make([]int64, len(s.some)), 0.0
	for i := range s.some {
		keys[i] = s.some[i].key
		stood += s.some[i].stands
	}
	people, err := d.rows.PersonsByKey(ctx, keys)
	if err != nil || stood == 0 {
		return &Texts{}, err
	}
	var messages, segments, cost, unpriced float64
	known := map[string]int{} // segments by what is said and in which language
	for i := range s.some {
		sp, ok := people[s.some[i].key]
		if !ok {
			continue
		}
		number, language := d.number(&sp)
		if number == "" {
			continue
		}
		stands := s.some[i].stands * float64(s.all) / stood
		is := advise.Key(s.some[i].variant) + language
		if known[is] == 0 {
			known[is] = d.segments(u, s.some[i].variant, language)
		}
		messages, segments = messages+stands, segments+stands*float64(known[is])
		if price, ok := d.SMS.Price(number); ok {
			cost += stands * float64(known[is]) * price
		} else {
			unpriced += stands
		}
	}
	t := &Texts{Messages: int(math.Round(messages)), Segments: int(math.Round(segments)), Cost: cost, Unpriced: int(math.Round(unpriced))}
	if len(d.SMS.Prices) > 0 {
		t.Currency = d.SMS.Currency
	}
	return t, nil
}

// number gives the number somebody is texted at, "" for none, and in which
// language.
func (d *Desk) number(sp *store.SealedPerson) (number, language string) {
	p := d.open(sp)
	for _, a := range p.Record.Addresses {
		if a.Channel == vedette.ChannelSMS && a.Blocked == "" {
			return a.Value, deliver.Language(p.Record.Language)
		}
	}
	return "", ""
}

// segments counts those of the line that a variant becomes; the most there may
// be where it cannot be made.
func (d *Desk) segments(u *vedette.Update, v vedette.Variant, language string) int {
	n := deliver.Notice{Update: u, Variant: v, Org: d.Org.Name, AreaName: d.Gaz.Name, Gone: len(v.Lines)+len(v.Areas) == 0, Language: language}
	b, err := deliver.RenderLine(n, d.SMS.Segments)
	if err != nil {
		return d.SMS.Segments
	}
	_, segments := segment.Count(b.Text("https://" + strings.Repeat("x", linkRoom-len("https://"))))
	return segments
}

// Words say it in a line: "about 212 text messages, 430 segments, EUR 31".
func (t *Texts) Words() string {
	if t == nil || t.Messages == 0 {
		return ""
	}
	s := fmt.Sprintf("about %d text %s, %d %s", t.Messages, plural(t.Messages, "message"), t.Segments, plural(t.Segments, "segment"))
	return s + costs(t.Currency, t.Cost, t.Unpriced)
}

func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}
