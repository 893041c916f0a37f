package engine

import (
	"fmt"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/roster"
	"vedette/wish"
)

// waits says until when a message waits by its reader's wishes, and why; zero is
// not at all. Only what merely informs does: no warning, and no word that what
// was told is wrong or over.
func waits(g *gazetteer.Gazetteer, u *vedette.Update, v *vedette.Variant, f *roster.Facts, ps []vedette.Presence, now time.Time) (due time.Time, why string) {
	if f.Wishes.Quiet.IsZero() || u.Corrects != "" || u.Cancels != "" || u.Clears != nil || !vedette.Informs(u.UrgencyOf(v), v.Risk) {
		return time.Time{}, ""
	}
	end, quiet := wish.Until(f.Wishes.Quiet, wish.Zones(g, ps, now), now)
	if !quiet {
		return time.Time{}, ""
	}
	return end, fmt.Sprintf("their quiet hours end at %s there, %s", end.Format("15:04"), end.UTC().Format("2 Jan 15:04 UTC"))
}
