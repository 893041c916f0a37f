package engine

import (
	"context"
	"time"

	"vedette"
	"vedette/advise/until"
	"vedette/deliver"
	"vedette/store"
)

// lateAfter is how long after it was made a notice is told late. Looked at
// again when it is sent, it never says as if it were now what is past by then.
const lateAfter = time.Hour

// ends are when what a variant tells ends, as far as that is known.
type ends struct {
	lines []deliver.Ended
	own   int // lines of the update itself that hold, or held
	last  time.Time
	sure  bool // last is when the last of it ended
}

// endsOf works out, once, when what a variant tells ends.
func (p *press) endsOf(ctx context.Context, pr *pressed, v vedette.Variant) (*ends, error) {
	if e, ok := pr.ends[v.No]; ok {
		return e, nil
	}
	others, err := p.others(ctx, v)
	if err != nil {
		return nil, err
	}
	of := map[vedette.ID]*vedette.Update{"": pr.update}
	for _, u := range others {
		of[u.ID] = u
	}
	e := &ends{sure: true}
	for i, l := range append(v.Lines[:len(v.Lines):len(v.Lines)], v.Others...) {
		own := i < len(v.Lines) && !l.Suspended && !l.Cleared
		if own {
			e.own++
		}
		u := of[l.Update]
		if u == nil || l.Group >= len(u.Content.Recommendations) || l.Item >= len(u.Content.Recommendations[l.Group].Advice) {
			continue // what cannot be rendered is said where it is
		}
		at, ok := until.End(p.Gaz, u, l.Group, l.Item)
		if ok {
			e.lines = append(e.lines, deliver.Ended{Line: l, At: at})
		}
		if own && at.After(e.last) {
			e.last = at
		}
		e.sure = e.sure && (ok || !own)
	}
	if len(v.Lines) == 0 {
		e.last, e.sure = until.Window(pr.update)
	}
	pr.ends[v.No] = e
	return e, nil
}

// late says what a notice has become by now, nil where it is not late, and by
// what those who share that are known.
func (p *press) late(ctx context.Context, pr *pressed, c store.Claimed, now time.Time) (l *deliver.Late, key lateness, err error) {
	if pr.update.Cancels != "" {
		return nil, key, nil // it ends what was told, however late
	}
	v, err := p.variant(ctx, pr, c.Variant)
	if err != nil {
		return nil, key, err
	}
	e, err := p.endsOf(ctx, pr, v)
	if err != nil {
		return nil, key, err
	}
	meant := c.MadeAt
	if c.MeantAt.After(meant) { // it waited by a wish of theirs
		meant = c.MeantAt
	}
	l = &deliver.Late{Meant: meant.Truncate(time.Minute)}
	for _, x := range e.lines {
		if x.At.After(now) {
			continue
		}
		if l.Ended = append(l.Ended, x); x.At.UnixMicro() > key.ended {
			key.ended = x.At.UnixMicro()
		}
	}
	if e.sure && !e.last.IsZero() && !e.last.After(now) && e.last.After(c.MadeAt) {
		l.Over, key.over = e.last, true
	}
	if len(l.Ended) == 0 && l.Over.IsZero() && now.Sub(meant) <= lateAfter {
		return nil, lateness{}, nil
	}
	key.meant = l.Meant.UnixMicro()
	return l, key, nil
}

// lateness tells apart what is rendered for the late.
type lateness struct {
	meant, ended int64
	over         bool
}
