package web

import (
	"fmt"
	"io"
	"net/http"
	"time"

	"vedette"
	"vedette/desk"
	"vedette/intake/sheet"
)

// exportTake is within which time what is read of a table has to be taken, at each piece.
const exportTake = time.Minute

// boardChannels are the channels of a board's table, in its order.
var boardChannels = []vedette.Channel{vedette.ChannelEmail, vedette.ChannelSMS, vedette.ChannelVoice, vedette.ChannelPush}

var boardHeader = []string{"name", "where", "relation", "email", "sms", "voice", "push", "answer", "answered", "note", "id"}

// saveBoard gives everyone of an update's board as a table that no spreadsheet runs
// anything of. It is written as it is read: a table that cannot be read to its end is cut
// off, so that nobody takes it for whole.
func (p *portal) saveBoard(w http.ResponseWriter, r *http.Request) error {
	b, err := p.Desk.Update(r.Context(), vedette.ID(r.PathValue("id")))
	if err == nil && b.State == vedette.UpdateDraft {
		err = vedette.Errorf(vedette.CodeConflict, "update %s is a draft: nobody was told; publish it first", b.ID)
	}
	if err != nil {
		return err
	}
	if err := p.Desk.NoteExport(r.Context(), desk.ExportBoard, b.ID); err != nil {
		return err
	}
	name := "board"
	if m := b.Status.Mark(); m != "" {
		name = m + "-" + name
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-%d-%s.csv"`, name, b.Number, p.Now().UTC().Format("20060102-1504Z")))
	if err := p.writeBoard(&taken{w, http.NewResponseController(w)}, r, b); err != nil {
		p.Log.Warn("a board was not saved to its end", "update", b.ID, "err", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

func (p *portal) writeBoard(w io.Writer, r *http.Request, u *vedette.Update) error {
	t, err := sheet.NewWriter(w, boardHeader...)
	if err != nil {
		return err
	}
	left, err := p.Desk.EachOnBoard(r.Context(), u.ID, func(b *desk.OnBoard) error { return t.Write(p.boardCells(b)...) })
	if err != nil {
		return err
	}
	if s := desk.LeftOut(left); s != "" {
		if err := t.Write(append([]string{s}, make([]string, len(boardHeader)-1)...)...); err != nil {
			return err
		}
	}
	return t.Close()
}

// boardCells are the row of somebody.
func (p *portal) boardCells(b *desk.OnBoard) []string {
	cells := []string{b.Person.Record.Name, p.whereabouts(b.Where), relationWords[b.Relation]}
	for _, c := range boardChannels {
		cells = append(cells, stateWords[b.By[c]][0])
	}
	at, note := "", ""
	if !b.AnsweredAt.IsZero() {
		at = b.AnsweredAt.UTC().Format("2006-01-02 15:04Z")
	}
	switch {
	case b.Duress:
		note = "DURESS: they were made to answer; do not ring"
	case b.Shut != "":
		note = "COMPROMISED: nothing is sent to them"
	case b.Person.Erased:
		cells[0] = "(erased)"
	case b.State == "":
		note = "no way to reach them"
	}
	return append(cells, answerWords[b.Answer], at, note, string(b.Person.ID))
}

// taken is an answer each piece of which has its time to be taken.
type taken struct {
	http.ResponseWriter
	c *http.ResponseController
}

// Write writes a piece.
func (t *taken) Write(b []byte) (int, error) {
	_ = t.c.SetWriteDeadline(time.Now().Add(exportTake)) // where there is no connection to wait for there is no need to
	return t.ResponseWriter.Write(b)
}
