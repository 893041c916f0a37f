package parse

import (
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/layout"
	"vedette/parse/page"
	"vedette/parse/when"
)

// Item is a statement by itself, to be read as if it stood in a report.
type Item struct {
	Section  vedette.Section
	Text     string
	Heading  string          // of the topic or the group of advice it stands under, "" for none
	Area     vedette.AreaID  // that the heading is for, where somebody settled it; "" as it reads
	Affected []vedette.Place // of what it is part of
	Issued   time.Time       // gives its dates their years
	Scale    vedette.Scale
}

// maxItem bounds an item, in bytes, as the reader bounds those of a report.
const maxItem = 16 << 10

// ReadItem reads an item: the reading holds that alone, without lines, and the findings
// that are about it. An item of no words, or too many, gives none.
func ReadItem(g *gazetteer.Gazetteer, it Item) vedette.Reading {
	text := page.Clean(it.Text)
	r := newReader(g, page.Page{}, Options{Scale: it.Scale, Received: it.Issued})
	r.out.Affected = it.Affected
	if text != "" && len(text) <= maxItem {
		for _, a := range it.Affected {
			if a.Area != "" {
				r.finder.Context = append(r.finder.Context, a.Area)
			}
		}
		r.calendar = when.New(r.t, r.now)
		r.item(&it, text)
	}
	r.out.Affected = nil
	return noNil(r.out)
}

func (r *reader) item(it *Item, text string) {
	b := layout.Block{Kind: layout.Item, Text: text, Group: it.Heading}
	switch it.Section {
	case vedette.SectionSummary:
		b.Section = layout.Summary
		h := r.statement(&b, nil)
		r.doubts(h)
		r.out.Summary = append(r.out.Summary, h.Statement)
	case vedette.SectionSituation:
		b.Section = layout.Situation
		r.claim(&b, map[string]int{})
	case vedette.SectionAssessment:
		b.Section = layout.Assessment
		r.judge(&b)
	case vedette.SectionAdvice:
		b.Section = layout.Advice
		in := r.group(&b)
		if r.out.Findings = nil; it.Area != "" { // what is in doubt of the heading is no matter of the item
			in.areas = []vedette.Place{{Area: it.Area}}
			r.out.Recommendations[in.index].Area = it.Area
		}
		r.recommend(&b, map[string]*group{b.Group: in})
	}
}
