package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
	"vedette/wording"
)

// EraseOrder asks that somebody is erased for good.
type EraseOrder struct {
	Person string // id, address or whole name
	Why    vedette.EraseWhy
	Anyway bool   // though something speaks against it, as the preview says
	Seen   string // the version of the preview that was looked at, "" for none
}

// ErasePreview says what is lost when somebody is erased, and what stays.
type ErasePreview struct {
	Person  vedette.Person
	Goes    []wording.Said // can be read by nobody any more
	Stays   []wording.Said // without their name
	Against []wording.Said // what speaks against it now: it takes Anyway
	Version string         // of all of this
}

// wholly gives whom an act is about that gives, or takes, all of somebody: of a restricted
// person only to who may know them.
func (d *Desk) wholly(ctx context.Context, person string) (vedette.Person, error) {
	p, err := d.Person(ctx, person)
	if err == nil {
		err = d.unknown(ctx, &p)
	}
	return p, err
}

// PreviewErase says what erasing somebody would do. It changes nothing.
func (d *Desk) PreviewErase(ctx context.Context, person string) (*ErasePreview, error) {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return nil, err
	}
	p, err := d.wholly(ctx, person)
	if err != nil {
		return nil, err
	}
	if p.Erased {
		return nil, vedette.Errorf(vedette.CodeNotFound, "they are erased already")
	}
	f, err := d.rows.PersonFile(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	e := &ErasePreview{Person: p}
	e.losses(&f)
	if e.Against, err = d.againstErasing(ctx, &p, &f); err != nil {
		return nil, err
	}
	e.Version = e.version(&f)
	return e, nil
}

// counted is how many there are of something, in words for one and for many.
type counted struct {
	n         int
	one, many string
}

func (c counted) said() wording.Said { return oneOrMany(c.n, c.one, c.many) }

// losses says what goes and what stays, with how many there are of each.
func (e *ErasePreview) losses(f *store.PersonFile) {
	n := map[string]int{}
	for _, t := range f.Tables {
		n[t.Name] = len(t.Rows)
	}
	e.Goes = []wording.Said{wording.Of("The key of their record is deleted: name, addresses, numbers, contacts, exact places and wishes can be read by nobody any more, by no way.")}
	for _, c := range []counted{
		{len(standingRows(f, "trip_records")), wording.Mark("%d trip."), wording.Mark("%d trips.")},
		{len(standingRows(f, "watches")), wording.Mark("%d watch."), wording.Mark("%d watches.")},
		{n["replies"], wording.Mark("%d answer: its words."), wording.Mark("%d answers: their words.")},
		{n["case_entries"], wording.Mark("%d note of their calls for help: its words."), wording.Mark("%d notes of their calls for help: their words.")},
		{n["roll_accounts"] + n["roll_tries"], wording.Mark("%d note in roll-calls: its words."), wording.Mark("%d notes in roll-calls: their words.")},
		{n["dead_addresses"], wording.Mark("%d address that nothing is sent to."), wording.Mark("%d addresses that nothing is sent to.")},
		{n["compromises"], wording.Mark("%d time they were held to be compromised: why."), wording.Mark("%d times they were held to be compromised: why.")},
	} {
		if c.n > 0 {
			e.Goes = append(e.Goes, c.said())
		}
	}
	e.Goes = append(e.Goes, wording.Of("They are told nothing from now on, wherever they are; links in what they were sent open nothing."))
	e.Stays = []wording.Said{countsKept(n),
		wording.Of("The record of what was done, by whom and when, with its seals: it names them by an id alone."),
		wording.Of("What was sent to them already, and copies and exports made before: they are out of our hands. A backup that is restored forgets them again, by the list of erasures beside the key.")}
	if n["tasks"] > 0 {
		e.Stays = append(e.Stays, counted{n["tasks"], wording.Mark("%d task names them by their id."), wording.Mark("%d tasks name them by their id.")}.said())
	}
}

// countsKept are the counts that somebody stays in, by the rows of each table.
func countsKept(n map[string]int) wording.Said {
	return wording.Of("Counts, without their name: %s, %s, %s, %s, %s.",
		counted{n["notices"], wording.Mark("%d notice##that was made"), wording.Mark("%d notices##that were made")}.said(),
		counted{n["deliveries"], wording.Mark("%d message##that was sent"), wording.Mark("%d messages##that were sent")}.said(),
		counted{n["replies"], wording.Mark("%d answer"), wording.Mark("%d answers")}.said(),
		counted{n["cases"], wording.Mark("%d call for help"), wording.Mark("%d calls for help")}.said(),
		counted{n["roll_members"], wording.Mark("%d roll-call"), wording.Mark("%d roll-calls")}.said())
}

// standingRows gives the rows of a table that stand.
func standingRows(f *store.PersonFile, table string) (out [][]any) {
	for _, t := range f.Tables {
		at := slices.Index(t.Columns, "recorded_to")
		if t.Name != table || at < 0 {
			continue
		}
		for _, row := range t.Rows {
			if row[at] == nil {
				out = append(out, row)
			}
		}
	}
	return out
}

// againstErasing says what speaks against erasing somebody now: they may need somebody.
func (d *Desk) againstErasing(ctx context.Context, p *vedette.Person, f *store.PersonFile) (out []wording.Said, err error) {
	_, _, open, err := d.rows.CaseOfPerson(ctx, p.Key)
	if err != nil {
		return nil, err
	}
	if open {
		out = append(out, wording.Of("They called for help, and the call is not closed: with them goes how to reach them, and what is noted of it."))
	}
	for _, t := range f.Tables {
		if t.Name == "compromises" && len(standingRows(f, t.Name)) > 0 {
			out = append(out, wording.Of("They are held to be compromised: with them goes that nothing is to be sent to what somebody else may hold."))
		}
	}
	rolls, err := d.rows.OpenRollcallsOf(ctx, p.Key)
	if err != nil {
		return nil, err
	}
	for _, id := range rolls {
		r, err := d.Rollcall(ctx, id)
		if err != nil {
			return nil, err
		}
		for i := range r.People {
			if m := &r.People[i]; m.RollMember.Person == p.Key && m.Is != vedette.RollSafe && m.Is != vedette.RollNotThere {
				out = append(out, wording.Of("They are in the roll-call \"%s\", which is open, and are not safe in it (%s): nobody can look for them any more.", r.Title, notSafe(m.Is)))
			}
		}
	}
	silent, err := d.silentOf(ctx, p.Key)
	if err == nil && silent != "" {
		out = append(out, wording.Of("They were told of something immediate and have not answered: %s.", silent))
	}
	return out, err
}

// notSafe says how somebody stands in a roll-call who is not accounted for as safe or away.
func notSafe(is vedette.RollStanding) wording.Said {
	switch is {
	case vedette.RollHelp:
		return wording.Of("help##how somebody stands")
	case vedette.RollSilent:
		return wording.Of("silent")
	case vedette.RollStale:
		return wording.Of("stale")
	}
	return wording.AsItIs(strings.ReplaceAll(string(is), "_", " "))
}

// silentOf names the newest immediate update that somebody was told of, that still
// stands, and that they did not answer; "" for none.
func (d *Desk) silentOf(ctx context.Context, person int64) (string, error) {
	list, err := d.rows.NoticesOf(ctx, person, noticesShown)
	if err != nil {
		return "", err
	}
	for _, n := range list {
		if n.Answer != "" || n.Status != vedette.StatusActual || n.MadeAt.Before(d.Now().Add(-LinkLife)) {
			continue
		}
		u, err := d.rows.Update(ctx, n.Update)
		if err != nil {
			return "", err
		}
		if u.Content.Urgency == vedette.UrgencyImmediate && u.State == vedette.UpdatePublished {
			return headlineOf(u), nil
		}
	}
	return "", nil
}

// version tells one preview from another: somebody's record, and all that it says.
func (e *ErasePreview) version(f *store.PersonFile) string {
	h := sha256.New()
	for _, t := range f.Tables {
		switch t.Name {
		case "reach", "deliveries", "log": // what is heard of messages is not what somebody decides by
			continue
		}
		for _, row := range t.Rows {
			fmt.Fprintf(h, "%s\x00%v\x00", t.Name, row)
		}
	}
	fmt.Fprintf(h, "%q", e.Against)
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// inEnglish are sentences one after the other, as an error has them.
func inEnglish(list []wording.Said) string {
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = s.String()
	}
	return strings.Join(words, " ")
}

// Erase deletes someone's key and records: they can never be read again, counts and
// ledger stay. It is CodeConflict, and nothing is done, where something speaks against
// it and the order does not say Anyway, and where something changed since the preview.
func (d *Desk) Erase(ctx context.Context, o EraseOrder) (vedette.Person, error) {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return vedette.Person{}, err
	}
	if o.Why.Means() == "" {
		var words []string
		for _, w := range vedette.EraseWhys {
			words = append(words, string(w.Why))
		}
		return vedette.Person{}, vedette.Errorf(vedette.CodeInvalid, "say why they are erased: %s; the record keeps it", strings.Join(words, ", "))
	}
	e, err := d.PreviewErase(ctx, o.Person)
	if err != nil {
		return vedette.Person{}, err
	}
	switch {
	case o.Seen != "" && o.Seen != e.Version:
		return e.Person, vedette.Errorf(vedette.CodeConflict, "nobody was erased: something about them changed since you looked; look again")
	case len(e.Against) > 0 && !o.Anyway:
		return e.Person, vedette.Errorf(vedette.CodeConflict, "nobody was erased, for this speaks against it: %s See to it first; they are erased all the same only with --anyway", inEnglish(e.Against))
	}
	now := d.Now()
	if d.Erased != nil {
		if err := d.Erased(e.Person.ID, now); err != nil {
			return e.Person, err
		}
	}
	return e.Person, d.rows.EraseFor(ctx, e.Person.ID, o.Why, now)
}
