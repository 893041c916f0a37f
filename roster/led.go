package roster

import (
	"slices"

	"vedette/auth"
)

// LedBy gives, ascending by key, those whose records may name one of some words as
// their manager: whoever asks compares the word, for two may look alike here.
func (r *Roster) LedBy(words []string) (keys []int64) {
	var of []uint32
	for _, w := range words {
		if h := auth.BossHash(w); h != 0 {
			of = append(of, h)
		}
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.facts.each(func(key int64, e *fact) {
		if e.boss != 0 && slices.Contains(of, e.boss) {
			keys = append(keys, key)
		}
	})
	return keys
}
