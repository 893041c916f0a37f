package desk

import (
	"context"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/reachable"
	"vedette/reachable/listen"
	"vedette/store"
	"vedette/wording"
)

// Board is how far an update has come: who is concerned, every state of the
// ledger, the answers, the silent.
type Board struct {
	Update    *vedette.Update
	Tally     store.Tally
	Countries []CountryTally
	Managers  []ToldManager     // of those whose trips clash: who were told, or are not reached
	Cleared   []*vedette.Update // all-clears given of it since
	Shut      []Compromised     // left out, or no longer told, for they are compromised
	Quiet     []QuietArea       // areas whose word falls under their habit
	Earlier   []Earlier         // older updates of the situation with calls for help
	Sending   bool
	Patience  store.EscalationTally // those who are told again, and those on the call list
	Waits     store.Waits           // people told later, as they wish
	Asked     int                   // open tasks about people: who said STOP, who wrote what nobody could read
	AsOf      time.Time
}

// QuietArea is an area whose word of an update falls under its habit.
type QuietArea struct {
	Name string
	reachable.Silence
	Says wording.Said
}

// quiet finds the areas that are silent and by habit are not.
func (d *Desk) quiet(ctx context.Context, u *vedette.Update, now time.Time) (out []QuietArea, err error) {
	list, err := listen.Silences(ctx, d.rows, d.Gaz, u, now)
	for _, s := range list {
		name := d.placeName(s.Area)
		out = append(out, QuietArea{name, s, s.Says(name, now)})
	}
	return out, err
}

// Earlier is an older update of the situation by which people called for help:
// a call does not end with a newer update.
type Earlier struct {
	Update *vedette.Update
	Help   int
}

// CountryTally is the tally of one country or sea. Someone concerned in two
// is counted in both.
type CountryTally struct {
	Area  vedette.AreaID
	Name  string
	Tally store.Tally
}

// Board gives the board of an update.
func (d *Desk) Board(ctx context.Context, id vedette.ID) (*Board, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	u, err := d.Update(ctx, id)
	if err != nil {
		return nil, err
	}
	if u.State == vedette.UpdateDraft {
		return nil, vedette.Errorf(vedette.CodeConflict, "update %s is a draft: nobody was told; publish it first", id)
	}
	b := &Board{Update: u, AsOf: d.Now()}
	if b.Tally, err = d.rows.Tally(ctx, u.Key); err != nil {
		return nil, err
	}
	if b.Sending, err = d.Sending(ctx); err != nil {
		return nil, err
	}
	if b.Asked, err = d.asked(ctx); err != nil {
		return nil, err
	}
	if b.Patience, err = d.rows.EscalationTally(ctx, u.Key); err != nil {
		return nil, err
	}
	if b.Waits, err = d.rows.Waiting(ctx, u.Key, b.AsOf); err != nil {
		return nil, err
	}
	if b.Earlier, err = d.earlierHelp(ctx, u); err != nil {
		return nil, err
	}
	if b.Quiet, err = d.quiet(ctx, u, b.AsOf); err != nil {
		return nil, err
	}
	if b.Shut, err = d.shutOf(ctx, u.Key); err != nil {
		return nil, err
	}
	if b.Managers, err = d.toldManagers(ctx, u.Key, 0); err != nil {
		return nil, err
	}
	if b.Cleared, err = d.AllClearsOf(ctx, u); err != nil {
		return nil, err
	}
	b.Countries, err = d.countryTallies(ctx, u)
	return b, err
}

func (d *Desk) earlierHelp(ctx context.Context, u *vedette.Update) (out []Earlier, err error) {
	if u.Number < 2 {
		return nil, nil
	}
	chain, err := d.rows.Chain(ctx, u.Situation.ID) // newest first
	for i, old := range chain {
		if old.Number >= u.Number {
			continue
		}
		calls, err := d.rows.Rows(ctx, old.Key, store.RowFilter{Answer: vedette.ReplyHelp})
		if err != nil {
			return nil, err
		}
		open := 0
		for _, c := range calls {
			again, err := d.answeredSince(ctx, c, chain[:i])
			if err != nil {
				return nil, err
			}
			if !again {
				open++
			}
		}
		if open > 0 {
			out = append(out, Earlier{old, open})
		}
	}
	return out, err
}

func (d *Desk) countryTallies(ctx context.Context, u *vedette.Update) ([]CountryTally, error) {
	by, err := d.rows.VariantTally(ctx, u.Key)
	if err != nil {
		return nil, err
	}
	return d.byCountry(ctx, u, by)
}

// byCountry sums tallies of an update's variants up by country.
func (d *Desk) byCountry(ctx context.Context, u *vedette.Update, by map[int]store.Tally) ([]CountryTally, error) {
	vs, err := d.rows.Variants(ctx, u.Key)
	if err != nil {
		return nil, err
	}
	count, sums := map[vedette.AreaID]int{}, map[vedette.AreaID]*store.Tally{}
	for _, v := range vs {
		t := by[v.No]
		for _, a := range v.Areas {
			if sums[a] == nil {
				sums[a] = &store.Tally{}
			}
			sums[a].Add(t)
			count[a] += t.Concerned
		}
	}
	var out []CountryTally
	for _, c := range d.countries(count) {
		out = append(out, CountryTally{Area: c.Area, Name: c.Name, Tally: *sums[c.Area]})
	}
	return out, nil
}

// answeredSince says whether someone who called for help has answered a newer
// update since: then that answer is the one that counts.
func (d *Desk) answeredSince(ctx context.Context, call store.Row, newer []*vedette.Update) (bool, error) {
	for _, u := range newer {
		rows, err := d.rows.Rows(ctx, u.Key, store.RowFilter{After: call.Recipient - 1, Limit: 1})
		if err != nil {
			return false, err
		}
		if len(rows) == 1 && rows[0].Recipient == call.Recipient && rows[0].Answer != "" && rows[0].AnsweredAt.After(call.AnsweredAt) {
			return true, nil
		}
	}
	return false, nil
}

// BoardRow is one person on the board.
type BoardRow struct {
	Person     vedette.Person
	Where      []vedette.Presence // as of now
	Relation   vedette.Relation
	State      vedette.DeliveryState // "" when no channel reaches them
	Detail     string
	Answer     vedette.ReplyKind
	AnsweredAt time.Time
	TappedAt   time.Time // when it was tapped on a phone that had no line; zero: it came at once
	Text       string
	Duress     bool   // the answer was given under duress: they are not safe, and are not to be rung
	Shut       string // that they are compromised, in words
}

// BoardRows lists the people behind a count of the board.
func (d *Desk) BoardRows(ctx context.Context, id vedette.ID, f store.RowFilter) ([]BoardRow, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	u, err := d.Update(ctx, id)
	if err != nil {
		return nil, err
	}
	return d.boardRows(ctx, u, f)
}

func (d *Desk) boardRows(ctx context.Context, u *vedette.Update, f store.RowFilter) ([]BoardRow, error) {
	rows, err := d.rows.Rows(ctx, u.Key, f)
	if err != nil {
		return nil, err
	}
	keys := make([]int64, len(rows))
	for i, r := range rows {
		keys[i] = r.Recipient
	}
	people, err := d.rows.PersonsByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	roll, err := d.people.Current(ctx)
	if err != nil {
		return nil, err
	}
	shut, err := d.shutNow(ctx)
	if err != nil {
		return nil, err
	}
	now := d.Now()
	out := make([]BoardRow, 0, len(rows))
	for _, r := range rows {
		br := BoardRow{Person: vedette.Person{Key: r.Recipient, Erased: true}, Relation: r.Relation, State: r.State,
			Detail: r.Detail, Answer: r.Answer, AnsweredAt: r.AnsweredAt, TappedAt: r.TappedAt, Duress: r.Belief == vedette.UnderDuress, Shut: shut[r.Recipient].String()}
		if sp, ok := people[r.Recipient]; ok && !sp.Erased {
			br.Person = d.open(ctx, &sp)
			br.Text, br.Detail = hushed(&br.Person, d.replyText(&sp, r.AnswerSealed)), hushed(&br.Person, br.Detail)
			br.Where = whereSeen(&br.Person, standing(roll.Presences(r.Recipient), now))
		}
		out = append(out, br)
	}
	return out, nil
}

// standing picks the presences that are not over, those of now first.
func standing(ps []vedette.Presence, now time.Time) []vedette.Presence {
	var here, ahead []vedette.Presence
	for _, p := range ps {
		if p.Covers(now) {
			here = append(here, p)
		} else if p.Ahead(now) {
			ahead = append(ahead, p)
		}
	}
	return append(here, ahead...)
}

func (d *Desk) replyText(sp *store.SealedPerson, sealed []byte) string {
	return d.unsealed(sp, replyLabel, sealed)
}

// unsealed opens words under a person's key, for the eye.
func (d *Desk) unsealed(sp *store.SealedPerson, label string, sealed []byte) string {
	if len(sealed) == 0 {
		return ""
	}
	pk, err := d.Key.Unwrap(sp.ID, sp.WrappedKey)
	if err != nil {
		return "(cannot be opened)"
	}
	b, err := pk.Open(label, sealed)
	if err != nil {
		return "(cannot be opened)"
	}
	return string(b)
}
