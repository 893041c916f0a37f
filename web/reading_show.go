package web

import (
	"fmt"
	"html/template"
	"net/http"
	"strconv"

	"vedette"
	"vedette/desk"
	"vedette/httpd"
	"vedette/parse/mark"
	"vedette/web/messages"
)

// readingView is a draft beside the reports that it is made of.
type readingView struct {
	frame
	ID       string
	Address  string // of the draft
	Risk     badge
	Kind     string
	Corrects string // address of the update it corrects
	Words    draftWords
	Seen     int
	By       byline
	Typed    typedWords
	Preview  previewView
	Script   string
	Reports  []markedReport
	Doubts   []doubtView
	Legend   []legendEntry
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
	Key     string // of the form that renames it, and its anchor
	Heading string
	Items   []wordsItem
}

// wordsItem is one statement of a draft.
type wordsItem struct {
	Key      string // of its form, and its anchor
	Text     string
	Forecast bool
	Source   sourceLink
	Also     []sourceLink
	Edited   bool
	Like     []sourceLink // what says nearly the same
}

// sourceLink is where a statement comes from: "report 2, line 14", or the desk.
type sourceLink struct {
	Words   messages.Said
	Address string // on the page, "" for the desk's own words
}

// markedReport is a report with its words marked.
type markedReport struct {
	No       int
	ID       string
	Only     bool // of the draft
	Origin   string
	Address  string // of the report as it came
	Received moment
	Lines    []markedLine
	More     int // lines that are not shown
}

type markedLine struct {
	ID, No string
	As     messages.Said // what it is, in a word: "claim", "set aside: byline", "not read"
	Role   string        // for its colour: claim, judgement, advice, summary, aside, unread, ""
	Runs   []markedRun
}

// markedRun is a stretch of a line that is shown in one way.
type markedRun struct {
	Text string
	Kind string        // "", "place", "date", "odds"
	What string        // the kind, in a word
	Note messages.Said // what the reader took it for
	Lost bool          // a place that is not known
}

// doubtView is a finding, with where to jump to.
type doubtView struct {
	findingView
	Key    string // of its form, and its anchor
	No     int    // among the findings of its report
	Report string
	Jump   string
	Line   messages.Said // "report 2, line 14"
	How    messages.Said // it was settled
	By     string
	Means  []foundPlace // what the words in doubt may mean
	Place  bool         // a place is in doubt
}

type legendEntry struct{ Class, Words, Example string }

var legend = []legendEntry{
	{"role claim", messages.Mark("claim"), "¶"}, {"role judgement", messages.Mark("judgement"), "¶"}, {"role advice", messages.Mark("advice"), "¶"},
	{"place", messages.Mark("place"), "Basra"}, {"place lost", messages.Mark("place that is not known"), "Tripoli"}, {"date", messages.Mark("date"), "4 February"}, {"odds", messages.Mark("odds"), "likely"},
}

// roleWords are what a statement of a report may be.
var roleWords = map[string]string{"claim": messages.Mark("claim"), "judgement": messages.Mark("judgement"), "advice": messages.Mark("advice"), "summary": messages.Mark("summary")}

// in is it as a page has it, in a language.
func (s sourceLink) in(in *messages.Tongue) template.HTML {
	words := template.HTMLEscapeString(in.Say(s.Words.English, s.Words.Args...))
	if s.Address == "" {
		return template.HTML("<b>" + words + "</b>")
	}
	l := messages.Link(s.Address)
	return l.Open + template.HTML(words) + l.Close
}

// showReading shows a draft beside its reports.
func (p *portal) showReading(w http.ResponseWriter, r *http.Request) error {
	return p.readingPage(w, r, http.StatusOK, typedWords{})
}

// readingPage shows it with what was typed and is not saved.
func (p *portal) readingPage(w http.ResponseWriter, r *http.Request, status int, t typedWords) error {
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
	v := readingView{frame: p.frameOf(r, messages.Of("Reading: %s", headline), u.Status), ID: string(u.ID), Address: draftAddress(u.ID), Risk: riskBadge(u.Content.Risk), Kind: kindWord(u.Content.Kind), Legend: legend,
		Seen: len(u.Edits), By: bylineOf(r), Typed: t, Script: p.static.url("reading.js")}
	v.frame.Place = "drafts"
	if u.Corrects != "" {
		v.Corrects = updatePath + string(u.Corrects)
	}
	ls := links{}
	for i := range d.Sources {
		s := &d.Sources[i]
		ls[s.Report.ID] = reportNo{i + 1, len(d.Sources)}
		v.Reports = append(v.Reports, p.marked(s, i+1))
		v.Reports[i].Only = len(d.Sources) == 1
		v.Doubts = append(v.Doubts, p.doubtsOf(s, ls[s.Report.ID], u)...)
	}
	v.Words = draftSays(&u.Content, ls)
	if _, err := p.fillPreview(r, &v.Preview, d); err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", httpd.ScriptPolicy)
	return p.show(w, status, "reading", &v)
}

// links knows the reports of a page by their number on it.
type links map[vedette.ID]reportNo

type reportNo struct{ no, of int }

// to is where a line of a report stands on the page.
func (n reportNo) to(line int) string { return "#r" + strconv.Itoa(n.no) + "L" + strconv.Itoa(line) }

// line names a line: "line 14", "report 2, line 14".
func (n reportNo) line(line int) messages.Said {
	if n.of < 2 {
		return messages.Of("line %d", line)
	}
	return messages.Of("report %d, line %d", n.no, line)
}

func (ls links) source(st *vedette.Statement) sourceLink {
	n, ok := ls[st.Report]
	switch {
	case st.Report == "":
		return sourceLink{Words: messages.Of("the desk's own words")}
	case !ok || st.Lines[0] < 1:
		return sourceLink{Words: messages.Of("a report")}
	}
	return sourceLink{n.line(st.Lines[0]), n.to(st.Lines[0])}
}

// draftSays puts a draft's content beside its sources.
func draftSays(c *vedette.Content, ls links) draftWords {
	v := draftWords{Headline: safe(c.Headline), Call: safe(c.CallToAction)}
	for i, t := range c.Topics {
		v.Topics = append(v.Topics, wordsGroup{Key: headKey(vedette.SectionSituation, i), Heading: safe(t.Title)})
	}
	for i, a := range c.Recommendations {
		v.Advice = append(v.Advice, wordsGroup{Key: headKey(vedette.SectionAdvice, i), Heading: safe(a.Heading)})
	}
	for _, s := range c.Spots() {
		part := c.Part(s)
		it := ls.item(s, part.Said())
		switch {
		case part.Claim != nil:
			g := &v.Topics[s.Group]
			ls.beside(&it, g.Items)
			g.Items = append(g.Items, it)
		case part.Advice != nil:
			g := &v.Advice[s.Group]
			ls.beside(&it, g.Items)
			g.Items = append(g.Items, it)
		case part.Judgement != nil:
			it.Forecast = part.Judgement.Forecast
			ls.beside(&it, v.Assessments)
			v.Assessments = append(v.Assessments, it)
		default:
			ls.beside(&it, v.Summary)
			v.Summary = append(v.Summary, it)
		}
	}
	return v
}

func (ls links) item(s vedette.Spot, st *vedette.Statement) wordsItem {
	it := wordsItem{Key: spotKey(s), Text: safe(st.Text), Source: ls.source(st), Edited: st.Edited}
	for _, c := range st.Also {
		it.Also = append(it.Also, ls.source(&vedette.Statement{Report: c.Report, Lines: c.Lines}))
	}
	return it
}

// beside says of a statement of several reports which before it says nearly the same:
// what is alike stands together.
func (ls links) beside(it *wordsItem, before []wordsItem) {
	if len(ls) < 2 {
		return
	}
	for _, o := range before[max(0, len(before)-3):] {
		if o.Source.Words.String() != it.Source.Words.String() && desk.Alike(o.Text, it.Text) {
			it.Like = append(it.Like, o.Source)
		}
	}
}

// doubtsOf lists what the reader doubted of a report, with what its words may mean.
func (p *portal) doubtsOf(s *desk.Source, n reportNo, u *vedette.Update) (out []doubtView) {
	for i, f := range findings(s.Report.ID, s.Reading, u.Accepted) {
		v := doubtView{findingView: f, Key: fmt.Sprintf("doubt-%d-%d", n.no, i), No: i, Report: string(s.Report.ID), Jump: n.to(f.Lines[0]), Line: n.line(f.Lines[0])}
		of := s.Reading.Findings[i]
		v.Place = of.Code == vedette.FindAmbiguousPlace || of.Code == vedette.FindUnknownPlace
		if how := u.Settles(s.Report.ID, of); how != nil {
			v.How, v.By, v.Blocks = settledAs(how.How), safe(how.By), false
		} else if v.Place {
			for _, words := range desk.Doubted(of)[:min(1, len(desk.Doubted(of)))] {
				v.Means = p.candidates(words)
			}
		}
		out = append(out, v)
	}
	return out
}

// marked is a report with what its reading says of its words.
func (p *portal) marked(s *desk.Source, no int) markedReport {
	v := markedReport{No: no, ID: string(s.Report.ID), Origin: safe(s.Report.Origin), Address: "/reports/" + string(s.Report.ID), Received: when(s.Report.ReceivedAt, p.Now(), "")}
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
func lineAs(l *mark.Line) messages.Said {
	switch {
	case l.Aside != "":
		return messages.Of("set aside: %s", messages.Said{English: firstOf(asideWords[l.Aside], plain(l.Aside))})
	case len(l.Spans) > 0 && l.Spans[0].Role != "":
		return messages.Said{English: firstOf(roleWords[string(l.Spans[0].Role)], string(l.Spans[0].Role))}
	case l.As == vedette.AsStatement:
		return messages.Said{}
	}
	return messages.Said{English: accountWords[l.As]}
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
	run := markedRun{Kind: string(m.Kind), What: string(m.Kind)}
	switch m.Kind {
	case mark.Place:
		a, ok := p.Gaz.Area(m.Place.Area)
		if run.Lost = !ok; run.Lost {
			run.Note = messages.Of("a place that is not known, or could be several")
			return run
		}
		if run.Note = messages.Of("%s", p.withCountry(a)); m.Place.Metonym {
			run.Note = messages.Of("%s, named for its government", p.area(a.ID, ""))
		}
	case mark.Date:
		run.Note = messages.Of("%s", dated(m.When, 0))
		if m.When.Scheduled {
			run.Note = messages.Of("%s, scheduled", dated(m.When, 0))
		}
	case mark.Odds:
		run.Note = messages.Said{English: oddsNote(&m.Likelihood)}
	}
	return run
}

func oddsNote(l *vedette.Likelihood) string {
	switch {
	case l.Comparative:
		return messages.Mark("one beside another, no figure")
	case l.Hedge:
		return messages.Mark("a hedge, no figure")
	case l.Scale == "":
		return messages.Mark("on no scale, no figure")
	}
	return span(l.Low, l.High)
}
