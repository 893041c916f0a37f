package desk

import (
	"time"

	"vedette"
	"vedette/wording"
)

// CaseWords say what an entry of a case is, after the name of who did it.
var CaseWords = map[vedette.CaseEntryKind]string{
	vedette.CaseCall: wording.Mark("calls for help##somebody calls"), vedette.CaseSafe: wording.Mark("answers: safe"), vedette.CaseNotThere: wording.Mark("answers: not there"),
	vedette.CaseTake: wording.Mark("takes it"), vedette.CaseHandOver: wording.Mark("hands it over"), vedette.CaseNote: wording.Mark("notes##somebody notes"),
	vedette.CasePlace: wording.Mark("notes the last known place"), vedette.CaseClose: wording.Mark("closes it"),
	vedette.CaseOffer: wording.Mark("is asked to take it"), vedette.CaseWrite: wording.Mark("writes to them"), vedette.CaseSay: wording.Mark("writes##somebody writes"),
	vedette.CaseShut: wording.Mark("notes that they are compromised"), vedette.CaseTrust: wording.Mark("notes that they are trusted again"),
}

// letterWords say what a letter about a case is, and to whom it goes.
var letterWords = map[vedette.LetterKind]string{
	vedette.LetterOffer: wording.Mark("offer to %s##a letter"), vedette.LetterOfferAll: wording.Mark("offer to all, to %s##a letter"),
	vedette.LetterLate: wording.Mark("that contact is late, to %s##a letter"), vedette.LetterTask: wording.Mark("that a task is late, to %s##a letter"),
	vedette.LetterTaken: wording.Mark("who has it, to %s##a letter"), vedette.LetterUntaken: wording.Mark("that nobody has it yet, to %s##a letter"),
	vedette.LetterWritten: wording.Mark("what the desk wrote, to %s##a letter"),
}

// Words say it in English.
func (l *CaseLetter) Words() string { return l.Says().String() }

// Says is what a letter is, to whom, and how far it got.
func (l *CaseLetter) Says() wording.Said {
	to := wording.AsItIs(l.To)
	if w := letterWords[l.Kind]; w != "" {
		to = wording.Said{English: w, Args: []any{l.To}}
	}
	return to.And(l.Stands())
}

// EntryWords say it in English.
func EntryWords(e *vedette.CaseEntry) string { return EntrySays(e).String() }

// EntrySays is what an entry is: who did what, over what it came, and how far
// it is believed.
func EntrySays(e *vedette.CaseEntry) wording.Said {
	s := wording.Word(CaseWords[e.Kind])
	if e.Way != "" {
		s = wording.Of("%s by %s##over what way", s, wording.Way(string(e.Way)))
	}
	if late := TappedSays(e.Tapped, e.At); !late.Nothing() {
		s = wording.Of("%s %s", s, late)
	}
	switch e.Belief {
	case vedette.Untrusted:
		s = s.And(wording.Of("UNTRUSTED"))
	case vedette.UnderDuress:
		s = s.And(wording.Of("UNDER DURESS"))
	}
	return s
}

// TappedWords say it in English, after a blank.
func TappedWords(tapped, at time.Time) string {
	s := TappedSays(tapped, at)
	if s.Nothing() {
		return ""
	}
	return " " + s.String()
}

// TappedSays is of an answer that waited on a phone for a line when it was tapped, by
// the phone's own measure, and when it came; nothing of one that came at once.
func TappedSays(tapped, at time.Time) wording.Said {
	if tapped.IsZero() {
		return wording.Said{}
	}
	return wording.Of("(tapped %s, arrived %s)", wording.Minute(tapped), wording.Minute(at))
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

// Standing says it in English.
func (l *CaseLetter) Standing() string { return l.Stands().String() }

// Stands is how far a letter got.
func (l *CaseLetter) Stands() wording.Said {
	s := wording.Of("%s: %s", wording.Way(string(l.Channel)), wording.State(string(l.State)))
	if l.Detail != "" {
		s = wording.Of("%s (%s)", s, l.Detail)
	}
	return s
}

// Words say it in English.
func (r *CaseRow) Words() string { return r.Says().String() }

// Says is where the case is. What nobody does in time is said loudly.
func (r *CaseRow) Says() wording.Said {
	s := r.stands()
	if !r.Shut.Nothing() {
		s = wording.Of("COMPROMISED").Then(s)
	}
	if r.Duress {
		s = wording.Of("DURESS, do not ring them").Then(s)
	}
	return s
}

func (r *CaseRow) stands() wording.Said {
	called, due := wording.Minute(r.CalledAt), wording.Minute(r.DueAt)
	switch {
	case r.State == vedette.CaseClosed:
		return wording.Of("closed %s##a case", wording.Minute(r.ClosedAt))
	case r.State == vedette.CaseOpen && r.Late:
		return wording.Of("NOBODY HAS TAKEN IT, called at %s", called)
	case r.State == vedette.CaseOpen:
		return wording.Of("not taken yet, called at %s", called)
	case r.Late:
		return wording.Of("%s has it, CONTACT WAS DUE %s", r.Owner, due)
	}
	return wording.Of("%s has it, next contact due %s", r.Owner, due)
}
