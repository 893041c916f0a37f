package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"vedette"
	"vedette/desk"
)

// typedAccount is what was said of somebody and not taken.
type typedAccount struct{ Is, Who, How, As, Where, Note, Site, Except, Add, Reason string }

// actOnRollcall adds who came since, or closes a roll-call.
func (p *portal) actOnRollcall(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	id, f := vedette.ID(r.PathValue("id")), r.PostForm
	v := rollcallView{By: typed(by)}
	v.Typed = typedAccount{Is: string(vedette.AccountSafe), Add: typedLines(f.Get("add")), Reason: typed(f.Get("reason"))}
	done := ""
	switch {
	case err != nil:
	case f.Get("do") == "refresh":
		var n int
		if n, err = p.Desk.RefreshRollcall(r.Context(), id, lines(v.Typed.Add)); err == nil {
			done = "?added=" + strconv.Itoa(n)
		}
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
	o.DryRun = o.Site != "" && !sure(r)
	var out *desk.Accounted
	if err == nil {
		out, err = p.Desk.Account(r.Context(), o)
	}
	switch {
	case err == nil && o.DryRun:
		return p.confirmAccount(w, r, &o, out)
	case err == nil && f.Get("from") == "calls" && len(out.Uncased) == 0:
		http.Redirect(w, r, callsAddress(o.Rollcall, f.Get("sheet")), http.StatusSeeOther)
		return nil
	case err == nil:
		q := url.Values{"accounted": {strconv.Itoa(len(out.People))}, "left": {strconv.Itoa(len(out.LeftOut))}, "uncased": {strconv.Itoa(len(out.Uncased))}}
		http.Redirect(w, r, rollcallAddress(o.Rollcall)+"?"+q.Encode(), http.StatusSeeOther)
		return nil
	case mends(err):
		v := rollcallView{By: typed(by), Problem: refusal(err)}
		v.Typed = typedAccount{Is: f.Get("is"), Who: typed(o.Who), How: f.Get("how"), As: f.Get("as"), Where: typed(o.Where), Note: typed(o.Text), Site: o.Site, Except: typedLines(f.Get("except"))}
		return p.rollcallPage(w, r, http.StatusConflict, v)
	}
	return err
}

// accountKinds are what is said of somebody, as a line says it.
var accountKinds = map[vedette.AccountKind]string{
	vedette.AccountSafe: "safe", vedette.AccountHelp: "in need of help", vedette.AccountNotThere: "not there", vedette.AccountBack: "unheard of: what was said of them is taken back",
}

// confirmAccount says of whom an account of a site would be.
func (p *portal) confirmAccount(w http.ResponseWriter, r *http.Request, o *desk.AccountOrder, out *desk.Accounted) error {
	n := len(out.People)
	v := confirmView{Heading: fmt.Sprintf("Account for %s at %s", peopleN(n), safe(o.Site)), Address: rollcallAddress(o.Rollcall) + "/account", Back: rollcallAddress(o.Rollcall),
		Fields: kept(r), By: typed(o.By), Button: "Account for " + peopleN(n)}
	v.Does = []string{peopleN(n) + " of this roll-call, held to be at " + safe(o.Site) + ", " + isAre(n) + " accounted for: " + accountKinds[o.Kind] + "."}
	if o.Kind == vedette.AccountHelp {
		v.Does = append(v.Does, "For each a case is opened.")
	}
	for i := range out.People[:min(n, maxNamed)] {
		v.Names = append(v.Names, safe(out.People[i].Name()))
	}
	v.More = n - len(v.Names)
	for i := range out.LeftOut {
		v.Warns = append(v.Warns, safe(out.LeftOut[i].Name())+" said otherwise and is left out: account for them by name.")
	}
	v.Place = "rollcalls"
	c, err := p.Desk.Rollcall(r.Context(), o.Rollcall)
	if err != nil {
		return err
	}
	return p.confirm(w, http.StatusOK, "Account for a site", c.Status, v)
}

// peopleN is a number of people in words.
func peopleN(n int) string {
	if n == 1 {
		return "1 person"
	}
	return strconv.Itoa(n) + " people"
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
