package web

import (
	"net/http"
	"strconv"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/web/messages"
)

// ownPath is where those who see their own people alone see them.
const ownPath = "/mine"

// ownPerPage is how many people a page lists.
const ownPerPage = 100

// ownView is the people of whoever asks.
type ownView struct {
	frame
	Whose   messages.Said // who these are, in words
	All     int
	People  []ownLine
	More    string // address of the next page, "" for none
	Partial bool
	AsOf    moment
}

// ownLine is somebody in the list.
type ownLine struct {
	Name, Address, Contact, Where string
	Help                          bool
	Told                          []ownTold
}

// ownTold is what somebody was told of an update.
type ownTold struct {
	Headline     string
	Risk         vedette.Risk
	Mark         string // EXERCISE, TEST
	At           moment
	State        messages.Said
	Answer, Kind string
	Answered     moment
}

// listOwn lists them, and what they were told of what stands.
func (p *portal) listOwn(w http.ResponseWriter, r *http.Request) error {
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64) // what is no number is the first page
	list, all, err := p.Desk.Own(r.Context(), after, ownPerPage+1)
	if err != nil {
		return err
	}
	v := ownView{frame: p.frame(r, "Your people", vedette.StatusActual), All: all, Partial: after > 0, AsOf: when(p.Now(), p.Now(), "")}
	if u := signedIn(r); u != nil {
		v.Whose = p.ownWhose(u)
	}
	if len(list) > ownPerPage {
		list = list[:ownPerPage]
		v.More = ownPath + "?after=" + strconv.FormatInt(list[ownPerPage-1].Person.Key, 10)
	}
	for i := range list {
		v.People = append(v.People, p.ownLine(&list[i]))
	}
	return p.show(w, http.StatusOK, "own", v)
}

// ownWhose says who the people of a user are.
func (p *portal) ownWhose(u *vedette.User) messages.Said {
	of := p.ofWords(u)
	switch u.Role {
	case vedette.RoleTraveller:
		return messages.Of("What is known of you, and what you were told.")
	case vedette.RoleManager:
		return messages.Of("Whoever has you as the manager on record: %s.", of)
	case vedette.RoleWarden:
		return messages.Of("Whoever is, or may be, at %s now.", of)
	}
	return messages.Of("Whoever is, or may be, in %s now.", of)
}

// ownLine shows somebody.
func (p *portal) ownLine(o *desk.OwnPerson) ownLine {
	rec := &o.Person.Record
	l := ownLine{Name: safe(rec.Name), Address: ownPath + "/" + string(o.Person.ID), Contact: safe(contact(rec)), Where: safe(p.whereabouts(o.Where)), Help: o.Case}
	for _, n := range o.Told {
		c := &n.Update.Content
		t := ownTold{Headline: safe(firstOf(c.Headline, c.Title)), Risk: c.Risk, Mark: n.Update.Status.Mark(), At: when(n.Update.PublishedAt, p.Now(), ""),
			State: messages.Said{English: stateWords[n.State][0]}, Answer: answerWords[n.Answer], Kind: string(n.Answer), Answered: when(n.AnsweredAt, p.Now(), "")}
		if n.State == "" {
			t.State = messages.Of("no way to reach them")
		}
		l.Told = append(l.Told, t)
	}
	return l
}

// ownOneView is one of them.
type ownOneView struct {
	frame
	ownLine
	Accounts bool // who asks may account for them
	Ways     []field
	Typed    typedAccount
	Problem  problem
	Done     int // in how many roll-calls it was noted
}

// showOwn shows one of them.
func (p *portal) showOwn(w http.ResponseWriter, r *http.Request) error {
	n, _ := strconv.Atoi(r.URL.Query().Get("noted"))
	return p.ownPage(w, r, http.StatusOK, ownOneView{Done: max(n, 0)})
}

func (p *portal) ownPage(w http.ResponseWriter, r *http.Request, status int, v ownOneView) error {
	o, err := p.Desk.OwnPerson(r.Context(), vedette.ID(r.PathValue("person")))
	if err != nil {
		return err
	}
	v.ownLine, v.Ways = p.ownLine(o), verifiedWays
	v.frame = p.frame(r, o.Person.Record.Name, vedette.StatusActual).named()
	v.Accounts = p.may(r, rights.AccountOwn) == nil
	return p.show(w, status, "own-one", v)
}

// accountOwn accounts for one of them.
func (p *portal) accountOwn(w http.ResponseWriter, r *http.Request) error {
	f, id := r.PostForm, vedette.ID(r.PathValue("person"))
	o := desk.AccountOrder{Kind: vedette.AccountKind(f.Get("is")), How: vedette.Verified(f.Get("how")), Who: f.Get("who"), Where: f.Get("where"), Text: f.Get("note")}
	n, err := p.Desk.AccountOwn(r.Context(), id, o)
	switch {
	case err == nil:
		http.Redirect(w, r, ownPath+"/"+string(id)+"?noted="+strconv.Itoa(n), http.StatusSeeOther)
		return nil
	case mends(err):
		v := ownOneView{Problem: refusal(err)}
		v.Typed = typedAccount{Is: f.Get("is"), Who: typed(o.Who), How: f.Get("how"), Where: typed(o.Where), Note: typed(o.Text)}
		return p.ownPage(w, r, http.StatusConflict, v)
	}
	return err
}
