package web

import (
	"net/http"
	"slices"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

type whyView struct {
	frame
	Update   updateLine
	Board    string
	Name     string
	Relation string
	Noticed  bool
	Judged   moment // the moment the answer is for
	Reasons  []reasonView
	Advice   []whyAdvice
	Withheld []whyAdvice
	Told     []deliveryView
	Managers []superiorLine
	Email    bool
	Phone    bool
	Contact  []string
	Where    messages.Said
	Discreet messages.Said // why they are told discreetly, "" where they are not
	Answer   personLine
	Shut     []messages.Said // when they were compromised, in words
	Changed  string          // what would be decided now, where that differs
}

type reasonView struct {
	Relation string
	Trip     bool
	Says     messages.Said
}

// whyAdvice is one advice of the update and why it does, or does not, apply.
type whyAdvice struct {
	Lead   messages.Said // what it depends on for them: "For the trip to Iraq:"
	Runs   []run
	Reason messages.Said
	From   string
}

type deliveryView struct {
	Channel  string
	State    string
	Means    string
	Attempts int
	Due      moment // set while it waits
	Accepted moment
	Detail   messages.Said
}

// showWhy says why someone is, or is not, concerned, what of the advice is
// theirs, and what became of their messages.
func (p *portal) showWhy(w http.ResponseWriter, r *http.Request) error {
	person := vedette.ID(r.PathValue("person"))
	if !person.Valid() {
		return vedette.Errorf(vedette.CodeNotFound, "the address names nobody; go back to the board and follow a name")
	}
	y, err := p.Desk.Why(r.Context(), desk.WhyQuestion{Person: string(person), Update: vedette.ID(r.PathValue("id"))})
	if err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "why", p.whyView(r, y))
}

func (p *portal) whyView(r *http.Request, y *desk.Why) whyView {
	u, rec := y.Update, &y.Person.Record
	zone := p.zone(&u.Content)
	v := whyView{frame: p.frameOf(r, messages.Of("Why: %s", safe(rec.Name)), u.Status), Update: p.updateLine(u, desk.Tally{}),
		Board: "/updates/" + string(u.ID) + "/board", Name: safe(rec.Name), Relation: relationWords[y.Exposure.Relation],
		Noticed: y.Noticed, Judged: when(y.AsOf, p.Now(), zone),
		Changed: relationWords[y.Changed], Where: p.whereaboutsSaid(y.Where), Discreet: worded(y.Discretion(p.Gaz)), Answer: p.personLine(u, &y.Answer)}
	for i := range y.Shut {
		v.Shut = append(v.Shut, worded(y.Shut[i].Says()))
	}
	for _, r := range y.Exposure.Reasons {
		v.Reasons = append(v.Reasons, reasonView{relationWords[r.Relation], r.Trip, readReasons(worded(r.Says))})
	}
	for _, l := range y.Advised.Variant.Lines {
		if a := advice(u, l.Group, l.Item); a != nil {
			v.Advice = append(v.Advice, whyAdvice{Lead: p.lead(a, l), Runs: adviceRuns(a), From: lineAddress(a.Report, a.Lines)})
		}
	}
	for _, h := range y.Advised.Withheld {
		if a := advice(u, h.Group, h.Item); a != nil {
			v.Withheld = append(v.Withheld, whyAdvice{Reason: worded(h.Reason), Runs: adviceRuns(a), From: lineAddress(a.Report, a.Lines)})
		}
	}
	for _, d := range y.Told {
		v.Told = append(v.Told, p.deliveryView(d, zone))
	}
	v.Managers = p.superiorLines(u, y.Managers, zone)
	for _, a := range rec.Addresses {
		if a.Blocked != "" {
			v.Contact = append(v.Contact, safe(a.Shown()+" ("+a.Blocked+")"))
			continue
		}
		if said := safe(a.Shown()); !slices.Contains(v.Contact, said) { // one number may be texted and called
			v.Contact = append(v.Contact, said)
		}
		v.Email = v.Email || a.Channel == vedette.ChannelEmail
		v.Phone = v.Phone || a.Channel == vedette.ChannelPhone || a.Channel == vedette.ChannelSMS || a.Channel == vedette.ChannelVoice
	}
	return v
}

func (p *portal) deliveryView(d vedette.Delivery, zone string) deliveryView {
	v := deliveryView{Channel: channelWords[d.Channel], State: stateWords[d.State][0], Means: stateWords[d.State][1],
		Attempts: d.Attempts, Accepted: when(d.AcceptedAt, p.Now(), zone), Detail: readReason(d.Detail)}
	if d.State == vedette.DeliveryQueued {
		v.Due = when(d.DueAt, p.Now(), zone)
	}
	return v
}

// advice finds an advice of an update, nil where it has none such.
func advice(u *vedette.Update, group, item int) *vedette.Advice {
	gs := u.Content.Recommendations
	if group < 0 || group >= len(gs) || item < 0 || item >= len(gs[group].Advice) {
		return nil
	}
	return &gs[group].Advice[item]
}

func adviceRuns(a *vedette.Advice) []run {
	marks := odds(a.Likelihoods)
	for _, ph := range [][2]string{{a.Condition, "condition"}, {a.Audience, "audience"}} {
		if m, ok := phrase(a.Text, ph[0], ph[1]); ok {
			marks = append(marks, m)
		}
	}
	return cutRuns(a.Text, marks)
}

// lead says what a line depends on for this person.
func (p *portal) lead(a *vedette.Advice, l vedette.NoticeLine) messages.Said {
	area := p.area(l.Area, "")
	if l.Area == "" {
		area = messages.Of("what is drawn")
	}
	switch {
	case l.Asks:
		return messages.Of("If they are one of: %s", safe(a.Audience))
	case l.Trip:
		return messages.Of("For the trip to %s", area)
	case l.MayBe:
		return messages.Of("If they are in or near %s", area)
	}
	return messages.Said{}
}
