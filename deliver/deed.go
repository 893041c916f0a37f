package deliver

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vedette"
	"vedette/deliver/phrase"
)

// deed is what a line tells of one advice: its short form where there is one
// that says as much, then the report's own words.
func (n Notice) deed(l vedette.NoticeLine) ([]telling, error) {
	a, err := n.advice(l)
	if err != nil {
		return nil, err
	}
	var out []telling
	if t, ok := n.shortForm(l, a); ok {
		out = append(out, t)
	}
	if n.Discreet { // the report's own words may give reasons and names
		return out, nil
	}
	w := n.words()
	opening := n.opening(l, a)
	if text, language := n.says(l, a); language != "" { // nobody knows where it could be cut
		return append(out, telling{text: opening + n.sentence(w, text)}), nil
	}
	for _, b := range beginnings(Clean(a.Text), Clean(a.Audience), Clean(a.Condition)) {
		out = append(out, telling{text: opening + n.sentence(w, b)})
	}
	return out, nil
}

// shortForm is the short form of an advice, with its condition and for whom it
// is. There is none where it would say less, or more, than the advice does, or
// where nobody has reviewed it.
func (n Notice) shortForm(l vedette.NoticeLine, a *vedette.Advice) (telling, bool) {
	core, ok := without(Clean(a.Text), Clean(a.Audience), Clean(a.Condition))
	if !ok || len(a.Except) > 0 || a.Near != nil || a.Until != nil {
		return telling{}, false
	}
	if !conditionIsPlain(a) {
		return telling{}, false
	}
	if n.Discreet && (a.Audience != "" || a.Condition != "") {
		return telling{}, false // it would say who they are, or what is feared
	}
	group := n.update(l.Update).Content.Recommendations[l.Group].Area
	hurry := slices.ContainsFunc(a.Actions, func(act vedette.AdviceAction) bool { return urgent(act.Action) })
	for i := range a.Actions {
		act := &a.Actions[i]
		named, here := target(act, group, l.Area)
		if !here || hurry && !urgent(act.Action) {
			continue
		}
		if do, place := n.do(act, core, named, n.where(l)); do != "" {
			return telling{n.before(l, a, act.Action) + do, place}, true
		}
	}
	return telling{}, false
}

// conditionIsPlain says whether it is beyond doubt for what an advice's condition
// is: it opens the text, or ends one that tells one thing, or opens a sentence of
// its own, for what stands there. "Shelter in place, and evacuate if told to" has
// one that is for the second thing alone.
func conditionIsPlain(a *vedette.Advice) bool {
	condition := Clean(a.Condition)
	if condition == "" {
		return true
	}
	before, after, _ := strings.Cut(Clean(a.Text), condition)
	if strings.Trim(strings.Replace(before, Clean(a.Audience), "", 1), " ,;:–—-") == "" {
		return true
	}
	if len(a.Actions) > 1 {
		return !a.Awaits(a.Actions[0].Action)
	}
	return strings.Trim(after, " .!") == "" && !strings.ContainsAny(before, ";.!?")
}

// urgent says whether an action comes before whatever else an advice tells.
func urgent(a vedette.Action) bool { return a.Protects() || a == vedette.Leave }

// do is the short form of an action, "" for none, and the place it names. core is
// what the advice tells, named the place it names for the action, area where that
// is.
func (n Notice) do(act *vedette.AdviceAction, core, named, area string) (text, place string) {
	w, key := n.words(), "do."+string(act.Action)
	if act.Action == vedette.AvoidPlaces {
		kinds, ok := n.kinds(act, core)
		if !ok || !n.trusts(key) || named != "" || area == "" {
			return "", ""
		}
		return w.Say(key, kinds, w.Isolate(area)), ""
	}
	key = "do." + phrase.Form(string(act.Action), core, named)
	switch {
	case len(act.Kinds) > 0 || !n.trusts(key):
		return "", ""
	case !strings.Contains(w.Say(key), "%"):
		return w.Say(key), ""
	case area == "":
		return "", ""
	}
	return w.Say(key, w.Isolate(area)), w.Isolate(area)
}

// trusts says whether a short form may be said: somebody has reviewed it.
func (n Notice) trusts(key string) bool {
	w := n.words()
	return w.Say(key) != "" && (w.Reviewed(key) || n.Unreviewed)
}

// kinds names the kinds of place that an advice tells to avoid, all or none.
func (n Notice) kinds(act *vedette.AdviceAction, core string) (string, bool) {
	w := n.words()
	keys, ok := phrase.Kinds(string(act.Action), core)
	out := ""
	for i, key := range keys {
		if !n.trusts(key) {
			return "", false
		}
		switch {
		case i == 0:
			out = w.Say(key)
		case i == len(keys)-1:
			out = w.Say("and", out, w.Say(key))
		default:
			out += w.Say("comma") + w.Say(key)
		}
	}
	return out, ok
}

// before says, before a short form, what it depends on.
func (n Notice) before(l vedette.NoticeLine, a *vedette.Advice, act vedette.Action) string {
	w := n.words()
	out := n.opening(l, a)
	if who := Clean(a.Audience); who != "" && !strings.Contains(out, who) {
		out += w.Isolate(capital(who)) + w.Say("colon")
	}
	if on := Clean(a.Condition); on != "" && a.Awaits(act) {
		out += w.Isolate(capital(on)) + w.Say("colon")
	}
	return out
}

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// target is the place by which an action met somebody as the advice names it, ""
// where the action takes that of its heading; false where it did not.
func target(act *vedette.AdviceAction, group, area vedette.AreaID) (named string, ok bool) {
	for _, t := range act.Targets {
		if t.Text == "" && (t.Area == area || t.Area == "" && group == area) || t.Text != "" && t.Area == area {
			return Clean(t.Text), true
		}
	}
	return "", len(act.Targets) == 0 && group == area
}

// without takes out of a text what is said beside it; false where that does not
// stand in it word for word.
func without(text string, parts ...string) (string, bool) {
	for _, p := range parts {
		before, after, ok := strings.Cut(text, p)
		if !ok {
			return "", false
		}
		text = before + after
	}
	return text, true
}
