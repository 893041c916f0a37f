package web

import (
	"net/http"
	"strconv"

	"vedette"
	"vedette/desk"
	"vedette/parse/mark"
)

// readingView is a draft beside the reports that it is made of.
type readingView struct {
	frame
	Address string // of the draft
	Risk    badge
	Kind    string
	Words   draftWords
	Reports []markedReport
	Doubts  []doubtView
	Legend  []legendEntry
}

// draftWords are what a draft says, each with where it comes from.
type draftWords struct {
	Headline, Call string
	Summary        []wordsItem
	Topics         []wordsGroup
	Assessments    []wordsItem
	Advice         []wordsGroup
}

// wordsGroup is what stands under one heading.
type wordsGroup struct {
	Heading string
	Items   []wordsItem
}

// wordsItem is one statement of a draft.
type wordsItem struct {
	Text     string
	Forecast bool
	Source   sourceLink
}

// sourceLink is where a statement comes from: "report 2, line 14", or the desk.
type sourceLink struct {
	Words   string
	Address string // on the page, "" for the desk's own words
}

// markedReport is a report with its words marked.
type markedReport struct {
	No       int
	Origin   string
	Address  string // of the report as it came
	Received moment
	Lines    []markedLine
	More     int // lines that are not shown
}

type markedLine struct {
	ID, No string
	As     string // what it is, in a word: "claim", "set aside: byline", "not read"
	Role   string // for its colour: claim, judgement, advice, summary, aside, unread, ""
	Runs   []markedRun
}

// markedRun is a stretch of a line that is shown in one way.
type markedRun struct {
	Text string
	Kind string // "", "place", "date", "odds"
	Note string // what the reader took it for
	Lost bool   // a place that is not known
}

// doubtView is a finding, with where to jump to.
type doubtView struct {
	findingView
	Jump string
	Line string // "report 2, line 14"
}

type legendEntry struct{ Class, Words, Example string }

var legend = []legendEntry{
	{"role claim", "claim", "¶"}, {"role judgement", "judgement", "¶"}, {"role advice", "advice", "¶"},
	{"place", "place", "Basra"}, {"place lost", "place that is not known", "Tripoli"}, {"date", "date", "4 February"}, {"odds", "odds", "likely"},
}

// showReading shows a draft beside its reports.
func (p *portal) showReading(w http.ResponseWriter, r *http.Request) error {
	return p.readingPage(w, r, http.StatusOK)
}

func (p *portal) readingPage(w http.ResponseWriter, r *http.Request, status int) error {
	id := vedette.ID(r.PathValue("id"))
	d, err := p.Desk.Draft(r.Context(), id)
	if vedette.ErrorCode(err) == vedette.CodeConflict { // it was published
		http.Redirect(w, r, updatePath+string(id), http.StatusSeeOther)
		return nil
	}
	if err != nil {
		return err
	}
	u := d.Update
	headline := safe(firstOf(u.Content.Headline, u.Content.Title))
	v := readingView{frame: p.frame(r, "Reading: "+headline, u.Status), Address: draftAddress(u.ID), Risk: riskBadge(u.Content.Risk), Kind: kindWord(u.Content.Kind), Legend: legend}
	v.frame.Place = "drafts"
	ls := links{}
	for i := range d.Sources {
		s := &d.Sources[i]
		ls[s.Report.ID] = reportNo{i + 1, len(d.Sources)}
		v.Reports = append(v.Reports, p.marked(s, i+1))
		v.Doubts = append(v.Doubts, doubts(s, ls[s.Report.ID], u.Accepted)...)
	}
	v.Words = draftSays(&u.Content, ls)
	return p.show(w, status, "reading", v)
}

// links knows the reports of a page by their number on it.
type links map[vedette.ID]reportNo

type reportNo struct{ no, of int }

// to is where a line of a report stands on the page.
func (n reportNo) to(line int) string { return "#r" + strconv.Itoa(n.no) + "L" + strconv.Itoa(line) }

// line names a line: "line 14", "report 2, line 14".
func (n reportNo) line(line int) string {
	if n.of < 2 {
		return "line " + strconv.Itoa(line)
	}
	return "report " + strconv.Itoa(n.no) + ", line " + strconv.Itoa(line)
}

func (ls links) source(st *vedette.Statement) sourceLink {
	n, ok := ls[st.Report]
	switch {
	case st.Report == "":
		return sourceLink{Words: "the desk's own words"}
	case !ok || st.Lines[0] < 1:
		return sourceLink{Words: "a report"}
	}
	return sourceLink{n.line(st.Lines[0]), n.to(st.Lines[0])}
}

// draftSays puts a draft's content beside its sources.
func draftSays(c *vedette.Content, ls links) draftWords {
	v := draftWords{Headline: safe(c.Headline), Call: safe(c.CallToAction)}
	item := func(st *vedette.Statement) wordsItem { return wordsItem{Text: safe(st.Text), Source: ls.source(st)} }
	for i := range c.Summary {
		v.Summary = append(v.Summary, item(&c.Summary[i]))
	}
	for _, t := range c.Topics {
		g := wordsGroup{Heading: safe(t.Title)}
		for i := range t.Claims {
			g.Items = append(g.Items, item(&t.Claims[i].Statement))
		}
		v.Topics = append(v.Topics, g)
	}
	for i := range c.Assessments {
		it := item(&c.Assessments[i].Statement)
		it.Forecast = c.Assessments[i].Forecast
		v.Assessments = append(v.Assessments, it)
	}
	for _, a := range c.Recommendations {
		g := wordsGroup{Heading: safe(a.Heading)}
		for i := range a.Advice {
			g.Items = append(g.Items, item(&a.Advice[i].Statement))
		}
		v.Advice = append(v.Advice, g)
	}
	return v
}

func doubts(s *desk.Source, n reportNo, accepted []vedette.Finding) (out []doubtView) {
	for _, f := range findings(s.Report.ID, s.Reading, accepted) {
		out = append(out, doubtView{f, n.to(f.Lines[0]), n.line(f.Lines[0])})
	}
	return out
}

// marked is a report with what its reading says of its words.
func (p *portal) marked(s *desk.Source, no int) markedReport {
	v := markedReport{No: no, Origin: safe(s.Report.Origin), Address: "/reports/" + string(s.Report.ID), Received: when(s.Report.ReceivedAt, p.Now(), "")}
	lines := mark.Lines(s.Report.Text, s.Reading)
	v.More = max(len(lines)-linesPerPage, 0)
	last := 0
	for i := range lines[:len(lines)-v.More] {
		l := &lines[i]
		m := markedLine{As: lineAs(l), Role: lineRole(l), Runs: p.lineRuns(l)}
		if l.No != last { // of HTML several may be of one line
			m.ID, m.No = "r"+strconv.Itoa(no)+"L"+strconv.Itoa(l.No), strconv.Itoa(l.No)
		}
		last = l.No
		v.Lines = append(v.Lines, m)
	}
	return v
}

// lineAs says in a word what a line is.
func lineAs(l *mark.Line) string {
	switch {
	case l.Aside != "":
		return "set aside: " + firstOf(asideWords[l.Aside], plain(l.Aside))
	case len(l.Spans) > 0 && l.Spans[0].Role != "":
		return string(l.Spans[0].Role)
	case l.As == vedette.AsStatement:
		return ""
	}
	return accountWords[l.As]
}

func lineRole(l *mark.Line) string {
	switch {
	case l.Aside != "":
		return "aside"
	case l.As == vedette.AsUnread:
		return "unread"
	case l.As == vedette.AsHeading, l.As == vedette.AsTitle:
		return "heading"
	case len(l.Spans) > 0:
		return string(l.Spans[0].Role)
	}
	return ""
}

// lineRuns cuts a line where its marks begin and end.
func (p *portal) lineRuns(l *mark.Line) (out []markedRun) {
	at := 0
	add := func(to int, run markedRun) {
		if run.Text = visible(l.Text[at:to]); run.Text != "" {
			out = append(out, run)
		}
		at = to
	}
	for _, s := range l.Spans {
		for _, m := range s.Marks {
			add(m.From, markedRun{})
			add(m.To, p.markedAs(&m))
		}
	}
	add(len(l.Text), markedRun{})
	return out
}

// markedAs says what a mark is of.
func (p *portal) markedAs(m *mark.Mark) markedRun {
	run := markedRun{Kind: string(m.Kind)}
	switch m.Kind {
	case mark.Place:
		a, ok := p.Gaz.Area(m.Place.Area)
		if run.Lost = !ok; run.Lost {
			run.Note = "a place that is not known, or could be several"
			return run
		}
		if run.Note = p.withCountry(a); m.Place.Metonym {
			run.Note = p.areaName(a.ID, "") + ", named for its government"
		}
	case mark.Date:
		run.Note = dated(m.When, 0)
		if m.When.Scheduled {
			run.Note += ", scheduled"
		}
	case mark.Odds:
		run.Note = oddsNote(&m.Likelihood)
	}
	return run
}

func oddsNote(l *vedette.Likelihood) string {
	switch {
	case l.Comparative:
		return "one beside another, no figure"
	case l.Hedge:
		return "a hedge, no figure"
	case l.Scale == "":
		return "on no scale, no figure"
	}
	return span(l.Low, l.High)
}
