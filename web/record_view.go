package web

import (
	"slices"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// recordView is where an update came from and what befell it.
type recordView struct {
	Reports     []sourceView
	Published   moment
	Created     moment
	Corrects    string          // address of the update it corrects or cancels
	Cancels     string          // "Sent in error", "Over", "" where it cancels nothing
	Decided     []messages.Said // what is at odds and was published all the same, with why
	Conditions  []conditionView // that advice of it waits for
	OvertakenBy string
	OvertakenAt moment
	StoppedAt   moment
	StopReason  string
	ID          string
	Edits       []editView // how the desk made it, the last first; none where it was published at once
}

// conditionView is a condition and where it is.
type conditionView struct {
	Text   string
	State  string // "awaited", "met", "passed"
	At     moment
	By     string
	Reason string
}

func (p *portal) conditions(list []desk.Condition, zone string) (out []conditionView) {
	for _, c := range list {
		out = append(out, conditionView{safe(c.Condition), string(c.State), when(c.At, p.Now(), zone), safe(c.By), safe(c.Reason)})
	}
	return out
}

// sourceView is a report an update was drawn from.
type sourceView struct {
	Address  string
	Origin   string
	Provider string
	Digest   string
	Received moment
	Findings []findingView
}

// findingView is something the reader was unsure of.
type findingView struct {
	Code     string
	Message  messages.Said
	Lines    vedette.Lines
	Address  string // of its first line
	Blocks   bool
	Accepted bool
	of       vedette.Finding
}

func (p *portal) record(u *vedette.Update, sources []desk.Source) recordView {
	now, zone := p.Now(), p.zone(&u.Content)
	v := recordView{Published: when(u.PublishedAt, now, zone), Created: when(u.CreatedAt, now, zone), ID: string(u.ID)}
	if u.Corrects != "" {
		v.Corrects = "/updates/" + string(u.Corrects)
	}
	v.Edits = p.edits(u)
	v.Cancels = cancelWords[u.Cancels]
	for _, f := range u.Accepted {
		if f.Code == vedette.FindContradiction {
			v.Decided = append(v.Decided, readFinding(f.Message))
		}
	}
	if m := u.Mark; m != nil {
		v.OvertakenAt, v.StoppedAt = when(m.OvertakenAt, now, zone), when(m.StoppedAt, now, zone)
		v.StopReason = safe(m.StopReason)
		if m.OvertakenBy != "" {
			v.OvertakenBy = "/updates/" + string(m.OvertakenBy)
		}
	}
	for i := range sources {
		s := &sources[i]
		v.Reports = append(v.Reports, sourceView{Address: "/reports/" + string(s.Report.ID), Origin: safe(s.Report.Origin),
			Provider: safe(s.Report.Provider), Digest: s.Report.Digest, Received: when(s.Report.ReceivedAt, now, zone),
			Findings: findings(s.Report.ID, s.Reading, u.Accepted)})
	}
	return v
}

func findings(report vedette.ID, rd *vedette.Reading, accepted []vedette.Finding) []findingView {
	if rd == nil {
		return nil
	}
	var out []findingView
	for _, f := range rd.Findings {
		out = append(out, findingView{Code: plain(string(f.Code)), Message: readFinding(f.Message), of: f, Lines: f.Lines,
			Address: lineAddress(report, f.Lines), Blocks: f.Blocks, Accepted: slices.Contains(accepted, f)})
	}
	return out
}
