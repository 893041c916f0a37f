package web

import (
	"net/http"
	"strconv"

	"vedette"
	"vedette/web/messages"
)

type reportView struct {
	frame
	Origin   string
	Provider string
	Digest   string
	File     *fileView // it came in, nil where none is kept
	Received moment
	Lines    []lineView
	Findings []findingView
	Counts   []accountCount
	Total    int    // lines in all
	Earlier  string // address of the lines before
	Later    string // address of the lines after
}

// lineView is one line of a report and what it was taken as.
type lineView struct {
	No    int
	Text  string
	As    messages.Said // in words, at the first line of a run
	Kind  string        // "statement" … of the accounting
	Found []findingView
}

// accountCount is how many lines were taken as one thing.
type accountCount struct {
	As string
	N  int
}

// showReport shows a report as it came in and how each line was accounted.
func (p *portal) showReport(w http.ResponseWriter, r *http.Request) error {
	id := vedette.ID(r.PathValue("id"))
	if !id.Valid() {
		return vedette.Errorf(vedette.CodeNotFound, "the address names no report; open it from the record of an update")
	}
	rep, rd, err := p.Desk.Report(r.Context(), id)
	if err != nil {
		return err
	}
	v := reportView{frame: p.frameOf(r, messages.Of("Report: %s", safe(rep.Origin)), vedette.StatusActual), Origin: safe(rep.Origin), Provider: safe(rep.Provider),
		Digest: rep.Digest, Received: when(rep.ReceivedAt, p.Now(), ""), Findings: findings(rep.ID, rd, nil)}
	if v.File, err = p.fileView(r, rep.ID); err != nil {
		return err
	}
	if rd == nil {
		rd = &vedette.Reading{}
	}
	v.Lines = accounted(sourceLines(rep.Text), rd, v.Findings)
	v.Counts = accountCounts(v.Lines)
	v.page(r.URL.Query().Get("from"))
	return p.show(w, http.StatusOK, "report", v)
}

// linesPerPage bounds how much of a long report one page shows.
const linesPerPage = 2000

// page keeps the lines from a number on that one page shows.
func (v *reportView) page(from string) {
	v.Total = len(v.Lines)
	n, err := strconv.Atoi(from)
	if err != nil || n < 1 || n > v.Total {
		n = 1
	}
	if n > 1 {
		v.Earlier = "?from=" + strconv.Itoa(max(1, n-linesPerPage))
	}
	v.Lines = v.Lines[min(n-1, v.Total):]
	if len(v.Lines) > linesPerPage {
		v.Lines = v.Lines[:linesPerPage]
		v.Later = "?from=" + strconv.Itoa(n+linesPerPage)
	}
}

// accounted puts beside each line what it was taken as and what was found.
func accounted(lines []string, rd *vedette.Reading, found []findingView) []lineView {
	out := make([]lineView, len(lines))
	for i, text := range lines {
		out[i] = lineView{No: i + 1, Text: visible(text)}
	}
	each := func(ls vedette.Lines, do func(l *lineView)) {
		for n := max(ls[0], 1); n <= min(ls[1], len(out)); n++ {
			do(&out[n-1])
		}
	}
	for _, a := range rd.Accounting {
		each(a.Lines, func(l *lineView) {
			l.Kind = a.As
			if l.No == a.Lines[0] {
				l.As = messages.Said{English: accountWords[a.As]}
			}
		})
	}
	for _, s := range rd.SetAside {
		each(s.Lines, func(l *lineView) {
			l.As = messages.Said{}
			if l.No == s.Lines[0] {
				l.As = messages.Of("set aside: %s", messages.Said{English: firstOf(asideWords[s.Reason], plain(s.Reason))})
			}
		})
	}
	for _, f := range found {
		each(vedette.Lines{f.Lines[0], f.Lines[0]}, func(l *lineView) { l.Found = append(l.Found, f) })
	}
	return out
}

func accountCounts(lines []lineView) []accountCount {
	n := map[string]int{}
	for _, l := range lines {
		n[l.Kind]++
	}
	var out []accountCount
	for _, as := range []string{vedette.AsIssuedAt, vedette.AsTitle, vedette.AsHeading, vedette.AsStatement, vedette.AsMetadata,
		vedette.AsSetAside, vedette.AsBlank, vedette.AsUnread} {
		if n[as] > 0 {
			out = append(out, accountCount{firstOf(accountWords[as], messages.Mark("blank")), n[as]})
		}
	}
	return out
}
