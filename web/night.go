package web

import (
	"html/template"
	"net/http"
	"net/url"
	"time"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

const nightPath = "/night"

// nightPage is the night board with what is around it.
type nightPage struct {
	frame
	AsOf   moment
	Live   bool
	Follow followView
	Part   template.HTML // a nightView, drawn
	Say    *sayView
	Ask    askThen
}

// nightView is all that is open.
type nightView struct {
	Sending  bool
	Help     []nightCase
	HelpAll  int
	HelpMore int
	Open     []nightSituation
	OpenMore int
	Rolls    []nightRoll
	RollMore int
	Tasks    []taskLine
	TaskMore int
	Map      mapView
	Manifest manifestView
	Log      logView
}

// nightCase is a call for help with the situation that it came in.
type nightCase struct {
	caseLine
	Mark, Situation, Update string
}

// nightSituation is the block of a situation that is open.
type nightSituation struct {
	Update      updateLine
	Title       string
	Since, Next moment
	Lapsed      bool // it was to be looked at by now
	Counted     moment
	Board       string
	Steps       []count // what became of the messages
	Answers     []count // help first, the silent last
	Help        int     // calls for help that are not closed
	Quiet       []messages.Said
	Countries   []nightCountry
	Kept        keptSitreps
}

// nightCountry is one country, or sea, of a situation.
type nightCountry struct {
	countryLine
	Cells []count
}

// nightRoll is a roll-call that is open.
type nightRoll struct {
	rollcallLine
	Counted moment
	Counts  []count
	Left    int
	NoWay   int
	Calls   string
}

// showNight shows all that is open.
func (p *portal) showNight(w http.ResponseWriter, r *http.Request) error {
	if at, err := readMoment(r.URL.Query()); err != nil || !at.IsZero() {
		if err != nil {
			return err
		}
		return p.showNightThen(w, r, at)
	}
	v := &nightPage{frame: p.frame(r, messages.Mark("Night board"), vedette.StatusActual), Ask: askAt(nightPath, time.Time{})}
	v.Place = "night"
	part, drawn, err := p.loaded(r, "night", p.drawNight)
	if err != nil {
		return err
	}
	v.Part, v.AsOf = part, when(drawn, p.Now(), "")
	if v.Live = r.URL.Query().Get("live") == "1"; v.Live {
		v.Refresh = liveSeconds
	}
	v.Follow = p.followed(w, nightPath+"/live")
	open, _, err := p.Desk.OpenNow(r.Context())
	if err != nil {
		return err
	}
	if len(open) > 0 {
		v.Say = p.nightSaying(w, r, open)
	}
	return p.show(w, http.StatusOK, "night", v)
}

// followNight sends what the night board shows whenever it is another.
func (p *portal) followNight(w http.ResponseWriter, r *http.Request) error {
	return p.follow(w, r, "night", p.drawNight(r))
}

// drawNight draws what is live of the night board.
func (p *portal) drawNight(r *http.Request) func() ([]byte, error) {
	return func() ([]byte, error) {
		n, err := p.Desk.Night(r.Context())
		if err != nil {
			return nil, err
		}
		return p.part(languageOf(r), "nightlive", p.nightView(r, n))
	}
}

func (p *portal) nightView(r *http.Request, n *desk.Night) *nightView {
	v := &nightView{Sending: n.Sending, HelpMore: n.HelpMore, OpenMore: n.OpenMore, RollMore: n.RollMore, Tasks: p.taskLines(n.Tasks), TaskMore: n.TaskMore}
	for i := range n.Help {
		c := &n.Help[i]
		v.Help = append(v.Help, nightCase{p.caseLine(&c.CaseRow), c.Update.Status.Mark(), safe(firstOf(c.Update.Situation.Title, c.Update.Content.Headline)), updatePath + string(c.Update.ID)})
	}
	for i := range n.Open {
		v.Open = append(v.Open, p.nightSituation(&n.Open[i], n))
	}
	for i := range n.Rolls {
		v.Rolls = append(v.Rolls, p.nightRoll(&n.Rolls[i], n))
	}
	v.Manifest = p.manifest(n.AsOf)
	v.HelpAll = len(n.Help) + n.HelpMore
	v.Map = p.nightMap(tongue(r), n)
	for i := range n.Log {
		s := &n.Log[i]
		l := p.stepView(&s.Step, s.Update, "", n.AsOf, false)
		if l.Situation = safe(s.Situation.Title); len(n.Open) == 1 {
			l.Situation = ""
		}
		v.Log.Steps = append(v.Log.Steps, l)
	}
	return v
}

// nightSaying is the line in which what was decided is written down, of any of the
// situations that are open.
func (p *portal) nightSaying(w http.ResponseWriter, r *http.Request, open []*vedette.Update) *sayView {
	line := p.saying(w, r, nightPath)
	if line == nil {
		return nil
	}
	for _, u := range open {
		name := safe(firstOf(u.Situation.Title, u.Content.Headline, u.Content.Title))
		if m := u.Status.Mark(); m != "" {
			name = say(r, messages.Of("%s: %s", messages.Said{English: m}, name))
		}
		line.Choices = append(line.Choices, option{Value: string(u.ID), Name: clip(name, 60)})
	}
	if len(line.Choices) == 1 {
		line.Update, line.Choices = line.Choices[0].Value, nil
	}
	return line
}

func (p *portal) nightSituation(s *desk.NightSituation, n *desk.Night) nightSituation {
	u, t := s.Update, s.Tally
	zone := p.zone(&u.Content)
	v := nightSituation{Update: p.updateLine(u, t), Title: safe(firstOf(u.Situation.Title, u.Content.Headline, u.Content.Title)), Board: updatePath + string(u.ID) + "/board",
		Since: when(s.Since, n.AsOf, zone), Next: when(s.Next, n.AsOf, zone), Lapsed: n.AsOf.After(s.Next), Counted: when(s.Counted, n.AsOf, ""), Help: s.Help}
	for _, state := range []vedette.DeliveryState{vedette.DeliveryQueued, vedette.DeliveryAccepted, vedette.DeliveryReceived, vedette.DeliverySeen} {
		v.Steps = append(v.Steps, p.count(u, t.Deliveries[state], stateWords[state][0], "", url.Values{"state": {string(state)}}))
	}
	five := p.five(u, t, "")
	v.Answers = five[:4]
	v.Kept = p.keptSitreps(&s.Kept, updatePath+string(u.ID)+"/sitrep#keep")
	for _, state := range []vedette.DeliveryState{vedette.DeliveryFailed, vedette.DeliveryUnknown} {
		if t.Deliveries[state] > 0 {
			v.Steps = append(v.Steps, p.count(u, t.Deliveries[state], stateWords[state][0], "bad", url.Values{"state": {string(state)}}))
		}
	}
	if t.Unreachable > 0 {
		v.Steps = append(v.Steps, p.count(u, t.Unreachable, messages.Mark("no way to reach"), "bad", url.Values{"unreachable": {"1"}}))
	}
	for _, q := range s.Quiet {
		v.Quiet = append(v.Quiet, worded(q.Says))
	}
	for _, c := range s.Countries {
		v.Countries = append(v.Countries, p.nightCountry(u, c, n.AsOf))
	}
	return v
}

// nightCountry is a country's line: in, may be in, told, and what they answered.
func (p *portal) nightCountry(u *vedette.Update, c desk.CountryTally, asOf time.Time) nightCountry {
	in := func(key, value string) url.Values { return url.Values{key: {value}, "area": {string(c.Area)}} }
	v := nightCountry{countryLine: p.countryLine(u, c, asOf)}
	five := v.Counts
	v.Cells = append([]count{
		p.count(u, c.Tally.In, messages.Mark("in"), "", in("relation", string(vedette.RelationIn))),
		p.count(u, c.Tally.MayBe, messages.Mark("may be in"), "", in("relation", string(vedette.RelationMayBe))),
		p.count(u, c.Tally.Told(), messages.Mark("told"), "", in("told", "1")),
	}, five[1], five[2], five[0], five[3])
	return v
}

func (p *portal) nightRoll(c *desk.NightRoll, n *desk.Night) nightRoll {
	v := nightRoll{rollcallLine: p.rollcallLine(&c.Rollcall), Counted: when(c.Counted, n.AsOf, ""), Left: c.Left, NoWay: c.NoWay, Calls: rollcallAddress(c.ID) + "/calls"}
	for _, s := range vedette.RollStandings {
		v.Counts = append(v.Counts, count{N: c.Counts[s], Word: standingWords[s], Kind: string(s), Address: rollcallAddress(c.ID)})
	}
	return v
}

// clip is a text of at most so many characters.
func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
