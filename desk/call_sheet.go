package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"vedette"
	"vedette/auth/rights"
	"vedette/roll"
	"vedette/wording"
)

// maxCallers bounds how many may share a call sheet.
const maxCallers = 100

// CallSheets are those whom somebody has to call, by caller. Everyone who is
// not accounted for is on exactly one sheet.
type CallSheets struct {
	*Roll
	Sheets []CallSheet
}

// CallSheet is what one caller has to do. Caller is "" while none is named.
type CallSheet struct {
	Caller string
	Rows   []CallRow // what is due first
}

// CallRow is somebody to be called.
type CallRow struct {
	RollPerson
	Lines []CallLine
	Next  roll.Call
	Rings bool         // there is a number to ring
	Spoke bool         // they were spoken to, and nobody has accounted for them
	Ask   wording.Said // whom to ask to ring them: whoever looks may not know who they are; else nothing
}

// CallLine is a number of theirs, and whether it is known to be wrong.
type CallLine struct {
	vedette.Line
	Wrong bool
}

// CallSheets gives the call sheets of a roll-call.
func (d *Desk) CallSheets(ctx context.Context, id vedette.ID) (*CallSheets, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	r, err := d.Rollcall(ctx, id)
	if err != nil {
		return nil, err
	}
	out := &CallSheets{Roll: r}
	for _, c := range r.Callers {
		out.Sheets = append(out.Sheets, CallSheet{Caller: c})
	}
	if len(out.Sheets) == 0 {
		out.Sheets = []CallSheet{{}}
	}
	var open []RollPerson
	for _, p := range r.People {
		if !p.Is.Accounted() {
			open = append(open, p)
		}
	}
	book, err := d.phoneBook(ctx, open)
	if err != nil {
		return nil, err
	}
	ask := d.askWhom(ctx)
	for _, p := range open {
		row := callRow(p, book.lines(&p, r.AsOf))
		if p.Person.Veiled {
			row.Ask = ask
		}
		i := slices.IndexFunc(out.Sheets, func(s CallSheet) bool { return s.Caller == p.Caller })
		out.Sheets[max(i, 0)].Rows = append(out.Sheets[max(i, 0)].Rows, row)
	}
	for i := range out.Sheets {
		slices.SortStableFunc(out.Sheets[i].Rows, func(a, b CallRow) int {
			if a.Rings != b.Rings { // who cannot be rung is read last, not overlooked
				return cmp.Compare(flagOf(b.Rings), flagOf(a.Rings))
			}
			return a.Next.Due.Compare(b.Next.Due)
		})
	}
	return out, nil
}

func flagOf(b bool) int {
	if b {
		return 1
	}
	return 0
}

func callRow(p RollPerson, lines []vedette.Line) CallRow {
	row := CallRow{RollPerson: p}
	row.Next, row.Rings = roll.Next(lines, p.Tries, p.Asked)
	for _, l := range lines {
		wrong := slices.ContainsFunc(p.Tries, func(t vedette.Try) bool {
			return t.Kind == l.Kind && t.Nth == l.Nth && t.Outcome == vedette.TryWrongNumber
		})
		row.Lines = append(row.Lines, CallLine{l, wrong})
	}
	if n := len(p.Tries); n > 0 {
		last := p.Tries[n-1]
		row.Spoke = last.Outcome == vedette.TrySpoke && last.Kind == vedette.LineOwn && !last.At.Before(p.Asked)
	}
	return row
}

// DivideCalls names who calls, and divides everyone among them: evenly, and so
// that whoever is on a sheet stays on it as far as may be.
func (d *Desk) DivideCalls(ctx context.Context, id vedette.ID, callers []string) (*CallSheets, error) {
	if err := d.asks(&ctx, rights.Account); err != nil {
		return nil, err
	}
	var names []string
	for _, c := range callers {
		name, err := named(c)
		if err != nil {
			return nil, vedette.Errorf(vedette.CodeInvalid, "a caller has no name, or one that is too long: %q", c)
		}
		if slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
			return nil, vedette.Errorf(vedette.CodeInvalid, "%q is named twice among the callers; tell the two apart", name)
		}
		names = append(names, name)
	}
	if len(names) == 0 || len(names) > maxCallers {
		return nil, vedette.Errorf(vedette.CodeInvalid, "name 1 to %d callers", maxCallers)
	}
	r, err := d.Rollcall(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := d.rows.DivideRollcall(ctx, id, names, d.Now(), r.divide); err != nil {
		return nil, err
	}
	return d.CallSheets(ctx, id)
}

// TryOrder says how a try to reach somebody went.
type TryOrder struct {
	Rollcall vedette.ID
	Person   string
	Line     vedette.LineKind // "" is the number that was due
	Nth      int              // of its kind; 0 is the first
	Outcome  vedette.TryOutcome
	Note     string
	By       string
}

// KeepTry keeps how a try went, and gives what is to be done next.
func (d *Desk) KeepTry(ctx context.Context, o TryOrder) (*CallRow, error) {
	if err := d.asks(&ctx, rights.Account); err != nil {
		return nil, err
	}
	by, err := named(o.By)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(vedette.TryOutcomes, o.Outcome) {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%q is no outcome; say no_answer, busy, wrong_number, left_message or spoke", o.Outcome)
	}
	note := strings.TrimSpace(o.Note)
	if !utf8.ValidString(note) || utf8.RuneCountInString(note) > vedette.MaxReplyText {
		return nil, vedette.Errorf(vedette.CodeInvalid, "the note is not text, or longer than %d characters; shorten it", vedette.MaxReplyText)
	}
	r, err := d.Rollcall(ctx, o.Rollcall)
	if err != nil {
		return nil, err
	}
	people, err := d.membersCalled(ctx, r, []string{o.Person})
	if err != nil {
		return nil, err
	}
	p := people[0]
	book, err := d.phoneBook(ctx, people)
	if err != nil {
		return nil, err
	}
	lines, now := book.lines(&p, r.AsOf), d.Now()
	y, err := tried(&p, lines, &o)
	if err != nil {
		return nil, err
	}
	y.By, y.At, y.Note = by, now, note
	sealed, err := d.sealWords(ctx, []int64{y.Person}, sealedTry, []byte(note))
	if err != nil {
		return nil, err
	}
	if err := d.rows.KeepTry(ctx, r.ID, y, sealed[0].Words); err != nil {
		return nil, err
	}
	p.Tries = append(p.Tries, y)
	row := callRow(p, lines)
	return &row, nil
}

// tried says which number a try was of.
func tried(p *RollPerson, lines []vedette.Line, o *TryOrder) (vedette.Try, error) {
	y := vedette.Try{Person: p.RollMember.Person, Outcome: o.Outcome, Kind: o.Line, Nth: max(o.Nth, 1)}
	if o.Line == "" {
		next, ok := roll.Next(lines, p.Tries, p.Asked)
		if !ok {
			return y, vedette.Errorf(vedette.CodeInvalid, "no number of theirs is kept that may be right; if another was rung say which: --number own, emergency, companion, site or hotel")
		}
		y.Kind, y.Nth = next.Line.Kind, next.Line.Nth
		return y, nil
	}
	if !slices.Contains(vedette.LineKinds, o.Line) {
		return y, vedette.Errorf(vedette.CodeInvalid, "%q is no number of somebody's; say own, emergency, companion, site or hotel", o.Line)
	}
	return y, nil
}

// phoneBook finds the numbers of people: their sites' and hotels' too.
type phoneBook struct {
	sites map[string]vedette.Site
	stays map[int64][]vedette.Stay
}

// phoneBook reads the landlines of the sites and the hotels of some people.
func (d *Desk) phoneBook(ctx context.Context, people []RollPerson) (*phoneBook, error) {
	b := &phoneBook{sites: map[string]vedette.Site{}, stays: map[int64][]vedette.Stay{}}
	sites, err := d.rows.Sites(ctx)
	if err != nil || len(people) == 0 {
		return b, err
	}
	for _, s := range sites {
		b.sites[s.Name] = s
	}
	keys := make([]int64, len(people))
	for i := range people {
		keys[i] = people[i].RollMember.Person
	}
	sealed, err := d.rows.PersonsByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	trips, err := d.rows.SealedTrips(ctx, keys...)
	if err != nil {
		return nil, err
	}
	for i := range trips {
		sp := sealed[trips[i].Person]
		pk, err := d.Key.Unwrap(sp.ID, sp.WrappedKey)
		if err != nil || trips[i].Cancelled {
			continue // a record that cannot be opened has no numbers
		}
		if t, _, err := openTrip(pk, &trips[i]); err == nil {
			b.stays[trips[i].Person] = append(b.stays[trips[i].Person], t.Stays...)
		}
	}
	return b, nil
}

// lines are the numbers to reach somebody by, in the order they are rung:
// their own, whoever is kept as a second contact, the site and the hotel they
// are at.
func (b *phoneBook) lines(p *RollPerson, now time.Time) (out []vedette.Line) {
	nth := map[vedette.LineKind]int{}
	add := func(k vedette.LineKind, name, phone string) {
		nth[k]++
		if phone != "" {
			out = append(out, vedette.Line{Kind: k, Nth: nth[k], Name: name, Phone: phone})
		}
	}
	if p.Person.Veiled {
		return nil // whoever may know them rings
	}
	if p.Duress {
		return nil // whoever is rung may show that it is known: what is done is decided in the case
	}
	own := p.Person.Record.Phone()
	if p.Shut != "" {
		own = "" // whoever has them, or their phone, would answer
	}
	add(vedette.LineOwn, p.Person.Record.Name, own)
	for _, kind := range vedette.LineKinds[1:] {
		for _, c := range p.Person.Record.Contacts {
			if vedette.LineKind(c.Kind) == kind {
				add(kind, c.Name, c.Phone)
			}
		}
		switch kind {
		case vedette.LineSite:
			for _, pr := range p.Where {
				if s, ok := b.sites[pr.Site]; ok && pr.Covers(now) {
					add(kind, s.Name, s.Phone)
				}
			}
		case vedette.LineHotel:
			for _, s := range b.stays[p.RollMember.Person] {
				if !s.From.After(now) && (s.To.IsZero() || s.To.After(now)) {
					add(kind, s.Name, s.Phone)
				}
			}
		}
	}
	return out
}
