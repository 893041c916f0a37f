package record

import (
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/advise/news"
	"vedette/gazetteer"
	"vedette/roster"
	"vedette/store"
	"vedette/tell"
)

// told is what people were told last in a situation. Most of them hold one of
// a few notices, so each of these is kept once and has a number.
type told struct {
	held map[int64]int32 // by person, the number of what they hold
	list []held          // by number; the first is nothing
	no   map[held]int32
	says map[variant]*news.Told
	all  *roster.Holders // everyone, once it is complete
}

// held is a last notice of the situation, as far as anything depends on it.
type held struct {
	of     variant
	heard  news.Heard
	warned bool // of an all-clear
	digest bool // of an all-clear: all of what it ends went by digests
}

func newTold() *told {
	return &told{held: map[int64]int32{}, list: []held{{}}, no: map[held]int32{}, says: map[variant]*news.Told{}}
}

// read reads what everyone was told last in a situation.
func read(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer, situation vedette.ID) (*told, error) {
	t := newTold()
	err := rows.LastTold(ctx, situation, func(l store.LastTold) error {
		t.hold(&l)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return t, t.resolve(ctx, rows, g)
}

// hold keeps a last notice. One that was withheld told nothing. When it was
// heard counts to the minute.
func (t *told) hold(l *store.LastTold) {
	if l.State == vedette.DeliveryWithheld {
		return
	}
	at := l.HeardAt
	if at.IsZero() {
		at = l.AcceptedAt
	}
	t.keep(l.Recipient, held{of: variant{l.Update, l.Variant}, heard: news.Heard{State: l.State, At: at.Truncate(time.Minute)}})
}

func (t *told) keep(person int64, h held) {
	no, known := t.no[h]
	if !known {
		no = int32(len(t.list))
		t.list = append(t.list, h)
		t.no[h] = no
	}
	t.held[person], t.all = no, nil
}

func (t *told) of(person int64) held { return t.list[t.held[person]] }

// resolve works out what each variant that somebody holds told them.
func (t *told) resolve(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer) error {
	need := map[int64]bool{}
	for _, h := range t.list[1:] {
		if t.says[h.of] == nil {
			need[h.of.update] = true
		}
	}
	for key := range need {
		u, err := rows.UpdateByKey(ctx, key)
		if err != nil {
			return err
		}
		vs, err := rows.Variants(ctx, key)
		if err != nil {
			return err
		}
		for _, v := range vs {
			t.says[variant{key, v.No}] = news.Tell(g, u, v)
		}
	}
	return nil
}

// Hold gives the notice of a number, nil for 0.
func (t *told) Hold(no int) *tell.Held {
	if no == 0 {
		return nil
	}
	h := t.list[no]
	return &tell.Held{Told: t.says[h.of], Heard: h.heard, Warned: h.warned, Digest: h.digest}
}

// Held gives somebody's last notice of the situation, nil for none.
func (t *told) Held(person int64) *tell.Held { return t.Hold(t.Holds(person)) }

// Holds gives the number of somebody's last notice of the situation, 0 for
// none. Those of one number hold what comes to the same.
func (t *told) Holds(person int64) int { return int(t.held[person]) }

// Holders lists everyone with a notice of the situation, with the number of
// each.
func (t *told) Holders() *roster.Holders {
	if t.all == nil {
		h := &roster.Holders{Keys: make([]int64, 0, len(t.held)), Nos: make([]int32, len(t.held))}
		for k := range t.held {
			h.Keys = append(h.Keys, k)
		}
		slices.Sort(h.Keys)
		for i, k := range h.Keys {
			h.Nos[i] = t.held[k]
		}
		t.all = h
	}
	return t.all
}
