package desk

import (
	"time"

	"vedette"
)

// CaseWords say what an entry of a case is, after the name of who did it.
var CaseWords = map[vedette.CaseEntryKind]string{
	vedette.CaseCall: "calls for help", vedette.CaseSafe: "answers: safe", vedette.CaseNotThere: "answers: not there",
	vedette.CaseTake: "takes it", vedette.CaseHandOver: "hands it over", vedette.CaseNote: "notes",
	vedette.CasePlace: "notes the last known place", vedette.CaseClose: "closes it",
	vedette.CaseOffer: "is asked to take it", vedette.CaseWrite: "writes to them", vedette.CaseSay: "writes",
	vedette.CaseShut: "notes that they are compromised", vedette.CaseTrust: "notes that they are trusted again",
}

// LetterWords say what a letter about a case is.
var LetterWords = map[vedette.LetterKind]string{
	vedette.LetterOffer: "offer", vedette.LetterOfferAll: "offer to all,",
	vedette.LetterLate: "that contact is late,", vedette.LetterTask: "that a task is late,",
	vedette.LetterTaken: "who has it,", vedette.LetterUntaken: "that nobody has it yet,",
	vedette.LetterWritten: "what the desk wrote,",
}

// Words say what a letter is, to whom, and how far it got.
func (l *CaseLetter) Words() string {
	s := LetterWords[l.Kind] + " to " + l.To + ", " + string(l.Channel) + ": " + string(l.State)
	if l.Detail != "" {
		s += " (" + l.Detail + ")"
	}
	return s
}

// EntryWords say what an entry is: who did what, over what it came, and how far
// it is believed.
func EntryWords(e *vedette.CaseEntry) string {
	s := CaseWords[e.Kind]
	if e.Way != "" {
		s += " by " + string(e.Way)
	}
	s += TappedWords(e.Tapped, e.At)
	switch e.Belief {
	case vedette.Untrusted:
		s += ", UNTRUSTED"
	case vedette.UnderDuress:
		s += ", UNDER DURESS"
	}
	return s
}

// TappedWords say of an answer that waited on a phone for a line when it was tapped, by
// the phone's own measure, and when it came; "" of one that came at once.
func TappedWords(tapped, at time.Time) string {
	if tapped.IsZero() {
		return ""
	}
	return " (tapped " + tapped.UTC().Format(caseMinute) + ", arrived " + at.UTC().Format(caseMinute) + ")"
}

// SentOf gives the letters that say an entry.
func (c *CaseCard) SentOf(e *vedette.CaseEntry) (out []CaseLetter) {
	for _, l := range c.Sent {
		if e.Kind == vedette.CaseWrite && l.Kind == vedette.LetterWritten && l.Entry == e.No {
			out = append(out, l)
		}
	}
	return out
}

// Standing says how far a letter got.
func (l *CaseLetter) Standing() string {
	s := string(l.Channel) + ": " + string(l.State)
	if l.Detail != "" {
		s += " (" + l.Detail + ")"
	}
	return s
}

// caseMinute is how a time is written within the words of a case.
const caseMinute = "2 Jan 2006 15:04 UTC"

// Words say where the case is. What nobody does in time is said loudly.
func (r *CaseRow) Words() string {
	s := r.stands()
	if r.Shut != "" {
		s = "COMPROMISED; " + s
	}
	if r.Duress {
		s = "DURESS, do not ring them; " + s
	}
	return s
}

func (r *CaseRow) stands() string {
	called, due := "called at "+r.CalledAt.UTC().Format(caseMinute), r.DueAt.UTC().Format(caseMinute)
	switch {
	case r.State == vedette.CaseClosed:
		return "closed " + r.ClosedAt.UTC().Format(caseMinute)
	case r.State == vedette.CaseOpen && r.Late:
		return "NOBODY HAS TAKEN IT, " + called
	case r.State == vedette.CaseOpen:
		return "not taken yet, " + called
	case r.Late:
		return r.Owner + " has it, CONTACT WAS DUE " + due
	}
	return r.Owner + " has it, next contact due " + due
}
