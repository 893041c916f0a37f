package desk

import "vedette/store"

func reachable(slots []store.Slot) bool {
	for _, s := range slots {
		if s.Channel.Sends() {
			return true
		}
	}
	return false
}
