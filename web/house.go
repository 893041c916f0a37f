package web

import (
	"net/http"
	"strconv"
	"strings"

	"vedette"
	"vedette/auth/rights"
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
	Numbers            []string
	Bad                string
}

// showHouse shows the house's pages to whoever may see each.
func (p *portal) showHouse(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Desk.CountHouse(r.Context())
	if err != nil {
		return err
	}
	v := houseView{frame: p.frame(r, "House", vedette.StatusActual)}
	v.Place = "house"
	duty := "on duty: " + safe(strings.Join(c.OnDuty, ", "))
	bad := ""
	if len(c.OnDuty) == 0 {
		duty, bad = "", "nobody is on duty"
	}
	late := ""
	if c.TasksDue > 0 {
		late = strconv.Itoa(c.TasksDue) + " past their time"
	}
	people := []string{howMany(c.People, "person", "people"), strconv.Itoa(c.NoAddress) + " without an address"}
	if c.Restricted > 0 {
		people = append(people, strconv.Itoa(c.Restricted)+" restricted")
	}
	unread := ""
	if c.Broken > 0 {
		unread = howMany(c.Broken, "record", "records") + " cannot be opened"
	}
	for _, x := range []struct {
		act rights.Act
		roomLine
	}{
		{rights.SeePeople, roomLine{"Tasks", tasksPath, "What waits for somebody to decide.", []string{howMany(c.Tasks, "is open", "are open")}, late}},
		{rights.SeePeople, roomLine{"People", peoplePath, "Whom you care for: who they are, where they are kept, how they are reached.", people, unread}},
		{rights.SeePeople, roomLine{"Sites", sitesPath, "Where they work.", []string{howMany(c.Sites, "site", "sites")}, ""}},
		{rights.SeePeople, roomLine{"Trips", tripsPath, "Where they will be.", []string{strconv.Itoa(c.Trips) + " under way or ahead"}, ""}},
		{rights.SeePeople, roomLine{"Watches", watchesPath, "What they asked to be told about besides.", []string{howMany(c.Watches, "watch", "watches")}, ""}},
		{rights.SeePeople, roomLine{"Rota", rotaPath, "Who is on duty when: to them calls for help are offered.", []string{howMany(c.Turns, "turn", "turns"), duty}, bad}},
		{rights.RunHouse, roomLine{"Settings", settingsPath, "The organisation’s own figures.", nil, ""}},
		{rights.RunHouse, roomLine{"Policies", policiesPath, "What is done while nobody answers.", nil, ""}},
		{rights.RunHouse, roomLine{"Templates of flashes", flashTemplatesPath, "What people are told at once when something happens, in every language.", nil, ""}},
		{rights.RunHouse, roomLine{"Channels", channelsPath, "How messages go out, and the systems that are told.", []string{howMany(c.Hooks, "hook", "hooks")}, ""}},
		{rights.Look, roomLine{"Canary", "/canary", "How long messages take.", nil, ""}},
		{rights.Administer, roomLine{"First steps", stepsPath, "What is worth doing first.", nil, ""}},
		{rights.Administer, roomLine{"Users", usersPath, "Who may sign in, and as what.", nil, ""}},
		{rights.Administer, roomLine{"Organisations", organisationsPath, "What we offer to others of this installation, and take from them.", nil, ""}},
		{rights.Audit, roomLine{"Record", auditPath, "Who did what, and whether anything of it was changed.", nil, ""}},
	} {
		if p.may(r, x.act) == nil {
			v.Rooms = append(v.Rooms, x.roomLine)
		}
	}
	return p.show(w, http.StatusOK, "house", v)
}
