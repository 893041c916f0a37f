package auth

import (
	"time"

	"vedette"
)

// misses names what is wrong where a key that is needed is not held.
func (k *Key) misses(rows []vedette.InstallationKey, current *vedette.InstallationKey) error {
	if find(k.held, current.Check) == nil {
		return k.notCurrent(rows, current)
	}
	for _, row := range rows {
		if row.State == vedette.KeyLeaving && find(k.held, row.Check) == nil {
			return vedette.Errorf(vedette.CodeWrongKey,
				"the rotation begun %s is not over: some records are still sealed with the installation key before (number %d), which is missing; give it beside the one in use (number %d), in one file or variable with a blank between them, and run vedette key rotate to its end",
				day(current.Since), row.No, current.No)
		}
	}
	return nil
}

// notCurrent says which key was given in the place of the current.
func (k *Key) notCurrent(rows []vedette.InstallationKey, current *vedette.InstallationKey) error {
	for _, row := range rows {
		if find(k.held, row.Check) == nil {
			continue
		}
		if row.State == vedette.KeyNext {
			return vedette.Errorf(vedette.CodeWrongKey,
				"this is the installation key that a rotation is about to bring in (number %d); number %d is in use and still needed: give both, with a blank between them, until vedette key rotate says that it is over",
				row.No, current.No)
		}
		return vedette.Errorf(vedette.CodeWrongKey,
			"this is an earlier installation key (number %d); on %s vedette key rotate put number %d in its place: use the key file, or VEDETTE_KEY, of since then",
			row.No, day(current.Since), current.No)
	}
	return vedette.Errorf(vedette.CodeWrongKey,
		"the installation key is not the one these records are sealed with; use the key file that belongs to this database")
}

func day(t time.Time) string { return t.UTC().Format("2 January 2006 15:04 UTC") }
