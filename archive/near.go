package archive

import (
	"slices"
	"sync"

	"vedette"
)

// mostNear is of how many areas it is kept what they touch.
const mostNear = 64

// near keeps, of areas that were asked for, which of those that cards name they touch:
// there may be as many as there are towns, and the same few are asked for all day.
type near struct {
	mu sync.Mutex
	of map[vedette.AreaID][]bool
}

// touching says of each area that cards name whether it lies in one asked for or holds
// it; nil where none is asked for. It is not to be changed.
func (a *Archive) touching(asked []vedette.AreaID) []bool {
	if len(asked) == 0 {
		return nil
	}
	out := a.touched(asked[0])
	for i, of := range asked[1:] {
		if i == 0 {
			out = slices.Clone(out)
		}
		for no, touches := range a.touched(of) {
			out[no] = out[no] || touches
		}
	}
	return out
}

func (a *Archive) touched(of vedette.AreaID) []bool {
	a.near.mu.Lock()
	defer a.near.mu.Unlock()
	list := a.near.of[of]
	if list != nil && len(list) == len(a.areas) {
		return list
	}
	list = append([]bool{}, list...) // who was given what was kept holds on to it; none is not any
	for _, id := range a.areas[len(list):] {
		list = append(list, id == of || a.gaz.Contains(of, id) || a.gaz.Contains(id, of))
	}
	if a.near.of == nil || len(a.near.of) >= mostNear {
		a.near.of = map[vedette.AreaID][]bool{}
	}
	a.near.of[of] = list
	return list
}
