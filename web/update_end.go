package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
)

// stopUpdate halts what of an update no channel has accepted yet.
func (p *portal) stopUpdate(r *http.Request, u *vedette.Update, who order) (*pressed, error) {
	t, err := p.Desk.Tally(r.Context(), u)
	if err != nil {
		return nil, err
	}
	reason := strings.TrimSpace(r.PostForm.Get("reason"))
	if reason == "" {
		return nil, vedette.Errorf(vedette.CodeInvalid, "say why it is stopped; it is kept on record")
	}
	a := &pressed{confirmView: confirmView{Heading: "Stop this update", About: safe(u.Content.Headline), Unnamed: true, Button: "Stop it now"}}
	n := t.Deliveries[vedette.DeliveryQueued]
	still := ""
	if t.Fanout.State != vedette.FanoutPlanned {
		still = " It is not planned to the end yet: more people would come, and get nothing of it."
	}
	a.Does = []string{peopleN(n) + " " + waitWaits(n) + " for it now; nothing more of it is sent to them." + still, "What a channel has accepted already cannot be called back: whoever got it is not told. To tell them, say that it was sent in error."}
	e, err := p.Desk.PreviewStop(r.Context(), u)
	if err != nil {
		return nil, err
	}
	if e.Again != nil || u.Clears != nil {
		// It does more than hold something back: another is told again, or stands.
		if err := p.may(r, rights.Publish); err != nil {
			return nil, err
		}
	}
	p.thenStands(a, e)
	a.press = func() (string, error) {
		_, err := p.Desk.Stop(r.Context(), u.ID, reason)
		return updatePath + string(u.ID), err
	}
	return a, nil
}

// thenStands says what of a situation stands after a stop.
func (p *portal) thenStands(a *pressed, e desk.StopEffect) {
	switch {
	case e.Nothing:
		a.Does = append(a.Does, "Nothing of its situation stands then.")
	case e.Again != nil:
		a.Does = append(a.Does, "An earlier update of its situation stands again then: whoever comes to be concerned is told that one, and whoever still waits for it gets it.")
		a.Words = append(a.Words, fmt.Sprintf("Stands again: update %d, “%s”, published %s", e.Again.Number, safe(e.Again.Content.Headline), when(e.Again.PublishedAt, p.Now(), "").words()))
	}
	if e.Partial {
		a.Warns = append(a.Warns, "Not everyone was told of that one: its planning was halted by what came after it, and is not taken up again. Publish it anew.")
	}
}

func waitWaits(n int) string {
	if n == 1 {
		return "waits"
	}
	return "wait"
}

// cancelUpdate ends the word of an update's situation.
func (p *portal) cancelUpdate(r *http.Request, u *vedette.Update, who order) (*pressed, error) {
	o := desk.CancelOrder{Update: u.ID, Why: vedette.Cancel(r.PostForm.Get("why")), Reason: r.PostForm.Get("reason"), Count: who.count}
	n, err := p.Desk.PreviewCancel(r.Context(), o)
	if err != nil {
		return nil, err
	}
	a := &pressed{confirmView: confirmView{Heading: "Cancel this situation: " + strings.ToLower(cancelWords[o.Why]), About: situation(u), Unnamed: true, Button: "Cancel it, and tell " + peopleN(n)}}
	a.Does = []string{peopleN(n) + " " + isAre(n) + " told, wherever they are now: all who were told of this situation. It goes before all else.",
		"What it told people to do stands no more. It is no all-clear: it does not say that a place is safe."}
	a.Quote = []string{safe(o.Reason)}
	if a.Count, err = p.toType(r.Context(), n); err != nil {
		return nil, err
	}
	a.press = func() (string, error) {
		c, err := p.Desk.Cancel(r.Context(), o)
		if err != nil {
			return "", err
		}
		return updatePath + string(c.ID), nil
	}
	return a, nil
}

// retractUpdate says to exactly those who may have got an update that it was
// sent in error.
func (p *portal) retractUpdate(r *http.Request, u *vedette.Update, who order) (*pressed, error) {
	e, err := p.Desk.PreviewRetract(r.Context(), u.ID)
	if err != nil {
		return nil, err
	}
	a := &pressed{confirmView: confirmView{Heading: "Sent in error", About: safe(u.Content.Headline), Unnamed: true, Button: "It was sent in error: tell them now"}}
	a.Does = []string{"It was meant for " + peopleN(e.Meant) + "; " + peopleN(e.Reached) + " may have got it and " + isAre(e.Reached) + " told this, before all else" + withSystems(e.Systems) + ".",
		"Messages that still wait, " + strconv.Itoa(e.Waiting) + ", are stopped.", "What else its situation says stands."}
	a.Quote = []string{safe(e.Subject)}
	for l := range strings.Lines(e.Text) {
		a.Quote = append(a.Quote, safe(l))
	}
	if e.Meant > e.CountAbove {
		a.Count, a.CountOf = e.Meant, "It was meant for "+peopleN(e.Meant)+". Type that number"
	}
	a.press = func() (string, error) {
		c, err := p.Desk.Retract(r.Context(), desk.RetractOrder{Update: u.ID, Reason: r.PostForm.Get("reason"), Count: who.count})
		if err != nil {
			return "", err
		}
		return updatePath + string(c.ID), nil
	}
	return a, nil
}

func withSystems(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return ", and so is 1 system"
	}
	return ", and so are " + strconv.Itoa(n) + " systems"
}

// tellAgain tells everyone concerned once more.
func (p *portal) tellAgain(r *http.Request, u *vedette.Update, who order) (*pressed, error) {
	pre, err := p.Desk.PreviewAgain(r.Context(), u.ID)
	if err != nil {
		return nil, err
	}
	n := pre.Told
	a := &pressed{confirmView: confirmView{Heading: "Tell it again", About: safe(u.Content.Headline), Unnamed: true, Button: "Tell " + peopleN(n) + " again"}}
	a.Does = []string{peopleN(n) + " concerned by it now " + isAre(n) + " told once more, by the channels of before."}
	if last := when(pre.Last, p.Now(), ""); last.Shown() {
		a.Warns = []string{"It was told again already, last " + last.words() + "."}
	}
	a.Fields = []field{seen(pre.Seen)}
	was, unseen := readSeen(r)
	if a.Count, err = p.toType(r.Context(), n); err != nil {
		return nil, err
	}
	a.press = func() (string, error) {
		if unseen != nil {
			return "", unseen
		}
		return updatePath + string(u.ID) + "/board", p.Desk.TellAgain(r.Context(), desk.AgainOrder{Update: u.ID, Count: who.count, Seen: was})
	}
	return a, nil
}
