package archive

// Keys is a set of the keys of updates, packed.
type Keys struct{ bits []uint64 }

// Add puts one in; keys are above 0.
func (k *Keys) Add(key int64) {
	for int(key/64) >= len(k.bits) {
		k.bits = append(k.bits, make([]uint64, max(len(k.bits), 16))...)
	}
	k.bits[key/64] |= 1 << (key % 64)
}

// Has says whether one is in it.
func (k *Keys) Has(key int64) bool {
	return int(key/64) < len(k.bits) && k.bits[key/64]&(1<<(key%64)) != 0
}

// Bytes is how much memory it takes.
func (k *Keys) Bytes() int { return 8 * len(k.bits) }

// Both gives those that are in two, as a set of its own.
func (k *Keys) Both(o *Keys) *Keys {
	out := &Keys{bits: make([]uint64, min(len(k.bits), len(o.bits)))}
	for i := range out.bits {
		out.bits[i] = k.bits[i] & o.bits[i]
	}
	return out
}

// And leaves those that another has, too.
func (k *Keys) And(o *Keys) {
	if len(k.bits) > len(o.bits) {
		k.bits = k.bits[:len(o.bits)]
	}
	for i := range k.bits {
		k.bits[i] &= o.bits[i]
	}
}
