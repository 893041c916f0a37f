package web

import (
	"net/http"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/web/messages"
)

// What takes a second factor, as the page says it.
var (
	whyApprove = messages.Mark("This says extreme, so whoever approves it shows first that it is them. When that is shown it goes out at once.")
	whyGlass   = messages.Mark("This says extreme, so whoever publishes it shows first that it is them. When that is shown it goes out at once, on your word alone.")
)

// askDraft asks a second person for their word about a draft, as it was seen.
func (p *portal) askDraft(w http.ResponseWriter, r *http.Request) error {
	_, seen, err := readDraftForm(w, r)
	v := draftView{By: bylineOf(r), Typed: typedEdit{Reason: typed(r.PostForm.Get("reason"))}}
	var d *desk.Draft
	if err == nil {
		d, err = p.Desk.Draft(r.Context(), vedette.ID(r.PathValue("id")))
	}
	if err == nil {
		return p.asks(w, r, d, seen, v)
	}
	return p.draftAfter(w, r, v, err)
}

// asks asks for a second person's word with what a form says.
func (p *portal) asks(w http.ResponseWriter, r *http.Request, d *desk.Draft, seen int, v draftView) error {
	o, err := publishOrder(r, seen)
	var a *vedette.Approval
	if err == nil {
		a, err = p.Desk.AskApproval(r.Context(), d, o)
	}
	if err != nil {
		return p.draftAfter(w, r, v, err)
	}
	http.Redirect(w, r, approvalsPath+"/"+string(a.ID)+"?live=1", http.StatusSeeOther)
	return nil
}

// toAsking leads to where the word of a second person is asked about an all-clear: it is
// no draft that is worked on.
func (p *portal) toAsking(w http.ResponseWriter, r *http.Request, draft vedette.ID) error {
	list, err := p.Desk.ApprovalsOf(r.Context(), draft)
	to := approvalsPath
	if len(list) > 0 {
		to += "/" + string(list[0].ID)
	}
	if err == nil {
		http.Redirect(w, r, to, http.StatusSeeOther)
	}
	return err
}

// draftAfter shows a draft again with what was in the way.
func (p *portal) draftAfter(w http.ResponseWriter, r *http.Request, v draftView, err error) error {
	switch vedette.ErrorCode(err) {
	case vedette.CodeInvalid, vedette.CodeConflict, vedette.CodeBlocked:
		if v.Problem = refusal(err); strings.Contains(err.Error(), "--") { // what a command says by a flag
			v.Problem = append(v.Problem, messages.Of("On this page it is under Publish."))
		}
		return p.draftPage(w, r, http.StatusConflict, v)
	}
	return err
}

// breakGlass publishes an immediate warning on one person's word, where that of a second
// is wanted. Where it says extreme whoever has a second factor shows it, on the way;
// whoever has none types their password: that nobody can warn at night is worse than that
// somebody who knows a password can.
func (p *portal) breakGlass(w http.ResponseWriter, r *http.Request) error {
	_, seen, err := readDraftForm(w, r)
	v := draftView{By: bylineOf(r), Typed: typedEdit{Glass: typed(r.PostForm.Get("reason")), Breaks: true}}
	var d *desk.Draft
	if err == nil {
		d, err = p.Desk.Draft(r.Context(), vedette.ID(r.PathValue("id")))
	}
	if err != nil {
		return p.draftAfter(w, r, v, err)
	}
	unproved, answered, err := p.glassProof(w, r, d)
	if answered || vedette.ErrorCode(err) != vedette.CodeForbidden && vedette.ErrorCode(err) != vedette.CodeTooMany && err != nil {
		return err
	}
	if err != nil { // the password was wrong
		v.Problem = told(err)
		return p.draftPage(w, r, http.StatusForbidden, v)
	}
	o, err := publishOrder(r, seen)
	var u *vedette.Update
	if err == nil {
		u, err = p.Desk.BreakGlass(r.Context(), d, o, unproved)
	}
	if err != nil {
		return p.draftAfter(w, r, v, err)
	}
	http.Redirect(w, r, updatePath+string(u.ID), http.StatusSeeOther)
	return nil
}

// glassProof has whoever breaks the glass show that it is them, where the warning says
// extreme. unproved says that they had only their password.
func (p *portal) glassProof(w http.ResponseWriter, r *http.Request, d *desk.Draft) (unproved, answered bool, err error) {
	me := sessionOf(r)
	if me == nil || !rights.PublishingAsks(d.Update) {
		return false, false, nil
	}
	if strings.TrimSpace(r.PostForm.Get("reason")) == "" { // said before anything is asked
		return false, false, nil
	}
	f, err := p.Desk.Factors(r.Context(), &me.User)
	if err != nil {
		return false, false, err
	}
	if !f.Any() {
		return true, false, p.Desk.Prove(r.Context(), me, r.PostForm.Get("password"), p.peer(r))
	}
	again := againView{Why: whyGlass, Address: draftAddress(d.Update.ID) + "/break", Back: draftAddress(d.Update.ID), Fields: publishFields(r)}
	if r.PostForm.Has("show") {
		if err := p.takeFactor(w, r); err != nil {
			return false, true, p.againAfter(w, r, again, err)
		}
		return false, false, nil
	}
	if p.Desk.Fresh(me) {
		return false, false, nil
	}
	return false, true, p.againPage(w, r, http.StatusForbidden, again)
}

// fillAsking says what of a second person's word a draft wants, and has.
func (p *portal) fillAsking(r *http.Request, v *draftView, d *desk.Draft) error {
	var err error
	if v.Wants, err = p.Desk.WantsApproval(r.Context(), d.Update); err != nil {
		return err
	}
	list, err := p.Desk.ApprovalsOf(r.Context(), d.Update.ID)
	if err != nil {
		return err
	}
	if len(list) > 0 {
		a := p.approvalView(list[0])
		v.Asking = &a
	}
	v.MayBreak = v.Wants && v.Preview.Immediate && p.may(r, rights.BreakGlass) == nil
	if me := sessionOf(r); v.MayBreak && me != nil && rights.PublishingAsks(d.Update) {
		f, err := p.Desk.Factors(r.Context(), &me.User)
		v.Password = !f.Any()
		return err
	}
	return nil
}
