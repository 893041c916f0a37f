package web

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/web/messages"
)

// liveSeconds is how often a board that is followed live loads itself again.
const liveSeconds = 15

type boardView struct {
	frame
	Update    updateLine
	Address   string
	AsOf      moment
	Live      bool
	Follow    followView
	Sending   bool
	Asked     int // what people's text messages ask of the desk
	Called    int // they do not answer, and the desk is to call them
	Again     int // are told again until they answer
	Concerned int
	In, MayBe count
	Answers   []count // help first
	Silent    count
	NoWay     count // unreachable
	Told      []toldLine
	Rest      []toldLine // states beside the ladder
	Hooks     []toldLine
	Managers  []superiorLine
	Last      moment // last received
	Fanout    string
	Countries []countryLine
	Shut      []messages.Said // who gets nothing of it, for they are compromised, in words
	Quiet     []messages.Said // areas that are silent and by habit are not, in words
	Table     string          // where it is saved as a table, "" for whoever may not
	Log       logView
	Say       *sayView
	Ask       askThen
	Earlier   []earlierHelp // calls for help by older updates of the situation
}

// count is a number that leads to the people behind it.
type count struct {
	N       int
	Word    string
	Kind    string // for colour and shape
	Address string
}

// earlierHelp is how many need help by an older update of the situation.
type earlierHelp struct {
	N, Update int // the update's number
	Address   string
}

// toldLine is one state of the ledger: in it now, and in it or beyond.
type toldLine struct {
	Word    string
	Means   string
	N       int
	Beyond  int // in this state or a later one; -1 where that says nothing
	Address string
}

// countryLine is one country or sea of the board.
type countryLine struct {
	Name      messages.Said
	Address   string
	Concerned int
	Counts    []count // help, safe, not there, silent, unreachable
	Bar       []barPart
	Last      moment
}

// barPart is a stretch of a bar 100 units long.
type barPart struct {
	X, W float64
	Kind string
}

// showBoard shows how far an update has come.
func (p *portal) showBoard(w http.ResponseWriter, r *http.Request) error {
	if at, err := readMoment(r.URL.Query()); err != nil || !at.IsZero() {
		if err != nil {
			return err
		}
		return p.showBoardThen(w, r, at)
	}
	b, err := p.Desk.Board(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := p.boardView(r, b)
	if v.Live = r.URL.Query().Get("live") == "1"; v.Live {
		v.Refresh = liveSeconds
	}
	v.Follow = p.followed(w, v.Address+"/board/live")
	if v.Log, err = p.decided(r, b.Update); err != nil {
		return err
	}
	v.Ask = askAt(v.Address+"/board", time.Time{})
	if p.may(r, rights.Export) == nil {
		v.Table = v.Address + "/board.csv"
	}
	if v.Say = p.saying(w, r, v.Address+"/board"); v.Say != nil {
		v.Say.Update, v.Say.Corrects = string(b.Update.ID), correcting(r.URL.Query())
	}
	return p.show(w, http.StatusOK, "board", v)
}

// followBoard sends what a board shows whenever it is another.
func (p *portal) followBoard(w http.ResponseWriter, r *http.Request) error {
	id := vedette.ID(r.PathValue("id"))
	return p.follow(w, r, "board/"+string(id), func() ([]byte, error) {
		b, err := p.Desk.Board(r.Context(), id)
		if err != nil {
			return nil, err
		}
		v := p.boardView(r, b)
		if v.Log, err = p.decided(r, b.Update); err != nil {
			return nil, err
		}
		return p.part(languageOf(r), "boardlive", v)
	})
}

func (p *portal) boardView(r *http.Request, b *desk.Board) boardView {
	u, t := b.Update, b.Tally
	zone := p.zone(&u.Content)
	v := boardView{frame: p.frameOf(r, messages.Of("Board: %s", safe(firstOf(u.Content.Headline, u.Content.Title))), u.Status),
		Update: p.updateLine(u, t), Address: "/updates/" + string(u.ID), AsOf: when(b.AsOf, p.Now(), zone),
		Sending: b.Sending, Asked: b.Asked, Called: b.Patience.Asked, Again: b.Patience.Running, Concerned: t.Concerned, Last: when(t.LastReceived, b.AsOf, zone), Fanout: fanoutWords[t.Fanout.State]}
	v.In = p.count(u, t.In, messages.Mark("in"), "", url.Values{"relation": {string(vedette.RelationIn)}})
	v.MayBe = p.count(u, t.MayBe, messages.Mark("may be in"), "", url.Values{"relation": {string(vedette.RelationMayBe)}})
	five := p.five(u, t, "")
	v.Answers, v.Silent, v.NoWay = five[:3], five[3], five[4]
	v.Told = p.ladder(u, t.Deliveries)
	for _, s := range []vedette.DeliveryState{vedette.DeliveryFailed, vedette.DeliveryWithheld, vedette.DeliveryUnknown} {
		v.Rest = append(v.Rest, p.told(u, s, t.Deliveries[s], -1))
	}
	for _, s := range vedette.DeliveryStates {
		if n := t.Hooks[s]; n > 0 {
			v.Hooks = append(v.Hooks, toldLine{Word: stateWords[s][0], N: n})
		}
	}
	for i := range b.Shut {
		v.Shut = append(v.Shut, messages.Of("%s, %s", safe(b.Shut[i].Person.Record.Name), worded(b.Shut[i].Says())))
	}
	for _, q := range b.Quiet {
		v.Quiet = append(v.Quiet, worded(q.Says))
	}
	v.Managers = p.superiorLines(u, b.Managers, zone)
	for _, e := range b.Earlier {
		v.Earlier = append(v.Earlier, earlierHelp{N: e.Help, Update: e.Update.Number,
			Address: peopleAddress(e.Update, url.Values{"answer": {string(vedette.ReplyHelp)}})})
	}
	for _, c := range b.Countries {
		v.Countries = append(v.Countries, p.countryLine(u, c, b.AsOf))
	}
	return v
}

// ladder is the states a delivery goes through, each with how many are in
// it and how many are in it or beyond.
func (p *portal) ladder(u *vedette.Update, n map[vedette.DeliveryState]int) []toldLine {
	steps := []vedette.DeliveryState{vedette.DeliveryQueued, vedette.DeliveryAccepted, vedette.DeliveryReceived,
		vedette.DeliverySeen, vedette.DeliveryAnswered}
	out := make([]toldLine, len(steps))
	beyond := 0
	for i := len(steps) - 1; i >= 0; i-- {
		beyond += n[steps[i]]
		out[i] = p.told(u, steps[i], n[steps[i]], beyond)
	}
	out[0].Beyond = -1
	return out
}

func (p *portal) told(u *vedette.Update, s vedette.DeliveryState, n, beyond int) toldLine {
	return toldLine{Word: stateWords[s][0], Means: stateWords[s][1], N: n, Beyond: beyond,
		Address: peopleAddress(u, url.Values{"state": {string(s)}})}
}

// five are the counts of a line: help, safe, not there, which with the
// silent are everyone concerned, and those of the silent nobody can reach.
func (p *portal) five(u *vedette.Update, t desk.Tally, area vedette.AreaID) []count {
	with := func(k, v string) url.Values {
		q := url.Values{k: {v}}
		if area != "" {
			q.Set("area", string(area))
		}
		return q
	}
	var out []count
	for _, k := range []vedette.ReplyKind{vedette.ReplyHelp, vedette.ReplySafe, vedette.ReplyNotThere} {
		out = append(out, p.count(u, t.Answers[k], answerWords[k], string(k), with("answer", string(k))))
	}
	return append(out,
		p.count(u, t.Silent, messages.Mark("silent"), "silent", with("silent", "1")),
		p.count(u, t.Unreachable, messages.Mark("of them no way to reach"), "unreachable", with("unreachable", "1")))
}

func (p *portal) count(u *vedette.Update, n int, word, kind string, q url.Values) count {
	return count{N: n, Word: word, Kind: kind, Address: peopleAddress(u, q)}
}

func peopleAddress(u *vedette.Update, q url.Values) string {
	return "/updates/" + string(u.ID) + "/people?" + q.Encode()
}

func (p *portal) countryLine(u *vedette.Update, c desk.CountryTally, asOf time.Time) countryLine {
	zone := ""
	if a, ok := p.Gaz.Area(c.Area); ok && len(a.Zones) > 0 {
		zone = a.Zones[0]
	}
	l := countryLine{Name: p.area(c.Area, c.Name), Concerned: c.Tally.Concerned, Counts: p.five(u, c.Tally, c.Area),
		Address: peopleAddress(u, url.Values{"area": {string(c.Area)}}), Last: when(c.Tally.LastReceived, asOf, zone)}
	l.Bar = bar(l.Counts)
	return l
}

// bar lays the five counts end to end over 100 units; the silent there are
// those who can be reached.
func bar(five []count) []barPart {
	counts := slices.Clone(five)
	counts[3].N = max(0, counts[3].N-counts[4].N)
	return stretches(counts)
}

// stretches lays counts end to end over 100 units.
func stretches(counts []count) (out []barPart) {
	sum := 0
	for _, c := range counts {
		sum += c.N
	}
	x := 0.0
	for _, c := range counts {
		if c.N == 0 {
			continue
		}
		w := 100 * float64(c.N) / float64(sum)
		out = append(out, barPart{X: x, W: w, Kind: c.Kind})
		x += w
	}
	return out
}
