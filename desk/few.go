package desk

import (
	"context"
	"slices"

	"vedette"
	"vedette/auth/rights"
)

// People is how many people there are of a sort, the first few by key.
type People struct {
	N    int
	Some []int64
}

// Named gives some people, without where they are; whoever left meanwhile is
// left out.
func (d *Desk) Named(ctx context.Context, keys []int64) (out []vedette.Person, err error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	people, err := d.rows.PersonsByKey(ctx, keys)
	for _, key := range keys {
		if sp, ok := people[key]; ok {
			out = append(out, d.open(ctx, &sp))
		}
	}
	return out, err
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

// people gives them.
func (f *few) people() People {
	slices.Sort(f.some)
	return People{N: f.n, Some: f.some}
}
