package counsel

import (
	"slices"
	"strings"

	"vedette"
	"vedette/parse/phrase"
)

// denial is how an action stands in its sentence.
type denial int

const (
	affirmed  denial = iota
	forbidden        // "do not leave", "should not evacuate"
	needless         // "no need to leave", "no longer necessary to avoid"
	readied          // "be ready to evacuate"
)

// denied says whether words before an action turn it round. A phrase of the
// table that holds its own "not" ("do not travel") begins with it.
func (c *counsel) denied(h phrase.Hit) denial {
	ts := c.s.Tokens
	if d := c.verdict(h); d != affirmed {
		return d
	}
	if c.mooted(h) {
		return readied
	}
	for i := h.From - 1; i >= 0 && h.From-i <= 7; i-- {
		switch w := ts[i].Word; w {
		case "wait", "delay", "hesitate", "fail", "forget", "neglect", "postpone":
			return affirmed // "do not wait to leave"
		case "should", "must", "shall", "may":
			if c.nobody(i) {
				return forbidden
			}
			return affirmed
		case ",", ";", ".", ":", "and", "but", "or", "unless", "if", "then", "please":
			return affirmed
		case "to":
			if i > 0 && ts[i-1].Word == "not" {
				return forbidden // "advised not to leave"
			}
		case "need", "needs", "necessary", "necessity", "required", "obliged", "reason":
			if c.negatedAt(i) {
				return needless
			}
		case "longer":
			if i > 0 && ts[i-1].Word == "no" {
				return needless
			}
		case "impossible", "unsafe", "dangerous", "risky", "inadvisable", "late", "safe", "possible", "advisable", "feasible":
			if c.deters(i) {
				return forbidden
			}
		case "ready", "prepare", "prepared", "preparing":
			if a := vedette.Action(h.Label); (a == vedette.Evacuate || a == vedette.Relocate || a == vedette.Shelter) && h.From-i <= 2 {
				return readied
			}
		case "not", "never", "n't", "don't", "mustn't", "shouldn't", "needn't", "cannot":
			return forbidden
		case "avoid", "refrain", "avoiding":
			if h.From-i <= 2 && h.Label == "leave?" {
				return forbidden
			}
		case "against":
			if h.From-i <= 2 {
				return forbidden
			}
		}
	}
	return affirmed
}

// nobody says whether "should" at a token tells nobody to: "no one should leave".
func (c *counsel) nobody(i int) bool {
	n := i - 1
	for n > 0 && i-n < 8 {
		switch c.s.Tokens[n-1].Word {
		case ",", ";", ":", "and", "but":
			return noOne(c.s.Tokens[n].Word)
		}
		n--
	}
	return n == 0 && noOne(c.s.Tokens[0].Word)
}

func noOne(w string) bool { return w == "nobody" || w == "no" || w == "none" }

// mooted says whether an action is only what is weighed, planned for or ordered by
// others in time to come: "decide whether to leave", "review plans to leave",
// "authorities may order people to leave", "expect orders to stay indoors".
func (c *counsel) mooted(h phrase.Hit) bool {
	ts := c.s.Tokens
	if c.weighed(h) {
		return true
	}
	if h.From < 2 || ts[h.From-1].Word != "to" {
		return false
	}
	switch ts[h.From-2].Word {
	case "plans", "plan", "procedures", "routes":
		return c.follows(h.From-1, vedette.UpdatePlans)
	case "sign", "signal", "trigger", "cue":
		return true // "any blockade should be taken as a sign to leave"
	case "orders", "order", "calls", "instructions":
		return c.expected(h.From - 2)
	}
	for i := h.From - 2; i > 0 && h.From-i < 8; i-- {
		switch ts[i].Word {
		case "order", "tell", "ask", "instruct", "advise", "urge", "force":
			switch ts[i-1].Word {
			case "may", "might", "could", "will", "would", "likely":
				return true
			}
		}
	}
	return false
}

// weighed says whether "whether" or "would" stands before an action in its clause.
func (c *counsel) weighed(h phrase.Hit) bool {
	for i := h.From - 1; i >= 0 && h.From-i < 10; i-- {
		switch c.s.Tokens[i].Word {
		case "whether", "would":
			return true
		case ",", ";", ":", ".":
			return false
		}
	}
	return false
}

// follows says whether the words of another action end right before a token.
func (c *counsel) follows(i int, action vedette.Action) bool {
	return slices.ContainsFunc(c.hits, func(h phrase.Hit) bool { return h.To == i && h.Label == string(action) })
}

// expected says whether "expect" stands before a token in its sentence.
func (c *counsel) expected(i int) bool {
	return slices.ContainsFunc(c.hits, func(h phrase.Hit) bool { return h.To <= i && h.Label == string(vedette.ExpectDisruption) })
}

// verdict says how the words behind an action that is the subject of its clause judge
// it: "leaving Guayaquil is not necessary".
func (c *counsel) verdict(h phrase.Hit) denial {
	ts := c.s.Tokens
	if !strings.HasSuffix(ts[h.From].Word, "ing") || h.From > 0 && ts[h.From-1].IsWord() {
		return affirmed
	}
	for i := h.To; i+2 < len(ts) && i-h.To < 10 && !ts[i].Ends() && ts[i].Word != ","; i++ {
		if ts[i].Word != "is" || ts[i+1].Word != "not" {
			continue
		}
		for n := i + 2; n < len(ts) && n < i+5; n++ {
			switch ts[n].Word {
			case "necessary", "required", "needed":
				return needless
			case "advised", "recommended", "advisable", "safe", "possible", "permitted", "allowed":
				return forbidden
			}
		}
	}
	return affirmed
}

// deters says whether a word tells that what follows is not to be tried: "too late to
// leave", "not safe to leave".
func (c *counsel) deters(i int) bool {
	ts := c.s.Tokens
	if i+1 >= len(ts) || ts[i+1].Word != "to" && ts[i+1].Word != "for" {
		return false
	}
	switch ts[i].Word {
	case "late":
		return i > 0 && ts[i-1].Word == "too"
	case "safe", "possible", "advisable", "feasible":
		return c.negatedAt(i)
	}
	return true
}

// negatedAt says whether "no" or "not" stands right before a token: "no need",
// "not necessary"; or right after it: "need not".
func (c *counsel) negatedAt(i int) bool {
	ts := c.s.Tokens
	before := i > 0 && (ts[i-1].Word == "no" || ts[i-1].Word == "not" || ts[i-1].Word == "longer" || ts[i-1].Word == "little")
	return before || i+1 < len(ts) && ts[i+1].Word == "not"
}

// lifted says whether the sentence tells that an order or advice is over: what
// it names is no longer told.
func (c *counsel) lifted() bool {
	ts := c.s.Tokens
	for i := 1; i < len(ts); i++ {
		switch ts[i].Word {
		case "lifted", "withdrawn", "rescinded", "revoked", "cancelled", "canceled":
		default:
			continue
		}
		order := false
		for _, t := range ts[:i] {
			switch t.Word {
			case "order", "orders", "advice", "advisory", "recommendation", "warning", "instruction", "instructions":
				order = true
			}
		}
		if c.awaited(i) {
			continue
		}
		switch ts[i-1].Word {
		case "been", "was", "were", "is", "are", "now":
			return order
		}
	}
	return false
}

// awaited says whether "until" or "before" stands shortly before a token: what
// it tells of is still to come.
func (c *counsel) awaited(i int) bool {
	for j := i - 1; j >= 0 && i-j < 8; j-- {
		switch c.s.Tokens[j].Word {
		case "until", "till", "before", "once", "unless", "if", "when", "after":
			return true
		}
	}
	return false
}
