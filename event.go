package vedette

// Event is something that is announced for a time: a claim of an update that says when.
type Event struct {
	Update *Update // that says so; shown, and not to be changed
	Statement
	Sources []Source // who says it; none: the update in its own words
	When    When     // which of the statement's times
}
