package web

import (
	"net/url"
	"strings"
	"time"

	"vedette"
	"vedette/desk"
)

// draftMarks are the fields of what stands at a draft's head beside its words.
func (v *draftView) draftMarks(c *vedette.Content) {
	var kinds, urgencies, sources []string
	for _, k := range vedette.ReportKinds {
		kinds = append(kinds, string(k), kindWord(k))
	}
	for _, u := range []vedette.Urgency{vedette.UrgencyImmediate, vedette.UrgencyExpected, vedette.UrgencyFuture, vedette.UrgencyPast, vedette.UrgencyUnknown} {
		urgencies = append(urgencies, u.String(), urgencyWords[u])
	}
	for _, s := range []vedette.SourceStrength{vedette.SourceConfirmed, vedette.SourceCredible, vedette.SourceUnconfirmed, vedette.SourceUnknown} {
		sources = append(sources, s.String(), sourceWords[s])
	}
	v.Kinds, v.Urgencies, v.Sources = options(string(c.Kind), kinds...), options(c.Urgency.String(), urgencies...), options(c.SourceStrength.String(), sources...)
	if c.IssuedAt != nil {
		v.Issued = c.IssuedAt.UTC().Format("2006-01-02 15:04")
	}
}

// readMarks reads those fields, each where the form has it.
func readMarks(f url.Values, e *desk.DraftEdit) error {
	if f.Has("kind") {
		k := vedette.ReportKind(f.Get("kind"))
		e.Kind = &k
	}
	if f.Has("urgency") {
		u, err := readUrgency(f.Get("urgency"))
		if err != nil {
			return err
		}
		e.Urgency = &u
	}
	if f.Has("source") {
		s, err := readSource(f.Get("source"))
		if err != nil {
			return err
		}
		e.Source = &s
	}
	if f.Has("issued") {
		at, err := readIssued(f.Get("issued"))
		if err != nil {
			return err
		}
		e.Issued = &at
	}
	return nil
}

func readUrgency(word string) (vedette.Urgency, error) {
	if word == vedette.UrgencyUnknown.String() {
		return vedette.UrgencyUnknown, nil
	}
	return vedette.ParseUrgency(word)
}

func readSource(word string) (vedette.SourceStrength, error) {
	if word == vedette.SourceUnknown.String() {
		return vedette.SourceUnknown, nil
	}
	return vedette.ParseSourceStrength(word)
}

// readIssued reads a moment in UTC, "" for none.
func readIssued(s string) (time.Time, error) {
	s = strings.TrimSuffix(strings.TrimSuffix(strings.Join(strings.Fields(s), " "), "UTC"), " ")
	if s == "" {
		return time.Time{}, nil
	}
	for _, form := range []string{"2006-01-02 15:04", "2006-01-02T15:04", "2 Jan 2006 15:04", "2 January 2006 15:04"} {
		if at, err := time.Parse(form, s); err == nil {
			return at, nil
		}
	}
	return time.Time{}, vedette.Errorf(vedette.CodeInvalid, "%q is no day and time; give them in UTC, as 2026-02-05 11:56", s)
}
