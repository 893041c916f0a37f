// Package counsel reads an advice: what to do, where, at what kinds of place,
// for whom, under which condition, with what exceptions, until when.
package counsel

import (
	"fmt"
	"slices"
	"sort"
	"strings"
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
	needless bool            // it is said that something need not be done
	plain    bool            // a verb tells someone to do something
	others   []vedette.Place // where that is
	last     int             // where the words of the last action end
	opening  []vedette.Place // the places the sentence opens with
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
			c.others = c.setOut(c.front([]phrase.Hit{{From: len(c.s.Tokens)}}))
		}
		return
	}
	c.kindsAt = c.kindsAt[:0]
	front := c.front(told)
	c.opening = front
	var named, here []vedette.Place
	for i, h := range told {
		end := c.reach(told[i+1:])
		if stop, ok := c.passives[h.From]; ok {
			end = min(end, stop)
		} else if end = c.subject(h.To, end); c.closed(h) {
			end = min(end, c.clauseStops(h.To))
		}
		action, ok := c.action(h, end)
		switch c.denied(h) {
		case forbidden, readied:
			c.plain, ok = true, false
		case needless:
			ok, c.needless = false, true
		}
		if !ok {
			if c.commands(h) {
				c.plain = true
				if c.others = append(c.others, c.setOut(front)...); len(c.others) == 0 {
					c.others = c.targets(h, end, vedette.OtherAction)
				}
			}
			continue
		}
		if action == vedette.NoRestriction && c.lastIs(vedette.TravelWithCaution) {
			continue // "while adhering to standard precautions"
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
		if near := c.around(told, i, end, action); len(targets) == 0 || c.distance[0] >= h.From {
			targets = append(targets, near...)
		}
		if len(targets) == 0 && c.pointsBack(told, i, end) {
			targets = here
			if len(named) > 0 {
				targets = named
			}
		}
		named = append(named, targets...)
		if len(targets) == 0 {
			targets = c.between(told, i, front)
		}
		if bodily(action) {
			if len(targets) == 0 {
				targets = here // "stay indoors in Mount Hagen and keep clear of the barracks"
			}
			here = targets
		}
		c.act(action, targets, kinds)
	}
	if len(named) > 0 {
		c.earlier = named
	}
}

// pointsBack says whether "there" stands in the words of an action or of whom it
// is for: "protests in Tbilisi, and expect closures there".
func (c *counsel) pointsBack(told []phrase.Hit, i, end int) bool {
	if i == 0 {
		return false
	}
	for t := told[i-1].To; t < end; t++ {
		if c.s.Tokens[t].Word == "there" && c.s.Tokens[t-1].Word != "if" && (t > told[i].From || c.inAudience(t)) {
			return true
		}
	}
	return false
}

// between gives the places where those are whom an action is for, where they are
// named after the action before: "…; travelers bound for EZE should allow for
// delays", "evacuate, and those in Bauchi should shelter"; else the places the
// sentence opens with.
func (c *counsel) between(told []phrase.Hit, i int, front []vedette.Place) []vedette.Place {
	if i == 0 {
		return front
	}
	from := told[i-1].To
	for n := told[i].From; n > from; n-- {
		if w := c.s.Tokens[n-1].Word; w == ";" || w == "," && n < told[i].From {
			from = n
		}
	}
	if from == told[i-1].To && c.newSubject(from, told[i].From+1) > told[i].From {
		return front
	}
	var out []vedette.Place
	for _, p := range c.ties {
		if p.token < from || p.token >= told[i].From || c.off[p.token] || p.modifies || c.nationality(p.token) {
			continue
		}
		if c.isAt(p) || len(out) > 0 && p.listed {
			out = append(out, c.target(p.place))
		}
	}
	if len(out) == 0 {
		return front
	}
	return out
}

// isAt says whether the words before a place say that one is there: "in Jos",
// "near Goma", "at EZE" or on the way to that airport.
func (c *counsel) isAt(p tie) bool {
	place := c.Places[p.place]
	if place.Form == gazetteer.FormCode || place.Form == gazetteer.FormAdjective || p.token == 0 {
		return false
	}
	if place.Form == gazetteer.FormAirport {
		return p.governed
	}
	for t := p.token - 1; t >= 0 && p.token-t < 4; t-- {
		switch c.s.Tokens[t].Word {
		case "in", "at", "near", "within", "across", "around", "inside", "throughout":
			return true
		case "the", "all", "northern", "southern", "eastern", "western", "central", "of", "areas", "parts":
		default:
			return false
		}
	}
	return false
}

// setOut gives the places a sentence opens with, unless people are only on
// their way to them: "travelers heading for Uganda should confirm".
func (c *counsel) setOut(front []vedette.Place) []vedette.Place {
	if len(front) == 0 {
		return nil
	}
	if t := c.s.At(front[0].Span[0]); t > 0 && t < len(c.s.Tokens) && (c.s.Tokens[t-1].Word == "for" || c.s.Tokens[t-1].Word == "to") {
		return nil
	}
	return front
}

// told gives what the sentence tells to do: no reasons, conditions, exceptions
// or words of the audience.
func (c *counsel) told() []phrase.Hit {
	var told []phrase.Hit
	for _, h := range c.hits {
		if !c.off[h.From] && h.Label != "reason" && h.Label != "skip" && !c.inAudience(h.From) && !c.ofOthers(told, h) {
			told = append(told, c.active(h))
		}
	}
	return c.bound(told)
}

// ofOthers says whether an action is what others are expected to do: "expect
// police to close sites".
func (c *counsel) ofOthers(told []phrase.Hit, h phrase.Hit) bool {
	if len(told) == 0 || h.From == 0 || c.s.Tokens[h.From-1].Word != "to" {
		return false
	}
	before := told[len(told)-1]
	if before.Label != string(vedette.ExpectDisruption) || h.From-before.To > 8 || before.To == h.From-1 {
		return false
	}
	for i := before.To; i < h.From; i++ {
		if !c.s.Tokens[i].IsWord() || c.s.Tokens[i].Word == "and" {
			return false
		}
	}
	return true
}

// active reads "X should be avoided" as it reads "avoid X": the action's words
// are those of its clause.
func (c *counsel) active(h phrase.Hit) phrase.Hit {
	action, passive := strings.CutPrefix(h.Label, "passive ")
	if !passive {
		return h
	}
	h.Label = action
	from := h.From
	for from > 0 && h.From-from < farBack && !c.off[from-1] && !c.inAudience(from-1) && !c.clauseStarts(from) {
		from--
	}
	c.passives[from] = c.clauseStops(h.To)
	if from < h.From { // else whom it is for is the subject: "staff should be relocated"
		h.From, h.To = from, from
	}
	return h
}

// closed says whether an action's words end with its verb, "travel to Pemba
// should be avoided": what follows in another clause is none of its own.
func (c *counsel) closed(h phrase.Hit) bool {
	if h.To-h.From < 3 {
		return false
	}
	switch c.s.Tokens[h.To-1].Word {
	case "avoided", "postponed", "deferred", "reconsidered", "advised", "recommended", "undertaken", "attempted", "discouraged", "suspended":
		return true
	}
	return false
}

// farBack is how far, in words, a clause is followed; it bounds the work on
// endless sentences.
const farBack = 64

// hitsFrom gives the actions whose words begin at a token or after it.
func (c *counsel) hitsFrom(i int) []phrase.Hit {
	return c.hits[sort.Search(len(c.hits), func(n int) bool { return c.hits[n].From >= i }):]
}

// hitAt gives the action whose words begin at a token.
func (c *counsel) hitAt(i int) (phrase.Hit, bool) {
	if rest := c.hitsFrom(i); len(rest) > 0 && rest[0].From == i {
		return rest[0], true
	}
	return phrase.Hit{}, false
}

// clauseStops gives the token where the clause of a verb before a token ends.
func (c *counsel) clauseStops(i int) int {
	ts := c.s.Tokens
	for most := min(len(ts), i+farBack); i < most; i++ {
		switch ts[i].Word {
		case ";":
			return i
		case ",":
			if i+2 < len(ts) && (ts[i+1].Word == "and" || ts[i+1].Word == "but" || ts[i+1].Word == "while" || ts[i+1].Word == "whereas") && !c.lists(i+2) {
				return i
			}
		}
	}
	return len(ts)
}

// lists says whether a list goes on at a token, with a place, or with one after a
// preposition.
func (c *counsel) lists(t int) bool {
	return c.placeAt(t) >= 0 || t+1 < len(c.s.Tokens) && c.t.Metonyms.Is(c.s.Tokens, t, "at") && c.placeAt(t+1) >= 0
}

// subject gives where the words of an action end before a later clause, or before
// others are told something.
func (c *counsel) subject(from, end int) int {
	for i := from; i < end; i++ {
		if c.s.Tokens[i].Word == ";" && !c.lists(i+1) && !(i+1 < end && c.s.Tokens[i+1].Word == "and" && c.lists(i+2)) {
			end = i
		}
	}
	return c.newSubject(from, end)
}

// newSubject gives the token where others than before are named who are told
// something: "evacuate, and those in Bauchi should"; end where none are.
func (c *counsel) newSubject(from, end int) int {
	for i := from; i < end; i++ {
		if c.off[i] && !c.inDistance(i) || !c.t.Advised.Is(c.s.Tokens, i, "to") {
			continue
		}
		for n := i; n > from; n-- {
			switch c.s.Tokens[n-1].Word {
			case ",", ";", "and", "while":
				return n - 1
			}
		}
	}
	return end
}

// clauseStarts says whether a clause begins at a token: after a semicolon, or
// after the comma of an opening phrase.
func (c *counsel) clauseStarts(i int) bool {
	switch c.s.Tokens[i-1].Word {
	case ";", ":", "–":
		return true
	case ",":
		return c.phraseOpens(i - 1)
	}
	n := sort.Search(len(c.hits), func(n int) bool { return c.hits[n].To >= i })
	return n < len(c.hits) && c.hits[n].To == i && c.hits[n].Label != "plain"
}

// reach gives the token where the words of an action end: where the next
// begins, one that is not read too.
func (c *counsel) reach(rest []phrase.Hit) int {
	for _, next := range rest {
		if next.Label != "plain" || c.commands(next) {
			return next.From
		}
	}
	return c.last
}

func (c *counsel) lastIs(a vedette.Action) bool {
	n := len(c.out.Actions)
	return n > 0 && c.out.Actions[n-1].Action == a
}

// bodily says whether an action is of where one is oneself, so that the next of
// the same sentence is told there too.
func bodily(a vedette.Action) bool {
	return a.Protects() || a == vedette.Leave || a == vedette.AvoidPlaces || a == vedette.LowProfile
}

// maxTold is the most that one sentence tells to do; it bounds the work, for
// each looks at what stands behind it.
const maxTold = 64

// bound leaves out what a sentence tells beyond maxTold, and says so.
func (c *counsel) bound(told []phrase.Hit) []phrase.Hit {
	if c.last = len(c.s.Tokens); len(told) <= maxTold {
		return told
	}
	c.last = told[maxTold].From
	c.find(vedette.FindTooLong, "a sentence tells %d things to do; only the first %d were read", len(told), maxTold)
	return told[:maxTold]
}

// action gives what a hit tells to do; false for a verb that is only "other".
func (c *counsel) action(h phrase.Hit, end int) (vedette.Action, bool) {
	switch {
	case h.Label == "leave?":
		return vedette.Leave, (c.placeAt(h.To) >= 0 || c.endsAt(h.To) || c.s.Tokens[h.To].Upper && c.s.Tokens[h.To].Word[0] > '9') && c.commands(h)
	case h.Label == "shelter?":
		return vedette.Shelter, c.commands(h)
	case h.Label == "stay?":
		return vedette.StayPut, c.placeAt(h.To) >= 0 && c.commands(h)
	case h.Label == "suspend?":
		return vedette.SuspendOperations, c.commands(h)
	case h.Label == "heed?":
		return vedette.FollowAuthorities, c.commands(h)
	case h.Label == "stock?":
		return vedette.TakePrecautions, c.commands(h)
	case h.Label == "plain":
		kinds, any := c.kindsIn(h, end)
		avoid := c.s.Tokens[h.From].Word == "avoid" && (len(kinds) > 0 || any || c.placeAt(h.To) >= 0 || c.nameAt(h.To, end))
		return vedette.AvoidPlaces, avoid
	}
	action := vedette.Action(h.Label)
	if action.Posture() > 1 && action != vedette.TravelWithCaution && c.toKind(h, end) {
		return vedette.AvoidPlaces, true
	}
	return action, true
}

func leadsToKind(w string) bool {
	switch w {
	case "to", "near", "on", "around", "along", "in", "within", "through", "at", "via":
		return true
	}
	return false
}

// endsAt says whether a verb has no object: the sentence or its clause ends, or
// tells how and when.
func (c *counsel) endsAt(t int) bool {
	if t >= len(c.s.Tokens) || !c.s.Tokens[t].IsWord() {
		return true
	}
	switch c.s.Tokens[t].Word {
	case "now", "immediately", "at", "if", "when", "as", "before", "via", "by", "while", "without", "promptly", "early", "and":
		return true
	}
	return false
}

// nameAt says whether a name that is no known place stands at a token, and
// notes it: the advice is then for the whole group.
func (c *counsel) nameAt(t, end int) bool {
	if t < end && c.s.Tokens[t].Word == "the" {
		t++
	}
	if t >= end || !c.s.Tokens[t].Upper || c.s.Tokens[t].Word[0] <= '9' {
		return false
	}
	if strings.ContainsAny(c.s.Tokens[t].Word, "0123456789") { // a road: "the N380"
		return true
	}
	to := t + 1
	for to < end && c.s.Tokens[to].Upper {
		to++
	}
	if to < len(c.s.Tokens) && c.kindAt(to).To > to { // "Rustaveli Avenue"
		return true
	}
	c.findings = append(c.findings, vedette.Finding{Code: vedette.FindUnknownPlace, Lines: c.lines, Blocks: true,
		Message: fmt.Sprintf("%q is no place that is known; the advice is read for its whole group", phrase.Of(c.text, c.s.Tokens, t, to))})
	return true
}

// unheard notes a name right after "do not enter" and its like that is neither a
// place that is known nor a word for a kind of place.
func (c *counsel) unheard(t, end int) {
	if t < end && c.s.Tokens[t].Word == "the" {
		t++
	}
	if t >= end || c.off[t] || c.placeAt(t) >= 0 || c.kindAt(t).To > t || c.calendar.PartOfDate(c.s.Tokens, t) || c.dayName(t) || c.ofNoun(t, end) {
		return
	}
	if w := c.text[c.s.Tokens[t].Start:c.s.Tokens[t].End]; strings.ToUpper(w) != w { // "KFOR" is a body
		c.nameAt(t, end)
	}
}

// ofNoun says whether a name only tells whose thing is meant: "KFOR patrols".
func (c *counsel) ofNoun(t, end int) bool {
	for t < end && c.s.Tokens[t].Upper {
		t++
	}
	if t >= end || !c.s.Tokens[t].IsWord() {
		return false
	}
	switch c.s.Tokens[t].Word {
	case "and", "or", "until", "till", "for", "at", "in", "on", "after", "before", "during", "unless", "through", "between", "to", "from", "as", "where", "which", "if", "while", "when", "altogether", "entirely", "completely", "today", "tonight", "tomorrow", "this", "by":
		return false
	}
	return true
}

// toKind says whether a ladder phrase goes to a kind of place rather than to
// a place: "avoid all travel to hotspots of protest".
func (c *counsel) toKind(h phrase.Hit, end int) bool {
	ts := c.s.Tokens
	i := h.To
	for ; i < end && !leadsToKind(ts[i].Word); i++ {
		if i-h.To > 3 || c.off[i] {
			return false
		}
	}
	for j := i; j < end && j-i < 8; j++ {
		if c.off[j] || c.placeAt(j) >= 0 && !c.modifies(c.placeAt(j)) {
			return false
		}
		switch ts[j].Word {
		case ",", "on", "during", "until", "for", "by", "after", "before", "since", "when", "while", "in":
			if ts[j].Word == "," || j > i {
				return false
			}
		}
		if kind := c.kindAt(j); kind.To > j && kind.Label != "other" && kind.Label != "any" {
			return true
		}
	}
	return false
}

// commands says whether a verb tells rather than describes: it opens the
// sentence, or follows a comma, "and", "to", "should", or an adverb.
func (c *counsel) commands(h phrase.Hit) bool {
	i := h.From - 1
	for i >= 0 && c.s.Tokens[i].IsAdverb() {
		i--
	}
	if i < 0 || c.off[i] {
		return true
	}
	switch c.s.Tokens[i].Word {
	case ",", "and", "or", "to", "should", "must", "not", ":", ";", "please", "–", "also", "consider", "immediately", "then":
		return true
	}
	return i+1 == c.audience[1]
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

// flown says whether the advice names an airport.
func (c *counsel) flown() bool {
	return slices.ContainsFunc(c.Places, func(p place.Found) bool { return p.Form == gazetteer.FormAirport })
}

// kindAt gives the kind of place that a token opens, its end at the token
// itself where it opens none. All are sought once a sentence.
func (c *counsel) kindAt(i int) phrase.Hit {
	for n := len(c.kindsAt); n < len(c.s.Tokens); n++ {
		if n == 0 {
			c.kindsAt = slices.Grow(c.kindsAt, len(c.s.Tokens))
		}
		hit, _ := c.t.Placekinds.At(c.s.Tokens, n)
		c.kindsAt = append(c.kindsAt, hit)
	}
	return c.kindsAt[i]
}

// kinds gives the kinds of place that an avoid_places is about: those named
// between it and the next action, else what its targets are. "other" where
// neither says anything.
func (c *counsel) kinds(h phrase.Hit, end int, targets []vedette.Place) []string {
	out, any := c.kindsIn(h, end)
	switch {
	case len(out) > 0:
		return out
	case c.out.Near != nil && c.out.Near.What == "border":
		return []string{"border"}
	case c.airports(targets) || len(targets) == 0 && c.distance[1] > 0 && c.distance[0] >= h.From && c.distance[0] < end && c.airports([]vedette.Place{c.out.Near.Of}):
		return []string{"airport"}
	case c.isRoad(h.To):
		return []string{"route"}
	case any || len(targets) == 0:
		return []string{"other"}
	}
	return nil
}

// isRoad says whether a road's letters and number stand at a token: "the RN22".
func (c *counsel) isRoad(t int) bool {
	if t < len(c.s.Tokens) && c.s.Tokens[t].Word == "the" {
		t++
	}
	if t >= len(c.s.Tokens) {
		return false
	}
	w := c.s.Tokens[t].Word
	return c.s.Tokens[t].Upper && strings.ContainsAny(w, "0123456789") && strings.ContainsAny(w, "abcdefghijklmnopqrstuvwxyz")
}

// airports says whether all places are airports.
func (c *counsel) airports(ps []vedette.Place) bool {
	return len(ps) > 0 && !slices.ContainsFunc(ps, func(p vedette.Place) bool { return !strings.HasPrefix(string(p.Area), "iata:") })
}

// kindsIn gives the kinds of place named between an action and the next, and
// whether a word for any place stands there.
func (c *counsel) kindsIn(h phrase.Hit, end int) (out []string, any bool) {
	last := -1 // token after the kind before: "protest sites" is one
	for i := h.From; i < end; {
		hit := c.kindAt(i)
		if hit.To == i || c.off[i] {
			i++
			continue
		}
		label, more, _ := strings.Cut(hit.Label, " ")
		if more == "air" && c.flown() {
			label = "airport"
		}
		if !slices.Contains(out, label) && label != "any" && (label != "other" || last != i) {
			out = append(out, label)
		}
		any = any || label == "any"
		i, last = hit.To, hit.To
	}
	return out, any
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
