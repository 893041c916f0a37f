package roll

import "slices"

// Member is somebody who is given a caller.
type Member struct {
	Person int64
	Caller string // they had, "" for none
	Open   bool   // not accounted for: to be called
}

// Divide gives everyone a caller: evenly those who are to be called, and so
// the others, who may have to be. Whoever has one keeps them as far as that is
// even, so that a sheet in somebody's hand changes as little as may be.
// Without callers it is empty.
func Divide(members []Member, callers []string) map[int64]string {
	out := map[int64]string{}
	if len(callers) == 0 {
		return out
	}
	var open, rest []Member
	for _, m := range members {
		if m.Open {
			open = append(open, m)
		} else {
			rest = append(rest, m)
		}
	}
	deal(open, callers, out)
	deal(rest, callers, out)
	return out
}

// deal gives some members their callers, evenly to one.
func deal(members []Member, callers []string, out map[int64]string) {
	had := map[string]int{}
	for _, m := range members {
		had[m.Caller]++
	}
	room := quotas(len(members), callers, had)
	var left []int64
	for _, m := range members {
		if room[m.Caller] > 0 {
			room[m.Caller]--
			out[m.Person] = m.Caller
			continue
		}
		left = append(left, m.Person)
	}
	at := 0
	for _, key := range left {
		for room[callers[at]] == 0 {
			at++
		}
		room[callers[at]]--
		out[key] = callers[at]
	}
}

// quotas is how many each caller gets: those who had most get the odd ones.
func quotas(n int, callers []string, had map[string]int) map[string]int {
	order := slices.Clone(callers)
	slices.SortStableFunc(order, func(a, b string) int { return had[b] - had[a] })
	room := map[string]int{}
	for i, c := range order {
		room[c] = n / len(callers)
		if i < n%len(callers) {
			room[c]++
		}
	}
	return room
}
