package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/auth/rights"
	"vedette/roll"
	"vedette/store"
	"vedette/wording"
)

// Roll is a roll-call as of a moment.
type Roll struct {
	vedette.Rollcall
	Rounds      []vedette.RollRound
	AsOf        time.Time
	Counts      map[vedette.RollStanding]int
	Unreachable int // of those not accounted for: without an address any channel sends to, and without a phone
	People      []RollPerson
	Said        LastSaid // the last account
	Added       LastSaid // who came last since it was opened
}

// LastSaid is the last act of a kind in a roll-call; of nobody: there was none.
type LastSaid struct {
	N      int // of how many people
	Marked int // of them, who stay under duress whatever was said
	At     time.Time
	Kind   vedette.AccountKind
	By     string
}

// last notes the last account, and who was added last. It gives of whom that
// account is.
func (r *Roll) last(rec *store.SealedRoll) (said map[int64]bool) {
	seq := int64(0)
	for _, a := range rec.Accounts {
		if a.Seq != seq {
			r.Said, seq, said = LastSaid{At: a.At, Kind: a.Kind, By: a.By}, a.Seq, map[int64]bool{}
		}
		r.Said.N++
		said[a.Person] = true
	}
	for _, m := range rec.People {
		switch {
		case !m.Since.After(r.OpenedAt) || m.Since.Before(r.Added.At):
		case m.Since.Equal(r.Added.At):
			r.Added.N++
		default:
			r.Added = LastSaid{N: 1, At: m.Since}
		}
	}
	return said
}

// Round is the newest round.
func (r *Roll) Round() vedette.RollRound { return r.Rounds[len(r.Rounds)-1] }

// Open is how many are not accounted for.
func (r *Roll) Open() int {
	return r.Counts[vedette.RollSilent] + r.Counts[vedette.RollStale]
}

// RollPerson is a member, how they stand and by which word.
type RollPerson struct {
	vedette.RollMember
	Person  vedette.Person
	Is      vedette.RollStanding
	Was     vedette.AccountKind // what was heard last, "" for nothing
	Source  roll.Source
	At      time.Time
	Account *vedette.Account // that said so, with its words
	Text    string           // of their own answer
	Reached bool             // a message or a call could reach them
	Where   []vedette.Presence
	Asked   time.Time     // they were asked for last
	Tries   []vedette.Try // with their notes, oldest first
	Duress  bool          // a case of duress of theirs is open, or their newest word was given under it: they are not to be rung, and nobody's word makes them safe
	Uncased bool          // somebody said that they need help, and no case of theirs is known
	Shut    string        // that they are compromised, in words: their own number is not to be rung
}

// Rollcalls lists the roll-calls, the newest first; with all, those closed too.
func (d *Desk) Rollcalls(ctx context.Context, all bool) ([]vedette.Rollcall, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	return d.rows.Rollcalls(ctx, all)
}

// Rollcall gives a roll-call with everyone in it: who needs help first, then
// who is not accounted for, by name.
func (d *Desk) Rollcall(ctx context.Context, id vedette.ID) (*Roll, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	if !id.Valid() {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%q is no roll-call's id; `vedette rollcall list` lists them", id)
	}
	rec, err := d.rows.RollRecord(ctx, id, rollScope)
	if vedette.ErrorCode(err) == vedette.CodeNotFound {
		err = vedette.Errorf(vedette.CodeNotFound, "there is no roll-call %s; `vedette rollcall list` lists them", id)
	}
	if err != nil {
		return nil, err
	}
	r := &Roll{Rollcall: rec.Rollcall, Rounds: rec.Rounds, AsOf: d.Now(), Counts: map[vedette.RollStanding]int{}}
	if r.State == vedette.RollcallClosed {
		r.AsOf = r.ClosedAt // as it was left
	}
	said := r.last(rec)
	if err := d.rollPeople(ctx, r, rec); err != nil {
		return nil, err
	}
	if err := d.uncased(ctx, r); err != nil {
		return nil, err
	}
	for i := range r.People {
		p := &r.People[i]
		r.Counts[p.Is]++
		if !p.Reached && !p.Is.Accounted() {
			r.Unreachable++
		}
		if p.Duress && said[p.RollMember.Person] {
			r.Said.Marked++
		}
	}
	slices.SortStableFunc(r.People, func(a, b RollPerson) int {
		return cmp.Or(slices.Index(vedette.RollStandings, a.Is)-slices.Index(vedette.RollStandings, b.Is),
			strings.Compare(strings.ToLower(a.Person.Record.Name), strings.ToLower(b.Person.Record.Name)), cmp.Compare(a.Person.Key, b.Person.Key))
	})
	return r, nil
}

// uncased marks those of whom somebody said that they need help, where no case
// is open or was called for since: nobody ever told them of an update that it
// could be about. In a drill none is opened.
func (d *Desk) uncased(ctx context.Context, r *Roll) error {
	var said []*RollPerson
	for i := range r.People {
		if p := &r.People[i]; p.Is == vedette.RollHelp && p.Account != nil && r.Status == vedette.StatusActual {
			said = append(said, p)
		}
	}
	if len(said) == 0 {
		return nil
	}
	cases, err := d.rows.Cases(ctx, true)
	if err != nil {
		return err
	}
	for _, p := range said {
		p.Uncased = !slices.ContainsFunc(cases, func(c vedette.Case) bool {
			return c.Person == p.RollMember.Person && (c.State != vedette.CaseClosed || !c.CalledAt.Before(p.At))
		})
	}
	return nil
}

// rollScope reads as far back as an answer says something.
func rollScope(_ *vedette.Rollcall, rounds []vedette.RollRound) store.RollScope {
	since := rounds[0].Asked.Add(-roll.Memory)
	return store.RollScope{Since: since, Published: since.Add(-LinkLife)}
}

// rollPeople adds everyone with how they stand.
func (d *Desk) rollPeople(ctx context.Context, r *Roll, rec *store.SealedRoll) error {
	keys := make([]int64, len(rec.People))
	for i, m := range rec.People {
		keys[i] = m.Person
	}
	sealed, err := d.rows.PersonsByKey(ctx, keys)
	if err != nil {
		return err
	}
	people, err := d.people.Current(ctx)
	if err != nil {
		return err
	}
	told, err := d.toldImmediately(ctx, rec)
	if err != nil {
		return err
	}
	shut, err := d.shutNow(ctx)
	if err != nil {
		return err
	}
	duress, err := d.underDuress(ctx, r.AsOf)
	if err != nil {
		return err
	}
	heard := heardOf(rec)
	tries := map[int64][]int{}
	for i := range rec.Tries {
		tries[rec.Tries[i].Person] = append(tries[rec.Tries[i].Person], i)
	}
	asked := r.Round().Asked
	for _, m := range rec.People {
		s := roll.Stand(heard[m.Person], asked, told[m.Person], r.AsOf)
		p := RollPerson{RollMember: m, Is: s.Is, Was: s.Kind, Source: s.Source, At: s.At, Asked: latest(asked, m.Since, told[m.Person])}
		p.Person = vedette.Person{Key: m.Person, Erased: true, Record: vedette.PersonRecord{Name: erased}}
		sp, ok := sealed[m.Person]
		if !ok || sp.Erased {
			r.People = append(r.People, p)
			continue
		}
		p.Shut, p.Duress = shut[m.Person].String(), duress[m.Person]
		if p.Is != vedette.RollHelp && (p.Duress || s.Source == roll.SourceAnswer && !s.At.IsZero() && rec.Answers[s.No].Duress) {
			p.Is, p.Was, p.Duress = vedette.RollSilent, "", true
		}
		p.Person = d.open(ctx, &sp)
		p.Where = whereSeen(&p.Person, standing(people.Presences(m.Person), r.AsOf))
		own := d.unveiled(&sp)
		p.Reached = own.Record.Phone() != "" || people.Reached(m.Person)
		d.rollWords(&p, &sp, rec, s.Heard, tries[m.Person])
		p.veil()
		r.People = append(r.People, p)
	}
	return nil
}

// latest is when somebody was asked for last; a time to come is none.
func latest(asked, since, told time.Time) time.Time {
	for _, t := range []time.Time{since, told} {
		if t.After(asked) {
			asked = t
		}
	}
	return asked
}

// heardOf gathers what was heard of each, in the order it came.
func heardOf(rec *store.SealedRoll) map[int64][]roll.Heard {
	out := map[int64][]roll.Heard{}
	for i, a := range rec.Answers {
		out[a.Person] = append(out[a.Person], roll.Heard{Kind: vedette.AccountKind(a.Kind), Source: roll.SourceAnswer, At: a.At, No: i})
	}
	for i, c := range rec.Checkins {
		out[c.Person] = append(out[c.Person], roll.Heard{Kind: vedette.AccountSafe, Source: roll.SourceCheckin, At: c.At, No: i})
	}
	for i, a := range rec.Accounts {
		out[a.Person] = append(out[a.Person], roll.Heard{Kind: a.Kind, Source: roll.SourceAccount, At: a.At, No: i})
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(a, b roll.Heard) int { return a.At.Compare(b.At) })
	}
	return out
}

// rollWords opens the words that go with how somebody stands.
func (d *Desk) rollWords(p *RollPerson, sp *store.SealedPerson, rec *store.SealedRoll, by roll.Heard, tries []int) {
	switch {
	case by.At.IsZero():
	case by.Source == roll.SourceAnswer:
		p.Text = d.replyText(sp, rec.Answers[by.No].Words)
	case by.Source == roll.SourceAccount:
		a := rec.Accounts[by.No]
		if b, ok := d.openWords(sp, sealedAccount, rec.Words(a.Seq, a.Person)); ok {
			if json.Unmarshal(b, &a.Words) != nil {
				a.Words.Text = "(cannot be opened)"
			}
		}
		p.Account = &a
	}
	for _, i := range tries {
		y := rec.Tries[i]
		if b, ok := d.openWords(sp, sealedTry, rec.Words(y.Seq, y.Person)); ok {
			y.Note = string(b)
		}
		p.Tries = append(p.Tries, y)
	}
}

// The purposes for which words of a roll-call are sealed.
const (
	sealedAccount = "account"
	sealedTry     = "try"
)

func (d *Desk) openWords(sp *store.SealedPerson, purpose string, sealed []byte) ([]byte, bool) {
	if len(sealed) == 0 {
		return nil, false
	}
	pk, err := d.Key.Unwrap(sp.ID, sp.WrappedKey)
	if err != nil {
		return []byte("(cannot be opened)"), true
	}
	b, err := pk.Open(purpose, sealed)
	if err != nil {
		return []byte("(cannot be opened)"), true
	}
	return b, true
}

// sealWords seals words about someone under their key.
func (d *Desk) sealWords(ctx context.Context, people []int64, purpose string, words []byte) (out []store.SealedWords, err error) {
	sealed, err := d.rows.PersonsByKey(ctx, people)
	if err != nil {
		return nil, err
	}
	for _, key := range people {
		sp := sealed[key]
		var pk auth.PersonKey
		if pk, err = d.Key.Unwrap(sp.ID, sp.WrappedKey); err != nil {
			return nil, err
		}
		s := store.SealedWords{Person: key}
		if len(words) > 0 {
			s.Words = pk.Seal(purpose, words)
		}
		out = append(out, s)
	}
	return out, nil
}

// toldImmediately is when each member was last told something immediate: an
// update that is, or one of which a condition is met. Being told the same
// again is a round of its own, and a trip ahead is no danger yet.
func (d *Desk) toldImmediately(ctx context.Context, rec *store.SealedRoll) (map[int64]time.Time, error) {
	out, immediate, met := map[int64]time.Time{}, map[int64]bool{}, map[int64]bool{}
	for _, n := range rec.Told {
		now, known := immediate[n.Update]
		if !known {
			u, err := d.rows.UpdateByKey(ctx, n.Update)
			if err != nil {
				return nil, err
			}
			declared, err := d.rows.Declared(ctx, n.Update)
			if err != nil {
				return nil, err
			}
			now = u.Content.Urgency == vedette.UrgencyImmediate
			immediate[n.Update] = now
			met[n.Update] = slices.ContainsFunc(declared, func(c vedette.Declared) bool { return c.State == vedette.ConditionMet })
		}
		switch n.Cause {
		case vedette.CauseAgain, vedette.CauseAhead, vedette.CauseReminder:
			continue
		case vedette.CauseCondition:
			now = met[n.Update]
		}
		if now && n.At.After(out[n.Person]) {
			out[n.Person] = n.At
		}
	}
	return out, nil
}

// Name is the person's, with what whoever reads it must know before they ring.
func (p *RollPerson) Name() string {
	return marked(p.Person.Record.Name, p.Duress, p.Shut != "")
}

// marked is a name with what whoever reads it must know before they ring.
func marked(name string, duress, shut bool) string {
	for _, w := range warnings(duress, shut) {
		name += " (" + w.String() + ")"
	}
	return name
}

// Warnings are what whoever reads the name must know before they ring.
func (p *RollPerson) Warnings() []wording.Said { return warnings(p.Duress, p.Shut != "") }

func warnings(duress, shut bool) (list []wording.Said) {
	if duress {
		list = append(list, wording.Of("DURESS: ring nobody, see the case"))
	}
	if shut {
		list = append(list, wording.Of("COMPROMISED: not at their own number"))
	}
	return list
}

// accountKinds are what may be said of somebody, within a line.
var accountKinds = map[vedette.AccountKind]string{
	vedette.AccountSafe: wording.Mark("safe"), vedette.AccountHelp: wording.Mark("help##somebody needs it"), vedette.AccountNotThere: wording.Mark("not there"), vedette.AccountBack: wording.Mark("taken back##an account"),
}

// Heard says it in English.
func (p *RollPerson) Heard() string { return p.HeardSays().String() }

// HeardSays is by which word they stand as they do, nothing where none came: what
// was said, and who said it, how they know, and what besides.
func (p *RollPerson) HeardSays() wording.Said {
	said := wording.Word(accountKinds[vedette.AccountKind(p.Was)])
	switch {
	case p.At.IsZero():
		return wording.Said{}
	case p.Account != nil:
		return said.And(accountSays(p.Account))
	case p.Source == roll.SourceCheckin:
		return wording.Of("checked in##by somebody")
	}
	return said.And(wording.Of("their answer"))
}

// verifiedBy say how it is known, and by whom.
var verifiedBy = map[vedette.Verified]string{
	vedette.VerifiedSaw: wording.Mark("seen by %s"), vedette.VerifiedVoice: wording.Mark("spoke with %s##somebody vouches for them"),
	vedette.VerifiedMessage: wording.Mark("wrote to %s##somebody vouches for them"), vedette.VerifiedOther: wording.Mark("heard of by %s"),
}

var accountRoles = map[vedette.AccountRole]string{
	vedette.AsDesk: wording.Mark("desk##a role"), vedette.AsManager: wording.Mark("manager##a role"), vedette.AsWarden: wording.Mark("warden##a role"),
}

func accountSays(x *vedette.Account) wording.Said {
	w := wording.Of("accounted for##somebody is") // sealed words went with the person's key
	if by := verifiedBy[x.How]; by != "" && x.Words.Who != "" {
		w = wording.Said{English: by, Args: []any{x.Words.Who}}
	}
	w = wording.Of("%s (%s, %s)", w, x.By, wording.Word(accountRoles[x.As]))
	if x.Words.Where != "" {
		w = w.And(wording.Of("is %s##at a place", x.Words.Where))
	}
	if x.Words.Text != "" {
		w = wording.Of("%s: %s", w, x.Words.Text)
	}
	return w
}
