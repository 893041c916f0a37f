package gazetteer

import (
	"encoding/binary"

	"vedette"
)

// names finds what bears a name. The keys of towns lie in the file, sorted;
// those of everything else, and what is said of them, are entries made of the
// tables. One table, made at load, finds both by a hash of the key: a map of
// Go would take ten times as long to fill.
type names struct {
	letters string
	ends    []uint32 // of the i-th key in letters
	small   []byte   // bit i: the i-th word may be written small
	marks   []byte
	bearAt  []uint32 // of the i-th key's bearers
	bearers []byte   // town numbers, four bytes each

	entries []entry
	slots   []uint32 // number of a key or entry, plus one
	first   []uint8  // by hash of a first word: the most words of a name that begins with it
}

// markWord says that a key is made of ordinary English words.
const markWord = 1

// otherName is the bit of a bearer whose own name it is not.
const otherName = 1 << 31

const (
	slotBits  = 19
	firstBits = 18
)

// hash is FNV-1a, by which words can be added one after the other.
const hashStart = uint32(2166136261)

func hashOn[T []byte | string](h uint32, b T) uint32 {
	for i := range len(b) {
		h = (h ^ uint32(b[i])) * 16777619
	}
	return h
}

// spread makes of a hash the number of a slot.
func spread(h uint32, bits uint) uint32 { return (h * 2654435769) >> (32 - bits) }

func (n *names) key(i int) string {
	if i >= len(n.ends) {
		return n.entries[i-len(n.ends)].key
	}
	return n.letters[n.start(i):n.ends[i]]
}

func (n *names) start(i int) uint32 {
	if i == 0 {
		return 0
	}
	return n.ends[i-1]
}

// find gives the number of a key, -1 where it is unknown. An entry's number
// comes after those of all keys of towns.
func (n *names) find(h uint32, key []byte) int {
	for s := spread(h, slotBits); n.slots[s] != 0; s = (s + 1) & (1<<slotBits - 1) {
		if i := int(n.slots[s] - 1); n.key(i) == string(key) {
			return i
		}
	}
	return -1
}

// lookup is find for a key that is not hashed yet.
func (n *names) lookup(key string) int { return n.find(hashOn(hashStart, key), []byte(key)) }

// put makes a number the one that is found for its key.
func (n *names) put(i int) {
	key := n.key(i)
	s := spread(hashOn(hashStart, key), slotBits)
	for n.slots[s] != 0 && n.key(int(n.slots[s]-1)) != key {
		s = (s + 1) & (1<<slotBits - 1)
	}
	n.slots[s] = uint32(i + 1)
}

// entryOf gives the entry of a number, nil for a key that only towns have.
func (n *names) entryOf(i int) *entry {
	if i < len(n.ends) {
		return nil
	}
	return &n.entries[i-len(n.ends)]
}

// townsKey gives the number of the key that towns have under a name, -1 for
// none.
func (n *names) townsKey(i int) int {
	if e := n.entryOf(i); e != nil {
		return e.towns
	}
	return i
}

// eachBearer calls see with every town of a key, and whether it is its own
// name.
func (n *names) eachBearer(i int, see func(town int, own bool)) {
	if i < 0 {
		return
	}
	for at := n.bearAt[i]; at < n.bearAt[i+1]; at++ {
		b := binary.LittleEndian.Uint32(n.bearers[4*at:])
		see(int(b&^otherName), b&otherName == 0)
	}
}

// read reads the sections that hold the towns' keys and puts them into the
// table.
func (n *names) read(f *sections) error {
	lengths := f.next()
	n.letters = f.text()
	n.small, n.marks = f.next(), f.next()
	counts := f.next()
	n.bearers = f.next()
	if f.broken || len(lengths) != len(counts) || len(lengths) != len(n.marks) || len(lengths) >= 1<<(slotBits-1) {
		return vedette.Errorf(vedette.CodeInternal, "places: the names are broken")
	}
	n.ends = make([]uint32, len(lengths))
	n.bearAt = make([]uint32, len(lengths)+1)
	end := uint32(0)
	for i, l := range lengths {
		end += uint32(l)
		n.ends[i] = end
		n.bearAt[i+1] = n.bearAt[i] + uint32(counts[i])
	}
	n.slots = make([]uint32, 1<<slotBits)
	n.first = make([]uint8, 1<<firstBits)
	for i := range n.ends {
		n.putTown(i)
	}
	return nil
}

// putTown is put for a key that is the only one of its kind.
func (n *names) putTown(i int) {
	key := n.key(i)
	h, words := hashStart, uint8(1)
	head := uint32(0)
	for k := range len(key) {
		if c := key[k]; c == ' ' || c == ',' {
			if head == 0 {
				head = h
			}
			if c == ' ' {
				words++
			}
		}
		h = (h ^ uint32(key[k])) * 16777619
	}
	if head == 0 {
		head = h
	}
	n.begins(head, words)
	s := spread(h, slotBits)
	for n.slots[s] != 0 {
		s = (s + 1) & (1<<slotBits - 1)
	}
	n.slots[s] = uint32(i + 1)
}

// begins notes that a name of so many words begins with a word of that hash.
func (n *names) begins(head uint32, words uint8) {
	if f := &n.first[spread(head, firstBits)]; *f < words {
		*f = words
	}
}
