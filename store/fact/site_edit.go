package fact

import (
	"context"
	"time"

	"vedette"
)

// EditSite saves one site as somebody edited it, was being what they saw: nil for a
// new one. It is a conflict where the site is another by now, and invalid where
// its name or code is another's.
func (f *Facts) EditSite(ctx context.Context, was *vedette.Site, is vedette.Site, now time.Time) (vedette.Site, error) {
	var out []vedette.Site
	err := f.write(ctx, "saving a site", func(t *tx) error {
		// The lock first: it keeps out others who save sites.
		if _, err := t.keys("site", 0); err != nil {
			return err
		}
		s, err := t.knownSites()
		if err != nil {
			return err
		}
		have, there := s.was[is.Key]
		switch {
		case was == nil && s.find(&is) != 0:
			return vedette.Errorf(vedette.CodeConflict, "a site of this name or code was added meanwhile; look again")
		case was != nil && (!there || !sameSite(was, &have.Site)):
			return vedette.Errorf(vedette.CodeConflict, "the site %q was changed by someone else meanwhile; look again", was.Name)
		}
		out = []vedette.Site{is}
		touched, changed, err := t.saveSites(out, now)
		if err != nil || !changed {
			return err
		}
		return t.log(out[0].ID, "site saved", touched, now)
	})
	if err != nil {
		return is, err
	}
	return out[0], nil
}
