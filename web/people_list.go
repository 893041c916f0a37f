package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"unicode"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

type peopleView struct {
	frame
	Update  updateLine
	Board   string
	What    string // whom the list shows, in words
	People  []personLine
	More    string // address of the next page
	Partial bool   // not the first page
}

type personLine struct {
	Name     string
	Address  string        // why; "" for someone erased
	Contact  string        // phone, else mail
	Where    messages.Said // now, and trips ahead
	Relation string
	State    messages.Said
	Detail   messages.Said
	Answer   messages.Said
	Tapped   messages.Said // when it was tapped and came, where it came late
	Kind     string        // of the answer, for colour and shape
	At       moment
	Text     string
}

// listPeople lists the people behind a count of the board.
func (p *portal) listPeople(w http.ResponseWriter, r *http.Request) error {
	id, q := vedette.ID(r.PathValue("id")), r.URL.Query()
	u, err := p.Desk.Update(r.Context(), id)
	if err != nil {
		return err
	}
	f, err := readFilter(q)
	if err != nil {
		return err
	}
	area := vedette.AreaID(q.Get("area"))
	rows, err := p.Desk.People(r.Context(), u, area, f)
	if err != nil {
		return err
	}
	v := peopleView{frame: p.frameOf(r, messages.Of("People: %s", safe(firstOf(u.Content.Headline, u.Content.Title))), u.Status),
		Update: p.updateLine(u, desk.Tally{}), Board: "/updates/" + string(u.ID) + "/board",
		What: p.whom(r, f, area), Partial: f.After > 0}
	if len(rows) == f.Limit {
		rows = rows[:peoplePerPage]
		q.Set("after", strconv.FormatInt(rows[len(rows)-1].Person.Key, 10))
		v.More = peopleAddress(u, q)
	}
	for i := range rows {
		v.People = append(v.People, p.personLine(u, &rows[i]))
	}
	return p.show(w, http.StatusOK, "people", v)
}

// readFilter reads which people are asked for. One more than a page shows is
// fetched, to know whether there are more.
func readFilter(q url.Values) (desk.RowFilter, error) {
	f := desk.RowFilter{State: vedette.DeliveryState(q.Get("state")), Relation: vedette.Relation(q.Get("relation")),
		Silent: q.Get("silent") == "1", Unreachable: q.Get("unreachable") == "1", Told: q.Get("told") == "1", Limit: peoplePerPage + 1}
	bad := func(what string) error {
		return vedette.Errorf(vedette.CodeInvalid, "the address asks for %s that does not exist; go back to the board and follow a count", what)
	}
	if f.State != "" && !slices.Contains(vedette.DeliveryStates, f.State) {
		return f, bad("a state")
	}
	if f.Relation != "" && relationWords[f.Relation] == "" {
		return f, bad("a relation")
	}
	if a := q.Get("answer"); a != "" {
		k, err := vedette.ParseReplyKind(a)
		if err != nil {
			return f, bad("an answer")
		}
		f.Answer = k
	}
	if a := q.Get("after"); a != "" {
		n, err := strconv.ParseInt(a, 10, 64)
		if err != nil || n < 0 {
			return f, bad("a page")
		}
		f.After = n
	}
	return f, nil
}

// whom says in words whom a filter shows: "Silent, in Iraq".
func (p *portal) whom(r *http.Request, f desk.RowFilter, area vedette.AreaID) string {
	var parts []messages.Said
	if f.Answer != "" {
		parts = append(parts, messages.Of("answered: %s", messages.Said{English: answerWords[f.Answer]}))
	}
	if f.Silent {
		parts = append(parts, messages.Of("silent: no answer yet"))
	}
	if f.Unreachable {
		parts = append(parts, messages.Of("no way to reach them"))
	}
	if f.Told {
		parts = append(parts, messages.Of("told: it was received, or more"))
	}
	if f.State != "" {
		parts = append(parts, messages.Of("a message that is %s", messages.Said{English: stateWords[f.State][0]}))
	}
	if f.Relation != "" {
		parts = append(parts, messages.Said{English: relationWords[f.Relation]})
	}
	if len(parts) == 0 {
		parts = append(parts, messages.Of("everyone concerned"))
	}
	if area != "" {
		parts = append(parts, p.area(area, ""))
	}
	said := parts[0]
	for _, s := range parts[1:] {
		said = messages.Of("%s, %s", said, s)
	}
	s := []rune(say(r, said))
	s[0] = unicode.ToUpper(s[0])
	return string(s)
}

func (p *portal) personLine(u *vedette.Update, b *desk.BoardRow) personLine {
	l := personLine{Name: safe(b.Person.Record.Name), Relation: relationWords[b.Relation], Detail: readReason(trouble(b)),
		Answer: messages.Said{English: answerWords[b.Answer]}, Kind: string(b.Answer), At: when(b.AnsweredAt, p.Now(), p.zone(&u.Content)), Tapped: worded(desk.TappedSays(b.TappedAt, b.AnsweredAt)), Text: safe(b.Text)}
	if l.State = (messages.Said{English: stateWords[b.State][0]}); b.State == "" {
		l.State = messages.Of("no way to reach them")
	}
	if b.Duress {
		l.Answer, l.Kind = messages.Of("DURESS, do not ring: said %s", l.Answer), string(vedette.ReplyHelp)
	}
	if b.Shut != "" {
		l.State = messages.Of("%s, COMPROMISED", l.State)
	}
	if b.Person.Erased {
		l.Name = "(erased)"
		return l
	}
	l.Where, l.Contact = p.whereaboutsSaid(b.Where), safe(contact(&b.Person.Record))
	l.Address = "/updates/" + string(u.ID) + "/why/" + string(b.Person.ID)
	return l
}

// whereabouts names where someone is kept, and their trips ahead.
func (p *portal) whereabouts(ps []vedette.Presence) string {
	return safe(p.whereaboutsSaid(ps).String())
}

// whereaboutsSaid is it as a page says it in its language.
func (p *portal) whereaboutsSaid(ps []vedette.Presence) (out messages.Said) {
	for i := range ps {
		at := p.presence(&ps[i])
		if i == 0 {
			out = at
		} else {
			out = messages.Of("%s; %s", out, at)
		}
	}
	return out
}

func (p *portal) presence(at *vedette.Presence) messages.Said {
	name := p.area(at.Area, "")
	if a, ok := p.Gaz.Area(at.Area); ok && a.Country != "" {
		name = messages.Of("%s, %s", name, p.area(a.Country, ""))
	}
	switch {
	case at.Because == vedette.BecauseTrip && at.Ahead(p.Now()):
		return messages.Of("from %s in %s", shortDay(at.From, at.From.Year()), name)
	case at.Site != "":
		name = messages.Of("%s, %s", safe(at.Site), name)
	}
	return name
}

// contact is how a person of the desk would reach someone by hand.
func contact(r *vedette.PersonRecord) string {
	if phone := r.Phone(); phone != "" {
		return phone
	}
	return r.Email()
}

// trouble is a channel's last word where something is left to do about it: of
// what was accepted it says no more than the state does.
func trouble(b *desk.BoardRow) string {
	switch b.State {
	case vedette.DeliveryQueued, vedette.DeliveryFailed, vedette.DeliveryWithheld, vedette.DeliveryUnknown:
		return b.Detail
	}
	return ""
}
