package web

import (
	"net/http"

	"vedette"
	"vedette/desk"
)

// actOnCase takes a case, hands it over, notes what is known and where they are, writes to its person, closes it, or says
// that they are compromised or trusted again; the page says what that did.
func (p *portal) actOnCase(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return vedette.Wrap(err, vedette.CodeInvalid, "what was written could not be read; press the button again")
	}
	f := r.PostForm
	id, by := vedette.ID(r.PathValue("id")), f.Get("by")
	err := p.doInCase(r, id, by)
	switch vedette.ErrorCode(err) {
	case "":
		http.Redirect(w, r, "/cases/"+string(id), http.StatusSeeOther)
		return nil
	case vedette.CodeInvalid, vedette.CodeConflict:
		v := caseView{By: bylineOf(r), Problem: refusal(err)}
		switch f.Get("do") {
		case "note":
			v.Note = safe(f.Get("text"))
		case "close":
			v.Closing = safe(f.Get("text"))
		case "hand_over":
			v.To, v.Handed = safe(f.Get("to")), safe(f.Get("text"))
		case "place":
			v.At = safe(f.Get("text"))
		default:
			v.Words = safe(f.Get("text"))
		}
		return p.casePage(w, r, http.StatusConflict, v)
	}
	return err
}

// caseActs are what the desk does in a case that nobody outside hears of.
var caseActs = map[string]vedette.CaseEntryKind{"take": vedette.CaseTake, "note": vedette.CaseNote, "place": vedette.CasePlace, "hand_over": vedette.CaseHandOver, "close": vedette.CaseClose}

func (p *portal) doInCase(r *http.Request, id vedette.ID, by string) error {
	f := r.PostForm
	if typed(by) == "" {
		return vedette.Errorf(vedette.CodeInvalid, "nothing was done: say who you are; it is kept on record")
	}
	what := f.Get("do")
	switch what {
	case "take", "note", "place", "hand_over", "close":
		_, err := p.Desk.ActOnCase(r.Context(), desk.CaseOrder{Case: id, Kind: caseActs[what], By: by, To: f.Get("to"), Text: f.Get("text")})
		return err
	case "write":
		_, err := p.Desk.WriteInCase(r.Context(), desk.CaseOrder{Case: id, By: by, Text: f.Get("text"), Read: f.Get("read") != ""})
		return err
	}
	if what != "shut" && what != "trust" {
		return vedette.Errorf(vedette.CodeInvalid, "press one of the buttons of the page")
	}
	c, err := p.Desk.CaseOf(r.Context(), id)
	if err != nil {
		return err
	}
	_, err = p.Desk.Compromise(r.Context(), desk.CompromiseOrder{Person: string(c.Who.ID), Over: what == "trust", Reason: f.Get("reason"), By: by})
	return err
}
