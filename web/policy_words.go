package web

import (
	"time"

	"vedette"
	"vedette/wording"
)

// policySaid says what a policy does, in words that a page says in its reader's language;
// the words by which it is set are a command's, and stay as they are.
func policySaid(p vedette.Policy) (all wording.Said) {
	for _, s := range p.Steps {
		all = all.Then(deedSaid(s))
	}
	if all.Nothing() {
		return wording.Of("told once, and no more")
	}
	return all
}

func deedSaid(s vedette.Step) wording.Said {
	if s.Do == vedette.DeedTask {
		return wording.Of("the desk is asked to call after %s", pauseSaid(s.After))
	}
	said := wording.Of("told again after %s", pauseSaid(s.After))
	var over wording.Said
	for _, c := range s.Over {
		over = over.And(wording.Channel(string(c)))
	}
	if !over.Nothing() {
		said = wording.Of("%s, over %s##channels", said, over)
	}
	if s.Times > 1 {
		said = said.And(wording.Of("%d times##told again", s.Times))
	}
	if s.Most > 0 {
		said = said.And(wording.Of("waiting longer each time, up to %s", pauseSaid(s.Most)))
	}
	return said
}

// pauseSaid says a wait to the second: a policy is not rounded.
func pauseSaid(d time.Duration) wording.Said {
	switch {
	case d%time.Hour == 0:
		return wording.Of("%d h", int(d/time.Hour))
	case d%time.Minute == 0:
		return wording.Of("%d min", int(d/time.Minute))
	}
	return wording.Of("%d s", int(d/time.Second))
}
