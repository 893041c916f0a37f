package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
)

// personView is all that is held of somebody.
type personView struct {
	frame
	Given    *pageGiven // a link to their own page that was just made, nil for none
	ID, Name string
	Keeps    bool // who looks may change people
	Exports  bool // and may take them away as a file
	Done     string
	Broken   bool
	Shut     []string
	Case     string // address of the call for help that is open
	Stands   *reachOne
	Fields   []heldField
	Duress   bool
	Where    []placeLine
	Past     []placeLine
	Trips    []tripLine
	Watches  []watchLine
	Notices  []noticeLine
	Manager  string
	Reach    string
	Ask      string // of a restricted person: whom to ask who they are
	Record   string // address of who changed them, "" for whoever may not see it
}

// heldField is a field of the record, as it is held.
type heldField struct{ Name, Value string }

// placeLine is where somebody is held to be, and why.
type placeLine struct {
	Where, Because, Ended string
	From, To, Recorded    moment
}

// noticeLine is what somebody was told.
type noticeLine struct {
	Title, Address, Relation, State, Answer, Kind string
	Mark                                          string
	At, AnsweredAt                                moment
}

// fieldLabels are what the fields of a person are called, and what a form says of
// them.
var fieldLabels = map[string][2]string{
	"code": {"Code", "What files and trips may call it by."}, "phone": {"Telephone number", "With its country code: +216 71 123 456."},
	"name": {"Name", ""}, "email": {"E-mail address", ""}, "mobile": {"Mobile number, for text messages", "With its country code: +216 20 123 456."},
	"voice":    {"Number to call, where it is another", ""},
	"language": {"Language", "A name or a code: Arabic, fr, pt-BR."}, "id": {"Personnel number", "By it they are known again in the next file."},
	"manager": {"Manager", "Mail address, or whole name."}, "citizenship": {"Citizenship", "Several parted by a semicolon: Tunisia; France."},
	"standing": {"How they stand to where they live", "resident, visitor or local; empty where that is not known."},
	"site":     {"Site", "Where they work. Leave the place as it is to take the site’s."}, "country": {"Country or sea", ""}, "state or province": {"State or province", ""}, "city": {"City", ""},
	"coordinates": {"Latitude, longitude", "33.31, 44.36"}, "precision": {"How closely we keep where they are", "exact, city or country. What is held already becomes less exact, too, and for good."},
	"check-ins": {"They agreed to check-ins", "yes or no"}, "discreet": {"Told discreetly", "yes: what is sent to them says only what to do, from nobody in particular."},
	"restricted":  {"Restricted person", "yes: who they are is for those alone who may know it; only they say so. They are counted and told like everybody, and in no export."},
	"quiet hours": {"Quiet hours", "22:00-07:00. No warning waits for them."}, "channels": {"Channels, the first first", "sms, email. Empty: all at once."},
	"digest": {"Daily digest at", "07:00. Empty: none."}, "duress word": {"Duress word", "What they answer with when somebody makes them answer."},
	"dependants": {"Dependants", "Ana (spouse); Leo (son)"}, "emergency contact": {"Emergency contacts", "Ana Ruiz +34 600 000 000 ana@example.org; the next after a semicolon."},
	"companion": {"Companions", "As emergency contacts."},
}

// showPerson shows all that is held of somebody.
func (p *portal) showPerson(w http.ResponseWriter, r *http.Request) error {
	return p.personPage(w, r, vedette.ID(r.PathValue("id")), nil)
}

// personPage shows them, with a link to their own page where one was just made.
func (p *portal) personPage(w http.ResponseWriter, r *http.Request, id vedette.ID, given *pageGiven) error {
	c, err := p.Desk.PersonCard(r.Context(), id)
	if err != nil {
		return err
	}
	v := personView{frame: p.frame(r, c.Person.Record.Name, vedette.StatusActual).named(), ID: string(c.Person.ID), Name: safe(c.Person.Record.Name),
		Keeps: p.may(r, rights.KeepPeople) == nil, Exports: p.may(r, rights.Export) == nil, Done: doneWords[r.URL.Query().Get("done")], Broken: c.Person.Broken, Ask: safe(c.Ask),
		Stands: p.reachOne(&c.Reached, desk.DefaultWithin), Duress: c.Held["duress word"] != "", Reach: "/reach?person=" + string(c.Person.ID)}
	v.Place, v.Given = "house", given
	if v.Audit {
		v.Record = auditAddress("", "", string(c.Person.ID), 0)
	}
	for i := range c.Shut {
		v.Shut = append(v.Shut, safe(c.Shut[i].Words()))
	}
	if c.Case != nil {
		v.Case = "/cases/" + string(c.Case.ID)
	}
	for _, f := range desk.PersonFields {
		if c.Held[f] != "" && f != "name" && f != "duress word" {
			v.Fields = append(v.Fields, heldField{fieldLabels[f][0], safe(c.Held[f])})
		}
	}
	if c.Superior != nil {
		v.Manager = safe(strings.TrimSpace(c.Superior.Called() + " " + c.Superior.Why))
	}
	p.personFacts(&v, c)
	return p.show(w, http.StatusOK, "person", v)
}

// doneWords say what the press before did.
var doneWords = map[string]string{
	"saved": "Saved.", "erased": "They are erased, for good.", "added": "Added. They are told of what stands where they are, if it applies to them.", "trip": "The trip is kept.",
	"cancelled": "The trip is cancelled.", "watch": "The watch is kept.", "page": "A link to their page is on its way to them.", "pages-ended": "No link to their page that was made so far opens anything any more.", "unwatched": "The watch is removed.", "removed": "Removed.", "decided": "Decided.", "taken": "Taken.",
}

func (p *portal) personFacts(v *personView, c *desk.PersonCard) {
	for i := range c.Where {
		v.Where = append(v.Where, p.placeLine(&c.Where[i]))
	}
	for i := range c.Past {
		if len(v.Past) == perPage {
			break
		}
		v.Past = append(v.Past, p.placeLine(&c.Past[i]))
	}
	for i := range c.Trips {
		v.Trips = append(v.Trips, p.tripLine(&c.Trips[i], ""))
	}
	for i := range c.Watches {
		v.Watches = append(v.Watches, p.watchLine(&c.Watches[i], ""))
	}
	for i := range c.Notices {
		v.Notices = append(v.Notices, p.noticeLine(c, &c.Notices[i]))
	}
}

// placeLine puts a presence into words, in the clock of its place.
func (p *portal) placeLine(pr *vedette.Presence) placeLine {
	zone := p.Gaz.Zone(pr.Area)
	return placeLine{Where: p.presencePlace(pr), Because: string(pr.Because), Ended: safe(pr.Ended), From: when(pr.From, p.Now(), zone), To: when(pr.To, p.Now(), zone),
		Recorded: when(pr.Recorded, p.Now(), "")}
}

func (p *portal) noticeLine(c *desk.PersonCard, n *desk.PersonNotice) noticeLine {
	l := noticeLine{Title: safe(n.Title), Address: updatePath + string(n.Update) + "/why/" + string(c.Person.ID), Relation: relationWords[n.Relation], State: "no way to reach them",
		Mark: n.Status.Mark(), At: when(n.MadeAt, p.Now(), ""), AnsweredAt: when(n.AnsweredAt, p.Now(), "")}
	if w, ok := stateWords[n.State]; ok {
		l.State = w[0]
	}
	if n.Answer != "" {
		l.Answer, l.Kind = answerWords[n.Answer], string(n.Answer)
		if n.Belief == vedette.UnderDuress {
			l.Answer, l.Kind = answerWords[n.Answer]+", under duress: not believed", "help"
		}
	}
	return l
}

// tripLine is a trip in a list.
type tripLine struct {
	Address, Who, WhoAddress, Number, Places string
	State                                    string // booked, cancelled, over, now
	From, To                                 moment
	Days                                     string // the first and the last there
}

func (p *portal) tripLine(t *vedette.Trip, who string) tripLine {
	l := tripLine{Address: "/trips/" + string(t.ID), Who: who, Number: safe(t.External), State: "ahead"}
	shown := *t
	shown.Cancelled = false
	var first, last time.Time
	var names []string
	zone, end := "", ""
	for i, pr := range shown.Presences() {
		if n := safe(p.Gaz.Name(pr.Area)); len(names) == 0 || names[len(names)-1] != n {
			names = append(names, n)
		}
		if i == 0 {
			first, last, zone = pr.From, pr.To, p.Gaz.Zone(pr.Area)
		}
		if i == 0 || !last.IsZero() && (pr.To.IsZero() || pr.To.After(last)) {
			last, end = pr.To, p.Gaz.Zone(pr.Area)
		}
	}
	l.Places, l.From, l.To = strings.Join(names, " – "), when(first, p.Now(), zone), when(last, p.Now(), end)
	if l.Days = l.From.Day.String(); !last.IsZero() {
		l.Days += " – " + when(last.Add(-time.Second), p.Now(), end).Day.String()
	}
	switch now := p.Now(); {
	case t.Cancelled:
		l.State = "cancelled"
	case !last.IsZero() && !last.After(now):
		l.State = "over"
	case !first.After(now):
		l.State = "under way"
	}
	return l
}

// watchLine is a watch in a list.
type watchLine struct{ Address, Who, WhoAddress, Words string }

func (p *portal) watchLine(w *vedette.Watch, who string) watchLine {
	var at []string
	for _, id := range w.Areas {
		at = append(at, p.areaWhole(id))
	}
	if w.Shape != nil {
		at = append(at, "a drawn area")
	}
	if len(at) == 0 {
		at = []string{"the whole world"}
	}
	words := strings.Join(at, "; ")
	if w.Risk != vedette.RiskUnknown {
		words += "; risk " + w.Risk.String() + " or more"
	}
	if w.Urgency != vedette.UrgencyUnknown {
		words += "; urgency " + w.Urgency.String() + " or more"
	}
	if w.Source != vedette.SourceUnknown {
		words += "; source " + w.Source.String() + " or better"
	}
	if len(w.Categories) > 0 {
		list := slices.Clone(w.Categories)
		words += "; only " + strings.Join(plainAll(list), ", ")
	}
	return watchLine{Address: "/watches/" + string(w.ID), Who: who, Words: words}
}
