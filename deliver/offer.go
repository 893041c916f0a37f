package deliver

import (
	"fmt"
	"strings"
	"time"

	"vedette"
)

// Offer is what somebody on the rota is told: that a call for help waits for
// somebody to take it.
type Offer struct {
	Org    string
	Status vedette.Status
	Number int64  // of the case, by which a text message takes it
	Person string // who calls; "" where that is to be said behind the link alone
	Called time.Time
	All    bool   // everybody on the rota is asked
	Duress bool   // they were made to say that they are safe
	Link   string // the page that takes it

	Owner string    // who has it, and is late: it is to be taken over; "" while nobody has it
	Due   time.Time // when contact was due
}

// The bounds of a name, in characters: within a short message, and in a mail.
const (
	maxBriefName = 30
	maxMailName  = 100
)

// Message makes the mail, or the short message where short.
func (o Offer) Message(short bool) Message {
	mark := ""
	if m := o.Status.Mark(); m != "" {
		mark = m + " "
	}
	if o.Owner != "" {
		return o.late(mark, short)
	}
	head := fmt.Sprintf("%sCALL FOR HELP, case %d%s", mark, o.Number, o.who(short))
	at := o.Called.UTC().Format(offerTime)
	if o.Duress {
		return o.duress(mark, short)
	}
	if short {
		return Message{Text: fmt.Sprintf("%s, %s. Nobody has it. To take it answer TAKE %d or open %s", head, at, o.Number, o.Link)}
	}
	lines := []string{head + ".", "", mark + "They called at " + at + ", and nobody has taken it yet.", ""}
	if o.All {
		lines = append(lines, mark+"Everybody on the rota is asked now. Whoever takes it first has it.", "")
	}
	lines = append(lines, mark+"Take it, or see who has it:", o.Link, "", mark+"You get this because you are on the rota of "+Clean(o.Org)+".", "")
	return Message{Subject: head, Text: strings.Join(lines, "\n"), ListName: Clean(o.Org), ListID: "cases"}
}

// Said is what a call says of it, once a key was pressed: nobody's name, nor that it is of
// duress, for whoever holds the phone is not known to be who is on the rota.
func (o Offer) Said() string {
	mark := ""
	if m := o.Status.Mark(); m != "" {
		mark = m + ". "
	}
	take := fmt.Sprintf(" by the link in the message that we sent you, or text TAKE %d", o.Number)
	if o.Owner != "" {
		return fmt.Sprintf("%sContact is late in case %d. Be in contact and note it, or take it over%s.", mark, o.Number, take)
	}
	return fmt.Sprintf("%sCase %d waits, and nobody has it. Take it%s.", mark, o.Number, take)
}

// duress is what is told of a case of duress: whoever has the person must not
// learn that it is known.
func (o Offer) duress(mark string, short bool) Message {
	head := fmt.Sprintf("%sDURESS, case %d%s", mark, o.Number, o.who(short))
	at := o.Called.UTC().Format(offerTime)
	const hush = "Do not ring or write to them, and do not show that you know"
	if short {
		return Message{Text: fmt.Sprintf("%s, %s: they were made to say that they are safe. %s. To take it answer TAKE %d or open %s", head, at, hush, o.Number, o.Link)}
	}
	lines := []string{head + ".", "", mark + "They answered that they are safe, at " + at + " or since, in the way agreed for when somebody makes them say so.", "", mark + hush + ".", ""}
	if o.All {
		lines = append(lines, mark+"Everybody on the rota is asked now. Whoever takes it first has it.", "")
	}
	lines = append(lines, mark+"Take it, or see who has it:", o.Link, "", mark+"You get this because you are on the rota of "+Clean(o.Org)+".", "")
	return Message{Subject: head, Text: strings.Join(lines, "\n"), ListName: Clean(o.Org), ListID: "cases"}
}

// late is what is told while contact is late.
func (o Offer) late(mark string, short bool) Message {
	head := fmt.Sprintf("%sCONTACT IS LATE, case %d%s", mark, o.Number, o.who(short))
	if o.Duress {
		head = fmt.Sprintf("%sDURESS, CONTACT IS LATE, case %d%s (do not ring them)", mark, o.Number, o.who(short))
	}
	had := fmt.Sprintf("%s has it; contact was due %s", cut(Clean(o.Owner), maxMailName), o.Due.UTC().Format(offerTime))
	if short {
		return Message{Text: fmt.Sprintf("%s. %s. Be in contact and note it, or take it over: answer TAKE %d or open %s", head, had, o.Number, o.Link)}
	}
	lines := []string{head + ".", "", mark + had + ", and none is noted.", "", mark + "Be in contact and note it, or take it over:", o.Link, "",
		mark + "You get this because you are on the rota of " + Clean(o.Org) + ".", ""}
	return Message{Subject: head, Text: strings.Join(lines, "\n"), ListName: Clean(o.Org), ListID: "cases"}
}

// offerTime is how a time is written in what the rota is told.
const offerTime = "15:04 UTC, 2 Jan"

// LateTask is what somebody on the rota is told of a task that lapsed.
type LateTask struct {
	Org, Question, Default string
	Due                    time.Time
}

// Message makes the mail, or the short message where short.
func (o LateTask) Message(short bool) Message {
	head, due := "TASK IS LATE: "+Clean(o.Question), "It was due "+o.Due.UTC().Format(offerTime)+"."
	if short {
		return Message{Text: cut(head, maxSubjectHead) + " " + due}
	}
	lines := []string{head, "", due + " Until it is decided: " + Clean(o.Default) + ".", "", "Take it or decide it with \"vedette tasks\".", "",
		"You get this because you are on the rota of " + Clean(o.Org) + ".", ""}
	return Message{Subject: cut(head, maxSubjectHead), Text: strings.Join(lines, "\n"), ListName: Clean(o.Org), ListID: "cases"}
}

func (o Offer) who(short bool) string {
	name := Clean(o.Person)
	if name == "" {
		return ""
	}
	most := maxMailName
	if short {
		most = maxBriefName
	}
	return ": " + cut(name, most)
}
