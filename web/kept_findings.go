package web

import (
	"strings"
	"sync"

	"vedette"
	"vedette/web/messages"
)

// keptFindings are what the reader of a report doubted, as readings are kept with it.
// Between straight quotes are words of the report. The longer of two that begin alike
// stands first.
var keptFindings = []string{
	// Where something is.
	messages.Mark(`the affected area "%s" could be several places`), messages.Mark(`the affected area "%s" could be %s`), messages.Mark(`the affected area "%s" is no place that is known`),
	messages.Mark(`"%s" in the affected area "%s" is no place that is known`),
	messages.Mark(`"%s" heads recommendations and names %s, but does not say that they are for there; they are read for the affected area`),
	messages.Mark(`"%s" heads recommendations, but is no place that is known; they are read for the affected area`),
	messages.Mark(`"%s" heads recommendations, but what it leaves out, "%s", is no place that is known; they are read for all of %s`),
	messages.Mark(`"%s" heads recommendations and names %s too; they are read for %s`), messages.Mark(`"%s" heads recommendations and could be several places`),
	messages.Mark(`the advice is for "%s", read as %s, far from all else the report is about; it could be %s`),
	messages.Mark(`the advice is for "%s", which is no place that is known`), messages.Mark(`the advice is for "%s", which could be %s`),
	messages.Mark(`"%s" is no place that is known; the advice is read for its whole group`),
	messages.Mark(`the affected area is "%s", read as %s, far from all else the report is about; it could be %s`),
	messages.Mark(`the affected area is "%s", read as the one in %s, of which the report says nothing else; is that the one meant?`),
	messages.Mark(`the advice is for "%s", read as the one in %s, of which the report says nothing else; is that the one meant?`),
	messages.Mark(`"%s", read as %s, far from all else the report is about; it could be %s`), messages.Mark(`"%s" could be %s`),

	// When something is.
	messages.Mark(`day and month of "%s" could be the other way round; read day first`), messages.Mark("day and month of the time of issue could be the other way round; read as %s"),
	messages.Mark("the time of issue is not complete: no year, or no day; dates are read by the time of receipt"),
	messages.Mark("the text has no time of issue; the years of its dates are those nearest to its receipt"), messages.Mark("the text gives its day of issue but no hour; read as 00:00 UTC"),
	messages.Mark(`the advice holds until "%s": write the month as a word`), messages.Mark(`the advice holds until "%s": day and month could be the other way round`),

	// How likely and how bad it is.
	messages.Mark(`"%s" is on no scale; it is kept as a word, without a number`), messages.Mark(`"%s" is a word of another scale than "%s" before it (%s, %s)`),
	messages.Mark("no level of risk is given; it passes every threshold until a person sets one"), messages.Mark(`"%s" is no level of risk here (low, moderate, high, extreme)`),

	// What the text is.
	messages.Mark("the title names no type of report"), messages.Mark(`"%s" looks like a heading, but is none that is known`),
	messages.Mark(`another report begins here: "%s"; only the first was read`),
	messages.Mark(`the second copy has what the first has not: "%s"`), messages.Mark(`the first copy has what the second has not: "%s"`), messages.Mark(`the copies differ: line %d has "%s", line %d has "%s"`),
	messages.Mark("the text is not UTF-8; these lines were read as %s"), messages.Mark("the text is longer than %d bytes or %d lines; the lines from %d on were not read"),
	messages.Mark("an item of %d bytes is no statement of a report; it was not read"), messages.Mark("no report has more than %d statements or %d kB of them; those from line %d on were not read"),
	messages.Mark("a sentence tells %d things to do; only the first %d were read"),
	messages.Mark("not a report: %s"),

	// What cannot both be followed, with why it may stand all the same.
	messages.Mark("“%s” (%s) beside “%s” (%s), for people in %s — %s"),
}

// findingParts are what may be filled into them.
var findingParts = []string{
	messages.Mark("the text is empty"), messages.Mark(`no report type in its title and no known heading; give it a title like "Iraq Alert: …" or a heading like "Current Situation:"`),
	messages.Mark("no statement under its title or headings"), messages.Mark("the file is not text (byte 0 at offset %d)"), messages.Mark("the file is not text (%d of %d bytes are control characters)"),
	messages.Mark("immediate: published before it was decided. %s"), messages.Mark("this draft"), messages.Mark("an update"), messages.Mark("update %d of %s"), messages.Mark("update %d##the one of that number"),
	messages.Mark("%s and %d more places"), messages.Mark("%s or %s##in a list"),
}

var findingsAs = sync.OnceValues(func() (whole, parts []keptSentence) { return keptSentences(keptFindings), keptSentences(findingParts) })

// readFinding is what the reader of a report doubted, as a page says it.
func readFinding(message string) messages.Said {
	whole, parts := findingsAs()
	if s, ok := readBack(whole, parts, message); ok {
		return s
	}
	return asItIs(safe(strings.TrimSpace(message)))
}

// settledAs is how a person settled it.
func settledAs(how string) messages.Said {
	if place, ok := strings.CutPrefix(how, "it is "); ok {
		return messages.Of("it is %s##a place", safe(place))
	}
	return asItIs(safe(how))
}

// keptChanges are what of a draft an edit changed.
var keptChanges = []string{
	messages.Mark("risk in %s##of a draft"), messages.Mark("settled: %s"), messages.Mark("affected area"), messages.Mark("risk##of a draft"), messages.Mark("drawn##on a map"), messages.Mark("kind##of report"),
	messages.Mark("urgency##of a draft"), messages.Mark("strength of source"), messages.Mark("source##of a draft"), messages.Mark("issued##of a draft"), messages.Mark("report##of a draft"), messages.Mark("topic##of a draft"), messages.Mark("heading of advice"),
	messages.Mark("headline##of a draft"), messages.Mark("what to do first"), messages.Mark("summary##of a draft"), messages.Mark("claim##of a draft"), messages.Mark("judgement##of a draft"),
	messages.Mark("advice##of a draft"), messages.Mark("statement##of a draft"),
	messages.Mark("flash##of a draft"), messages.Mark("what is known##of a draft"), messages.Mark("sent to be published"), messages.Mark("sent to be approved"),
}

// changeWords are what such a thing may be before and after, where that is a word of ours.
var changeWords = []string{
	messages.Mark("low"), messages.Mark("moderate"), messages.Mark("high"), messages.Mark("extreme"), messages.Mark("not given##a risk"), messages.Mark("none of its own"), messages.Mark("no time##of issue"),
	messages.Mark("immediate##urgency"), messages.Mark("expected##urgency"), messages.Mark("future##urgency"), messages.Mark("past##urgency"), messages.Mark("unknown"),
	messages.Mark("confirmed"), messages.Mark("credible"), messages.Mark("unconfirmed"),
	messages.Mark("alert"), messages.Mark("tactical report"), messages.Mark("situation update"), messages.Mark("analysis"), messages.Mark("daily summary"), messages.Mark("regional summary"), messages.Mark("special report"),
}

var changesAs = sync.OnceValues(func() (whole, parts []keptSentence) { return keptSentences(keptChanges), keptSentences(changeWords) })

// changeSaid is one thing that an edit changed, as a page says it.
func changeSaid(c vedette.Change) messages.Said {
	whole, words := changesAs()
	what, ok := readBack(whole, nil, c.What)
	if !ok {
		what = asItIs(safe(c.What))
	}
	if of, found := strings.CutPrefix(c.What, "settled: "); found {
		what = messages.Of("settled: %s", readFinding(of))
	}
	is := func(text string) messages.Said {
		return messages.Said{English: "%s", Args: []any{keptPart('s', text, words)}}
	}
	switch {
	case c.Before == "" && c.After == "":
		return what
	case strings.HasPrefix(c.What, "settled: "):
		return messages.Of("%s: %s", what, settledAs(c.After))
	case c.Before == "":
		return messages.Of("%s: added %s", what, is(c.After))
	case c.After == "":
		return messages.Of("%s: removed %s", what, is(c.Before))
	}
	return messages.Of("%s: %s → %s", what, is(c.Before), is(c.After))
}
