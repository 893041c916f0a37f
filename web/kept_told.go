package web

import (
	"strings"
	"sync"

	"vedette/web/messages"
)

// keptTold are why somebody is told of an update, or not. The longer of two that begin
// alike stands first.
var keptTold = []string{
	messages.Mark("nothing of it concerns them"), messages.Mark("nothing of it concerns them any more"), messages.Mark("they asked to be told"),
	messages.Mark("a trip of theirs goes, or may go, where it says not to"),
	messages.Mark("they are in"), messages.Mark("they are not in, but asked to be told"), messages.Mark("they may be in, and it is immediate"),
	messages.Mark("they may be in, and no risk is given, which counts as extreme"), messages.Mark("they may be in, and the risk is %s"),
	messages.Mark("they may be in, but the risk is only %s and nothing is immediate"), messages.Mark("they are not in, and did not ask to be told"),

	messages.Mark("they have no notice of the situation"), messages.Mark("nothing of it applies to them, and they have no notice of the situation"),
	messages.Mark("it applies to them again; they were told that it no longer did"), messages.Mark("unchanged, but told to everyone: %s"),
	messages.Mark("unchanged, but their last notice is not known received (it had no delivery)"), messages.Mark("unchanged, but their last notice is not known received (%s)"),
	messages.Mark("unchanged, but their last notice, %s %s, was fresh only until %s"), messages.Mark("unchanged; last notice %s %s, fresh until %s"),
	messages.Mark("nothing of it applies to them any more, and the notice that says so did not reach them (failed)"),
	messages.Mark("nothing of it applies to them any more, and %s"), messages.Mark("nothing of it applies to them, but told to everyone who was told before: %s"),
	messages.Mark("nothing of it applies to them; they were told so before"), messages.Mark("nothing of it applies to them any more; the next update tells them"),
	messages.Mark("nothing of it applies to them"), messages.Mark("they have no notice of it"), messages.Mark("nothing changed for them"),

	messages.Mark("they were told nothing that it ends"), messages.Mark("they were told of what it ends, and are, or may be, in its area"),
	messages.Mark("they had an immediate warning for its area"), messages.Mark("they are not in its area, and had no immediate warning for it"),
	messages.Mark("they are no member of the roll-call"), messages.Mark("the roll-call asks after them"),
	messages.Mark("they have left the organisation since, or were erased"), messages.Mark("not told: compromised since %s, by %s, %s (noted %s)"), messages.Mark("not told: compromised since %s, by %s, %s"),
}

// keptNews are what changed for somebody, each as it stands between semicolons.
var keptNews = []string{
	messages.Mark("the risk of their area rose from %s to %s"), messages.Mark("the risk of their area fell from %s to %s"), messages.Mark("the risk of their area went from %s to %s"),
	messages.Mark("the urgency rose from %s to %s"), messages.Mark("the urgency fell from %s to %s"), messages.Mark("the urgency went from %s to %s"),
	messages.Mark("the posture was %s, is %s"), messages.Mark("the kind of report changed from %s to %s"), messages.Mark("the area drawn changed"),
	messages.Mark("the hazard changed: now also %s, no longer %s"), messages.Mark("the hazard changed: now also %s"), messages.Mark("the hazard changed: no longer %s"),
	messages.Mark("the affected area changed: now also %s, no longer %s"), messages.Mark("the affected area changed: now also %s"), messages.Mark("the affected area changed: no longer %s"),
	messages.Mark("where it concerns them changed: now also %s, no longer %s"), messages.Mark("where it concerns them changed: now also %s"), messages.Mark("where it concerns them changed: no longer %s"),
	messages.Mark("advice changed: “%s”"), messages.Mark("a new advice: “%s”"), messages.Mark("an advice no longer stands: “%s”"),
	messages.Mark("its condition was declared met: “%s”"), messages.Mark("its condition is awaited again: “%s”"), messages.Mark("what protects in it was ended by an all-clear: “%s”"),
	messages.Mark("what protects in it holds again: “%s”"), messages.Mark("it is set aside while another, whose condition is met, holds: “%s”"), messages.Mark("it holds again: “%s”"),
	messages.Mark("it holds where they are now: “%s”"), messages.Mark("it now holds by a trip ahead: “%s”"), messages.Mark("they are now known to be there: “%s”"),
	messages.Mark("they only may be there now: “%s”"), messages.Mark("it is now known to be for them: “%s”"), messages.Mark("it is no longer known to be for them: “%s”"),
}

// toldParts are what may be filled into them.
var toldParts = []string{
	messages.Mark("low"), messages.Mark("moderate"), messages.Mark("high"), messages.Mark("extreme"), messages.Mark("unknown"),
	messages.Mark("immediate##urgency"), messages.Mark("expected##urgency"), messages.Mark("future##urgency"), messages.Mark("past##urgency"),
	messages.Mark("queued"), messages.Mark("accepted"), messages.Mark("received"), messages.Mark("seen"), messages.Mark("answered"), messages.Mark("failed"), messages.Mark("withheld"),
	messages.Mark("it is immediate"), messages.Mark("they hold an earlier word that did"), messages.Mark("it corrects what was told"), messages.Mark("it cancels what was told"),
	messages.Mark("none##a posture"), messages.Mark("“%s” where it is drawn"), messages.Mark("“%s” (%s)"),
	messages.Mark("avoid all travel"), messages.Mark("avoid nonessential travel##a step of travel advice"), messages.Mark("reconsider travel"),
	messages.Mark("reconsider nonessential travel##a step of travel advice"), messages.Mark("travel with caution"), messages.Mark("no restriction##a step of travel advice"),
	messages.Mark("alert"), messages.Mark("tactical report"), messages.Mark("situation update"), messages.Mark("analysis"), messages.Mark("daily summary"), messages.Mark("regional summary"), messages.Mark("special report"),
}

// hazardParts are what a report is about, and several of it.
var hazardParts = []string{
	messages.Mark("%s, %s"),
	messages.Mark("active shooter"), messages.Mark("airstrike"), messages.Mark("arbitrary detention"), messages.Mark("armed conflict"), messages.Mark("civil unrest"), messages.Mark("crime"), messages.Mark("cyber attack"),
	messages.Mark("earthquake"), messages.Mark("economics"), messages.Mark("fire"), messages.Mark("flood"), messages.Mark("health"), messages.Mark("kidnapping"), messages.Mark("labor action"), messages.Mark("maritime"),
	messages.Mark("militancy"), messages.Mark("organized crime"), messages.Mark("piracy"), messages.Mark("politics"), messages.Mark("protest"), messages.Mark("rocket mortar"), messages.Mark("security operations"),
	messages.Mark("service failure"), messages.Mark("storm"), messages.Mark("supply chain"), messages.Mark("transport"), messages.Mark("volcano"), messages.Mark("wildfire"), messages.Mark("other"),
	messages.Mark("developing"), messages.Mark("ongoing"),
}

// toldForms are they, as they are found.
type toldForms struct{ whole, news, parts, hazards []keptSentence }

var toldAs = sync.OnceValue(func() toldForms {
	return toldForms{keptSentences(keptTold), keptSentences(keptNews), keptSentences(toldParts), keptSentences(hazardParts)}
})

// readTold is why somebody is told of an update, or not, as a page says it.
func readTold(reason string) messages.Said {
	as := toldAs()
	if s, ok := readBack(as.whole, as.parts, reason); ok {
		return s
	}
	var all []messages.Said
	for _, part := range apartAtSemicolons(reason) {
		parts := as.parts
		if strings.HasPrefix(part, "the hazard ") {
			parts = as.hazards
		}
		s, ok := readBack(as.news, parts, part)
		if !ok {
			s = asItIs(safe(part))
		}
		all = append(all, s)
	}
	return semicolons(all)
}

// apartAtSemicolons cuts a text at its semicolons, but for those of words that are quoted.
func apartAtSemicolons(text string) (parts []string) {
	from, within := 0, 0
	for at, r := range text {
		switch {
		case r == '“':
			within++
		case r == '”':
			within = max(within-1, 0)
		case r == ';' && within == 0 && strings.HasPrefix(text[at:], "; "):
			parts = append(parts, text[from:at])
			from = at + len("; ")
		}
	}
	return append(parts, text[from:])
}
