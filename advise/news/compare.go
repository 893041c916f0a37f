package news

import (
	"fmt"
	"time"

	"vedette"
)

// Heard is the best that is known of somebody's last notice of a situation,
// over all its deliveries.
type Heard struct {
	State vedette.DeliveryState // "" where there was no delivery
	At    time.Time             // when it was received, seen or answered
}

// Verdict is whether somebody hears of an update, and why.
type Verdict struct {
	News   vedette.News
	Tell   bool
	Reason string // in words, kept with the notice or its omission
}

// Compare says whether somebody hears again. before is what their last notice
// in the situation told them, nil where they have none; one withheld before it
// went out told them nothing and does not count. heard is of that notice.
// after is what applies to them now; review is how many days a notice known
// received counts as fresh, by the risk of their area.
//
//   - new: they have no notice of the situation. Told.
//   - changed: something that applies to them changed. Told.
//   - unchanged: told unless their last notice is known received and fresh.
//   - withdrawn: they were told, and nothing applies to them any more. They
//     hold an old word, so they are told that; once, whether or not they are
//     known to have heard, and again only where that did not reach them.
//
// What is immediate, a correction or a cancellation leaves nobody out.
func Compare(before, after *Told, heard Heard, review vedette.ByRisk, now time.Time) Verdict {
	binding := ""
	if after != nil {
		binding = after.Binding
	}
	switch {
	case before == nil && after.applies():
		return Verdict{vedette.NewsNew, true, "they have no notice of the situation"}
	case before == nil:
		return Verdict{vedette.NewsUnchanged, false, "nothing of it applies to them, and they have no notice of the situation"}
	case !before.applies() && !after.applies():
		return still(binding, heard)
	case !after.applies():
		return withdrawn(binding)
	case !before.applies():
		return Verdict{vedette.NewsChanged, true, "it applies to them again; they were told that it no longer did"}
	case before.sum != after.sum:
		return Verdict{vedette.NewsChanged, true, after.changed(before)}
	}
	return unchanged(after, heard, review, now)
}

func unchanged(after *Told, heard Heard, review vedette.ByRisk, now time.Time) Verdict {
	v := Verdict{News: vedette.NewsUnchanged, Tell: true}
	switch {
	case after.Binding != "":
		v.Reason = "unchanged, but told to everyone: " + after.Binding
		return v
	case after.Urgency == vedette.UrgencyImmediate:
		v.Reason = "unchanged, but told to everyone: it is immediate"
		return v
	case !received(heard.State):
		v.Reason = "unchanged, but their last notice is not known received" + in(heard.State)
		return v
	}
	fresh := heard.At.Add(time.Duration(review.At(after.Risk) * float64(24*time.Hour)))
	if !now.Before(fresh) {
		v.Reason = fmt.Sprintf("unchanged, but their last notice, %s %s, was fresh only until %s", heard.State, stamp(heard.At), stamp(fresh))
		return v
	}
	v.Tell = false
	v.Reason = fmt.Sprintf("unchanged; last notice %s %s, fresh until %s", heard.State, stamp(heard.At), stamp(fresh))
	return v
}

// withdrawn is of those who were told, and to whom nothing applies any more.
func withdrawn(binding string) Verdict {
	why := "they hold an earlier word that did"
	if binding != "" {
		why = binding
	}
	return Verdict{vedette.NewsWithdrawn, true, "nothing of it applies to them any more, and " + why}
}

// still is of those who were told already that nothing applies to them.
func still(binding string, heard Heard) Verdict {
	switch {
	case binding != "":
		return Verdict{vedette.NewsWithdrawn, true, "nothing of it applies to them, but told to everyone who was told before: " + binding}
	case heard.State == vedette.DeliveryFailed:
		return Verdict{vedette.NewsWithdrawn, true, "nothing of it applies to them any more, and the notice that says so did not reach them (failed)"}
	}
	return Verdict{vedette.NewsUnchanged, false, "nothing of it applies to them; they were told so before"}
}

func received(s vedette.DeliveryState) bool {
	return s == vedette.DeliveryReceived || s == vedette.DeliverySeen || s == vedette.DeliveryAnswered
}

func in(s vedette.DeliveryState) string {
	if s == "" {
		return " (it had no delivery)"
	}
	return " (" + string(s) + ")"
}

func stamp(t time.Time) string { return t.UTC().Format("2 Jan 15:04") }

// Fresh says whether there is anything new for somebody whose place or person
// changed, between what their last notice of the update told them and what
// would apply now, and what. That nothing applies any more is no news at once:
// the next update tells them. Nor is it told again only because it is not
// known received: the last notice's own deliveries go on.
func Fresh(before, after *Told) (bool, string) {
	switch {
	case !after.applies() && before.applies():
		return false, "nothing of it applies to them any more; the next update tells them"
	case !after.applies():
		return false, "nothing of it applies to them"
	case before == nil:
		return true, "they have no notice of it"
	case !before.applies():
		return true, "it applies to them again; they were told that it no longer did"
	case before.sum == after.sum:
		return false, "nothing changed for them"
	}
	return true, after.changed(before)
}
