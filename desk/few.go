package desk

import (
	"slices"

	"vedette"
)

// People is how many people there are of a sort, the first few by name.
type People struct {
	N    int
	Some []vedette.ID
}

// someNamed is how many of the people of a sort are named.
const someNamed = 10

// few is the same on its way, by key.
type few struct {
	n    int
	some []int64
}

// add counts somebody, or many who are alike.
func (f *few) add(j *judged) { f.take(j.n, j.some) }

func (f *few) merge(o *few) { f.take(o.n, o.some) }

func (f *few) take(n int, some []int64) {
	f.n += n
	f.some = append(f.some, some...)
	if len(f.some) > someNamed {
		slices.Sort(f.some)
		f.some = f.some[:someNamed]
	}
}

// named names them; whoever left meanwhile is counted alone.
func (c *census) named(f *few) People {
	p := People{N: f.n}
	slices.Sort(f.some)
	for _, key := range f.some {
		if id := c.id(key); id != "" {
			p.Some = append(p.Some, id)
		}
	}
	return p
}

// id is somebody's id, "" where they left meanwhile.
func (c *census) id(key int64) vedette.ID {
	f, _ := c.people.Facts(key)
	return f.ID
}
