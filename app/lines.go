package app

import (
	"vedette"
	"vedette/desk"
	"vedette/parse/mark"
)

// ReportLine is a line of a report, as it is read.
type ReportLine struct {
	No   int
	Text string
}

// ReportLines gives the lines that something of a report is about, so many at most.
func ReportLines(s *desk.Source, of vedette.Lines, most int) (out []ReportLine) {
	for _, l := range mark.Lines(s.Report.Text, nil) {
		if l.No < of[0] || l.No > of[1] || l.Text == "" {
			continue
		}
		if len(out) == most {
			break
		}
		out = append(out, ReportLine{l.No, l.Text})
	}
	return out
}
