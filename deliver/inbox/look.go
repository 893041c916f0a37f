package inbox

import (
	"context"
	"math"

	"github.com/emersion/go-imap/v2"
)

// maxWindow is how many numbers of mails are asked for at once: the answer to so
// many fits into maxAnswer, whatever is in the box.
const maxWindow = 1 << 16

// maxEmpty is how many windows that are empty a second look passes over: some
// servers number their mails by the clock.
const maxEmpty = 64

// looked is what a look found, the oldest first.
type looked struct {
	fresh []imap.UID // was never listed
	next  uint64     // then the first number that never was
	all   bool       // nothing else is fresh
	again []imap.UID // was listed before, and is still there
	swept uint64     // then where the second look goes on
	round bool       // which has been through all
}

// look lists what is in the box, by windows of numbers: what is fresh, up to a
// turn's worth; and once nothing else is, a window of what was listed before, for
// what stayed is tried again, what has gone is forgotten, and somebody may have
// taken back that a mail is deleted. Of numbers that mean other mails now nothing
// is remembered.
func (b *Box) look(ctx context.Context, l *line) (x looked, err error) {
	if b.of != l.validity {
		*b = Box{c: b.c, of: l.validity, known: map[imap.UID]*known{}}
	}
	first, last, err := l.ends()
	if err != nil {
		return x, err
	}
	x.next, x.swept = max(b.next, first), b.swept
	for !x.all && len(x.fresh) < maxTurn && ctx.Err() == nil {
		if err := b.window(l, &x, last); err != nil {
			return x, err
		}
	}
	if !x.all {
		return x, nil
	}
	for range maxEmpty {
		if err := b.second(l, &x, first); err != nil || x.round || len(x.again) > 0 || ctx.Err() != nil {
			return x, err
		}
	}
	return x, nil
}

// window lists the next window of what is fresh. The last is open, for what arrives
// meanwhile.
func (b *Box) window(l *line, x *looked, last uint64) error {
	if x.all = x.next > math.MaxUint32; x.all {
		return nil // no mail can come any more
	}
	to, open := x.next+uint64(b.c.Window)-1, false
	if open = to >= last; open {
		to = math.MaxUint32
	}
	set, err := l.search(x.next, to%math.MaxUint32)
	if err != nil {
		return err
	}
	from := x.next
	x.fresh, x.next = collect(x.fresh, set, from, to, b.first)
	if x.all = open && x.next > to; x.all {
		x.next = max(from, last+1)
		if n := len(set); n > 0 {
			x.next = max(x.next, uint64(set[n-1].Stop)+1)
		}
	}
	return nil
}

// first says whether a mail that was never listed is to be handed over in its
// turn: it did not fail before, nor was it taken.
func (b *Box) first(uid imap.UID) bool {
	k := b.known[uid]
	return !b.took.Contains(uid) && (k == nil || !k.told && !k.missed && k.fails < lastAfter)
}

// second looks a second time at a window of what was listed before.
func (b *Box) second(l *line, x *looked, first uint64) error {
	from, end := x.swept, b.next // those of this look are not yet among them
	if from < first || from >= end {
		from = first
	}
	if from >= end {
		x.swept, x.round = 0, true
		return nil
	}
	to := min(from+uint64(b.c.Window), end) - 1
	set, err := l.search(from, to)
	if err != nil {
		return err
	}
	x.again, x.swept = collect(nil, set, from, to, func(imap.UID) bool { return true })
	for uid := range b.known {
		if n := uint64(uid); n < first || n >= from && n < x.swept && !set.Contains(uid) {
			delete(b.known, uid)
		}
	}
	if x.round = x.swept >= end; x.round {
		x.swept = 0
	}
	return nil
}

// collect adds to a list what a window's answer names in it, up to a turn's worth,
// and says where to go on. What the answer names besides was not asked for.
func collect(list []imap.UID, set imap.UIDSet, from, to uint64, wanted func(imap.UID) bool) ([]imap.UID, uint64) {
	for _, r := range set {
		for n := max(uint64(r.Start), from); n <= min(uint64(r.Stop), to); n++ {
			if !wanted(imap.UID(n)) {
				continue
			}
			if len(list) == maxTurn {
				return list, n
			}
			list = append(list, imap.UID(n))
		}
	}
	return list, to + 1
}
