package parse

import (
	"slices"

	"vedette"
	"vedette/parse/layout"
)

// uses are what a line can be accounted as, the weakest first: where several
// blocks of HTML share a source line, the strongest counts.
var uses = []string{"", vedette.AsBlank, vedette.AsSetAside, vedette.AsHeading, vedette.AsIssuedAt, vedette.AsTitle, vedette.AsMetadata, vedette.AsUnread, vedette.AsStatement}

var useOf = map[layout.Kind]uint8{
	layout.Blank: 1, layout.Aside: 2, layout.Heading: 3, layout.Issued: 4, layout.TitleLine: 5, layout.Field: 6, layout.Unread: 7, layout.Item: 8,
}

// reasons to set aside, by number.
var reasons = []string{"", vedette.AsideContact, vedette.AsidePromotion, vedette.AsideByline, vedette.AsidePageFurniture, vedette.AsideDuplicate}

// account makes the partition of all lines and the list of what was set aside.
func (r *reader) account() {
	first := r.page.First
	as := make([][2]uint8, r.page.Last()-first+2) // use and reason, by line from the one before the first
	for _, b := range r.layout.Blocks {
		use := [2]uint8{useOf[b.Kind], uint8(max(0, slices.Index(reasons, b.Reason)))}
		for n := b.Lines[0] - first + 1; n <= b.Lines[1]-first+1 && n < len(as); n++ {
			if use[0] > as[n][0] {
				as[n] = use
			}
		}
	}
	for n := range as {
		if as[n][0] == 0 {
			as[n] = [2]uint8{useOf[layout.Unread]}
		}
	}
	for n := 1; n < len(as); n++ {
		if n > 1 && as[n] == as[n-1] {
			continue
		}
		last := n
		for last+1 < len(as) && as[last+1] == as[n] {
			last++
		}
		lines := vedette.Lines{n + first - 1, last + first - 1}
		r.out.Accounting = append(r.out.Accounting, vedette.Accounting{Lines: lines, As: uses[as[n][0]]})
		if uses[as[n][0]] == vedette.AsSetAside {
			r.out.SetAside = append(r.out.SetAside, vedette.SetAside{Lines: lines, Reason: reasons[as[n][1]]})
		}
	}
}

// noNil makes every list of a reading an empty one rather than none, so that
// JSON has [].
func noNil(out vedette.Reading) vedette.Reading {
	fill(&out.SetAside)
	fill(&out.Findings)
	fill(&out.Accounting)
	fill(&out.Affected)
	fill(&out.Categories)
	fill(&out.Status)
	fill(&out.Calendar)
	fill(&out.Summary)
	fill(&out.Topics)
	fill(&out.Assessments)
	fill(&out.Recommendations)
	for i := range out.Topics {
		fill(&out.Topics[i].Claims)
	}
	for i := range out.Recommendations {
		fill(&out.Recommendations[i].Advice)
	}
	return out
}

func fill[T any](s *[]T) {
	if *s == nil {
		*s = []T{}
	}
}
