package row

import "encoding/binary"

// Pages holds the rows of all people, those of so many by number in one run of
// bytes, each person's after their length. A change writes one page anew and
// leaves the old one as it was.
type Pages [][]byte

const perPage = 64

// Rows gives a person's rows, to be read only.
func (p Pages) Rows(n uint32) []byte {
	if int(n/perPage) >= len(p) {
		return nil
	}
	b := p[n/perPage]
	for range n % perPage {
		if len(b) == 0 {
			return nil
		}
		b = skip(b)
	}
	if len(b) == 0 {
		return nil
	}
	l, at := binary.Uvarint(b)
	return b[at : at+int(l)]
}

func skip(b []byte) []byte {
	if b[0] < 0x80 {
		return b[1+int(b[0]):]
	}
	l, at := binary.Uvarint(b)
	return b[at+int(l):]
}

// Put replaces a person's rows.
func (p *Pages) Put(n uint32, rows []byte) {
	for int(n/perPage) >= len(*p) {
		*p = append(*p, nil)
	}
	old := (*p)[n/perPage]
	rest, missing := old, 0
	for range n % perPage {
		if len(rest) == 0 {
			missing++ // people before this one without a row, not yet written
			continue
		}
		rest = skip(rest)
	}
	before := old[:len(old)-len(rest)]
	if len(rest) > 0 {
		rest = skip(rest)
	}
	page := make([]byte, 0, len(before)+missing+len(rows)+binary.MaxVarintLen64+len(rest))
	page = append(page, before...)
	for range missing {
		page = append(page, 0)
	}
	page = append(binary.AppendUvarint(page, uint64(len(rows))), rows...)
	(*p)[n/perPage] = append(page, rest...)
}

// Filler writes the rows of new people one after the other.
type Filler struct {
	pages *Pages
	page  []byte
	next  uint32 // the person whose rows come next
}

// Fill goes on where the pages end, before a person who is not in them yet.
func (p *Pages) Fill(next uint32) *Filler {
	f := &Filler{pages: p, next: next}
	for len(*p) < int(next/perPage) {
		*p = append(*p, nil)
	}
	if len(*p) > int(next/perPage) {
		f.page = append(f.page, (*p)[next/perPage]...)
		*p = (*p)[:next/perPage]
	}
	rest := f.page
	for range next % perPage { // the last people before may have no rows yet
		if len(rest) > 0 {
			rest = skip(rest)
		} else {
			f.page = append(f.page, 0)
		}
	}
	return f
}

// Add writes the rows of the next person.
func (f *Filler) Add(rows []byte) {
	f.page = append(binary.AppendUvarint(f.page, uint64(len(rows))), rows...)
	if f.next++; f.next%perPage == 0 {
		f.End()
	}
}

// End writes what is left.
func (f *Filler) End() {
	if len(f.page) > 0 {
		*f.pages = append(*f.pages, append(make([]byte, 0, len(f.page)), f.page...))
		f.page = f.page[:0]
	}
}

// Walker reads the rows of people whose numbers ascend, faster than one by
// one.
type Walker struct {
	Pages Pages
	at    uint32 // whose rows the rest begins with
	rest  []byte
	on    bool
}

// Rows gives a person's rows, as Pages.Rows does. No number may be smaller
// than the one before it.
func (w *Walker) Rows(n uint32) []byte {
	if !w.on || n/perPage != w.at/perPage {
		w.on, w.at, w.rest = true, n/perPage*perPage, nil
		if int(n/perPage) < len(w.Pages) {
			w.rest = w.Pages[n/perPage]
		}
	}
	for ; w.at < n && len(w.rest) > 0; w.at++ {
		w.rest = skip(w.rest)
	}
	if len(w.rest) == 0 {
		return nil
	}
	l, at := binary.Uvarint(w.rest)
	return w.rest[at : at+int(l)]
}
