package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/advise/until"
	"vedette/auth/rights"
	"vedette/match"
	"vedette/store"
	"vedette/tell"
)

// Why answers why someone is, or is not, concerned by an update, and which
// of its advice applies to them.
type Why struct {
	Person   vedette.Person
	Update   *vedette.Update
	Exposure vedette.Exposure
	Advised  advise.Advised
	AsOf     time.Time            // what was recorded then decides
	Noticed  bool                 // a notice was made by then: relation and advice are its own
	Rounds   []store.Round        // each time they were told, the first first
	Omitted  *store.Omission      // why they were left out of it, nil if they were not
	Changed  vedette.Relation     // what would be decided now, where that differs from the notice
	Told     []vedette.Delivery   // what the ledger holds for them
	Patience []vedette.Escalation // what was, and is, done while they do not answer
	Answer   BoardRow             // their latest answer; Answer "" for none
	Where    []vedette.Presence   // as of now
	Cleared  []*vedette.Update    // all-clears given of it since, for where they are or were
	Shut     []Compromised        // when they were compromised, since the update was published
	Managers []ToldManager        // whom their trips were told to, each by the newest round
	Veiled   []vedette.AreaID     // the places for which they were told discreetly: they were, or may have been, there
	VeiledAt []vedette.AreaID     // for which they are now
}

// WhyQuestion asks about one person and one update.
type WhyQuestion struct {
	Person string // id, personnel number, e-mail address or name
	Update vedette.ID
	At     time.Time // by what was recorded then; zero: when they were told, or it was planned
}

// Why explains one person's relation to an update: as of now while its
// notices are not planned yet, afterwards by what was recorded when they were.
// Of someone who has a notice it tells what that notice says, whatever would
// be said now. Asked for a moment, it answers by what was recorded then.
func (d *Desk) Why(ctx context.Context, q WhyQuestion) (*Why, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	u, err := d.Update(ctx, q.Update)
	if err != nil {
		return nil, err
	}
	p, err := d.Person(ctx, q.Person)
	if err == nil {
		err = d.unknown(ctx, &p)
	}
	if err != nil {
		return nil, err
	}
	w := &Why{Person: p, Update: u, AsOf: q.At}
	if w.Rounds, err = d.rows.Rounds(ctx, u.Key, p.Key); err != nil {
		return nil, err
	}
	if err := d.judged(ctx, w); err != nil {
		return nil, err
	}
	if err := d.judge(ctx, w); err != nil {
		return nil, err
	}
	if err := d.whatWasTold(ctx, w); err != nil {
		return nil, err
	}
	if err := d.whenShut(ctx, w); err != nil {
		return nil, err
	}
	if err := d.whereVeiled(ctx, w); err != nil {
		return nil, err
	}
	return w, d.whatWasCleared(ctx, w)
}

// whenShut adds when they were compromised while the update stood.
func (d *Desk) whenShut(ctx context.Context, w *Why) error {
	all, err := d.CompromisesOf(ctx, &w.Person)
	for _, c := range all {
		if c.Ended.IsZero() || c.Ended.After(w.Update.PublishedAt) {
			w.Shut = append(w.Shut, c)
		}
	}
	return err
}

// judged sets the time that somebody is judged at.
func (d *Desk) judged(ctx context.Context, w *Why) error {
	switch {
	case w.AsOf.After(d.Now()):
		return vedette.Errorf(vedette.CodeInvalid, "%s is yet to come; ask about a moment that has been", w.AsOf.UTC().Format(time.RFC3339))
	case !w.AsOf.IsZero():
		return nil
	case w.Update.State == vedette.UpdateDraft:
		w.AsOf = d.Now()
		return nil
	case len(w.Rounds) > 0:
		// A reminder says what was decided before it.
		word := w.Rounds[len(w.Rounds)-1].Word
		w.AsOf = w.Rounds[word-1].MadeAt
		return nil
	}
	f, err := d.rows.FanoutOf(ctx, w.Update.Key)
	if err != nil {
		return err
	}
	if w.AsOf = f.FinishedAt; w.AsOf.IsZero() {
		w.AsOf = d.Now()
	}
	return nil
}

// judge decides by what was recorded then: presences, watches, figures, and
// conditions as they were declared.
func (d *Desk) judge(ctx context.Context, w *Why) error {
	ps, err := d.rows.PresencesOf(ctx, w.Person.Key, w.AsOf)
	if err != nil {
		return err
	}
	pointed(ps, &w.Person.Record)
	ws, err := d.rows.WatchesOf(ctx, w.Person.Key, w.AsOf)
	if err != nil {
		return err
	}
	set, err := d.rows.SettingsAt(ctx, w.AsOf)
	if err != nil {
		return err
	}
	declared, err := d.declaredAt(ctx, w.Update, w.AsOf)
	if err != nil {
		return err
	}
	clears, err := d.clearedBy(ctx, w.Update, w.AsOf)
	if err != nil {
		return err
	}
	rec := &w.Person.Record
	w.Person.Presence = ps
	rule := match.Prepare(d.Gaz, until.Live(d.Gaz, w.Update, w.AsOf), set)
	w.Exposure = rule.Relate(ps, ws, w.AsOf)
	w.Advised = d.advisedThen(w, declared, clears, advise.Person{Citizenship: rec.Citizenship, Standing: rec.Standing, Dependants: len(rec.Dependants) > 0, Presences: ps,
		Drawn: tell.Drawn(rule, ps, w.AsOf)})
	return nil
}

// pointed sets the exact points of presences from the record they are sealed in.
func pointed(ps []vedette.Presence, rec *vedette.PersonRecord) {
	for i := range ps {
		if pt, ok := rec.Points[ps[i].PointRef]; ok && ps[i].PointRef != "" {
			ps[i].Point = &pt
		}
	}
}

// declaredAt gives the conditions of an update as they were declared by a
// moment.
func (d *Desk) declaredAt(ctx context.Context, u *vedette.Update, at time.Time) ([]vedette.Declared, error) {
	all, err := d.rows.Declarations(ctx, u.Key)
	if err != nil {
		return nil, err
	}
	var out []vedette.Declared
	for _, x := range all { // in the order they were made
		if x.At.After(at) {
			break
		}
		out = slices.DeleteFunc(out, func(o vedette.Declared) bool { return o.Group == x.Group && o.Item == x.Item })
		out = append(out, x)
	}
	return out, nil
}

// whatWasTold adds notices and ledger to an answer; where there was a notice
// by then, its relation and advice are the ones that count.
func (d *Desk) whatWasTold(ctx context.Context, w *Why) error {
	roll, err := d.people.Current(ctx)
	if err != nil {
		return err
	}
	ps := roll.Presences(w.Person.Key)
	w.Where = standing(ps, d.Now())
	if o, omitted, err := d.rows.Omission(ctx, w.Update.Key, w.Person.Key); err != nil {
		return err
	} else if omitted {
		w.Omitted = &o
	}
	if w.Patience, err = d.rows.EscalationsOf(ctx, w.Update.Key, w.Person.Key); err != nil {
		return err
	}
	if w.Managers, err = d.toldManagers(ctx, w.Update.Key, w.Person.Key); err != nil {
		return err
	}
	if n := w.notice(); n != nil {
		now := match.Relate(d.Gaz, until.Live(d.Gaz, w.Update, d.Now()), roll.Settings(), ps, roll.Watches(w.Person.Key), d.Now()).Relation
		if err := d.byNotice(ctx, w, n, now); err != nil {
			return err
		}
	}
	for _, r := range w.Rounds {
		w.Told = append(w.Told, r.Deliveries...)
	}
	return nil
}

// whatWasCleared adds the all-clears of the update that are for a place where
// they are, or were when they were told.
func (d *Desk) whatWasCleared(ctx context.Context, w *Why) error {
	all, err := d.AllClearsOf(ctx, w.Update)
	for _, c := range all {
		there := func(p vedette.Presence) bool { return d.meet(p.Area, c.Clears.Area) }
		if slices.ContainsFunc(w.Where, there) || slices.ContainsFunc(w.Person.Presence, there) {
			w.Cleared = append(w.Cleared, c)
		}
	}
	return err
}

// notice is the last one that was made by the moment asked about, nil for
// none.
func (w *Why) notice() *vedette.Notice {
	for i := len(w.Rounds) - 1; i >= 0; i-- {
		if !w.Rounds[i].MadeAt.After(w.AsOf) {
			return &w.Rounds[i].Notice
		}
	}
	return nil
}

func (d *Desk) byNotice(ctx context.Context, w *Why, n *vedette.Notice, now vedette.Relation) error {
	w.Noticed = true
	rows, err := d.BoardRows(ctx, w.Update.ID, RowFilter{After: w.Person.Key - 1, Limit: 1})
	if err != nil {
		return err
	}
	if len(rows) == 1 && rows[0].Person.Key == w.Person.Key {
		w.Answer = rows[0]
	}
	if w.Exposure.Relation = n.Relation; now != n.Relation {
		w.Changed = now
	}
	vs, err := d.rows.Variants(ctx, w.Update.Key)
	for _, v := range vs {
		if v.No == n.Variant {
			w.Advised.Variant = v
		}
	}
	return err
}

// Person finds someone by id, personnel number, e-mail address or name.
// Several of one name or address are CodeInvalid, with their addresses.
func (d *Desk) Person(ctx context.Context, query string) (vedette.Person, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return vedette.Person{}, err
	}
	query = strings.TrimSpace(query)
	var sp store.SealedPerson
	var err error
	switch {
	case vedette.ID(query).Valid():
		sp, err = d.rows.Person(ctx, vedette.ID(query))
	case strings.Contains(query, "@"):
		// Whoever has a personnel number is kept under that.
		if sp, err = d.rows.PersonByExternal(ctx, d.Key.Hash("email", query)); vedette.ErrorCode(err) == vedette.CodeNotFound {
			return d.personCalled(ctx, query)
		}
	default:
		if sp, err = d.rows.PersonByExternal(ctx, d.Key.Hash("id", query)); vedette.ErrorCode(err) == vedette.CodeNotFound {
			return d.personCalled(ctx, query)
		}
	}
	if vedette.ErrorCode(err) == vedette.CodeNotFound {
		return vedette.Person{}, vedette.Errorf(vedette.CodeNotFound, "nobody here is %q", query)
	}
	if err != nil {
		return vedette.Person{}, err
	}
	p := d.open(ctx, &sp)
	if p.Veiled && query != string(p.ID) { // who types their number must not learn by it who they are
		return vedette.Person{}, vedette.Errorf(vedette.CodeNotFound, "nobody here is %q", query)
	}
	return p, nil
}

// unreadable stands for the name in a record that cannot be opened: one such
// record must not close the pages of all others.
const (
	unreadable = "(record cannot be opened)"
	erased     = "(erased person)"
)

// personCalled finds someone by what stands in their record: name or address.
func (d *Desk) personCalled(ctx context.Context, name string) (vedette.Person, error) {
	var found []vedette.Person
	err := d.EachPerson(ctx, func(p vedette.Person) error {
		if !p.Veiled && (strings.EqualFold(p.Record.Name, name) || strings.EqualFold(p.Record.Email(), name)) {
			found = append(found, p)
		}
		return nil
	})
	switch {
	case err != nil:
		return vedette.Person{}, err
	case len(found) == 0:
		return vedette.Person{}, vedette.Errorf(vedette.CodeNotFound, "nobody here is called %q; give a whole name, an e-mail address or an id", name)
	case len(found) > 1:
		var who []string
		for i, p := range found {
			if i == 5 {
				who = append(who, "…")
				break
			}
			who = append(who, p.Record.Email()+" ("+string(p.ID)+")")
		}
		return vedette.Person{}, vedette.Errorf(vedette.CodeInvalid, "%d people are called %q; name one by address or id: %s", len(found), name, strings.Join(who, ", "))
	}
	return found[0], nil
}

// EachPerson goes through everyone, unsealed.
func (d *Desk) EachPerson(ctx context.Context, fn func(vedette.Person) error) error {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return err
	}
	return d.rows.People(ctx, func(sp *store.SealedPerson) error {
		return fn(d.open(ctx, sp))
	})
}
