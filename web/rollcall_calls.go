package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// mostCallRows is how many people the page of all sheets shows; with more it
// names the sheets, and each has a page of its own.
const mostCallRows = 500

// callsView is who is to be called, by whom, at which number, and when.
type callsView struct {
	frame
	Address, ID, Heading string
	AsOf                 moment
	Closed               bool
	Cases                bool // whoever needs help gets a case
	Open                 int
	Sheets               []callSheetView
	All                  []callSheetView // by name and number, where one alone is shown or all are too many
	One                  bool            // of a caller
	Table                string          // where what is shown is to be had as a table
	Callers              string          // as typed, a line each
	By                   byline
	Problem              problem
}

// callSheetView is what one caller has to do.
type callSheetView struct {
	No, N   int
	Caller  string
	Address string
	Rows    []callRowView
	More    int // that are not shown
}

// callRowView is somebody to be called.
type callRowView struct {
	ID, Name, Where string
	Kind, Word      string
	Rings, Spoke    bool
	Ask             messages.Said   // of a restricted person: who may ring them
	Warns           []messages.Said // before somebody rings them
	Duress, Shut    bool            // nobody is to be rung; their own number is left out
	Next            callLineView
	Due             moment
	Now             bool // it is due
	Lines           []callLineView
	Others          []option // whose number may have been rung, where none is kept
	Tries           []callTryView
}

// callLineView is a number of theirs.
type callLineView struct {
	Value, Phone     string
	Whose            messages.Said
	Own, Wrong, Next bool
}

// callTryView is how a try went.
type callTryView struct {
	At                      moment
	Outcome, By, Note, What string
}

var outcomeWords = map[vedette.TryOutcome]string{
	vedette.TryNoAnswer: messages.Mark("no answer"), vedette.TryBusy: messages.Mark("busy"), vedette.TryWrongNumber: messages.Mark("wrong number"),
	vedette.TryMessage: messages.Mark("left a message"), vedette.TrySpoke: messages.Mark("spoke with somebody"),
}

// lineKinds are whose a number is.
var lineKinds = map[vedette.LineKind]string{
	vedette.LineOwn: messages.Mark("own##number"), vedette.LineEmergency: messages.Mark("emergency##contact"), vedette.LineCompanion: messages.Mark("companion##contact"),
	vedette.LineSite: messages.Mark("site##contact"), vedette.LineHotel: messages.Mark("hotel##contact"),
}

// whose says whose a number is, with the name of a second contact.
func whose(l *vedette.Line) messages.Said {
	kind := messages.Said{English: lineKinds[l.Kind]}
	switch name := safe(strings.TrimSpace(l.Name)); {
	case l.Kind == vedette.LineOwn:
		return messages.Of("their own##number")
	case name != "":
		return messages.Of("%s %s", kind, name)
	}
	return kind
}

// showCalls shows the call sheets of a roll-call, or of one of its callers.
func (p *portal) showCalls(w http.ResponseWriter, r *http.Request) error {
	return p.callsPage(w, r, http.StatusOK, callsView{By: bylineOf(r)})
}

func (p *portal) callsPage(w http.ResponseWriter, r *http.Request, status int, v callsView) error {
	c, err := p.Desk.CallSheets(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v.frame = p.frameOf(r, messages.Of("Call sheets: %s", safe(c.Title)), c.Status)
	v.Place = "rollcalls"
	v.Address, v.ID, v.Heading = rollcallAddress(c.ID), string(c.ID), safe(c.Title)
	v.Cases = c.OpensCases()
	v.AsOf, v.Closed, v.Open = when(c.AsOf, p.Now(), ""), c.State == vedette.RollcallClosed, c.Roll.Open()
	if v.Callers == "" {
		v.Callers = safeLines(c.Callers)
	}
	one, err := readSheet(r, len(c.Sheets))
	if err != nil {
		return err
	}
	for i := range c.Sheets {
		sh := &c.Sheets[i]
		s := callSheetView{No: i + 1, N: len(sh.Rows), Caller: safe(sh.Caller), Address: fmt.Sprintf("%s/calls?sheet=%d", v.Address, i+1)}
		v.All = append(v.All, s)
		if one != 0 && one != i+1 || one == 0 && v.Open > mostCallRows && len(c.Sheets) > 1 {
			continue
		}
		most := len(sh.Rows)
		if one == 0 {
			most = min(most, mostCallRows)
		}
		for j := range sh.Rows[:most] {
			s.Rows = append(s.Rows, p.callRow(c, &sh.Rows[j]))
		}
		s.More = len(sh.Rows) - most
		v.Sheets = append(v.Sheets, s)
	}
	v.One, v.Table = one != 0, v.Address+"/calls.csv"
	if v.One {
		v.Table = fmt.Sprintf("%s?sheet=%d", v.Table, one)
	}
	return p.show(w, status, "calls", v)
}

// readSheet reads which sheet an address or form asks for, 0 for all.
func readSheet(r *http.Request, n int) (int, error) {
	text := r.FormValue("sheet")
	if text == "" {
		return 0, nil
	}
	no, err := strconv.Atoi(text)
	if err != nil || no < 1 || no > n {
		return 0, vedette.Errorf(vedette.CodeNotFound, "there is no such sheet; the roll-call's page leads to those there are")
	}
	return no, nil
}

func (p *portal) callRow(c *desk.CallSheets, r *desk.CallRow) callRowView {
	v := callRowView{Name: safe(r.Person.Record.Name), Warns: wordedAll(r.Warnings()), Where: safe(p.whereabouts(r.Where)), Kind: string(r.Is), Word: standingWords[r.Is], Rings: r.Rings, Spoke: r.Spoke, Ask: worded(r.Ask), Duress: r.Duress, Shut: r.Shut != ""}
	if !r.Person.Erased {
		v.ID = string(r.Person.ID)
	}
	for _, l := range r.Lines {
		x := callLineView{Value: fmt.Sprintf("%s:%d", l.Kind, l.Nth), Phone: safe(l.Phone), Whose: whose(&l.Line), Own: l.Kind == vedette.LineOwn, Wrong: l.Wrong}
		if r.Rings && l.Line == r.Next.Line {
			x.Next = true
			v.Next, v.Due, v.Now = x, when(r.Next.Due, p.Now(), ""), !r.Next.Due.After(c.AsOf)
		}
		v.Lines = append(v.Lines, x)
	}
	if len(v.Lines) == 0 && v.Ask.English == "" {
		for _, kind := range vedette.LineKinds {
			if kind == vedette.LineOwn && v.Shut {
				continue // whoever has them has their phone
			}
			v.Others = append(v.Others, option{Value: string(kind) + ":1", Name: lineKinds[kind]})
		}
	}
	for i := range r.Tries {
		t := &r.Tries[i]
		v.Tries = append(v.Tries, callTryView{At: when(t.At, p.Now(), ""), Outcome: outcomeWords[t.Outcome], By: safe(t.By), Note: safe(t.Note), What: lineKinds[t.Kind]})
	}
	return v
}

func safeLines(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = safe(s)
	}
	return strings.Join(out, "\n")
}
