package web

import (
	"context"
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// typedAccount is what was said of somebody and not taken.
type typedAccount struct{ Is, Who, How, As, Where, Note, Site, Except, Add, Reason string }

// actOnRollcall adds who came since, or closes a roll-call.
func (p *portal) actOnRollcall(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	id, f := vedette.ID(r.PathValue("id")), r.PostForm
	v := rollcallView{By: bylineOf(r)}
	v.Typed = typedAccount{Is: string(vedette.AccountSafe), Add: typedLines(f.Get("add")), Reason: typed(f.Get("reason"))}
	done := ""
	switch {
	case err != nil:
	case f.Get("do") == "refresh":
		_, err = p.Desk.RefreshRollcall(r.Context(), id, lines(v.Typed.Add))
		done = "?done=added"
	case f.Get("do") == "close":
		_, err = p.Desk.CloseRollcall(r.Context(), id, by, f.Get("reason"))
	default:
		err = vedette.Errorf(vedette.CodeInvalid, "press one of the buttons of the page")
	}
	switch {
	case err == nil:
		http.Redirect(w, r, rollcallAddress(id)+done, http.StatusSeeOther)
		return nil
	case mends(err):
		v.Problem = refusal(err)
		return p.rollcallPage(w, r, http.StatusConflict, v)
	}
	return err
}

// accountFor accounts for those who were ticked, or for everyone at a site but
// those excepted; of a site it first says of whom it would be.
func (p *portal) accountFor(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	f := r.PostForm
	o := desk.AccountOrder{Rollcall: vedette.ID(r.PathValue("id")), Persons: f["person"], Site: f.Get("site"), Except: lines(f.Get("except")), Kind: vedette.AccountKind(f.Get("is")),
		How: vedette.Verified(f.Get("how")), Who: f.Get("who"), Where: f.Get("where"), Text: f.Get("note"), As: vedette.AccountRole(f.Get("as")), By: by}
	if o.Site != "" {
		o.DryRun, o.Seen = !sure(r), firstOf(f.Get("seen"), "none")
	}
	var out *desk.Accounted
	if err == nil {
		out, err = p.Desk.Account(r.Context(), o)
	}
	switch {
	case err == nil && o.DryRun:
		return p.confirmAccount(w, r, http.StatusOK, &o, out, nil)
	case out != nil && out.Changed:
		return p.confirmAccount(w, r, http.StatusConflict, &o, out, refusal(err))
	case err == nil && f.Get("from") == "calls" && len(out.Uncased)+len(out.Marked()) == 0:
		http.Redirect(w, r, callsAddress(o.Rollcall, f.Get("sheet")), http.StatusSeeOther)
		return nil
	case err == nil:
		http.Redirect(w, r, rollcallAddress(o.Rollcall)+"?done=accounted", http.StatusSeeOther)
		return nil
	case mends(err):
		v := rollcallView{By: bylineOf(r), Problem: refusal(err), ticked: o.Persons}
		v.Typed = typedAccount{Is: f.Get("is"), Who: typed(o.Who), How: f.Get("how"), As: f.Get("as"), Where: typed(o.Where), Note: typed(o.Text), Site: o.Site, Except: typedLines(f.Get("except"))}
		return p.rollcallPage(w, r, http.StatusConflict, v)
	}
	return err
}

// accountKinds are what is said of somebody, as a line says it.
var accountKinds = map[vedette.AccountKind]string{
	vedette.AccountSafe: messages.Mark("safe"), vedette.AccountHelp: messages.Mark("in need of help"), vedette.AccountNotThere: messages.Mark("not there"),
	vedette.AccountBack: messages.Mark("unheard of: what was said of them is taken back"),
}

// confirmAccount says of whom an account of a site would be.
func (p *portal) confirmAccount(w http.ResponseWriter, r *http.Request, status int, o *desk.AccountOrder, out *desk.Accounted, why problem) error {
	n := len(out.People)
	v := confirmView{Heading: say(r, messages.Of("Account for %s at %s", peopleSaid(n), safe(o.Site))), Address: rollcallAddress(o.Rollcall) + "/account", Back: rollcallAddress(o.Rollcall),
		Fields: append(kept(r), field{"seen", out.Set()}), By: bylineOf(r), Problem: why, Button: say(r, messages.Of("Account for %s##people", peopleSaid(n)))}
	v.Does = []string{say(r, accountsFor(n, o))}
	c, err := p.Desk.Rollcall(r.Context(), o.Rollcall)
	if err != nil {
		return err
	}
	brings, err := p.accountBrings(r.Context(), c)
	if err != nil {
		return err
	}
	if does := brings[o.Kind]; does != "" {
		v.Does = append(v.Does, sentence(say(r, messages.Said{English: does})))
	}
	for i := range out.People[:min(n, maxNamed)] {
		v.Names = append(v.Names, safe(out.People[i].Name()))
	}
	v.More = n - len(v.Names)
	for i := range out.LeftOut {
		warn := messages.Of("%s said otherwise and is left out: account for them by name.", safe(out.LeftOut[i].Name()))
		if out.LeftOut[i].Duress {
			warn = messages.Of("%s is left out.", safe(out.LeftOut[i].Name()))
		}
		v.Warns = append(v.Warns, say(r, warn))
	}
	v.Place = "rollcalls"
	return p.confirm(w, r, status, messages.Mark("Account for a site"), c.Status, v)
}

// accountsFor says of whom an account of a site is, and what it says of them.
func accountsFor(n int, o *desk.AccountOrder) messages.Said {
	kind := messages.Said{English: accountKinds[o.Kind]}
	if n == 1 {
		return messages.Of("%d person of this roll-call, held to be at %s, is accounted for: %s.", n, safe(o.Site), kind)
	}
	return messages.Of("%d people of this roll-call, held to be at %s, are accounted for: %s.", n, safe(o.Site), kind)
}

// What an account does not bring in a roll-call that is not meant.
var (
	noCaseIn = map[vedette.Status]string{vedette.StatusExercise: messages.Mark("no case is opened, for it is an exercise"), vedette.StatusTest: messages.Mark("no case is opened, for it is a test")}
	staysIn  = map[vedette.Status]string{vedette.StatusExercise: messages.Mark("where they are held to be stays as it is, for it is an exercise"), vedette.StatusTest: messages.Mark("where they are held to be stays as it is, for it is a test")}
)

// accountBrings says what an account of a kind brings besides, in this
// roll-call.
func (p *portal) accountBrings(ctx context.Context, c *desk.Roll) (map[vedette.AccountKind]string, error) {
	corrects, err := p.Desk.Corrects(ctx, c)
	if err != nil {
		return nil, err
	}
	help, gone := messages.Mark("a case is opened for each"), messages.Mark("where they are held to be is corrected")
	switch {
	case !c.OpensCases():
		help = noCaseIn[c.Status]
	case c.Update == "":
		help = messages.Mark("a case is opened for each, but not for whoever was never told of anything; they are named then")
	}
	switch {
	case c.Status != vedette.StatusActual:
		gone = staysIn[c.Status]
	case !corrects:
		gone = messages.Mark("where they are held to be stays as it is, for this roll-call is of people by name, not of a place")
	}
	return map[vedette.AccountKind]string{vedette.AccountHelp: help, vedette.AccountNotThere: gone}, nil
}
