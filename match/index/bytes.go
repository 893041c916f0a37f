package index

import "unsafe"

// Bytes says how much memory the index holds, about: its maps are estimated,
// and the covers of areas, which all indexes share, are left out.
func (x *Index) Bytes() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	const perEntry = 2 // a map keeps about this many times its entries' size
	n := 8*cap(x.keys) + perEntry*16*len(x.late) + perEntry*16*len(x.odd) + 24*cap(x.rows)
	for _, page := range x.rows {
		n += cap(page)
	}
	for _, s := range x.sites.list {
		n += 2*len(s) + 16 + perEntry*24
	}
	return n + x.dots.Bytes() + x.areas.bytes() + x.watches.bytes()
}

func (a *areas) bytes() int {
	n := a.towns.Bytes() + 4*cap(a.wide)
	if r := a.byRow.Load(); r != nil {
		n += int(unsafe.Sizeof(*r))
		for _, row := range r.rows {
			n += cap(row) * int(unsafe.Sizeof(wide{}))
		}
	}
	for _, node := range a.nodes {
		n += 8 + 2*24 + len(node.id) + int(unsafe.Sizeof(*node)) + 4*cap(node.up) + 4*cap(node.groups) + node.within.Bytes() + node.spells.Bytes()
		for k := range node.exact {
			n += node.exact[k].Bytes()
		}
	}
	return n
}

func (w *watches) bytes() int {
	n := 0
	for name, no := range w.no {
		n += 2*(16+8) + 2*len(name) + int(unsafe.Sizeof(*w.kinds[no])) + w.kinds[no].people.Bytes()
	}
	for _, list := range w.of {
		n += 2*(4+24) + cap(list)*int(unsafe.Sizeof(watch{}))
	}
	return n
}
