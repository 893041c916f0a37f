package deliver

import (
	"strings"
	"time"

	"vedette"
)

// Asking is what an approver is told: that a draft waits for their word, or that one
// person published alone.
type Asking struct {
	Org      string
	Status   vedette.Status
	Headline string
	AllClear bool // it is the word that people may leave their shelter
	Risk     vedette.Risk
	Urgency  vedette.Urgency
	By       string // who asked, or who published alone
	Reason   string // why they did; "" where they asked
	At, Ends time.Time
	Link     string // the page that answers it
}

// Said is what a call says of it, once a key was pressed. It decides nothing: whoever
// holds the phone is not known to be who is rung.
func (o Asking) Said() string {
	mark := ""
	if m := o.Status.Mark(); m != "" {
		mark = m + ". "
	}
	by, head := cut(Clean(o.By), maxMailName), cut(Clean(o.Headline), maxSubjectHead)
	if o.Reason != "" {
		return mark + by + " published alone, on their word alone: " + head + ". Look at it by the link in the message that we sent you, or sign in, and say whether it is fine, or is to be stopped."
	}
	return mark + by + " asks for your word: " + head + ". Nobody was told yet. See it by the link in the message that we sent you, or sign in, and approve or refuse it there."
}

// maxAskHead bounds a headline within a short message, in characters.
const maxAskHead = 70

// Message makes the mail, or the short message where short.
func (o Asking) Message(short bool) Message {
	mark := ""
	if m := o.Status.Mark(); m != "" {
		mark = m + " "
	}
	by, at := cut(Clean(o.By), maxMailName), o.At.UTC().Format(offerTime)
	head, does := mark+"APPROVE? ", by+" asks for your word; nobody was told yet."
	if o.Reason != "" {
		head, does = mark+"PUBLISHED ALONE: ", by+" broke the glass: it went out on their word alone, at "+at+"."
	}
	if short {
		return Message{Text: head + cut(Clean(o.Headline), maxAskHead) + ". " + does + " " + o.Link}
	}
	lines := []string{head + cut(Clean(o.Headline), maxSubjectHead) + ".", "", mark + does, ""}
	if o.Reason != "" {
		lines = append(lines, mark+"Why: "+Clean(o.Reason), "", mark+"Look at it, and say whether it is fine or is to be stopped:")
	} else {
		what := "Risk " + o.Risk.String() + ", " + o.Urgency.Effective().String() + "."
		if o.AllClear {
			what = "It is an all-clear: whoever protects themselves there by what they were told hears that they need not any more."
		}
		lines = append(lines, mark+what+" Asked at "+at+"; the asking ends at "+o.Ends.UTC().Format(offerTime)+".", "",
			mark+"See what it says and whom it would tell, and approve or refuse it:")
	}
	lines = append(lines, o.Link, "", mark+"The link is yours alone, so do not pass this on. Opening it changes nothing.", "", mark+"You get this because you may approve what "+Clean(o.Org)+" publishes.", "")
	return Message{Subject: cut(head+Clean(o.Headline), maxSubjectHead), Text: strings.Join(lines, "\n"), ListName: Clean(o.Org), ListID: "approvals"}
}
