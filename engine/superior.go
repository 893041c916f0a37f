package engine

import (
	"context"
	"maps"
	"slices"
	"strings"

	"vedette"
	"vedette/auth"
	"vedette/roster"
	"vedette/store"
	"vedette/tell"
	"vedette/tell/record"
)

// Managers of people whose trip goes where it should not. Each is told as a
// recipient of their own, one for each of their people: so a retry, a stop, a
// newer update and a correction are exact for each, and nobody reads of
// another's.

// superiorsAtOnce is how many people's managers one transaction is about.
const superiorsAtOnce = 200

// word is what is to be told to one superior.
type word struct {
	superior int64
	reached  bool // has an address
	note     store.ClashNote
	last     *store.SuperiorTold // in the situation, nil for none
}

// words are those of a telling that managers of some people are to hear.
type words struct {
	*branch
	record  *record.Record
	looking bool
	out     []word
	fresh   []store.SealedSuperior
	freshOf []word // beside fresh: their key is not known yet
}

// superiors plans what managers hear, once everyone else of the fan-out has a
// notice: of those whose trips clash, and of those who were told of some.
func (p *plan) superiors(ctx context.Context, out chan<- store.Chunk) error {
	var told []store.SuperiorTold
	var err error
	if p.update.Number > 1 || p.fanout.Cause != vedette.CausePublished {
		if told, err = p.rows.SuperiorsTold(ctx, p.update.Situation.ID); err != nil {
			return err
		}
	}
	return p.tellSuperiors(ctx, told, out)
}

// tellSuperiors plans what managers hear who were told, and those of people
// whose trips clash.
func (p *plan) tellSuperiors(ctx context.Context, told []store.SuperiorTold, out chan<- store.Chunk) error {
	last := lastOf(told)
	of := maps.Clone(p.clashes)
	for person := range last {
		if _, there := p.people.Facts(person); there && of[person] == nil {
			of[person] = nil // may have none left
		}
	}
	for keys := range slices.Chunk(slices.Sorted(maps.Keys(of)), superiorsAtOnce) {
		ws, err := p.wordsFor(ctx, p.record, keys, of, last, false)
		if err != nil {
			return err
		}
		if len(ws) == 0 {
			continue
		}
		c := store.Chunk{Pass: passSuperiors, Cursor: keys[len(keys)-1]}
		t := &teller{update: p.update, known: map[string]int{}}
		for i := range ws {
			n, ds := t.superior(&c.Variants, &ws[i])
			c.Notices, c.Deliveries, c.Clashes = append(c.Notices, n), append(c.Deliveries, ds...), append(c.Clashes, ws[i].note)
		}
		select {
		case out <- c:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// superiors tells the managers of people who changed what is new of their
// trips.
func (v *view) superiors(ctx context.Context, t *tower, of map[int64][]vedette.Clash) error {
	if len(of) == 0 {
		return nil
	}
	keys := slices.Sorted(maps.Keys(of))
	told, err := v.rows.SuperiorsToldOf(ctx, t.Update.Situation.ID, keys)
	if err != nil {
		return err
	}
	ws, err := v.wordsFor(ctx, t.Record, keys, of, lastOf(told), true)
	if err != nil {
		return err
	}
	key := t.Update.Key
	for i := range ws {
		vs := v.chunk.Variants[key]
		n, ds := t.superior(&vs, &ws[i])
		v.chunk.Variants[key] = vs
		n.Cause, n.Round = vedette.CauseExposed, 1
		if l := ws[i].last; l != nil && l.Update == key {
			n.Round = l.Round + 1
		}
		v.chunk.Notices, v.chunk.Deliveries = append(v.chunk.Notices, n), append(v.chunk.Deliveries, ds...)
		v.chunk.Clashes[key] = append(v.chunk.Clashes[key], ws[i].note)
	}
	return nil
}

// lastOf gives what each superior of a person was told last.
func lastOf(told []store.SuperiorTold) map[int64][]*store.SuperiorTold {
	out := map[int64][]*store.SuperiorTold{}
	for i := range told { // the first first
		t := &told[i]
		list := out[t.Person]
		if n := len(list); n > 0 && list[n-1].Key == t.Key {
			list[n-1] = t
		} else {
			out[t.Person] = append(list, t)
		}
	}
	return out
}

// wordsFor finds what the managers of some people hear.
func (b *branch) wordsFor(ctx context.Context, r *record.Record, keys []int64, of map[int64][]vedette.Clash, last map[int64][]*store.SuperiorTold, looking bool) ([]word, error) {
	people, err := b.rows.PersonsByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	ws := &words{branch: b, record: r, looking: looking}
	for _, key := range keys {
		if sp, ok := people[key]; ok && !sp.Erased {
			if err := ws.of(ctx, &sp, of[key], last[key]); err != nil {
				return nil, err
			}
		}
	}
	kept, err := b.rows.KeepSuperiors(ctx, ws.fresh, b.Now())
	for i, s := range kept {
		if w := ws.freshOf[i]; s.Key != 0 {
			w.superior, w.note.Recipient = s.Key, s.Key
			ws.out = append(ws.out, w)
		}
	}
	return ws.out, err
}

// of finds what the managers of one person hear: the one on file, and whoever
// was it before where what they were told is corrected.
func (ws *words) of(ctx context.Context, sp *store.SealedPerson, clashes []vedette.Clash, last []*store.SuperiorTold) error {
	pk, err := ws.Key.Unwrap(sp.ID, sp.WrappedKey)
	if err != nil {
		return nil // a record that cannot be opened is shown by the preview; it must not hold up the others
	}
	rec, err := ws.Key.OpenRecord(sp.ID, sp.WrappedKey, sp.Record)
	if err != nil {
		return nil
	}
	now, named, err := ws.roll.Superior(ctx, rec)
	if err != nil {
		return err
	}
	var hash []byte
	if named {
		hash = ws.Key.Hash("superior", folded(now))
	}
	known := false
	for _, l := range last {
		current := named && string(l.Hash) == string(hash)
		known = known || current
		theirs := clashes
		if !current {
			if u := ws.record.Update; ws.looking || u.Corrects == "" && u.Cancels == "" {
				continue
			}
			theirs = nil
		}
		if ws.record.Telling.Superior(toldOf(pk, l), theirs, ws.looking) {
			w := ws.word(pk, theirs)
			w.superior, w.note.Recipient, w.last = l.Key, l.Key, l
			w.reached = l.State != "" || current && now.Email != ""
			ws.out = append(ws.out, w)
		}
	}
	if !named || known || !ws.record.Telling.Superior(nil, clashes, ws.looking) {
		return nil
	}
	w := ws.word(pk, clashes)
	w.reached = now.Email != ""
	ws.fresh = append(ws.fresh, store.SealedSuperior{Person: sp.Key, Hash: hash, Sealed: now.Seal(pk)})
	ws.freshOf = append(ws.freshOf, w)
	return nil
}

// folded is by what a superior is known again: their address, else their name.
func folded(s roster.Superior) string {
	if s.Email != "" {
		return strings.ToLower(s.Email)
	}
	return "named " + strings.ToLower(strings.Join(strings.Fields(s.Name), " "))
}

func (ws *words) word(pk auth.PersonKey, clashes []vedette.Clash) word {
	return word{note: store.ClashNote{Update: ws.record.Update.Key, Gone: len(clashes) == 0, Sealed: roster.SealClashes(pk, clashes)}}
}

// toldOf opens what a superior was told. What cannot be opened says nothing,
// so that they are told anew.
func toldOf(pk auth.PersonKey, l *store.SuperiorTold) *tell.ToldClashes {
	list, _ := roster.OpenClashes(pk, l)
	return &tell.ToldClashes{State: l.State, Clashes: list}
}

// superior makes the notice of a superior and its delivery.
func (t *teller) superior(vs *[]vedette.Variant, w *word) (vedette.Notice, []vedette.Delivery) {
	n := vedette.Notice{Update: t.update.Key, Recipient: w.superior, Relation: vedette.RelationOut, Variant: t.number(vs, vedette.Variant{})}
	if !w.reached {
		return n, nil
	}
	d := t.delivery(w.superior, store.Slot{No: vedette.AddressSuperior, Channel: vedette.ChannelEmail}, t.update.Content.Risk)
	d.Lane++ // after those who are there or on their way
	return n, []vedette.Delivery{d}
}
