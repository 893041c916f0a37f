package desk

import "vedette"

// leavesFlash refuses, as CodeConflict, a change of what a flash says or of where it is:
// it says the same in each language, in the words of its template, and a change of one
// would leave the others saying something else.
func (e *DraftEdit) leavesFlash(u *vedette.Update) error {
	if u.Flash == "" || e.Headline == nil && e.Call == nil && e.Say == nil && e.Head == nil && e.Settle == nil && e.TakeOut == "" && len(e.Add)+len(e.Remove)+len(e.Draw)+len(e.Erase) == 0 {
		return nil
	}
	return saidAsWritten()
}

func saidAsWritten() error {
	return vedette.Errorf(vedette.CodeConflict, "a flash says what its template says, in each language; make it anew with another line, place or template, or publish it and say more by an update of its situation")
}
