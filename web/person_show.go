package web

import (
	"net/http"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/web/messages"
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
	Shut     []messages.Said
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
	Ask      messages.Said // of a restricted person: whom to ask who they are
	Record   string        // address of who changed them, "" for whoever may not see it
}

// heldField is a field of the record, as it is held.
type heldField struct {
	Name  string
	Value messages.Said // what was typed, or a choice of a few
}

// placeLine is where somebody is held to be, and why.
type placeLine struct {
	Where              messages.Said
	Because            string
	Ended              messages.Said
	From, To, Recorded moment
}

// noticeLine is what somebody was told.
type noticeLine struct {
	Title, Address, Relation, State, Kind string
	Answer                                messages.Said
	Mark                                  string
	At, AnsweredAt                        moment
}

// fieldLabels are what the fields of a person are called, and what a form says of
// them.
var fieldLabels = map[string][2]string{
	"code": {messages.Mark("Code"), messages.Mark("What files and trips may call it by.")}, "phone": {messages.Mark("Telephone number"), messages.Mark("With its country code: +216 71 123 456.")},
	"name": {messages.Mark("Name"), ""}, "email": {messages.Mark("E-mail address"), ""}, "mobile": {messages.Mark("Mobile number, for text messages"), messages.Mark("With its country code: +216 20 123 456.")},
	"voice":    {messages.Mark("Number to call, where it is another"), ""},
	"language": {messages.Mark("Language"), messages.Mark("A name or a code: Arabic, fr, pt-BR.")}, "id": {messages.Mark("Personnel number"), messages.Mark("By it they are known again in the next file.")},
	"manager": {messages.Mark("Manager"), messages.Mark("Mail address, or whole name.")}, "citizenship": {messages.Mark("Citizenship"), messages.Mark("Several parted by a semicolon: Tunisia; France.")},
	"standing": {messages.Mark("How they stand to where they live"), messages.Mark("resident, visitor or local; empty where that is not known.")},
	"site":     {messages.Mark("Site"), messages.Mark("Where they work. Leave the place as it is to take the site’s.")}, "country": {messages.Mark("Country or sea"), ""}, "state or province": {messages.Mark("State or province"), ""}, "city": {messages.Mark("City"), ""},
	"coordinates": {messages.Mark("Latitude, longitude"), "33.31, 44.36"}, "precision": {messages.Mark("How closely we keep where they are"), messages.Mark("exact, city or country. What is held already becomes less exact, too, and for good.")},
	"check-ins": {messages.Mark("They agreed to check-ins"), messages.Mark("yes or no")}, "discreet": {messages.Mark("Told discreetly"), messages.Mark("yes: what is sent to them says only what to do, from nobody in particular.")},
	"restricted":  {messages.Mark("Restricted person"), messages.Mark("yes: who they are is for those alone who may know it; only they say so. They are counted and told like everybody, and in no export.")},
	"quiet hours": {messages.Mark("Quiet hours"), messages.Mark("22:00-07:00. No warning waits for them.")}, "channels": {messages.Mark("Channels, the first first"), messages.Mark("sms, email. Empty: all at once.")},
	"digest": {messages.Mark("Daily digest at"), messages.Mark("07:00. Empty: none.")}, "duress word": {messages.Mark("Duress word"), messages.Mark("What they answer with when somebody makes them answer.")},
	"dependants": {messages.Mark("Dependants"), messages.Mark("Ana (spouse); Leo (son)")}, "emergency contact": {messages.Mark("Emergency contacts"), messages.Mark("Ana Ruiz +34 600 000 000 ana@example.org; the next after a semicolon.")},
	"companion": {messages.Mark("Companions"), messages.Mark("As emergency contacts.")},
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
		Keeps: p.may(r, rights.KeepPeople) == nil, Exports: p.may(r, rights.Export) == nil, Done: doneWords[r.URL.Query().Get("done")], Broken: c.Person.Broken, Ask: worded(c.Ask),
		Stands: p.reachOne(&c.Reached, desk.DefaultWithin), Duress: c.Held["duress word"] != "", Reach: "/reach?person=" + string(c.Person.ID)}
	v.Place, v.Given = "house", given
	if v.Audit {
		v.Record = auditAddress("", "", string(c.Person.ID), 0)
	}
	for i := range c.Shut {
		v.Shut = append(v.Shut, worded(c.Shut[i].Says()))
	}
	if c.Case != nil {
		v.Case = "/cases/" + string(c.Case.ID)
	}
	for _, f := range desk.PersonFields {
		if c.Held[f] != "" && f != "name" && f != "duress word" {
			value := messages.Of("%s", safe(c.Held[f]))
			if fieldChoices[f] != nil {
				value = messages.Said{English: c.Held[f]}
			}
			v.Fields = append(v.Fields, heldField{fieldLabels[f][0], value})
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
	"saved": messages.Mark("Saved."), "erased": messages.Mark("They are erased, for good."), "added": messages.Mark("Added. They are told of what stands where they are, if it applies to them."), "trip": messages.Mark("The trip is kept."),
	"cancelled": messages.Mark("The trip is cancelled."), "watch": messages.Mark("The watch is kept."), "page": messages.Mark("A link to their page is on its way to them."), "pages-ended": messages.Mark("No link to their page that was made so far opens anything any more."), "unwatched": messages.Mark("The watch is removed."), "removed": messages.Mark("Removed."), "decided": messages.Mark("Decided."), "taken": messages.Mark("Taken."),
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

// becauseWords are why somebody is held to be somewhere, as Because names it.
var becauseWords = map[vedette.Because]string{
	vedette.BecauseHome: messages.Mark("home"), vedette.BecauseSite: messages.Mark("site"), vedette.BecauseTrip: messages.Mark("trip"), vedette.BecauseLeg: messages.Mark("leg"),
	vedette.BecauseCheckin: messages.Mark("check-in"), vedette.BecauseAnswer: messages.Mark("answer"), vedette.BecauseDesk: messages.Mark("desk"),
}

// placeLine puts a presence into words, in the clock of its place.
func (p *portal) placeLine(pr *vedette.Presence) placeLine {
	zone := p.Gaz.Zone(pr.Area)
	return placeLine{Where: p.presencePlace(pr), Because: firstOf(becauseWords[pr.Because], string(pr.Because)), Ended: readReason(pr.Ended), From: when(pr.From, p.Now(), zone), To: when(pr.To, p.Now(), zone),
		Recorded: when(pr.Recorded, p.Now(), "")}
}

func (p *portal) noticeLine(c *desk.PersonCard, n *desk.PersonNotice) noticeLine {
	l := noticeLine{Title: safe(n.Title), Address: updatePath + string(n.Update) + "/why/" + string(c.Person.ID), Relation: relationWords[n.Relation], State: messages.Mark("no way to reach them"),
		Mark: n.Status.Mark(), At: when(n.MadeAt, p.Now(), ""), AnsweredAt: when(n.AnsweredAt, p.Now(), "")}
	if w, ok := stateWords[n.State]; ok {
		l.State = w[0]
	}
	if n.Answer != "" {
		l.Answer, l.Kind = messages.Said{English: answerWords[n.Answer]}, string(n.Answer)
		if n.Belief == vedette.UnderDuress {
			l.Answer, l.Kind = messages.Of("%s, under duress: not believed", messages.Said{English: answerWords[n.Answer]}), "help"
		}
	}
	return l
}

// tripLine is a trip in a list.
type tripLine struct {
	Address, Who, WhoAddress, Number string
	Places                           messages.Said
	State                            string // booked, cancelled, over, now
	From, To                         moment
	Days                             messages.Said // the first and the last there
}

func (p *portal) tripLine(t *vedette.Trip, who string) tripLine {
	l := tripLine{Address: "/trips/" + string(t.ID), Who: who, Number: safe(t.External), State: messages.Mark("ahead")}
	shown := *t
	shown.Cancelled = false
	var first, last time.Time
	var names []messages.Said
	zone, end := "", ""
	for i, pr := range shown.Presences() {
		if n := p.area(pr.Area, ""); len(names) == 0 || names[len(names)-1].String() != n.String() {
			names = append(names, n)
		}
		if i == 0 {
			first, last, zone = pr.From, pr.To, p.Gaz.Zone(pr.Area)
		}
		if i == 0 || !last.IsZero() && (pr.To.IsZero() || pr.To.After(last)) {
			last, end = pr.To, p.Gaz.Zone(pr.Area)
		}
	}
	l.Places, l.From, l.To = between(names, messages.Mark("%s – %s")), when(first, p.Now(), zone), when(last, p.Now(), end)
	if l.Days = l.From.Day; !last.IsZero() {
		l.Days = messages.Of("%s – %s", l.From.Day, when(last.Add(-time.Second), p.Now(), end).Day)
	}
	switch now := p.Now(); {
	case t.Cancelled:
		l.State = messages.Mark("cancelled")
	case !last.IsZero() && !last.After(now):
		l.State = messages.Mark("over")
	case !first.After(now):
		l.State = messages.Mark("under way")
	}
	return l
}

// watchLine is a watch in a list.
type watchLine struct {
	Address, Who, WhoAddress string
	Words                    messages.Said
}

func (p *portal) watchLine(w *vedette.Watch, who string) watchLine {
	var at []messages.Said
	for _, id := range w.Areas {
		at = append(at, p.areaWhole(id))
	}
	names := semicolons(at)
	words := messages.Of("the whole world")
	switch {
	case names.English != "" && w.Shape != nil:
		words = messages.Of("%s; a drawn area", names)
	case names.English != "":
		words = messages.Of("%s", names)
	case w.Shape != nil:
		words = messages.Of("a drawn area")
	}
	if w.Risk != vedette.RiskUnknown {
		words = messages.Of("%s; risk %s or more", words, messages.Said{English: w.Risk.String()})
	}
	if w.Urgency != vedette.UrgencyUnknown {
		words = messages.Of("%s; urgency %s or more", words, messages.Said{English: w.Urgency.String()})
	}
	if w.Source != vedette.SourceUnknown {
		words = messages.Of("%s; source %s or better", words, messages.Said{English: w.Source.String()})
	}
	if len(w.Categories) > 0 {
		words = messages.Of("%s; only %s", words, listed(plainAll(w.Categories)))
	}
	return watchLine{Address: "/watches/" + string(w.ID), Who: who, Words: words}
}

// listed are words of a closed list, with commas between.
func listed(words []string) messages.Said {
	all := messages.Said{English: words[0]}
	for _, w := range words[1:] {
		all = messages.Of("%s, %s", all, messages.Said{English: w})
	}
	return all
}
