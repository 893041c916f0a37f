// Package parse reads a security report, the way analysts write it, into a
// vedette.Reading: what was said, what was judged, what to do and where.
//
// It is pure and total: any bytes give a reading, the same bytes the same
// reading, and every line of the text is accounted for. The work is a row of
// small passes over a line model; doc/reading.md tells them in order. The
// words it knows are tables in words/, one file a subject.
package parse

import (
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/layout"
	"vedette/parse/page"
	"vedette/parse/place"
	"vedette/parse/when"
	"vedette/parse/words"
)

// Options say how to read a text.
type Options struct {
	Scale    vedette.Scale // scale of likelihood words, ICD 203 when empty
	Received time.Time     // when the text came in; gives the year where the text has no issue time
}

// reader is one reading in the making.
type reader struct {
	g        *gazetteer.Gazetteer
	t        *words.Tables
	o        Options
	page     page.Page
	layout   *layout.Layout
	finder   *place.Finder
	calendar *when.Calendar
	now      time.Time // issue time, else time of receipt; zero when neither is known
	pure     pureWord  // the first word that only one scale has
	mixed    bool      // words of both scales were found
	out      vedette.Reading
}

// Read reads a report. It never fails: a text that is no report gives a
// reading with the finding not_a_report, which blocks. Of several reports in
// one text the first is read, and the finding several_reports blocks.
func Read(g *gazetteer.Gazetteer, text []byte, o Options) vedette.Reading {
	r := newReader(g, page.Decode(text), o)
	r.lay()
	return r.read()
}

// ReadAll reads every report of a text: a reading each, at least one. Lines
// are those of the whole text; each reading accounts for its own, so that
// together they account for all.
func ReadAll(g *gazetteer.Gazetteer, text []byte, o Options) []vedette.Reading {
	whole := newReader(g, page.Decode(text), o)
	whole.lay()
	starts := whole.layout.Starts
	if len(starts) == 0 {
		return []vedette.Reading{whole.read()}
	}
	out := make([]vedette.Reading, 0, len(starts)+1)
	from := 0
	for _, to := range append(starts, len(whole.page.Lines)) {
		r := newReader(g, whole.page.Part(from, to), o)
		r.lay()
		out = append(out, r.read())
		from = to
	}
	return out
}

func newReader(g *gazetteer.Gazetteer, p page.Page, o Options) *reader {
	if o.Scale != vedette.ScalePHIA {
		o.Scale = vedette.ScaleICD203
	}
	r := &reader{g: g, t: words.All(), o: o, now: o.Received, page: p, layout: &layout.Layout{}}
	r.out.Kind = vedette.KindUnknown
	r.finder = place.New(g, r.t)
	return r
}

// lay takes the page apart.
func (r *reader) lay() {
	if r.page.Binary == "" {
		r.layout = layout.Read(r.page, r.t, func(s string) bool { return len(r.finder.Named(s)) > 0 })
	}
}

// read is the row of passes that follow.
func (r *reader) read() vedette.Reading {
	r.pageFindings()
	if r.page.Binary == "" {
		r.out.Findings = append(r.out.Findings, r.layout.Findings...)
		r.setTitle()
		r.setIssue(r.layout.Stamp, r.layout.Dated)
		r.calendar = when.New(r.t, r.now)
		r.readPanel()
		r.affected()
		r.fill()
		r.summarise()
	}
	r.notAReport()
	r.account()
	r.sortFindings()
	return noNil(r.out)
}

func (r *reader) pageFindings() {
	p := r.page
	if odd := (vedette.Lines{max(p.OddLines[0], p.First), min(p.OddLines[1], p.Last())}); p.Encoding != "" && odd[0] <= odd[1] {
		r.find(vedette.FindOddEncoding, odd, false, "the text is not UTF-8; these lines were read as %s", p.Encoding)
	}
	if p.Cut > 0 {
		r.find(vedette.FindTooLong, vedette.Lines{p.Cut, p.Last()}, false, "the text is longer than %d bytes or %d lines; the lines from %d on were not read", page.MaxBytes, page.MaxLines, p.Cut)
	}
}

// notAReport blocks a text without a known type or heading, or without a
// statement, and empties what was guessed of it.
func (r *reader) notAReport() {
	why := r.page.Binary
	headed := false
	for _, b := range r.layout.Blocks {
		headed = headed || b.Kind == layout.Heading && b.Section != layout.None || b.Inline
	}
	switch {
	case why != "":
	case blankPage(r.page):
		why = "the text is empty"
	case r.out.Kind == vedette.KindUnknown && !headed:
		why = "no report type in its title and no known heading; give it a title like \"Iraq Alert: …\" or a heading like \"Current Situation:\""
	case !r.hasStatement():
		why = "no statement under its title or headings"
	default:
		return
	}
	last := max(r.page.First, r.page.Last())
	r.out.Findings = nil
	r.pageFindings()
	r.find(vedette.FindNotAReport, vedette.Lines{r.page.First, last}, true, "not a report: %s", why)
	r.out.Content = vedette.Content{Kind: vedette.KindUnknown}
	r.out.SetAside = nil
	for i := range r.layout.Blocks {
		if b := &r.layout.Blocks[i]; b.Kind != layout.Blank {
			b.Kind, b.Reason = layout.Unread, ""
		}
	}
}

func (r *reader) hasStatement() bool {
	c := r.out.Content
	return len(c.Summary) > 0 || len(c.Topics) > 0 || len(c.Assessments) > 0 || len(c.Recommendations) > 0
}

func blankPage(p page.Page) bool {
	for _, l := range p.Lines {
		if l.Text != "" {
			return false
		}
	}
	return p.Cut == 0
}
