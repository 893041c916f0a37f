package web

import (
	"net/http"
	"strconv"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// conditionWords are what may be declared of a condition, as a button says it.
var conditionWords = []struct {
	to    vedette.ConditionState
	word  string
	means string
}{
	{vedette.ConditionMet, messages.Mark("It is met …"), messages.Mark("Its advice holds now and is immediate.")},
	{vedette.ConditionPassed, messages.Mark("It has passed …"), messages.Mark("Its advice holds no more: it will not come, or is over.")},
	{vedette.ConditionAwaited, messages.Mark("Take the declaration back …"), messages.Mark("Its advice waits for it again.")},
}

// conditionStates are where a condition is, in words.
var conditionStates = map[vedette.ConditionState]messages.Said{
	vedette.ConditionAwaited: messages.Of("awaited##a condition"), vedette.ConditionMet: messages.Of("met##a condition"), vedette.ConditionPassed: messages.Of("passed##a condition"),
}

// conditionActs are the conditions of an update with what may be declared.
func (p *portal) conditionActs(list []desk.Condition) (out []conditionAct) {
	for _, c := range list {
		a := conditionAct{No: c.No, Text: safe(c.Text), Condition: safe(c.Condition), State: conditionStates[c.State]}
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
	a := &pressed{confirmView: confirmView{Button: say(r, messages.Of("Declare it %s", conditionStates[o.State]))}}
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
	a.Heading, a.About = say(r, messages.Of("Declare a condition %s", conditionStates[o.State])), safe(e.Condition.Text)
	a.Does = append(a.Does, say(r, messages.Of("It is %s now.", conditionStates[e.Condition.State]))+" "+say(r, changedFor(e.Told)))
	for _, text := range e.Suspends {
		a.Words = append(a.Words, say(r, messages.Of("Set aside for some of them: %s", safe(text))))
	}
	a.board(tongue(r), &e.Board)
	if a.Count, err = p.toType(r.Context(), e.Told); err != nil {
		return nil, err
	}
	a.press = func() (string, error) {
		return updatePath + string(u.ID), p.Desk.DeclareCondition(r.Context(), o)
	}
	return a, nil
}

// changedFor is how many a declaration is told to.
func changedFor(n int) messages.Said {
	if n == 1 {
		return messages.Of("1 person for whom that changes something is told.")
	}
	return messages.Of("%d people for whom that changes something are told.", n)
}

// board adds what an act does to the posture board.
func (a *confirmView) board(in *messages.Tongue, b *desk.Adopted) {
	rises, tasks := boardLines(b)
	for _, l := range rises {
		a.Words = append(a.Words, in.Say(messages.Mark("On the posture board: %s"), l))
	}
	for _, l := range tasks {
		a.Words = append(a.Words, in.Say(messages.Mark("To decide: %s"), l))
	}
}
