package deliver

import (
	"strings"

	"vedette"
)

// tongue is what the update says in words that somebody wrote for whoever is told, in
// their language or the update's own; nil where there are a report's words alone.
func (n Notice) tongue() *vedette.Tongue { return n.Update.Reads(n.words().Language) }

// head is the headline, and its language where that is known: "" for a report's words.
func (n Notice) head() (text, language string) {
	if t := n.tongue(); t != nil {
		return Clean(t.Headline), t.Language
	}
	return Clean(firstOf(n.Update.Content.Headline, n.Update.Content.Title)), ""
}

// situation is the title of the update's situation: in words that somebody wrote for
// whoever is told, where it is those of the headline.
func (n Notice) situation() string {
	title := Clean(n.Update.Situation.Title)
	if t := n.tongue(); t != nil && title == Clean(n.Update.Tongues[0].Headline) {
		return Clean(t.Headline)
	}
	return title
}

// says is the wording of an advice, and its language where that is known.
func (n Notice) says(l vedette.NoticeLine, a *vedette.Advice) (text, language string) {
	u := n.update(l.Update)
	t := u.Reads(n.words().Language)
	if t == nil {
		return Clean(a.Text), ""
	}
	if no := u.AdviceNo(l.Group, l.Item); no < len(t.Advice) {
		return Clean(t.Advice[no]), t.Language
	}
	return Clean(a.Text), ""
}

// known is what the desk knows of what it warns of, in its own words, "" for nothing.
func (n Notice) known() string {
	if s := n.Update.Content.Summary; n.Update.Flash != "" && len(s) > 0 {
		return n.words().Say("known", n.words().Isolate(cut(Clean(s[0].Text), maxLineHead)))
	}
	return ""
}

// headed gives what a flash tells, with what has happened before it where there is room.
func (n Notice) headed(told []telling) []telling {
	t := n.tongue()
	if n.Update.Flash == "" || t == nil || n.Discreet || len(told) == 0 || n.Correction != nil {
		return told
	}
	whole := n.sentence(n.words(), Clean(t.Headline)) + " " + told[0].text
	return append([]telling{{whole, told[0].place}}, told...)
}

// inError is what was written to be said of what was sent in error, in the language of
// whoever is told, "" for nothing.
func (n Notice) inError() string {
	if t := n.Update.Tongue(n.words().Language); t != nil && n.cancels() == vedette.CancelError {
		return strings.TrimSpace(Clean(t.InError))
	}
	return ""
}
