package web

import (
	"net/http"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/web/messages"
)

const approvalsPath = "/approvals"

// approvalView is what waits, or waited, for the word of a second person.
type approvalView struct {
	Address, Of  string // its page, and that of what it is about
	Headline, As string
	Gone         bool // the draft was removed
	AllClear     bool // it is the word that people may leave their shelter
	Risk         badge
	AskedBy      string
	At, Ends     moment
	Open, Glass  bool
	State        string // in words
	Refused      bool
	By, Words    string
	ByLink       bool
	Decided      moment
	Reason       string
	Rung         []rungView
	Nobody       bool     // no approver can be rung
	NotRung      []string // approvers who cannot
}

// rungView is that somebody was rung, and what became of it.
type rungView struct {
	Name, Over, State, Detail string
	At                        moment
}

// approvalWords say where it is.
var approvalWords = map[vedette.ApprovalState]string{
	vedette.ApprovalAsked: messages.Mark("waits for a second person"), vedette.ApprovalApproved: messages.Mark("approved"), vedette.ApprovalRefused: messages.Mark("refused"), vedette.ApprovalWithdrawn: messages.Mark("taken back"),
	vedette.ApprovalChanged: messages.Mark("over: the draft was changed or removed"), vedette.ApprovalOvertaken: messages.Mark("over: it was published without it"), vedette.ApprovalLapsed: messages.Mark("over: nobody answered in time"),
	vedette.ApprovalUnseen: messages.Mark("went out on one person’s word; nobody else has looked yet"), vedette.ApprovalFine: messages.Mark("looked at: it is fine"), vedette.ApprovalStopped: messages.Mark("looked at: it was stopped"),
}

func (p *portal) approvalView(c *desk.ApprovalCard) approvalView {
	a := &c.Approval
	v := approvalView{Address: approvalsPath + "/" + string(a.ID), Of: draftAddress(a.Draft), Gone: c.Update == nil, AskedBy: safe(a.AskedBy), At: when(a.AskedAt, p.Now(), ""), Ends: when(a.EndsAt, p.Now(), ""),
		Open: a.Open(), Glass: a.Glass, State: approvalWords[a.State], Refused: a.State == vedette.ApprovalRefused, By: safe(a.By), Words: safe(a.Words), ByLink: a.ByLink, Decided: when(a.At, p.Now(), ""),
		Reason: safe(a.Reason), Nobody: c.Nobody}
	if u := c.Update; u != nil {
		v.Headline, v.As, v.Risk = safe(firstOf(u.Content.Headline, u.Content.Title)), u.Status.Mark(), riskBadge(u.Content.Risk)
		if u.Clears != nil {
			v.Headline, v.AllClear = safe(u.Content.Title), true
		}
		if u.State != vedette.UpdateDraft || u.Clears != nil {
			v.Of = updatePath + string(u.ID)
		}
	}
	for _, n := range c.NotHere {
		v.NotRung = append(v.NotRung, safe(n))
	}
	for i := range c.Rung {
		r := &c.Rung[i]
		v.Rung = append(v.Rung, rungView{Name: safe(r.Name), Over: rungOver[r.Channel], State: rungWords[r.State], Detail: safe(r.Detail), At: when(r.At, p.Now(), "")})
	}
	return v
}

var (
	rungOver  = map[vedette.Channel]string{vedette.ChannelEmail: messages.Mark("by mail"), vedette.ChannelSMS: messages.Mark("by text message"), vedette.ChannelVoice: messages.Mark("by a call")}
	rungWords = map[vedette.DeliveryState]string{vedette.DeliveryQueued: messages.Mark("on its way"), vedette.DeliveryAccepted: messages.Mark("sent"), vedette.DeliveryReceived: messages.Mark("received"), vedette.DeliverySeen: messages.Mark("seen"),
		vedette.DeliveryAnswered: messages.Mark("answered"), vedette.DeliveryFailed: messages.Mark("did not arrive"), vedette.DeliveryUnknown: messages.Mark("may not have arrived"), vedette.DeliveryWithheld: messages.Mark("not sent any more")}
)

// approvalsView is all that waits.
type approvalsView struct {
	frame
	List []approvalView
}

// listApprovals lists what waits for the word of a second person.
func (p *portal) listApprovals(w http.ResponseWriter, r *http.Request) error {
	list, err := p.Desk.Approvals(r.Context())
	if err != nil {
		return err
	}
	v := approvalsView{frame: p.frame(r, "Approvals", vedette.StatusActual)}
	v.Place = "approvals"
	for i := range list {
		v.List = append(v.List, p.approvalView(&list[i]))
	}
	return p.show(w, http.StatusOK, "approvals", v)
}

// approvalPageView is one, with the draft as whoever approves is to see it.
type approvalPageView struct {
	frame
	approvalView
	Card     approvalView // the same, by name
	Update   updateView
	Preview  previewView
	Accepted []messages.Said // doubts that whoever asked takes on
	Draft    bool            // there is a draft still, to be seen
	Clear    *confirmView    // what it does, where it is an all-clear; nil else
	May      bool            // who looks may decide it
	Own      bool            // they gave the first word
	Byline   byline
	Live     bool // the page loads itself again: whoever asked sees who is rung
	Typed    string
	Problem  problem
}

// showApproval shows what waits for the word of a second person.
func (p *portal) showApproval(w http.ResponseWriter, r *http.Request) error {
	return p.approvalPage(w, r, http.StatusOK, approvalPageView{})
}

func (p *portal) approvalPage(w http.ResponseWriter, r *http.Request, status int, v approvalPageView) error {
	c, err := p.Desk.ApprovalCard(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v.Card, v.Byline = p.approvalView(c), bylineOf(r)
	v.approvalView = v.Card
	v.frame = p.frameOf(r, messages.Of("Approval: %s", v.Headline), vedette.StatusActual)
	if me := signedIn(r); me != nil {
		v.Own = c.OfSame(me.ID, me.Name)
	}
	v.May = c.Open() && !v.Own && p.may(r, rights.Approve) == nil
	if u := c.Update; u != nil {
		v.frame, v.Update = p.frameOf(r, messages.Of("Approval: %s", v.Headline), u.Status), p.updateView(r, u)
		for _, f := range u.Accepted {
			v.Accepted = append(v.Accepted, readFinding(f.Message))
		}
		if v.Draft = u.State == vedette.UpdateDraft && c.Open(); v.Draft && u.Clears != nil {
			v.Draft = false // it is not worked on
			if err := p.fillClear(r, &v, u); err != nil {
				return err
			}
		} else if v.Draft {
			d, err := p.Desk.Draft(r.Context(), u.ID)
			if err != nil {
				return err
			}
			if _, err := p.fillPreview(r, &v.Preview, d); err != nil {
				return err
			}
		}
	}
	v.frame.Place = "approvals"
	v.Live = c.Open() && r.URL.Query().Get("live") == "1"
	if v.Live {
		v.Refresh = liveSeconds
	}
	return p.show(w, status, "approval", v)
}

// fillClear says what an all-clear does as things stand. What is in its way by now is
// said in place of that: it can be refused, or taken back, all the same.
func (p *portal) fillClear(r *http.Request, v *approvalPageView, u *vedette.Update) error {
	v.Clear = &confirmView{}
	e, err := p.Desk.PreviewAllClear(r.Context(), desk.ClearOrder(u))
	switch {
	case err == nil:
		p.clearing(tongue(r), v.Clear, e)
		v.Preview.Concerned = e.Told
	case mends(err):
		v.Clear.Problem = refusal(err)
	default:
		return err
	}
	return nil
}

// withdrawApproval takes back what is asked about a draft.
func (p *portal) withdrawApproval(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	err = p.Desk.WithdrawApproval(r.Context(), vedette.ID(id), by)
	switch {
	case err == nil:
		http.Redirect(w, r, approvalsPath+"/"+id, http.StatusSeeOther)
		return nil
	case mends(err):
		return p.approvalPage(w, r, http.StatusConflict, approvalPageView{Problem: nothingDone(err)})
	}
	return err
}

// actOnApproval approves or refuses what waits, or says what somebody makes of what went
// out on one person's word.
func (p *portal) actOnApproval(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	id, f := vedette.ID(r.PathValue("id")), r.PostForm
	do, words := f.Get("do"), typed(f.Get("words"))
	to := approvalsPath + "/" + string(id)
	switch do {
	case "approve":
		if asks, err := p.approvingAsks(w, r, id); asks || err != nil {
			return err
		}
		var u *vedette.Update
		if u, err = p.Desk.Approve(r.Context(), id, by); err == nil {
			to = updatePath + string(u.ID)
		}
	case "refuse":
		err = p.Desk.RefuseApproval(r.Context(), id, words, by)
	case "fine", "stop":
		err = p.Desk.Review(r.Context(), id, do == "fine", words, by)
	default:
		err = vedette.Errorf(vedette.CodeInvalid, "press one of the buttons of the page")
	}
	switch {
	case err == nil:
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	case mends(err) || vedette.ErrorCode(err) == vedette.CodeBlocked:
		return p.approvalPage(w, r, http.StatusConflict, approvalPageView{Problem: nothingDone(err), Typed: words})
	}
	return err
}

// approvingAsks asks whoever approves what says extreme for their second factor: it is
// they who publish. It says whether it answered.
func (p *portal) approvingAsks(w http.ResponseWriter, r *http.Request, id vedette.ID) (answered bool, err error) {
	me := sessionOf(r)
	if me == nil {
		return false, nil
	}
	c, err := p.Desk.ApprovalCard(r.Context(), id)
	if err != nil {
		return false, err
	}
	again := againView{Why: whyApprove, Address: approvalsPath + "/" + string(id), Back: approvalsPath + "/" + string(id), Fields: []field{{"do", "approve"}}}
	if r.PostForm.Has("show") {
		if err := p.takeFactor(w, r); err != nil {
			return true, p.againAfter(w, r, again, err)
		}
		return false, nil
	}
	if c.Update == nil || !rights.PublishingAsks(c.Update) || p.Desk.Fresh(me) {
		return false, nil
	}
	return true, p.againPage(w, r, http.StatusForbidden, again)
}

// assentView is on whose word an update went out.
type assentView struct {
	AskedBy, By, Alone string
	ByLink, Unproved   bool
	At                 moment
	Review             *approvalView // what another made of what went out on one person's word, or has to
}

func (p *portal) assent(r *http.Request, u *vedette.Update) (*assentView, error) {
	a := u.Assent
	if a == nil {
		return nil, nil
	}
	v := &assentView{AskedBy: safe(a.AskedBy), By: safe(a.By), Alone: safe(a.Alone), ByLink: a.ByLink, Unproved: a.Unproved, At: when(a.At, p.Now(), "")}
	list, err := p.Desk.ApprovalsOf(r.Context(), u.ID)
	for _, c := range list {
		if c.Glass {
			x := p.approvalView(c)
			v.Review = &x
		}
	}
	return v, err
}
