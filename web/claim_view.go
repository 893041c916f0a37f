package web

import (
	"slices"
	"strconv"
	"strings"

	"vedette"
	"vedette/web/messages"
)

type topicView struct {
	Title  string
	Claims []claimView
}

// claimView is a claim with its margin: when, and who says it how.
type claimView struct {
	Runs      []run
	Dates     []messages.Said
	Scheduled []messages.Said
	Voices    []speaker
	From      string
}

// speaker is somebody and how they put it.
type speaker struct {
	Speaker string
	Unnamed bool
	Own     bool // it is the report
	Stance  messages.Said
}

// theReport speaks where no source does.
var theReport = messages.Mark("the report")

func topics(c *vedette.Content, year int) []topicView {
	var out []topicView
	for _, t := range c.Topics {
		tv := topicView{Title: safe(t.Title)}
		for i := range t.Claims {
			tv.Claims = append(tv.Claims, claim(&t.Claims[i], year))
		}
		out = append(out, tv)
	}
	return out
}

func claim(c *vedette.Claim, year int) claimView {
	v := claimView{Runs: cutRuns(c.Text, odds(c.Likelihoods)), Voices: voices(c), From: lineAddress(c.Report, c.Lines)}
	for _, w := range c.When {
		d := dated(w, year)
		switch {
		case w.Scheduled && !slices.ContainsFunc(v.Scheduled, func(s messages.Said) bool { return s.String() == d.String() }):
			v.Scheduled = append(v.Scheduled, d)
		case !w.Scheduled && len(v.Dates) == 0:
			v.Dates = append(v.Dates, d)
		}
	}
	return v
}

// voices gives each stance with its speaker; one that no source has is the
// report's own.
func voices(c *vedette.Claim) []speaker {
	var out []speaker
	var spoken []vedette.Stance
	for _, s := range c.Sources {
		out = append(out, speaker{Speaker: safe(s.Text), Unnamed: s.Anonymous, Stance: stance(s.Stance)})
		spoken = append(spoken, s.Stance)
	}
	for _, st := range c.Stances {
		if !slices.Contains(spoken, st) {
			out = append(out, speaker{Speaker: theReport, Own: true, Stance: stance(st)})
		}
	}
	return out
}

// stanceWords are how somebody put what they say.
var stanceWords = map[vedette.Stance]messages.Said{
	vedette.StanceStated: messages.Of("stated"), vedette.StanceConfirmed: messages.Of("confirmed##it was said"), vedette.StanceDenied: messages.Of("denied"),
	vedette.StanceClaimed: messages.Of("claimed"), vedette.StanceReported: messages.Of("reported"), vedette.StanceAlleged: messages.Of("alleged"), vedette.StanceAsserted: messages.Of("asserted"),
}

func stance(s vedette.Stance) messages.Said {
	if w, ok := stanceWords[s]; ok {
		return w
	}
	return asItIs(plain(string(s)))
}

// judgementView is what the analyst concludes.
type judgementView struct {
	Runs       []run
	Forecast   bool
	Confidence string
	From       string
}

func judgements(c *vedette.Content) []judgementView {
	var out []judgementView
	for i := range c.Assessments {
		j := &c.Assessments[i]
		out = append(out, judgementView{Runs: cutRuns(j.Text, odds(j.Likelihoods)), Forecast: j.Forecast,
			Confidence: plain(string(j.Confidence)), From: lineAddress(j.Report, j.Lines)})
	}
	return out
}

// lineAddress is where the report's lines can be read, "" for the desk's own
// words.
func lineAddress(report vedette.ID, lines vedette.Lines) string {
	if report == "" || lines[0] < 1 {
		return ""
	}
	return "/reports/" + string(report) + "#L" + strconv.Itoa(lines[0])
}

func equalFold(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), b) }
