package vedette

// Rings says whether people are called about what an update tells them, beside
// what is written to them: where it is immediate, where it takes back a warning
// that was wrong, where it asks how they are, and in a drill. All else can wait
// until it is read.
func (u *Update) Rings(v *Variant) bool {
	switch {
	case u.Drill != nil, u.Asks != "", u.Cancels == CancelError:
		return true
	case u.Cancels != "", u.Clears != nil:
		return false
	}
	return u.UrgencyOf(v) == UrgencyImmediate
}

// MaxRings is how often a phone is rung for one notice where nobody takes the
// call.
const MaxRings = 3
