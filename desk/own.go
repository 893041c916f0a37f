package desk

import (
	"context"
	"slices"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
)

// OwnPerson is somebody whom it is for who asks to see.
type OwnPerson struct {
	Person vedette.Person
	Where  []vedette.Presence // as of now, and trips ahead
	Told   []OwnNotice        // of the updates that stand, the newest first
	Case   bool               // a call for help of theirs is open
}

// OwnNotice is what somebody was told of an update that stands. What they wrote, that
// they answered under duress, and that they are compromised is not in it: who asks may
// be who makes them answer.
type OwnNotice struct {
	Update *vedette.Update
	BoardRow
}

// Own gives the people of whoever asks, whose role sees its own people alone, ascending
// by key, after one; and how many they are in all.
func (d *Desk) Own(ctx context.Context, after int64, limit int) (list []OwnPerson, all int, err error) {
	who := vedette.ActorIn(ctx)
	if err := d.asks(&ctx, rights.SeeOwn); err != nil {
		return nil, 0, err
	}
	keys, err := d.ownKeys(ctx, who)
	if err != nil {
		return nil, 0, err
	}
	all = len(keys)
	from, _ := slices.BinarySearch(keys, after+1)
	keys = keys[from:]
	list, err = d.ownPeople(ctx, keys[:min(len(keys), limit)])
	return list, all, err
}

// OwnPerson gives one of them. Anybody else is not there.
func (d *Desk) OwnPerson(ctx context.Context, id vedette.ID) (*OwnPerson, error) {
	who := vedette.ActorIn(ctx)
	if err := d.asks(&ctx, rights.SeeOwn); err != nil {
		return nil, err
	}
	return d.ownPerson(ctx, who, id)
}

func (d *Desk) ownPerson(ctx context.Context, who vedette.Actor, id vedette.ID) (*OwnPerson, error) {
	nobody := vedette.Errorf(vedette.CodeNotFound, "nobody of yours has this address; they may have left, or were never yours")
	if !id.Valid() {
		return nil, nobody
	}
	sp, err := d.rows.Person(ctx, id)
	if vedette.ErrorCode(err) == vedette.CodeNotFound {
		return nil, nobody
	}
	if err != nil {
		return nil, err
	}
	keys, err := d.ownKeys(ctx, who)
	if err != nil {
		return nil, err
	}
	if _, ok := slices.BinarySearch(keys, sp.Key); !ok {
		return nil, nobody
	}
	list, err := d.ownPeople(ctx, []int64{sp.Key})
	if err == nil && len(list) == 0 {
		err = nobody
	}
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

// AccountOwn accounts for one of them, in every roll-call that is open and has them.
func (d *Desk) AccountOwn(ctx context.Context, id vedette.ID, o AccountOrder) (n int, err error) {
	who := vedette.ActorIn(ctx)
	if err := d.asks(&ctx, rights.AccountOwn); err != nil {
		return 0, err
	}
	p, err := d.ownPerson(ctx, who, id)
	if err != nil {
		return 0, err
	}
	calls, err := d.rows.OpenRollcallsOf(ctx, p.Person.Key)
	if err != nil {
		return 0, err
	}
	if len(calls) == 0 {
		return 0, vedette.Errorf(vedette.CodeConflict, "no roll-call asks for %s now, so there is nothing to note it in; tell the desk", p.Person.Record.Name)
	}
	o.Site, o.DryRun, o.Persons, o.By, o.As = "", false, []string{string(p.Person.ID)}, who.Name, vedette.AsManager
	if who.Role == vedette.RoleWarden || who.Role == vedette.RoleRegional {
		o.As = vedette.AsWarden
	}
	for _, c := range calls {
		o.Rollcall = c
		if _, err := d.Account(ctx, o); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// ownKeys are the people of who acts, ascending.
func (d *Desk) ownKeys(ctx context.Context, who vedette.Actor) (keys []int64, err error) {
	switch who.Role {
	case vedette.RoleTraveller:
		for _, id := range who.Of {
			sp, err := d.rows.Person(ctx, vedette.ID(id))
			switch {
			case vedette.ErrorCode(err) == vedette.CodeNotFound:
			case err != nil:
				return nil, err
			case !sp.Erased:
				keys = append(keys, sp.Key)
			}
		}
	case vedette.RoleManager:
		keys, err = d.ledBy(ctx, who.Of)
	case vedette.RoleWarden:
		keys, err = d.atSites(ctx, who.Of)
	case vedette.RoleRegional:
		q := WhoQuestion{}
		for _, id := range who.Of {
			q.Areas = append(q.Areas, vedette.AreaID(id))
		}
		keys, err = d.inNow(ctx, q, func(vedette.Presence) bool { return true })
	}
	slices.Sort(keys)
	return slices.Compact(keys), err
}

// ledBy are those whose records name one of some words as their manager.
func (d *Desk) ledBy(ctx context.Context, words []string) (keys []int64, err error) {
	r, err := d.people.Current(ctx)
	if err != nil {
		return nil, err
	}
	for page := range paged(slices.Values(r.LedBy(words)), whoPage) {
		people, err := d.rows.PersonsByKey(ctx, page)
		if err != nil {
			return nil, err
		}
		for _, key := range page {
			sp, ok := people[key]
			if !ok || sp.Erased {
				continue
			}
			if p := d.unveiled(&sp); slices.ContainsFunc(words, func(w string) bool {
				return strings.EqualFold(strings.TrimSpace(p.Record.Manager), strings.TrimSpace(w))
			}) {
				keys = append(keys, key)
			}
		}
	}
	return keys, nil
}

// atSites are those who are, or may be, at one of some sites now.
func (d *Desk) atSites(ctx context.Context, names []string) ([]int64, error) {
	sites, err := d.rows.Sites(ctx)
	if err != nil {
		return nil, err
	}
	q := WhoQuestion{}
	for _, s := range sites {
		if slices.Contains(names, s.Name) && !slices.Contains(q.Areas, s.Area) {
			q.Areas = append(q.Areas, s.Area)
		}
	}
	return d.inNow(ctx, q, func(p vedette.Presence) bool { return slices.Contains(names, p.Site) })
}

// inNow are those who are, or may be, in some areas now, by a presence of a kind.
func (d *Desk) inNow(ctx context.Context, q WhoQuestion, by func(vedette.Presence) bool) (keys []int64, err error) {
	if len(q.Areas) == 0 {
		return nil, nil
	}
	a, err := d.ask(ctx, q)
	if err != nil {
		return nil, err
	}
	for key := range a.roster.Index.Find(a.find).Persons() {
		ps := a.roster.Index.Presences(key, nil)
		for i := range ps {
			if by(ps[i]) && a.stand(ps, i) >= StandsMayBe {
				keys = append(keys, key)
				break
			}
		}
	}
	return keys, nil
}

// ownPeople gives people by key, with what they were told of what stands.
func (d *Desk) ownPeople(ctx context.Context, keys []int64) ([]OwnPerson, error) {
	people, err := d.rows.PersonsByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	roll, err := d.people.Current(ctx)
	if err != nil {
		return nil, err
	}
	open, err := d.rows.OpenCasesOf(ctx, keys)
	if err != nil {
		return nil, err
	}
	var out []OwnPerson
	at := map[int64]int{}
	for _, key := range keys {
		if sp, ok := people[key]; ok && !sp.Erased {
			at[key] = len(out)
			p := d.open(ctx, &sp)
			out = append(out, OwnPerson{Person: p, Where: whereSeen(&p, standing(roll.Presences(key), d.Now())), Case: slices.Contains(open, key)})
		}
	}
	return out, d.ownTold(ctx, keys, func(key int64, n OwnNotice) {
		if i, ok := at[key]; ok {
			out[i].Told = append(out[i].Told, n)
		}
	})
}

// ownTold gives what people were told of each update that stands, the newest first.
func (d *Desk) ownTold(ctx context.Context, keys []int64, each func(key int64, n OwnNotice)) error {
	if len(keys) == 0 {
		return nil
	}
	stands, err := d.rows.Standing(ctx)
	if err != nil {
		return err
	}
	slices.SortFunc(stands, func(a, b *vedette.Update) int { return b.PublishedAt.Compare(a.PublishedAt) })
	for _, u := range stands {
		rows, err := d.boardRows(ctx, u, store.RowFilter{Persons: keys})
		if err != nil {
			return err
		}
		for _, r := range rows {
			r.Text, r.Duress, r.Shut = "", false, ""
			each(r.Person.Key, OwnNotice{u, r})
		}
	}
	return nil
}
