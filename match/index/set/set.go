// Package set keeps sets of people by their numbers, small where few are in
// them and where many are, and quick to unite.
package set

import (
	"math/bits"
	"slices"
)

// Set is a set of people by their numbers. A small one is a sorted list, a
// larger one a block for each 65,536 numbers: a sorted list of their low
// halves, or a bit for each where that is smaller. The zero Set is empty.
type Set struct {
	few    []uint32
	blocks *[]block // by the high half; nil while few serves
}

// block is one of few and all.
type block struct {
	few []uint16
	all *[blockWords]uint64
	n   int32
}

const (
	blockBits  = 1 << 16
	blockWords = blockBits / 64
	mostFew    = 2048 // above, few becomes blocks
	mostLow    = 4096 // above, a list of low halves is larger than a bit for each
	leastAll   = 3072 // below, it becomes a list again
)

// Add puts a number in.
func (s *Set) Add(n uint32) {
	if s.blocks == nil {
		if i, have := after(s.few, n); !have {
			s.few = slices.Insert(s.few, i, n)
		}
		if len(s.few) > mostFew {
			few := s.few
			s.few, s.blocks = nil, new([]block)
			for _, n := range few {
				s.Add(n)
			}
		}
		return
	}
	for int(n/blockBits) >= len(*s.blocks) {
		*s.blocks = append(*s.blocks, block{})
	}
	(*s.blocks)[n/blockBits].add(uint16(n))
}

// AddAll puts in numbers that ascend; some may be the same.
func (s *Set) AddAll(list []uint32) {
	if s.blocks == nil && len(s.few) == 0 && len(list) <= mostFew {
		s.few = slices.Compact(slices.Clone(list))
		return
	}
	for _, n := range list {
		s.Add(n)
	}
}

// after finds where a number belongs in a list; mostly that is its end.
func after[T uint16 | uint32](list []T, n T) (int, bool) {
	if l := len(list); l == 0 || list[l-1] < n {
		return l, false
	}
	return slices.BinarySearch(list, n)
}

func (b *block) add(low uint16) {
	if b.all != nil {
		if w := &b.all[low/64]; *w&(1<<(low%64)) == 0 {
			*w |= 1 << (low % 64)
			b.n++
		}
		return
	}
	i, have := after(b.few, low)
	if have {
		return
	}
	b.few = slices.Insert(b.few, i, low)
	if b.n++; b.n > mostLow {
		b.all = new([blockWords]uint64)
		for _, l := range b.few {
			b.all[l/64] |= 1 << (l % 64)
		}
		b.few = nil
	}
}

// Remove takes a number out.
func (s *Set) Remove(n uint32) {
	if s.blocks == nil {
		if i, have := slices.BinarySearch(s.few, n); have {
			s.few = slices.Delete(s.few, i, i+1)
		}
		return
	}
	if int(n/blockBits) < len(*s.blocks) {
		(*s.blocks)[n/blockBits].remove(uint16(n))
	}
}

func (b *block) remove(low uint16) {
	if b.all == nil {
		if i, have := slices.BinarySearch(b.few, low); have {
			b.few = slices.Delete(b.few, i, i+1)
			b.n--
		}
		return
	}
	w := &b.all[low/64]
	if *w&(1<<(low%64)) == 0 {
		return
	}
	*w &^= 1 << (low % 64)
	if b.n--; b.n < leastAll {
		b.few = make([]uint16, 0, b.n)
		for i, w := range b.all {
			for ; w != 0; w &= w - 1 {
				b.few = append(b.few, uint16(i*64+bits.TrailingZeros64(w)))
			}
		}
		b.all = nil
	}
}

// Len counts the numbers.
func (s *Set) Len() int {
	if s.blocks == nil {
		return len(s.few)
	}
	n := 0
	for i := range *s.blocks {
		n += int((*s.blocks)[i].n)
	}
	return n
}

// Mark sets the bits of the set's numbers.
func (s *Set) Mark(words []uint64) {
	for _, n := range s.few {
		words[n/64] |= 1 << (n % 64)
	}
	if s.blocks == nil {
		return
	}
	for i := range *s.blocks {
		b, at := &(*s.blocks)[i], i*blockWords
		for _, low := range b.few {
			words[at+int(low/64)] |= 1 << (low % 64)
		}
		if b.all == nil {
			continue
		}
		// The last block's people may be fewer than it has bits.
		part := words[at:min(at+blockWords, len(words))]
		for k, w := range b.all[:len(part)] {
			part[k] |= w
		}
	}
}

// Each calls see with every number, ascending.
func (s *Set) Each(see func(uint32)) {
	for _, n := range s.few {
		see(n)
	}
	if s.blocks == nil {
		return
	}
	for i := range *s.blocks {
		b, at := &(*s.blocks)[i], uint32(i*blockBits)
		for _, low := range b.few {
			see(at + uint32(low))
		}
		if b.all != nil {
			for k, w := range b.all {
				for ; w != 0; w &= w - 1 {
					see(at + uint32(k*64+bits.TrailingZeros64(w)))
				}
			}
		}
	}
}

// Trim gives back what was kept to grow into.
func (s *Set) Trim() {
	s.few = Trimmed(s.few)
	if s.blocks == nil {
		return
	}
	*s.blocks = Trimmed(*s.blocks)
	for i := range *s.blocks {
		(*s.blocks)[i].few = Trimmed((*s.blocks)[i].few)
	}
}

// Trimmed copies a slice where more than an eighth of it lies empty.
func Trimmed[T any](s []T) []T {
	if cap(s)-len(s) <= cap(s)/8 {
		return s
	}
	return append(make([]T, 0, len(s)), s...)
}

// Bytes says what the set holds besides itself.
func (s *Set) Bytes() int {
	n := 4 * cap(s.few)
	if s.blocks == nil {
		return n
	}
	n += 24 + 40*cap(*s.blocks)
	for i := range *s.blocks {
		b := &(*s.blocks)[i]
		n += 2 * cap(b.few)
		if b.all != nil {
			n += 8 * blockWords
		}
	}
	return n
}
