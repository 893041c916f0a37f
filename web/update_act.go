package web

import (
	"net/http"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/web/messages"
)

// actsView is what may be done with an update that is published.
type actsView struct {
	Address    string // where the forms post
	ID         string
	Any        bool
	Stop       bool
	Again      bool
	End        bool // cancel it, say that it was sent in error, correct it
	Clear      bool
	Conditions []conditionAct
	Areas      []string // it affects, for the all-clear
	By         byline
	Do         string // the act that was refused
	No         string // of the condition that it was of
	Typed      typedAct
}

// conditionAct is a condition with what may be declared of it.
type conditionAct struct {
	No        int
	Text      string
	Condition string
	State     messages.Said
	To        []field
}

// typedAct is what was typed and not taken.
type typedAct struct{ Reason, Area, Basis, Why string }

// order is who acts, and how many people they typed that it tells, 0 for none.
type order struct {
	by    string
	count int
}

// pressed is an act that is ready: what it would do, and how it is done.
type pressed struct {
	confirmView
	press func() (to string, err error)
}

// updateActs are the acts by what their forms say.
func (p *portal) updateActs() map[string]func(*http.Request, *vedette.Update, order) (*pressed, error) {
	return map[string]func(*http.Request, *vedette.Update, order) (*pressed, error){
		"stop": p.stopUpdate, "cancel": p.cancelUpdate, "error": p.retractUpdate, "again": p.tellAgain, "condition": p.declareCondition, "clear": p.giveAllClear,
	}
}

// actOnUpdate says what an act would do with an update, and does it on a second
// press.
func (p *portal) actOnUpdate(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	u, err := p.Desk.Update(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f := r.PostForm
	var a *pressed
	count, uncounted := readCount(r)
	if err := p.mayAct(r, f.Get("do")); err != nil {
		return err
	}
	if do, ok := p.updateActs()[f.Get("do")]; ok {
		a, err = do(r, u, order{by, count})
	} else {
		err = vedette.Errorf(vedette.CodeInvalid, "press one of the buttons of the page")
	}
	if mends(err) {
		return p.refuseAct(w, r, u, err)
	}
	if err != nil {
		return err
	}
	a.Address, a.Back, a.By = updatePath+string(u.ID)+"/acts", updatePath+string(u.ID)+"#acts", bylineOf(r)
	if a.Fields = append(a.Fields, kept(r)...); !a.now(r) {
		return p.confirm(w, r, http.StatusOK, a.Heading, u.Status, a.confirmView)
	}
	to, err := "", uncounted
	if err == nil {
		to, err = a.press()
	}
	switch {
	case err == nil:
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	case mends(err):
		a.Problem = refusal(err)
		return p.confirm(w, r, http.StatusConflict, a.Heading, u.Status, a.confirmView)
	}
	return err
}

// stops are the acts on an update that only hold something back: whoever drafts may.
var stops = map[string]bool{"stop": true}

// mayAct says whether who is signed in may do something with an update: what tells
// people is for whoever publishes.
func (p *portal) mayAct(r *http.Request, what string) error {
	if stops[what] {
		return nil
	}
	if what == "clear" { // a second person's word may be wanted for it: then whoever drafts may ask
		set, err := p.Desk.Settings(r.Context())
		if err != nil || set.Approval != vedette.ApproveNone {
			return err
		}
	}
	return p.may(r, rights.Publish)
}

// refuseAct shows an update's page again, with what was typed and what is wrong
// with it.
func (p *portal) refuseAct(w http.ResponseWriter, r *http.Request, u *vedette.Update, why error) error {
	f, v := r.PostForm, p.updateView(r, u)
	v.Problem, v.Acts.By, v.Acts.Do, v.Acts.No = refusal(why), bylineOf(r), f.Get("do"), f.Get("no")
	v.Acts.Typed = typedAct{Reason: typed(f.Get("reason")), Area: typed(f.Get("area")), Basis: typed(f.Get("basis")), Why: f.Get("why")}
	return p.updatePage(w, r, http.StatusConflict, u, v)
}

// now says whether a form is the press that does it. Whoever has ticked what
// changes whom it reaches first sees that.
func (a *pressed) now(r *http.Request) bool {
	for name := range r.PostForm {
		if strings.HasPrefix(name, alsoPrefix) {
			return false
		}
	}
	return sure(r)
}

// acts are what may be done with an update.
func (p *portal) acts(u *vedette.Update) actsView {
	v := actsView{Address: updatePath + string(u.ID) + "/acts", ID: string(u.ID)}
	if u.State == vedette.UpdateDraft {
		return v
	}
	ends := u.Cancels == "" && u.Drill == nil && u.Asks == ""
	v.Any, v.End, v.Clear = true, ends, ends && u.Clears == nil
	v.Stop = u.Mark == nil || u.Mark.StoppedAt.IsZero()
	v.Again = ends && u.State == vedette.UpdatePublished
	for _, a := range u.Content.Affected {
		if area, ok := p.Gaz.Area(a.Area); ok {
			v.Areas = append(v.Areas, p.areaTyped(area.ID))
		}
	}
	return v
}
