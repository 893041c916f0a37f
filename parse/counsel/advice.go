// Package counsel reads an advice: what to do, where, at what kinds of place,
// for whom, under which condition, with what exceptions, until when.
package counsel

import (
	"fmt"
	"slices"
	"unicode"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/phrase"
	"vedette/parse/place"
	"vedette/parse/when"
	"vedette/parse/words"
)

// Reader reads advice.
type Reader struct {
	Tables   *words.Tables
	Places   *gazetteer.Gazetteer
	Finder   *place.Finder
	Calendar *when.Calendar
}

// Item is the text of an advice with what was found in it already.
type Item struct {
	Sentences []phrase.Sentence
	Places    []place.Found
	Group     []vedette.Place // what a target without a place of its own takes
	Zone      string          // of a clock time
}

// counsel is the reading of one advice in the making.
type counsel struct {
	Item
	t        *words.Tables
	g        *gazetteer.Gazetteer
	finder   *place.Finder
	calendar *when.Calendar
	text     string
	lines    vedette.Lines
	out      *vedette.Advice
	findings []vedette.Finding

	s        phrase.Sentence
	off      []bool          // tokens that tell of no action: reasons, conditions, exceptions
	distance [2]int          // tokens that tell of a distance from a place, [0, 0] for none
	reached  []vedette.Place // places listed with the one a distance is from
	audience [2]int          // tokens of the sentence that name whom it is for
	hits     []phrase.Hit
	earlier  []vedette.Place // targets of the sentence before
	ties     []tie           // the places of the sentence
	kindsAt  []phrase.Hit    // kinds of place by token, once asked for
	endless  bool            // a part of it holds until further notice
	needless bool            // it is said that something need not be done
	plain    bool            // a verb tells someone to do something
	others   []vedette.Place // where that is
	last     int             // where the words of the last action end
	opening  []vedette.Place // the places the sentence opens with
	named    []vedette.Place // those its actions named so far
	here     []vedette.Place // where its last action is that is of where one is oneself
	passives map[int]int     // where the clause of a passive ends, by where it begins
}

// Read fills actions, audience, condition, exceptions, distance and limit of
// an advice whose statement is read. Its findings block.
func (r Reader) Read(a *vedette.Advice, item Item) []vedette.Finding {
	c := &counsel{Item: item, t: r.Tables, g: r.Places, finder: r.Finder, calendar: r.Calendar, text: a.Text, lines: a.Lines, out: a}
	a.Actions = []vedette.AdviceAction{}
	for _, s := range c.Sentences {
		c.s, c.off, c.audience, c.distance, c.reached = s, make([]bool, len(s.Tokens)), [2]int{}, [2]int{}, nil
		c.hits, c.passives = c.t.Actions.Find(s.Tokens), map[int]int{}
		before, told := a.Condition, len(a.Actions)
		c.condition()
		c.reasons()
		c.narrow()
		c.whom()
		c.until()
		c.actions()
		if told > 0 && c.onlyRemarks() {
			a.Condition = before
		}
	}
	if len(a.Actions) == 0 && !c.needless && (c.plain || unread(a.Text)) {
		c.act(vedette.OtherAction, c.others, nil)
	}
	for i := range a.Actions {
		if len(a.Actions[i].Targets) == 0 {
			a.Actions[i].Targets = c.inherited()
		}
	}
	return c.findings
}

// find notes a finding that blocks: it decides who is told.
func (c *counsel) find(code vedette.FindingCode, format string, args ...any) {
	c.findings = append(c.findings, vedette.Finding{Code: code, Lines: c.lines, Message: fmt.Sprintf(format, args...), Blocks: true})
}

// actions takes the actions of the sentence, each with what stands between it
// and the next.
func (c *counsel) actions() {
	told := c.told()
	if c.lifted() {
		return
	}
	c.tieUp()
	if len(told) == 0 {
		if c.audience[1] > 0 { // "residents of Sumy must" do something no table knows
			end := len(c.s.Tokens)
			c.others = append(c.setOut(c.front([]phrase.Hit{{From: end}})), c.unknownHome(c.audience[0], end)...)
		} else {
			c.shouldDo()
		}
		return
	}
	c.kindsAt = c.kindsAt[:0]
	c.opening, c.named, c.here = c.front(told), nil, nil
	acted := len(c.out.Actions)
	for i := range told {
		c.tell(told, i)
	}
	if len(c.out.Actions) == acted && !c.plain && !c.needless {
		c.shouldDo()
	}
	if len(c.named) > 0 {
		c.earlier = c.named
	}
}

// shouldDo notes where something should be done that no table knows: "offices in
// Kyiv should open late".
func (c *counsel) shouldDo() {
	for i, t := range c.s.Tokens {
		if i > 0 && (t.Word == "should" || t.Word == "must") && !c.off[i] && c.verbAt(i) {
			if c.plain, c.others = true, c.setOut(c.front([]phrase.Hit{{From: len(c.s.Tokens)}})); len(c.others) == 0 {
				c.others = c.targets(phrase.Hit{}, len(c.s.Tokens), vedette.OtherAction)
			}
			return
		}
	}
}

// tell takes one of what a sentence tells to do.
func (c *counsel) tell(told []phrase.Hit, i int) {
	h, end := told[i], c.endOf(told, i)
	action, ok := c.action(h, end)
	denied := c.denied(h)
	switch denied {
	case forbidden, readied:
		c.plain, ok = true, false
	case needless:
		ok, c.needless = false, true
	}
	if !ok {
		where := c.targets(h, end, action)
		if len(where) > 0 && bodily(action) {
			c.here = where // "do not shelter in Goma; leave at once"
		}
		if denied == forbidden { // "avoid leaving Goma after dark"
			c.others = append(c.others, where...)
		}
		c.other(told, i, end)
		return
	}
	if action == vedette.NoRestriction && c.lastIs(vedette.TravelWithCaution) {
		return // "while adhering to standard precautions"
	}
	targets := c.targets(h, end, action)
	if p := c.relative(h.From); p >= 0 {
		targets = []vedette.Place{c.target(p)}
	}
	var kinds []string
	if action == vedette.AvoidPlaces {
		kinds = c.kinds(h, end, targets)
		if len(targets) == 0 && h.To > h.From {
			c.unheard(h.To, end)
		}
	}
	c.act(action, c.settle(told, i, end, action, targets), kinds)
}

// other notes where someone is told what no action stands for.
func (c *counsel) other(told []phrase.Hit, i, end int) {
	if !c.commands(told[i]) {
		return
	}
	c.plain = true
	if c.others = append(c.others, c.setOut(c.opening)...); len(c.others) == 0 {
		c.others = append(c.targets(told[i], end, vedette.OtherAction), c.unknownHome(c.before(told, i), told[i].From)...)
	}
}

// settle gives the places of an action: its targets with those that a distance
// names; where it has none, those it points back at, those where people are whom
// it is for, or those of the action before where both are of where one is.
func (c *counsel) settle(told []phrase.Hit, i, end int, action vedette.Action, targets []vedette.Place) []vedette.Place {
	if near := c.around(told, i, end, action); len(targets) == 0 || c.distance[0] >= told[i].From {
		targets = append(targets, near...)
	}
	if len(targets) == 0 && c.pointsBack(told, i, end) {
		if targets = c.named; len(targets) == 0 {
			targets = c.here
		}
		if i == 0 {
			targets = c.placeBefore(told[0].From)
		}
	}
	if len(targets) == 0 {
		targets = c.terminal(told[i].From, end)
	}
	if len(targets) == 0 {
		targets = c.capital(told[i].From, end)
	}
	c.named = append(c.named, targets...)
	if len(targets) == 0 {
		targets = slices.Concat(c.between(told, i), c.unknownHome(c.before(told, i), told[i].From))
	}
	if len(targets) == 0 {
		targets = c.opening
	}
	if len(targets) == 0 && keepsSafe(action) {
		targets = c.where()
	}
	if !bodily(action) {
		return targets
	}
	if len(targets) == 0 {
		targets = c.here // "stay indoors in Mount Hagen and keep clear of the barracks"
	}
	c.here = targets
	return targets
}

// before gives the token where the words begin by which an action names whom it
// is for: of the first the sentence, of another what parts it from the action
// before. The action itself where it names nobody.
func (c *counsel) before(told []phrase.Hit, i int) int {
	if i == 0 {
		return 0
	}
	from, to := told[i-1].To, told[i].From
	for n := to; n > from; n-- {
		if c.s.Tokens[n-1].Word == ";" {
			return n
		}
	}
	return min(to, c.newSubject(from, to+1))
}

// act notes an action; one told twice in an item is one, with all its targets
// and kinds.
func (c *counsel) act(action vedette.Action, targets []vedette.Place, kinds []string) {
	i := slices.IndexFunc(c.out.Actions, func(a vedette.AdviceAction) bool { return a.Action == action })
	if i < 0 {
		i = len(c.out.Actions)
		c.out.Actions = append(c.out.Actions, vedette.AdviceAction{Action: action})
	}
	a := &c.out.Actions[i]
	for _, t := range targets {
		if !slices.ContainsFunc(a.Targets, func(p vedette.Place) bool { return p.Area == t.Area && (t.Area != "" || p.Text == t.Text) }) {
			a.Targets = append(a.Targets, t)
		}
	}
	for _, k := range kinds {
		if !slices.Contains(a.Kinds, k) {
			a.Kinds = append(a.Kinds, k)
		}
	}
}

// unread says whether a text is mostly in letters that the word tables do not
// read. Under recommendations it is taken to tell someone something: it goes
// to whom its group is for, for leaving it out would be a guess.
func unread(text string) bool {
	latin, other := 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			other++
		}
	}
	return other > latin
}
