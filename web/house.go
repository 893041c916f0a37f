package web

import (
	"net/http"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/web/messages"
)

const housePath = "/house"

// houseView leads to the pages that run the house.
type houseView struct {
	frame
	Rooms []roomLine
}

// roomLine is one of them, what it is for, and its numbers.
type roomLine struct {
	Name, Address, For string
	Numbers            []messages.Said
	Bad                messages.Said // none for nothing
}

// showHouse shows the house's pages to whoever may see each.
func (p *portal) showHouse(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Desk.CountHouse(r.Context())
	if err != nil {
		return err
	}
	v := houseView{frame: p.frame(r, "House", vedette.StatusActual)}
	v.Place = "house"
	var none, bad, late, unread messages.Said
	duty := messages.Of("on duty: %s", safe(strings.Join(c.OnDuty, ", ")))
	if len(c.OnDuty) == 0 {
		duty, bad = none, messages.Of("nobody is on duty")
	}
	if c.TasksDue > 0 {
		late = messages.Of("%d past their time", c.TasksDue)
	}
	people := []messages.Said{oneOrMore(c.People, messages.Of("1 person"), messages.Of("%d people", c.People)), messages.Of("%d without an address", c.NoAddress)}
	if c.Restricted > 0 {
		people = append(people, messages.Of("%d restricted", c.Restricted))
	}
	if c.Broken > 0 {
		unread = oneOrMore(c.Broken, messages.Of("1 record cannot be opened"), messages.Of("%d records cannot be opened", c.Broken))
	}
	for _, x := range []struct {
		act rights.Act
		roomLine
	}{
		{rights.SeePeople, roomLine{messages.Mark("Tasks"), tasksPath, messages.Mark("What waits for somebody to decide."), []messages.Said{oneOrMore(c.Tasks, messages.Of("1 is open"), messages.Of("%d are open", c.Tasks))}, late}},
		{rights.SeePeople, roomLine{messages.Mark("People"), peoplePath, messages.Mark("Whom you care for: who they are, where they are kept, how they are reached."), people, unread}},
		{rights.SeePeople, roomLine{messages.Mark("Sites"), sitesPath, messages.Mark("Where they work."), []messages.Said{oneOrMore(c.Sites, messages.Of("1 site"), messages.Of("%d sites", c.Sites))}, none}},
		{rights.SeePeople, roomLine{messages.Mark("Trips"), tripsPath, messages.Mark("Where they will be."), []messages.Said{messages.Of("%d under way or ahead", c.Trips)}, none}},
		{rights.SeePeople, roomLine{messages.Mark("Watches"), watchesPath, messages.Mark("What they asked to be told about besides."), []messages.Said{oneOrMore(c.Watches, messages.Of("1 watch"), messages.Of("%d watches", c.Watches))}, none}},
		{rights.SeePeople, roomLine{messages.Mark("Rota"), rotaPath, messages.Mark("Who is on duty when: to them calls for help are offered."), []messages.Said{oneOrMore(c.Turns, messages.Of("1 turn"), messages.Of("%d turns", c.Turns)), duty}, bad}},
		{rights.RunHouse, roomLine{messages.Mark("Settings"), settingsPath, messages.Mark("The organisation’s own figures."), nil, none}},
		{rights.RunHouse, roomLine{messages.Mark("Policies"), policiesPath, messages.Mark("What is done while nobody answers."), nil, none}},
		{rights.RunHouse, roomLine{messages.Mark("Templates of flashes"), flashTemplatesPath, messages.Mark("What people are told at once when something happens, in every language."), nil, none}},
		{rights.RunHouse, roomLine{messages.Mark("Channels"), channelsPath, messages.Mark("How messages go out, and the systems that are told."), []messages.Said{oneOrMore(c.Hooks, messages.Of("1 hook"), messages.Of("%d hooks", c.Hooks))}, none}},
		{rights.Look, roomLine{messages.Mark("Canary"), "/canary", messages.Mark("How long messages take."), nil, none}},
		{rights.Administer, roomLine{messages.Mark("First steps"), stepsPath, messages.Mark("What is worth doing first."), nil, none}},
		{rights.Administer, roomLine{messages.Mark("Users"), usersPath, messages.Mark("Who may sign in, and as what."), nil, none}},
		{rights.Administer, roomLine{messages.Mark("Organisations"), organisationsPath, messages.Mark("What we offer to others of this installation, and take from them."), nil, none}},
		{rights.Audit, roomLine{messages.Mark("Record"), auditPath, messages.Mark("Who did what, and whether anything of it was changed."), nil, none}},
	} {
		if p.may(r, x.act) == nil {
			v.Rooms = append(v.Rooms, x.roomLine)
		}
	}
	return p.show(w, http.StatusOK, "house", v)
}
