package tell

import "vedette"

// clear says whether somebody hears of an all-clear: whoever holds a word that
// it is about and may be in its area, and whoever had an immediate warning for
// it, wherever they are now. Whoever was told nothing has nothing to be cleared
// of; and whoever shelters elsewhere must not take it for theirs.
func (t *Telling) clear(o *Outcome, held *Held) {
	there := o.Relation == vedette.RelationIn || o.Relation == vedette.RelationMayBe
	o.News = vedette.NewsUnchanged
	o.Digest = held != nil && held.Digest
	switch {
	case held == nil:
		o.Reason = "they were told nothing that it ends"
	case there:
		o.News, o.Tell, o.Fresh = vedette.NewsChanged, true, true
		o.Reason = "they were told of what it ends, and are, or may be, in its area"
	case held.Warned:
		o.News, o.Tell, o.Fresh = vedette.NewsWithdrawn, true, true
		o.Reason = "they had an immediate warning for its area"
	default:
		o.Reason = "they are not in its area, and had no immediate warning for it"
	}
}

// asks says whether somebody is sent the question of a roll-call: its members
// are, wherever they are, and nobody else.
func (t *Telling) asks(o *Outcome, held *Held) {
	o.News, o.Reason = vedette.NewsUnchanged, "they are no member of the roll-call"
	if held != nil {
		o.News, o.Tell, o.Fresh, o.Reason = vedette.NewsNew, true, true, "the roll-call asks after them"
	}
}
