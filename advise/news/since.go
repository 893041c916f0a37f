package news

import (
	"slices"

	"vedette"
)

// Moved is what something was, and is.
type Moved[T any] struct{ Was, Is T }

// Since is what an update says otherwise than the one before it in its situation, whoever
// reads it. What is not said again has not ended by that: posture and protection end by
// an act of their own.
type Since struct {
	Risk, CountryRisk Moved[vedette.Risk] // CountryRisk where both are of the same one country
	Urgency           Moved[vedette.Urgency]
	AreaRisks         []AreaMoved
	Came, Went        []vedette.Place // areas that are affected
	Drawn             Sets            // shapes, by their names
	New, Gone         []*vedette.Advice
	Changed           []Moved[*vedette.Advice]
	Odds              []Moved[*vedette.Judgement] // what may say the same with other odds
}

// AreaMoved is the risk that was set for one area; unknown where none was.
type AreaMoved struct {
	Area vedette.AreaID
	Moved[vedette.Risk]
}

// Sets are the names that came to a set, went from it, or stand for something else now.
type Sets struct{ Came, Went, Changed []string }

// Before is the update that another is to be held against: the newest before it that was
// neither stopped nor ended, nil where there is none. chain is of one situation, the newest first.
// An all-clear and the question of a roll-call say nothing of how things are; what was
// cancelled is held against nothing, nor is a cancellation.
func Before(chain []*vedette.Update, u *vedette.Update) *vedette.Update {
	if u.Cancels != "" || u.Clears != nil || u.Asks != "" {
		return nil
	}
	ended := map[vedette.ID]bool{}
	for _, b := range chain {
		if b.Number >= u.Number || b.Status != u.Status || b.Clears != nil || b.Asks != "" || b.State == vedette.UpdateStopped || ended[b.ID] {
			continue
		}
		if b.Cancels == "" {
			return b
		}
		if !b.Alone {
			return nil // all before it
		}
		ended[b.Corrects] = true
	}
	return nil
}

// SinceThen says what an update says otherwise than the one before it.
func SinceThen(before, after *vedette.Update) *Since {
	b, a := &before.Content, &after.Content
	s := &Since{Risk: Moved[vedette.Risk]{b.Risk, a.Risk}, Urgency: Moved[vedette.Urgency]{b.Urgency, a.Urgency}}
	if len(b.Affected) == 1 && len(a.Affected) == 1 && b.Affected[0].Area == a.Affected[0].Area {
		s.CountryRisk = Moved[vedette.Risk]{b.CountryRisk, a.CountryRisk}
	}
	s.Came, s.Went = places(b.Affected, a.Affected), places(a.Affected, b.Affected)
	s.areaRisks(before.AreaRisks, after.AreaRisks)
	s.shapes(before.Shapes, after.Shapes)
	s.advice(b, a)
	s.odds(b.Assessments, a.Assessments)
	return s
}

// Nothing says whether all of it is as it was.
func (s *Since) Nothing() bool {
	return s.Risk.Was == s.Risk.Is && s.CountryRisk.Was == s.CountryRisk.Is && s.Urgency.Was == s.Urgency.Is &&
		len(s.AreaRisks)+len(s.Came)+len(s.Went)+len(s.Drawn.Came)+len(s.Drawn.Went)+len(s.Drawn.Changed)+len(s.New)+len(s.Gone)+len(s.Changed)+len(s.Odds) == 0
}

// places are those of the second list that the first has not.
func places(not, list []vedette.Place) (out []vedette.Place) {
	for _, p := range list {
		same := func(o vedette.Place) bool { return o.Area == p.Area && (p.Area != "" || o.Text == p.Text) }
		if !slices.ContainsFunc(not, same) && !slices.ContainsFunc(out, same) {
			out = append(out, p)
		}
	}
	return out
}

func (s *Since) areaRisks(before, after []vedette.AreaRisk) {
	of := func(list []vedette.AreaRisk, area vedette.AreaID) vedette.Risk {
		for _, r := range list {
			if r.Area == area {
				return r.Risk
			}
		}
		return vedette.RiskUnknown
	}
	var seen []vedette.AreaID
	for _, r := range slices.Concat(after, before) {
		if m := (Moved[vedette.Risk]{of(before, r.Area), of(after, r.Area)}); m.Was != m.Is && !slices.Contains(seen, r.Area) {
			seen, s.AreaRisks = append(seen, r.Area), append(s.AreaRisks, AreaMoved{r.Area, m})
		}
	}
}

// drawnShape is a shape by its name, and all that it says.
type drawnShape struct{ name, says string }

func (s *Since) shapes(before, after []vedette.Shape) {
	list := func(from []vedette.Shape) (out []drawnShape) {
		for i := range from {
			out = append(out, drawnShape{from[i].Name, shape(&from[i])})
		}
		return out
	}
	was, is := list(before), list(after)
	pair(&was, &is, func(b, a *drawnShape) bool { return b.says == a.says }, func(_, _ *drawnShape) {})
	pair(&was, &is, func(b, a *drawnShape) bool { return b.name == a.name }, func(_, a *drawnShape) { s.Drawn.Changed = append(s.Drawn.Changed, a.name) })
	for _, x := range is {
		s.Drawn.Came = append(s.Drawn.Came, x.name)
	}
	for _, x := range was {
		s.Drawn.Went = append(s.Drawn.Went, x.name)
	}
}

// said is an advice with the parts it is compared by.
type said struct {
	Line
	advice *vedette.Advice
}

func adviceOf(c *vedette.Content) (out []said) {
	for i := range c.Recommendations {
		g := &c.Recommendations[i]
		for j := range g.Advice {
			out = append(out, said{lineOf(&g.Advice[j], g.Area, vedette.NoticeLine{}), &g.Advice[j]})
		}
	}
	return out
}

// advice pairs what each says: the very same; the same words of other places, times or
// people; the same thing to do in the same places; what may be the same.
func (s *Since) advice(before, after *vedette.Content) {
	was, is := adviceOf(before), adviceOf(after)
	pair(&was, &is, func(b, a *said) bool { return b.says == a.says }, func(_, _ *said) {})
	for _, same := range []func(b, a *said) bool{
		func(b, a *said) bool { return b.Text == a.Text },
		func(b, a *said) bool { return b.aim == a.aim && a.aim != "" },
		func(b, a *said) bool { return Alike(b.Text, a.Text) },
	} {
		pair(&was, &is, same, func(b, a *said) { s.Changed = append(s.Changed, Moved[*vedette.Advice]{b.advice, a.advice}) })
	}
	for _, x := range is {
		s.New = append(s.New, x.advice)
	}
	for _, x := range was {
		s.Gone = append(s.Gone, x.advice)
	}
}

// odds finds judgements that may say the same with other odds: each has one likelihood
// with figures, on the same scale, and but for that they are alike, and like no other.
func (s *Since) odds(before, after []vedette.Judgement) {
	like := func(j *vedette.Judgement, in []vedette.Judgement) (only *vedette.Judgement) {
		n := 0
		for i := range in {
			if Alike(but(j), but(&in[i])) {
				n, only = n+1, &in[i]
			}
		}
		if n != 1 {
			return nil
		}
		return only
	}
	for i := range after {
		a := &after[i]
		b := like(a, before)
		if b == nil || like(b, after) != a {
			continue
		}
		x, y := Odds(b), Odds(a)
		if x != nil && y != nil && x.Scale == y.Scale && (x.Low != y.Low || x.High != y.High) {
			s.Odds = append(s.Odds, Moved[*vedette.Judgement]{b, a})
		}
	}
}

// Odds is the one likelihood of a judgement that has figures, nil where it has none or
// several.
func Odds(j *vedette.Judgement) (only *vedette.Likelihood) {
	for i := range j.Likelihoods {
		l := &j.Likelihoods[i]
		switch {
		case l.Hedge || l.Comparative || l.Scale == "":
		case only != nil:
			return nil
		default:
			only = l
		}
	}
	return only
}

// but is what a judgement says without its likelihood.
func but(j *vedette.Judgement) string {
	l := Odds(j)
	if l == nil || l.Span[0] < 0 || l.Span[1] > len(j.Text) || l.Span[0] > l.Span[1] {
		return j.Text
	}
	return j.Text[:l.Span[0]] + j.Text[l.Span[1]:]
}
