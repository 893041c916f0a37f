package desk

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
	"vedette/wording"
)

// caseLabel seals what the desk writes into a case. What the person answered is
// sealed as their reply.
const caseLabel = "case"

// CaseRow is a case with whose it is.
type CaseRow struct {
	vedette.Case
	Name string
	Late bool         // nobody took it, or was in contact, in time
	Shut wording.Said // that the person is compromised; nothing where they are not
}

// CaseCard is a case with all that is known of it.
type CaseCard struct {
	CaseRow
	Who   vedette.Person
	Place string // where they were last known to be, by the desk's word; "" if it said none
	Log   []vedette.CaseEntry
	Sent  []CaseLetter
	Ask   wording.Said // whom to ask who they are, nothing where whoever looks may know it
}

// CaseLetter is a letter about a case, with whom it goes to.
type CaseLetter struct {
	vedette.Letter
	To string // name
}

// Cases lists the calls for help that are not closed, what is due first; with
// all, the closed ones too.
func (d *Desk) Cases(ctx context.Context, all bool) ([]CaseRow, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	list, err := d.rows.Cases(ctx, all)
	if err != nil {
		return nil, err
	}
	return d.caseRows(ctx, list)
}

// caseRows says whose cases are.
func (d *Desk) caseRows(ctx context.Context, list []vedette.Case) ([]CaseRow, error) {
	keys := make([]int64, len(list))
	for i := range list {
		keys[i] = list[i].Person
	}
	people, err := d.rows.PersonsByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	shut, err := d.shutNow(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]CaseRow, len(list))
	for i, c := range list {
		sp := people[c.Person]
		rows[i] = d.caseRow(ctx, c, &sp, shut)
	}
	return rows, nil
}

func (d *Desk) caseRow(ctx context.Context, c vedette.Case, sp *store.SealedPerson, shut map[int64]wording.Said) CaseRow {
	return CaseRow{Case: c, Name: d.open(ctx, sp).Record.Name, Late: c.Late(d.Now()), Shut: shut[c.Person]}
}

// CaseOf gives a case with its log.
func (d *Desk) CaseOf(ctx context.Context, id vedette.ID) (*CaseCard, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	if err := caseID(id); err != nil {
		return nil, err
	}
	c, entries, err := d.rows.Case(ctx, id)
	if err != nil {
		return nil, err
	}
	sp, err := d.rows.PersonByKey(ctx, c.Person)
	if err != nil {
		return nil, err
	}
	shut, err := d.shutNow(ctx)
	if err != nil {
		return nil, err
	}
	card := &CaseCard{CaseRow: d.caseRow(ctx, c, &sp, shut), Who: d.open(ctx, &sp)}
	for _, e := range entries {
		label := caseLabel
		if e.Kind.ByPerson() {
			label = replyLabel
		}
		e.Text = hushed(&card.Who, d.unsealed(&sp, label, e.Sealed))
		if e.Kind == vedette.CasePlace {
			card.Place = e.Text
		}
		card.Log = append(card.Log, e.CaseEntry)
	}
	if card.Who.Veiled {
		card.Ask = d.askWhom(ctx)
	}
	card.Sent, err = d.caseLetters(ctx, card)
	return card, err
}

// caseLetters are the letters about a case.
func (d *Desk) caseLetters(ctx context.Context, card *CaseCard) ([]CaseLetter, error) {
	list, err := d.rows.LettersOf(ctx, card.Key)
	if err != nil {
		return nil, err
	}
	keys := make([]int64, len(list))
	for i := range list {
		keys[i] = list[i].Recipient
	}
	turns, err := d.rows.DutiesByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	out := make([]CaseLetter, len(list))
	for i, l := range list {
		out[i] = CaseLetter{Letter: l, To: card.Name}
		if t, ok := turns[l.Recipient]; ok {
			out[i].To = t.Name
		} else {
			out[i].Detail = hushed(&card.Who, l.Detail) // a refusal may name the address
		}
	}
	return out, nil
}

func caseID(id vedette.ID) error {
	if !id.Valid() {
		return vedette.Errorf(vedette.CodeInvalid, "%q is no case's id; `vedette case list` shows them", id)
	}
	return nil
}

// CaseOrder asks for something to be done in a case.
type CaseOrder struct {
	Case vedette.ID
	Kind vedette.CaseEntryKind // take, hand_over, note, write, place, close
	By   string
	To   string        // who has it after a hand-over
	Text string        // the note, the place, or why
	Next time.Duration // until the next contact; 0 is the usual
	Read bool          // of duress: it is known that whoever makes them answer may read what is written
}

// ActOnCase does it, and gives the case then.
func (d *Desk) ActOnCase(ctx context.Context, o CaseOrder) (*CaseCard, error) {
	if err := d.asks(&ctx, rights.TakeCases); err != nil {
		return nil, err
	}
	o.Text, o.To = strings.TrimSpace(o.Text), strings.TrimSpace(o.To)
	if err := o.validate(); err != nil {
		return nil, err
	}
	c, _, err := d.rows.Case(ctx, o.Case)
	if err != nil {
		return nil, err
	}
	if o.Kind == vedette.CaseWrite && c.Duress && !o.Read {
		return nil, vedette.Errorf(vedette.CodeConflict, "not written: the case is of duress, and whoever makes them answer may read it; if it says nothing that they may not know, say so: --read-by-others")
	}
	act := store.CaseAct{Case: o.Case, Kind: o.Kind, By: o.By, Owner: o.To, Next: o.Next, Over: d.letterChannels()}
	if o.Kind == vedette.CaseTake {
		act.Owner = o.By
	}
	if act.Sealed, err = d.sealedFor(ctx, c.Person, caseLabel, o.Text); err != nil {
		return nil, err
	}
	if _, err := d.rows.ActOnCase(ctx, act, d.Now()); err != nil {
		return nil, err
	}
	return d.CaseOf(ctx, o.Case)
}

func (o *CaseOrder) validate() error {
	if err := caseID(o.Case); err != nil {
		return err
	}
	switch n := utf8.RuneCountInString(o.Text); {
	case o.Kind == vedette.CaseHandOver && o.To == "":
		return vedette.Errorf(vedette.CodeInvalid, "say to whom the case is handed over")
	case o.Kind != vedette.CaseTake && o.Kind != vedette.CaseHandOver && o.Text == "":
		return vedette.Errorf(vedette.CodeInvalid, "a note, a message, a place and a closing need words; say what is known, where, or why")
	case !utf8.ValidString(o.Text):
		return vedette.Errorf(vedette.CodeInvalid, "what was written is not text")
	case o.Kind == vedette.CaseWrite && n > vedette.MaxCaseWords:
		return vedette.Errorf(vedette.CodeInvalid, "the message has %d characters; at most %d are sent, please shorten it", n, vedette.MaxCaseWords)
	case n > vedette.MaxReplyText:
		return vedette.Errorf(vedette.CodeInvalid, "the words have %d characters; at most %d are kept, please shorten them", n, vedette.MaxReplyText)
	}
	return nil
}
