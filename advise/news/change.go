package news

import (
	"fmt"
	"slices"
	"strings"
)

// changed says what is different from what was told before. Many people had
// the same before and have the same now: it is worked out once for them.
func (t *Told) changed(before *Told) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	words, known := t.was[before]
	if !known {
		words = strings.Join(changes(before, t), "; ")
		if t.was == nil {
			t.was = map[*Told]string{}
		}
		t.was[before] = words
	}
	return words
}

// changes says what is different, the weightiest first.
func changes(before, after *Told) []string {
	out := lines(before, after)
	if before.Risk != after.Risk {
		out = append(out, moved("the risk of their area", int(before.Risk), int(after.Risk), before.Risk.String(), after.Risk.String()))
	}
	if before.Posture != after.Posture || before.Area != after.Area {
		out = append(out, "the posture was "+before.posture()+", is "+after.posture())
	}
	if before.Urgency != after.Urgency {
		out = append(out, moved("the urgency", int(before.Urgency), int(after.Urgency), before.Urgency.String(), after.Urgency.String()))
	}
	if before.Kind != after.Kind {
		out = append(out, fmt.Sprintf("the kind of report changed from %s to %s", words(before.Kind), words(after.Kind)))
	}
	out = append(out, sets("the hazard", before.Hazard, after.Hazard, func(s string) string { return strings.ReplaceAll(s, "_", " ") })...)
	out = append(out, sets("the affected area", before.Places, after.Places, after.names)...)
	if !slices.Equal(before.Shapes, after.Shapes) {
		out = append(out, "the area drawn changed")
	}
	return append(out, sets("where it concerns them", before.Areas, after.Areas, after.names)...)
}

// words is an id as it is read: "situation update".
func words[T ~string](id T) string { return strings.ReplaceAll(string(id), "_", " ") }

func moved(what string, b, a int, before, after string) string {
	verb := "rose"
	if a < b {
		verb = "fell"
	}
	if b == 0 || a == 0 {
		verb = "went"
	}
	return fmt.Sprintf("%s %s from %s to %s", what, verb, before, after)
}

func (t *Told) posture() string {
	if t.Posture == "" {
		return "none"
	}
	if t.Area == "" {
		return fmt.Sprintf("“%s” where it is drawn", strings.ReplaceAll(string(t.Posture), "_", " "))
	}
	return fmt.Sprintf("“%s” (%s)", strings.ReplaceAll(string(t.Posture), "_", " "), t.names(t.Area))
}

// sets says what came to a set and what went from it.
func sets[T ~string](what string, before, after []T, name func(T) string) []string {
	var came, went []string
	for _, x := range after {
		if !slices.Contains(before, x) {
			came = append(came, name(x))
		}
	}
	for _, x := range before {
		if !slices.Contains(after, x) {
			went = append(went, name(x))
		}
	}
	switch {
	case len(came) > 0 && len(went) > 0:
		return []string{fmt.Sprintf("%s changed: now also %s, no longer %s", what, strings.Join(came, ", "), strings.Join(went, ", "))}
	case len(came) > 0:
		return []string{fmt.Sprintf("%s changed: now also %s", what, strings.Join(came, ", "))}
	case len(went) > 0:
		return []string{fmt.Sprintf("%s changed: no longer %s", what, strings.Join(went, ", "))}
	}
	return nil
}

// lines says what became of each advice: met, set aside, changed, new, gone.
func lines(before, after *Told) []string {
	var out []string
	was, is := slices.Clone(before.Lines), slices.Clone(after.Lines)
	pair(&was, &is, func(b, a *Line) bool { return b.says == a.says && b.flags() == a.flags() }, func(_, _ *Line) {})
	pair(&was, &is, func(b, a *Line) bool { return b.says == a.says }, func(b, a *Line) { out = append(out, applied(b, a)) })
	pair(&was, &is, func(b, a *Line) bool { return b.aim == a.aim }, func(_, a *Line) { out = append(out, "advice changed: "+quote(a.Text)) })
	for i := range is {
		out = append(out, "a new advice: "+quote(is[i].Text))
	}
	for i := range was {
		out = append(out, "an advice no longer stands: "+quote(was[i].Text))
	}
	return out
}

// pair takes out of both lists what belongs together.
func pair[T any](was, is *[]T, same func(b, a *T) bool, each func(b, a *T)) {
	*is = slices.DeleteFunc(*is, func(a T) bool {
		i := slices.IndexFunc(*was, func(b T) bool { return same(&b, &a) })
		if i < 0 {
			return false
		}
		b := (*was)[i]
		*was = slices.Delete(*was, i, i+1)
		each(&b, &a)
		return true
	})
}

// applied says how the same advice applies otherwise than before.
func applied(b, a *Line) string {
	var how string
	switch {
	case a.Met && !b.Met:
		how = "its condition was declared met"
	case b.Met && !a.Met:
		how = "its condition is awaited again"
	case a.Cleared && !b.Cleared:
		how = "what protects in it was ended by an all-clear"
	case b.Cleared && !a.Cleared:
		how = "what protects in it holds again"
	case a.Suspended && !b.Suspended:
		how = "it is set aside while another, whose condition is met, holds"
	case b.Suspended && !a.Suspended:
		how = "it holds again"
	case b.Trip && !a.Trip:
		how = "it holds where they are now"
	case a.Trip && !b.Trip:
		how = "it now holds by a trip ahead"
	case b.MayBe && !a.MayBe:
		how = "they are now known to be there"
	case a.MayBe && !b.MayBe:
		how = "they only may be there now"
	case b.Asks:
		how = "it is now known to be for them"
	default:
		how = "it is no longer known to be for them"
	}
	return how + ": " + quote(a.Text)
}

// quoted is how many bytes of an advice a reason quotes at most.
const quoted = 72

func quote(text string) string {
	if len(text) > quoted {
		if cut := strings.LastIndexByte(text[:quoted], ' '); cut > 0 {
			text = strings.TrimRight(text[:cut], ",;: ") + " …"
		}
	}
	return "“" + text + "”"
}
