package web

import (
	"net/http"
	"strconv"

	"vedette"
	"vedette/desk"
)

// conditionWords are what may be declared of a condition, as a button says it.
var conditionWords = []struct {
	to    vedette.ConditionState
	word  string
	means string
}{
	{vedette.ConditionMet, "It is met …", "Its advice holds now and is immediate."},
	{vedette.ConditionPassed, "It has passed …", "Its advice holds no more: it will not come, or is over."},
	{vedette.ConditionAwaited, "Take the declaration back …", "Its advice waits for it again."},
}

// conditionActs are the conditions of an update with what may be declared.
func (p *portal) conditionActs(list []desk.Condition) (out []conditionAct) {
	for _, c := range list {
		a := conditionAct{No: c.No, Text: safe(c.Text), Condition: safe(c.Condition), State: string(c.State)}
		for _, w := range conditionWords {
			if w.to != c.State {
				a.To = append(a.To, field{string(w.to), w.word})
			}
		}
		out = append(out, a)
	}
	return out
}

// declareCondition declares a condition met, passed, or awaited again.
func (p *portal) declareCondition(r *http.Request, u *vedette.Update, who order) (*pressed, error) {
	f := r.PostForm
	no, err := strconv.Atoi(f.Get("no"))
	if err != nil {
		return nil, vedette.Errorf(vedette.CodeInvalid, "say which condition it is")
	}
	o := desk.ConditionOrder{Update: u.ID, No: no, State: vedette.ConditionState(f.Get("to")), By: who.by, Reason: f.Get("reason"), Count: who.count}
	a := &pressed{confirmView: confirmView{Button: "Declare it " + string(o.State)}}
	for _, w := range conditionWords {
		if w.to == o.State {
			a.Does = append(a.Does, w.means)
		}
	}
	if len(a.Does) == 0 {
		return nil, vedette.Errorf(vedette.CodeInvalid, "say whether the condition is met, passed or awaited")
	}
	e, err := p.Desk.PreviewCondition(r.Context(), o)
	if err != nil {
		return nil, err
	}
	a.Heading, a.About = "Declare a condition "+string(o.State), safe(e.Condition.Text)
	a.Does = append(a.Does, "It is "+string(e.Condition.State)+" now. "+peopleN(e.Told)+" for whom that changes something "+isAre(e.Told)+" told.")
	for _, text := range e.Suspends {
		a.Words = append(a.Words, "Set aside for some of them: "+safe(text))
	}
	a.board(&e.Board)
	if a.Count, err = p.toType(r.Context(), e.Told); err != nil {
		return nil, err
	}
	a.press = func() (string, error) {
		return updatePath + string(u.ID), p.Desk.DeclareCondition(r.Context(), o)
	}
	return a, nil
}

// board adds what an act does to the posture board.
func (a *confirmView) board(b *desk.Adopted) {
	rises, tasks := boardLines(b)
	for _, l := range rises {
		a.Words = append(a.Words, "On the posture board: "+l.String())
	}
	for _, l := range tasks {
		a.Words = append(a.Words, "To decide: "+l)
	}
}
