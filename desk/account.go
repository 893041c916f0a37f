package desk

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/match"
	"vedette/store"
)

// AccountOrder says how members of a roll-call are, who did not, or not alone,
// say so themselves: those named, or everyone at a site but those excepted.
type AccountOrder struct {
	Rollcall vedette.ID
	Persons  []string
	Site     string
	Except   []string // of the site
	Kind     vedette.AccountKind
	How      vedette.Verified
	Who      string // spoke to them
	Where    string // of those who are not there
	Text     string
	As       vedette.AccountRole
	By       string
	DryRun   bool   // see of whom it would be
	Seen     string // of a site: of whom it was shown to be (Accounted.Set); where it would be of others, nothing is noted. "": not looked at
}

// Accounted is of whom an account is, or would be.
type Accounted struct {
	People []RollPerson
	// At the site, and left out: they said otherwise themselves, or somebody
	// else said so, or their answer was given under duress. They are accounted
	// for by name.
	LeftOut   []RollPerson
	Changed   bool         // it would be of others than it was shown to be: nothing was noted
	Corrected bool         // where they are held to be was corrected, as an answer would
	Uncased   []RollPerson // who need help and have no case by it: nobody ever told them of an update that it could be about
}

// Set says of how many people an account is, and of which.
func (a *Accounted) Set() string {
	ids := make([]string, len(a.People))
	for i := range a.People {
		ids[i] = string(a.People[i].Person.ID)
	}
	slices.Sort(ids)
	sum := sha256.Sum256([]byte(strings.Join(ids, " ")))
	return fmt.Sprintf("%d-%x", len(ids), sum[:12])
}

// unseen refuses an account of others than it was shown to be of.
func (a *Accounted) unseen(seen string) error {
	if a.Changed = seen != "" && seen != a.Set(); !a.Changed {
		return nil
	}
	was, _, _ := strings.Cut(seen, "-")
	return vedette.Errorf(vedette.CodeConflict, "nothing was noted: of whom it would be has changed since it was shown, %s then, %d now; look at the names again", was, len(a.People))
}

// WhyLeft says why an account of their site leaves somebody out.
func (p *RollPerson) WhyLeft() string {
	if p.Duress {
		return p.Name()
	}
	return p.Name() + " said otherwise; account for them by name"
}

// Account accounts for members of a roll-call. "Not there" corrects where they
// are held to be, as their own answer would; in a drill it corrects nothing.
// A group never speaks over one who needs help or is elsewhere.
func (d *Desk) Account(ctx context.Context, o AccountOrder) (*Accounted, error) {
	if err := d.asks(&ctx, rights.Account); err != nil {
		return nil, err
	}
	now := d.Now()
	by, err := named(o.By)
	if err != nil {
		return nil, err
	}
	a := vedette.Account{Kind: o.Kind, How: o.How, As: o.As, By: by, At: now,
		Words: vedette.AccountWords{Who: oneLine(o.Who), Where: oneLine(o.Where), Text: strings.TrimSpace(o.Text)}}
	if a.Kind != vedette.AccountNotThere {
		a.Words.Where = ""
	}
	if err := a.Validate(); err != nil {
		return nil, err
	}
	r, err := d.Rollcall(ctx, o.Rollcall)
	if err != nil {
		return nil, err
	}
	out, err := d.accountedFor(ctx, r, &o)
	if err == nil && !o.DryRun {
		err = out.unseen(o.Seen)
	}
	if err != nil || o.DryRun {
		return out, err
	}
	words, err := json.Marshal(a.Words)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInternal, "an account cannot be written as JSON")
	}
	keys := make([]int64, len(out.People))
	for i := range out.People {
		keys[i] = out.People[i].RollMember.Person
	}
	sealed, err := d.sealWords(ctx, keys, sealedAccount, words)
	if err != nil {
		return nil, err
	}
	if a.Kind == vedette.AccountHelp && r.Status == vedette.StatusActual {
		return out, d.accountHelp(ctx, r, a, out, sealed)
	}
	if err := d.rows.AccountFor(ctx, r.ID, a, sealed); err != nil || a.Kind != vedette.AccountNotThere || r.Status != vedette.StatusActual {
		return out, err
	}
	out.Corrected, err = d.accountedElsewhere(ctx, r, keys, by, now)
	return out, err
}

// accountHelp accounts for people who need help, and opens their cases.
func (d *Desk) accountHelp(ctx context.Context, r *Roll, a vedette.Account, out *Accounted, sealed []store.SealedWords) error {
	text := "needs help, by an account in the roll-call “" + r.Title + "” (" + a.How.Words() + " " + a.Words.Who + ")"
	if a.Words.Text != "" {
		text += ": " + a.Words.Text
	}
	words := make([]store.SealedWords, len(sealed))
	for i, s := range sealed {
		b, err := d.sealedFor(ctx, s.Person, caseLabel, text)
		if err != nil {
			return err
		}
		words[i] = store.SealedWords{Person: s.Person, Words: b}
	}
	without, err := d.rows.AccountHelp(ctx, r.ID, a, sealed, words)
	for _, p := range out.People {
		if slices.Contains(without, p.RollMember.Person) {
			out.Uncased = append(out.Uncased, p)
		}
	}
	return err
}

// Marked gives those it is of who stay under duress, whatever it says.
func (a *Accounted) Marked() (list []RollPerson) {
	for i := range a.People {
		if a.People[i].Duress {
			list = append(list, a.People[i])
		}
	}
	return list
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// accountedFor finds of whom an account is.
func (d *Desk) accountedFor(ctx context.Context, r *Roll, o *AccountOrder) (*Accounted, error) {
	switch {
	case len(o.Persons) == 0 && o.Site == "":
		return nil, vedette.Errorf(vedette.CodeInvalid, "say of whom: name people, or a site")
	case len(o.Persons) > 0 && o.Site != "":
		return nil, vedette.Errorf(vedette.CodeInvalid, "name people or a site, not both")
	case o.Site == "" && len(o.Except) > 0:
		return nil, vedette.Errorf(vedette.CodeInvalid, "somebody is excepted of a site only")
	}
	out := &Accounted{}
	if o.Site != "" {
		except, err := d.membersCalled(ctx, r, o.Except)
		if err != nil {
			return nil, err
		}
		return out, out.atSite(r, o, except)
	}
	people, err := d.membersCalled(ctx, r, o.Persons)
	out.People = people
	return out, err
}

// membersCalled finds members of a roll-call by name, address or id, each once.
func (d *Desk) membersCalled(ctx context.Context, r *Roll, names []string) (out []RollPerson, err error) {
	for _, name := range names {
		p, err := d.Person(ctx, name)
		if err != nil {
			return nil, err
		}
		i := r.at(p.Key)
		if i < 0 {
			return nil, vedette.Errorf(vedette.CodeInvalid, "%q is no member of this roll-call; add them first: vedette rollcall refresh %s --person %q", name, r.ID, name)
		}
		if slices.ContainsFunc(out, func(o RollPerson) bool { return o.RollMember.Person == p.Key }) {
			continue
		}
		out = append(out, r.People[i])
	}
	return out, nil
}

func (r *Roll) at(person int64) int {
	return slices.IndexFunc(r.People, func(p RollPerson) bool { return p.RollMember.Person == person })
}

// atSite takes the members whom we hold to be at a site now.
func (a *Accounted) atSite(r *Roll, o *AccountOrder, except []RollPerson) error {
	for i := range r.People {
		p := &r.People[i]
		here := slices.ContainsFunc(p.Where, func(pr vedette.Presence) bool {
			return pr.Site != "" && strings.EqualFold(pr.Site, strings.TrimSpace(o.Site)) && pr.Covers(r.AsOf)
		})
		named := slices.ContainsFunc(except, func(e RollPerson) bool { return e.RollMember.Person == p.RollMember.Person })
		switch {
		case !here || named:
		case p.Person.Erased, o.Kind == vedette.AccountBack && p.Account == nil:
		case p.Duress: // it would take the mark away that they were made to say that they are safe
			a.LeftOut = append(a.LeftOut, *p)
		case o.Kind != vedette.AccountBack && (p.Was == vedette.AccountHelp || p.Was == vedette.AccountNotThere) && p.Was != o.Kind:
			a.LeftOut = append(a.LeftOut, *p)
		default:
			a.People = append(a.People, *p)
		}
	}
	if len(a.People) == 0 {
		return vedette.Errorf(vedette.CodeInvalid, "nobody of this roll-call is held to be at a site called %q and can be accounted for so; name people, or see `vedette sites list`", o.Site)
	}
	return nil
}

// OpensCases says whether an account that somebody needs help opens a case: in a
// drill it opens none.
func (r *Roll) OpensCases() bool { return r.Status == vedette.StatusActual }

// Corrects says whether an account that somebody is not there corrects where
// they are held to be: in a drill it does not, nor where a roll-call has no
// places.
func (d *Desk) Corrects(ctx context.Context, r *Roll) (bool, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return false, err
	}
	if r.Status != vedette.StatusActual {
		return false, nil
	}
	places, err := d.rollPlaces(ctx, r)
	return len(places) > 0, err
}

// rollPlaces are the places of a roll-call, and those of the update it is about.
// One of people by name has none.
func (d *Desk) rollPlaces(ctx context.Context, r *Roll) (places []*match.Prepared, err error) {
	set, err := d.rows.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if len(r.Areas)+len(r.Shapes) > 0 {
		places = append(places, match.ForAreas(d.Gaz, r.Areas, r.Shapes, set))
	}
	if r.Update != "" {
		u, err := d.rows.Update(ctx, r.Update)
		if err != nil {
			return nil, err
		}
		if u.Asks == "" { // its question is of its own places
			places = append(places, match.Prepare(d.Gaz, u, set))
		}
	}
	return places, nil
}

// accountedElsewhere corrects where people are held to be who are not there.
func (d *Desk) accountedElsewhere(ctx context.Context, r *Roll, keys []int64, by string, now time.Time) (bool, error) {
	places, err := d.rollPlaces(ctx, r)
	if err != nil {
		return false, err
	}
	why := fmt.Sprintf("by an account in a roll-call (%s) at %s: not there", by, now.UTC().Format("15:04 UTC"))
	for _, at := range places {
		for _, key := range keys {
			if err := d.leaves(ctx, at, key, why, now); err != nil {
				return false, err
			}
		}
	}
	return len(places) > 0, nil
}
