package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
	"vedette/wording"
)

// thenView says that a page shows what was at a moment, not what is.
type thenView struct {
	At   moment
	Gaps []messages.Said // what cannot be told
	Now  string          // where the page of now is
}

// nightThenView is the night board as of a moment, and boardThenView an update's board.
type nightThenView struct {
	frame
	Then     thenView
	Ask      askThen
	Open     []situationThen
	OpenMore int
	Help     []caseThen
	Rolls    []rollcallLine
	Tasks    []taskLine
	TaskMore int
}

type boardThenView struct {
	frame
	Then      thenView
	Ask       askThen
	Update    updateLine
	Situation situationThen
}

// situationThen is a situation as it was.
type situationThen struct {
	Update    updateLine
	Title     string
	Board     string
	Since     moment
	Answers   []count // without addresses: the lists are of now
	Steps     []count
	Countries []nightCountry
	Last      moment
	Log       logView
	Concerned int
	In, MayBe int
	Doubtful  int
	NoWay     int
}

// caseThen is a call for help as it was.
type caseThen struct {
	Name, Address, Mark, Situation string
	State                          messages.Said
	Called                         moment
}

// askThen is the form that asks for a moment.
type askThen struct{ Address, At string }

// moments are how a moment may be written in an address; one without a zone is UTC.
var moments = []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02 15:04Z07:00"}

// readMoment reads the moment that a page is asked for: the zero time where it is now's.
func readMoment(q url.Values) (time.Time, error) {
	at := strings.TrimSpace(q.Get("at"))
	if at == "" {
		return time.Time{}, nil
	}
	for _, layout := range moments {
		if t, err := time.Parse(layout, strings.Replace(at, " UTC", "", 1)); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, vedette.Errorf(vedette.CodeInvalid, "%q is no moment; write 2026-02-05T02:20Z", clip(safe(at), 40))
}

// showNightThen shows the night board as of a moment that is past.
func (p *portal) showNightThen(w http.ResponseWriter, r *http.Request, at time.Time) error {
	n, err := p.Desk.NightAt(r.Context(), at)
	if err != nil {
		return err
	}
	v := nightThenView{frame: p.frameOf(r, messages.Of("Night board as of %s", at.Format("2 Jan 2006 15:04 UTC")), vedette.StatusActual), Then: p.then(at, n.Gaps, nightPath), Ask: askAt(nightPath, at),
		OpenMore: n.OpenMore, TaskMore: n.TaskMore, Tasks: p.taskLines(n.Tasks)}
	v.Place = "night"
	for i := range n.Open {
		v.Open = append(v.Open, p.situationThen(&n.Open[i], at))
	}
	for _, c := range n.Help {
		l := caseThen{Name: safe(c.Name), Address: "/cases/" + string(c.Case), Mark: c.Update.Status.Mark(), Situation: safe(firstOf(c.Update.Situation.Title, c.Update.Content.Headline)), Called: when(c.Called, at, "")}
		switch {
		case c.Handed:
			l.State = messages.Of("handed over")
		case c.Taken != "":
			l.State = messages.Of("%s had it", safe(c.Taken))
		default:
			l.State = messages.Of("nobody had taken it")
		}
		v.Help = append(v.Help, l)
	}
	for i := range n.Rolls {
		v.Rolls = append(v.Rolls, p.rollcallLine(&n.Rolls[i]))
	}
	return p.show(w, http.StatusOK, "nightthen", v)
}

// showBoardThen shows an update's board as of a moment that is past.
func (p *portal) showBoardThen(w http.ResponseWriter, r *http.Request, at time.Time) error {
	s, gaps, err := p.Desk.BoardAt(r.Context(), vedette.ID(r.PathValue("id")), at)
	if err != nil {
		return err
	}
	board := updatePath + string(s.Update.ID) + "/board"
	v := boardThenView{frame: p.frameOf(r, messages.Of("Board as of %s: %s", at.Format("2 Jan 2006 15:04 UTC"), safe(firstOf(s.Update.Content.Headline, s.Update.Content.Title))), s.Update.Status),
		Then: p.then(at, gaps, board), Ask: askAt(board, at), Update: p.updateLine(s.Update, s.Tally.Tally), Situation: p.situationThen(s, at)}
	return p.show(w, http.StatusOK, "boardthen", v)
}

func (p *portal) then(at time.Time, gaps []wording.Said, now string) thenView {
	return thenView{At: when(at, p.Now(), ""), Gaps: wordedAll(gaps), Now: now}
}

// askAt asks for a moment, with one that was asked for.
func askAt(address string, at time.Time) askThen {
	a := askThen{Address: address}
	if !at.IsZero() {
		a.At = at.UTC().Format("2006-01-02T15:04Z")
	}
	return a
}

func (p *portal) situationThen(s *desk.ThenSituation, at time.Time) situationThen {
	u, t := s.Update, &s.Tally
	zone := p.zone(&u.Content)
	v := situationThen{Update: p.updateLine(u, t.Tally), Title: safe(firstOf(u.Situation.Title, u.Content.Headline, u.Content.Title)), Board: updatePath + string(u.ID) + "/board?at=" + at.UTC().Format("2006-01-02T15:04:05Z"),
		Since: when(s.Since, at, zone), Last: when(t.LastReceived, at, zone), Concerned: t.Concerned, In: t.In, MayBe: t.MayBe, Doubtful: t.Doubtful, NoWay: t.Unreachable}
	v.Answers = bare(p.five(u, t.Tally, ""))[:4]
	v.Steps = []count{{N: t.Deliveries[vedette.DeliveryQueued], Word: messages.Mark("not accepted yet")}, {N: t.Deliveries[vedette.DeliveryAccepted] - t.Doubtful, Word: messages.Mark("accepted")},
		{N: t.Doubtful, Word: messages.Mark("accepted, and may have received it")}, {N: t.Told(), Word: messages.Mark("told")}}
	if t.Unreachable > 0 {
		v.Steps = append(v.Steps, count{N: t.Unreachable, Word: messages.Mark("no way to reach"), Kind: "bad"})
	}
	for _, c := range s.Countries {
		l := p.nightCountry(u, c, at)
		l.Address, l.Cells = "", bare(l.Cells)
		v.Countries = append(v.Countries, l)
	}
	v.Log.More, v.Log.Of = s.Log.More, string(u.ID)
	for i := range s.Log.Steps {
		v.Log.Steps = append(v.Log.Steps, p.stepView(&s.Log.Steps[i], u.ID, zone, at, false))
	}
	return v
}

// bare are counts that lead nowhere.
func bare(list []count) []count {
	for i := range list {
		list[i].Address = ""
	}
	return list
}
