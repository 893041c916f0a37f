package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// rollcallPerPage is how many people a page of a roll-call lists.
const rollcallPerPage = 200

// maxUncased is how many of those who have no case are named before the list.
const maxUncased = 50

// rollcallView is one roll-call: who is accounted for, and who is not.
type rollcallView struct {
	frame
	Address, ID, Heading    string
	Opened, ClosedAt, AsOf  moment
	OpenedBy, ClosedBy, Why string
	Closed                  bool
	Update                  *updateLine // it is about
	Members, Open, Callers  int
	Tiles                   []count
	NoWay                   count
	Rounds                  []roundLine
	Countries, Sites        []rollcallPlace
	MoreSites               int
	What                    messages.Said // whom the list shows
	Everyone                bool
	People                  []rollcallPerson
	More                    string
	Ticked, AtSite          accountForm
	Help, Gone              string // what an account of the kind brings besides
	By                      byline
	Typed                   typedAccount
	Done                    messages.Said // what the last press did
	Uncased                 []string      // who need help and have no case
	MoreUncased             int
	CaseAbout               bool // there is an update by now that a case can be about
	Problem                 problem

	ticked []string // ids of whom a press was of that was refused
}

// roundLine is one time that a roll-call asked.
type roundLine struct {
	No        int
	At, Asked moment
	By        string
	Told      bool
}

// rollcallPlace is how those stand who are held to be somewhere.
type rollcallPlace struct {
	Key     string // its area, or the name of its site
	Name    messages.Said
	Address string
	N       int
	Counts  []count // by standing, in their order
	Bar     []barPart
}

// rollcallPerson is a member, how they stand and by which word.
type rollcallPerson struct {
	ID         string // "" for somebody erased
	Name       string
	Kind, Word string
	Heard      messages.Said
	Warns      []messages.Said // before somebody rings them
	At, Asked  moment          // Asked: since when that word is old
	Text       string
	Where      string
	Caller     string
	NoWay      bool
	Uncased    bool // they need help, and have no case
	Ticked     bool
}

// accountForm is what is asked of whoever accounts for people.
type accountForm struct {
	No          string // parts the forms of a page
	Typed       typedAccount
	Ways, Roles []field
	By          byline
}

var verifiedWays = []field{{string(vedette.VerifiedVoice), messages.Mark("spoke with them")}, {string(vedette.VerifiedSaw), messages.Mark("saw them")},
	{string(vedette.VerifiedMessage), messages.Mark("wrote with them")}, {string(vedette.VerifiedOther), messages.Mark("heard of them from somebody else")}}

var accountRoles = []field{{string(vedette.AsDesk), messages.Mark("the desk")}, {string(vedette.AsManager), messages.Mark("their manager")}, {string(vedette.AsWarden), messages.Mark("the warden of a site")}}

// showRollcall shows a roll-call.
func (p *portal) showRollcall(w http.ResponseWriter, r *http.Request) error {
	v := rollcallView{By: bylineOf(r)}
	v.Typed.Is = string(vedette.AccountSafe)
	return p.rollcallPage(w, r, http.StatusOK, v)
}

// lastDone says what the last press of a kind did, as it is kept: an address
// that anybody may write only says which.
func (p *portal) lastDone(which string, c *desk.Roll) messages.Said {
	switch round := c.Round(); {
	case which == "asked" && round.No > 1:
		if round.Told {
			return messages.Of("Round %d was begun by %s, %s: messages go out.", round.No, safe(round.By), when(round.At, p.Now(), "").said())
		}
		return messages.Of("Round %d was begun by %s, %s: nobody is written to.", round.No, safe(round.By), when(round.At, p.Now(), "").said())
	case which == "accounted" && c.Said.N > 0:
		return p.lastAccount(c)
	case which == "added" && c.Added.N > 0:
		return messages.Of("%s came to it last, %s.", peopleSaid(c.Added.N), when(c.Added.At, p.Now(), "").said())
	case which == "added":
		return messages.Of("Nobody came to it since it was opened.")
	}
	return messages.Said{}
}

// lastAccount says of whom the last account of a roll-call was, and what of it does not count.
func (p *portal) lastAccount(c *desk.Roll) messages.Said {
	said := messages.Of("The last account, by %s, %s, is of %s: %s.", safe(c.Said.By), when(c.Said.At, p.Now(), "").said(), peopleSaid(c.Said.N), messages.Said{English: accountKinds[c.Said.Kind]})
	switch n := c.Said.Marked; {
	case n == 1:
		return messages.Of("%s %s", said, messages.Of("%d person of it is under duress and so counted until the desk closes their case: what was said is kept, and takes that away from nobody.", n))
	case n > 1:
		return messages.Of("%s %s", said, messages.Of("%d people of it are under duress and so counted until the desk closes their case: what was said is kept, and takes that away from nobody.", n))
	}
	return said
}

// rollcallPage shows a roll-call with what was typed and why it was refused.
func (p *portal) rollcallPage(w http.ResponseWriter, r *http.Request, status int, v rollcallView) error {
	c, err := p.Desk.Rollcall(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	if err := p.fillRollcall(r, &v, c); err != nil {
		return err
	}
	return p.show(w, status, "rollcall", v)
}

func (p *portal) fillRollcall(r *http.Request, v *rollcallView, c *desk.Roll) error {
	v.frame = p.frameOf(r, messages.Of("Roll-call: %s", safe(c.Title)), c.Status)
	v.Place = "rollcalls"
	v.Address, v.ID, v.Heading = rollcallAddress(c.ID), string(c.ID), safe(c.Title)
	v.Opened, v.OpenedBy, v.AsOf = when(c.OpenedAt, p.Now(), ""), safe(c.OpenedBy), when(c.AsOf, p.Now(), "")
	v.Closed, v.ClosedAt, v.ClosedBy, v.Why = c.State == vedette.RollcallClosed, when(c.ClosedAt, p.Now(), ""), safe(c.ClosedBy), safe(c.Reason)
	v.Members, v.Open, v.Callers = c.Members, c.Open(), len(c.Callers)
	for _, is := range vedette.RollStandings {
		v.Tiles = append(v.Tiles, count{N: c.Counts[is], Word: standingWords[is], Kind: string(is), Address: v.Address + "?is=" + string(is) + "#people"})
	}
	v.NoWay = count{N: c.Unreachable, Word: messages.Mark("of these no way to reach"), Kind: "unreachable", Address: v.Address + "?noway=1#people"}
	for i := range c.Rounds {
		x := &c.Rounds[len(c.Rounds)-1-i]
		v.Rounds = append(v.Rounds, roundLine{x.No, when(x.At, p.Now(), ""), when(x.Asked, p.Now(), ""), safe(x.By), x.Told})
	}
	if len(v.Problem) == 0 {
		v.Done = p.lastDone(r.URL.Query().Get("done"), c)
	}
	v.CaseAbout = c.Update != ""
	for i := range c.People {
		switch o := &c.People[i]; {
		case !o.Uncased:
		case len(v.Uncased) < maxUncased:
			v.Uncased = append(v.Uncased, safe(o.Name()))
		default:
			v.MoreUncased++
		}
	}
	v.Ticked = accountForm{Typed: v.Typed, Ways: verifiedWays, Roles: accountRoles, By: v.By}
	v.AtSite = v.Ticked
	v.AtSite.No = "-site"
	p.rollcallPlaces(v, c)
	brings, err := p.accountBrings(r.Context(), c)
	if err != nil {
		return err
	}
	v.Help, v.Gone = brings[vedette.AccountHelp], brings[vedette.AccountNotThere]
	if c.Update != "" {
		u, err := p.Desk.Update(r.Context(), c.Update)
		if err != nil {
			return err
		}
		if u.Asks == "" { // else it is this roll-call's own question
			l := p.updateLine(u, desk.Tally{})
			v.Update = &l
		}
	}
	return p.rollcallPeople(r.URL.Query(), v, c)
}

// rollcallPeople lists the members whom the address asks for.
func (p *portal) rollcallPeople(q url.Values, v *rollcallView, c *desk.Roll) error {
	is, area, site := vedette.RollStanding(q.Get("is")), vedette.AreaID(q.Get("area")), q.Get("site")
	from := 0
	if text := q.Get("from"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return vedette.Errorf(vedette.CodeInvalid, "the address asks for a page that does not exist; go back to the roll-call and follow a count")
		}
		from = n
	}
	if is != "" && !slices.Contains(vedette.RollStandings, is) {
		return vedette.Errorf(vedette.CodeInvalid, "the address asks for a standing that does not exist; go back to the roll-call and follow a count")
	}
	noway := q.Get("noway") == "1"
	v.What, v.Everyone = p.rollcallWhom(is, area, site, noway), is == "" && area == "" && site == "" && !noway
	at := 0
	for i := range c.People {
		o := &c.People[i]
		countries, sites := p.heldAt(o, c)
		switch {
		case is != "" && o.Is != is, area != "" && !slices.Contains(countries, area), site != "" && !slices.Contains(sites, site),
			noway && (o.Reached || o.Is.Accounted()):
			continue
		case at >= from+rollcallPerPage:
			q.Set("from", strconv.Itoa(at))
			v.More = v.Address + "?" + q.Encode() + "#people"
			return nil
		}
		if at++; at > from {
			x := p.rollcallPerson(o)
			x.Ticked = x.ID != "" && slices.Contains(v.ticked, x.ID)
			v.People = append(v.People, x)
		}
	}
	return nil
}

// thoseWho are those of a standing.
var thoseWho = map[vedette.RollStanding]string{
	vedette.RollHelp: messages.Mark("Those who need help"), vedette.RollSilent: messages.Mark("Those who are silent"), vedette.RollStale: messages.Mark("Those who are stale"),
	vedette.RollSafe: messages.Mark("Those who are safe"), vedette.RollNotThere: messages.Mark("Those who are not there"),
}

// rollcallWhom says in words whom the list shows.
func (p *portal) rollcallWhom(is vedette.RollStanding, area vedette.AreaID, site string, noway bool) messages.Said {
	s := messages.Of("Everyone")
	switch {
	case is != "":
		s = messages.Said{English: thoseWho[is]}
	case noway:
		s = messages.Of("Not accounted for, and no way to reach them")
	}
	switch area {
	case "":
	case nowhere:
		s = messages.Of("%s, at no known place", s)
	default:
		s = messages.Of("%s, in %s", s, p.area(area, ""))
	}
	if site != "" {
		s = messages.Of("%s, at %s", s, safe(site))
	}
	return s
}

func (p *portal) rollcallPerson(o *desk.RollPerson) rollcallPerson {
	l := rollcallPerson{Name: safe(o.Person.Record.Name), Warns: wordedAll(o.Warnings()), Kind: string(o.Is), Word: standingWords[o.Is], Heard: worded(o.HeardSays()), At: when(o.At, p.Now(), ""),
		Text: safe(o.Text), Where: safe(p.whereabouts(o.Where)), Caller: safe(o.Caller), NoWay: !o.Reached && !o.Is.Accounted(), Uncased: o.Uncased}
	if !o.Person.Erased {
		l.ID = string(o.Person.ID)
	}
	if o.Is == vedette.RollStale {
		l.Asked = when(o.Asked, p.Now(), "")
	}
	return l
}

// nowhere stands, in a list of countries, for whoever is held to be in none.
const nowhere vedette.AreaID = "unknown"

// heldAt are the countries or seas, and the sites, where somebody is held to be.
func (p *portal) heldAt(o *desk.RollPerson, c *desk.Roll) (countries []vedette.AreaID, sites []string) {
	for i := range o.Where {
		pr := &o.Where[i]
		if !pr.Covers(c.AsOf) {
			continue
		}
		id := pr.Area
		if a, ok := p.Gaz.Area(pr.Area); ok && a.Country != "" {
			id = a.Country
		}
		if !slices.Contains(countries, id) {
			countries = append(countries, id)
		}
		if pr.Site != "" && !slices.Contains(sites, pr.Site) {
			sites = append(sites, pr.Site)
		}
	}
	if len(countries) == 0 {
		countries = []vedette.AreaID{nowhere}
	}
	return countries, sites
}

// rollcallPlaces counts how people stand by where they are held to be.
func (p *portal) rollcallPlaces(v *rollcallView, c *desk.Roll) {
	byCountry, bySite := places{}, places{}
	for i := range c.People {
		o := &c.People[i]
		countries, sites := p.heldAt(o, c)
		for _, id := range countries {
			byCountry.add(string(id), o.Is)
		}
		for _, s := range sites {
			bySite.add(s, o.Is)
		}
	}
	v.Countries = byCountry.rows(v.Address+"?area=", func(id string) messages.Said {
		if vedette.AreaID(id) == nowhere {
			return messages.Said{} // the page says so
		}
		return p.area(vedette.AreaID(id), "")
	})
	v.Sites = bySite.rows(v.Address+"?site=", func(s string) messages.Said { return asItIs(safe(s)) })
	v.MoreSites = max(len(v.Sites)-maxSites, 0)
	v.Sites = v.Sites[:len(v.Sites)-v.MoreSites]
}
