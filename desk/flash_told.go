package desk

import (
	"cmp"
	"context"
	"math"
	"slices"

	"vedette"
	"vedette/deliver"
)

// ToldIn is what those of a language are told by a flash.
type ToldIn struct {
	Language string // BCP 47; Name in English
	Name     string
	N        int  // people that something is sent to
	About    bool // their number was worked out from some of them
	Lacks    bool // nobody wrote the template in it: they are told in the template's own
	Unread   bool // nobody who speaks it answers for what is said
	Subject  string
	Advice   []string
}

// toldIn works out from a sample in which languages people are told of a flash, most
// people first, and what they are told.
func (d *Desk) toldIn(ctx context.Context, u *vedette.Update, s *sample) ([]ToldIn, error) {
	keys := make([]int64, len(s.some))
	for i := range s.some {
		keys[i] = s.some[i].key
	}
	people, err := d.rows.PersonsByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	set, err := d.rows.Settings(ctx)
	if err != nil {
		return nil, err
	}
	by, fullest, stood := map[string]float64{}, map[string]*vedette.Variant{}, 0.0
	for i := range s.some {
		x := &s.some[i]
		sp, ok := people[x.key]
		if !ok || sp.Erased {
			continue
		}
		p := d.unveiled(&sp)
		l := deliver.Language(&set, p.Record.Language)
		stood, by[l] = stood+x.stands, by[l]+x.stands
		if v := fullest[l]; v == nil || len(x.variant.Lines) > len(v.Lines) {
			fullest[l] = &x.variant
		}
	}
	var out []ToldIn
	for l, n := range by {
		t := ToldIn{Language: l, Name: deliver.LanguageName(l), N: int(math.Round(n * float64(s.all) / stood)), About: len(s.some) < s.all}
		said := u.Tongue(l)
		t.Lacks, t.Unread = said == nil, said != nil && said.ReadBy == ""
		v := *fullest[l]
		v.Others = nil // what else stands is said by others
		r, err := deliver.Render(deliver.Notice{Update: u, Variant: v, Org: d.OrgName(), AreaName: d.Gaz.NameIn, Language: l})
		if err != nil {
			return nil, err
		}
		t.Subject, t.Advice = r.Subject, r.Advice
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b ToldIn) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name)) })
	return out, nil
}
