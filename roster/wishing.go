package roster

import "vedette"

// Wishing lists those who wish to be told of what merely informs in a way of
// their own, ascending by key, at most so many; more says that there are others.
func (r *Roster) Wishing(most int) (keys []int64, more bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if len(r.facts.wishes.items) < 2 && !r.facts.wish(0) { // all wish the same: nothing
		return nil, false
	}
	r.facts.each(func(key int64, e *fact) {
		switch {
		case !r.facts.wish(e.wishes):
		case len(keys) < most:
			keys = append(keys, key)
		default:
			more = true
		}
	})
	return keys, more
}

// wish says whether wishes on the shelf are any.
func (f *facts) wish(no uint32) bool {
	return int(no) < len(f.wishes.items) && f.wishes.items[no] != vedette.Wishes{}
}
