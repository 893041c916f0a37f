package web

import (
	"net/http"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/web/messages"
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
	a := &pressed{confirmView: confirmView{Heading: messages.Mark("Stop this update"), About: safe(u.Content.Headline), Unnamed: true, Button: messages.Mark("Stop it now")}}
	n := t.Deliveries[vedette.DeliveryQueued]
	waits := say(r, waitFor(n))
	if t.Fanout.State != vedette.FanoutPlanned {
		waits += " " + say(r, messages.Of("It is not planned to the end yet: more people would come, and get nothing of it."))
	}
	a.Does = []string{waits, messages.Mark("What a channel has accepted already cannot be called back: whoever got it is not told. To tell them, say that it was sent in error.")}
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
	p.thenStands(r, a, e)
	a.press = func() (string, error) {
		_, err := p.Desk.Stop(r.Context(), u.ID, reason)
		return updatePath + string(u.ID), err
	}
	return a, nil
}

// thenStands says what of a situation stands after a stop.
func (p *portal) thenStands(r *http.Request, a *pressed, e desk.StopEffect) {
	switch {
	case e.Nothing:
		a.Does = append(a.Does, messages.Mark("Nothing of its situation stands then."))
	case e.Again != nil:
		a.Does = append(a.Does, messages.Mark("An earlier update of its situation stands again then: whoever comes to be concerned is told that one, and whoever still waits for it gets it."))
		a.Words = append(a.Words, say(r, messages.Of("Stands again: update %d, “%s”, published %s", e.Again.Number, safe(e.Again.Content.Headline), when(e.Again.PublishedAt, p.Now(), "").said())))
	}
	if e.Partial {
		a.Warns = append(a.Warns, messages.Mark("Not everyone was told of that one: its planning was halted by what came after it, and is not taken up again. Publish it anew."))
	}
}

func waitFor(n int) messages.Said {
	if n == 1 {
		return messages.Of("1 person waits for it now; nothing more of it is sent to them.")
	}
	return messages.Of("%d people wait for it now; nothing more of it is sent to them.", n)
}

// cancelUpdate ends the word of an update's situation.
func (p *portal) cancelUpdate(r *http.Request, u *vedette.Update, who order) (*pressed, error) {
	o := desk.CancelOrder{Update: u.ID, Why: vedette.Cancel(r.PostForm.Get("why")), Reason: r.PostForm.Get("reason"), Count: who.count}
	n, err := p.Desk.PreviewCancel(r.Context(), o)
	if err != nil {
		return nil, err
	}
	a := &pressed{confirmView: confirmView{Heading: say(r, messages.Of("Cancel this situation: %s", messages.Said{English: cancelsWords[o.Why]})), About: situation(u), Unnamed: true, Button: say(r, messages.Of("Cancel it, and tell %s", peopleSaid(n)))}}
	a.Does = []string{say(r, toldEverywhere(n)),
		messages.Mark("What it told people to do stands no more. It is no all-clear: it does not say that a place is safe.")}
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
	a := &pressed{confirmView: confirmView{Heading: messages.Mark("Sent in error"), About: safe(u.Content.Headline), Unnamed: true, Button: messages.Mark("It was sent in error: tell them now")}}
	a.Does = []string{meantFor(r, e),
		say(r, messages.Of("Messages that still wait, %d, are stopped.", e.Waiting)), messages.Mark("What else its situation says stands.")}
	a.Quote = []string{safe(e.Subject)}
	for l := range strings.Lines(e.Text) {
		a.Quote = append(a.Quote, safe(l))
	}
	if e.Meant > e.CountAbove {
		a.Count, a.CountOf = e.Meant, say(r, messages.Of("It was meant for %s. Type that number", peopleSaid(e.Meant)))
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

// meantFor says whom a word that an update was sent in error goes to.
func meantFor(r *http.Request, e *desk.Retracting) string {
	meant, reached := peopleSaid(e.Meant), peopleSaid(e.Reached)
	switch {
	case e.Systems == 0 && e.Reached == 1:
		return say(r, messages.Of("It was meant for %s; %s may have got it and is told this, before all else.", meant, reached))
	case e.Systems == 0:
		return say(r, messages.Of("It was meant for %s; %s may have got it and are told this, before all else.", meant, reached))
	case e.Systems == 1 && e.Reached == 1:
		return say(r, messages.Of("It was meant for %s; %s may have got it and is told this, before all else, and so is 1 system.", meant, reached))
	case e.Systems == 1:
		return say(r, messages.Of("It was meant for %s; %s may have got it and are told this, before all else, and so is 1 system.", meant, reached))
	case e.Reached == 1:
		return say(r, messages.Of("It was meant for %s; %s may have got it and is told this, before all else, and so are %d systems.", meant, reached, e.Systems))
	}
	return say(r, messages.Of("It was meant for %s; %s may have got it and are told this, before all else, and so are %d systems.", meant, reached, e.Systems))
}

// peopleSaid is a number of people.
func peopleSaid(n int) messages.Said {
	if n == 1 {
		return messages.Of("1 person")
	}
	return messages.Of("%d people", n)
}

func toldEverywhere(n int) messages.Said {
	if n == 1 {
		return messages.Of("1 person is told, wherever they are now: all who were told of this situation. It goes before all else.")
	}
	return messages.Of("%d people are told, wherever they are now: all who were told of this situation. It goes before all else.", n)
}

func toldOnceMore(n int) messages.Said {
	if n == 1 {
		return messages.Of("1 person concerned by it now is told once more, by the channels of before.")
	}
	return messages.Of("%d people concerned by it now are told once more, by the channels of before.", n)
}

// tellAgain tells everyone concerned once more.
func (p *portal) tellAgain(r *http.Request, u *vedette.Update, who order) (*pressed, error) {
	pre, err := p.Desk.PreviewAgain(r.Context(), u.ID)
	if err != nil {
		return nil, err
	}
	n := pre.Told
	a := &pressed{confirmView: confirmView{Heading: messages.Mark("Tell it again"), About: safe(u.Content.Headline), Unnamed: true, Button: say(r, messages.Of("Tell %s again", peopleSaid(n)))}}
	a.Does = []string{say(r, toldOnceMore(n))}
	if last := when(pre.Last, p.Now(), ""); last.Shown() {
		a.Warns = []string{say(r, messages.Of("It was told again already, last %s.", last.said()))}
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
