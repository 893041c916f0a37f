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
	Link   string // the page that takes it
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
	head := fmt.Sprintf("%sCALL FOR HELP, case %d%s", mark, o.Number, o.who(short))
	at := o.Called.UTC().Format("15:04 UTC, 2 Jan")
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
