package layout

import (
	"slices"

	"vedette"
)

// secondCopy finds a body printed twice. What repeats the first copy word for
// word is set aside as duplicate; what differs stays in the reading, beside
// the first version, and is a finding.
func (l *Layout) secondCopy() {
	start := l.copyStart()
	if start < 0 {
		return
	}
	first := newCopies(l.Blocks[:start])
	met := map[int]bool{}
	var odd []int
	for i := start; i < len(l.Blocks); i++ {
		b := &l.Blocks[i]
		if b.Kind == Blank {
			b.Kind, b.Reason = Aside, vedette.AsideDuplicate
			continue
		}
		switch twin := first.take(b); {
		case twin >= 0:
			met[twin] = true
			b.Kind, b.Reason, b.copied = Aside, vedette.AsideDuplicate, true
		case b.Kind == Item || b.Kind == Field && b.Label != "":
			odd = append(odd, i)
		}
	}
	l.trimBlanks()
	l.copiesDiffer(start, odd, met)
}

// copies are the blocks of a first copy, to be found by those of a second.
type copies struct {
	blocks []Block
	exact  map[copied][]int
	loose  map[copied][]int // by letters and digits only; made when first needed
}

// copied is what two copies of a block have in common.
type copied struct {
	kind                Kind
	section             Section
	group, label, words string
}

func (b *Block) asCopied(words string) copied {
	return copied{b.Kind, b.Section, b.Group, b.Label, words}
}

func newCopies(blocks []Block) *copies {
	c := &copies{blocks: blocks, exact: make(map[copied][]int, len(blocks))}
	for i := range blocks {
		if b := &blocks[i]; b.Kind != Blank {
			k := b.asCopied(b.Text)
			c.exact[k] = append(c.exact[k], i)
		}
	}
	return c
}

// take gives the block that a block of the second copy repeats, -1 for none. Of
// several alike each is given once, and the last again.
func (c *copies) take(b *Block) int {
	if i := takeTwin(c.exact, b.asCopied(b.Text)); i >= 0 {
		return i
	}
	if c.loose == nil {
		c.loose = make(map[copied][]int, len(c.blocks))
		for i := range c.blocks {
			if b := &c.blocks[i]; b.Kind != Blank {
				k := b.asCopied(b.key())
				c.loose[k] = append(c.loose[k], i)
			}
		}
	}
	return takeTwin(c.loose, b.asCopied(b.key()))
}

func takeTwin(of map[copied][]int, k copied) int {
	twins := of[k]
	if len(twins) == 0 {
		return -1
	}
	if len(twins) > 1 {
		of[k] = twins[1:]
	}
	return twins[0]
}

// copyStart gives the block where the second copy begins, -1 without one: a
// repeat of the first heading (or the title) after which most of what stands
// there has stood before.
func (l *Layout) copyStart() int {
	anchor := slices.IndexFunc(l.Blocks, func(b Block) bool { return (b.Kind == Heading || b.Inline) && b.Section != None })
	if anchor < 0 {
		return -1
	}
	key := l.Blocks[anchor].key()
	for i, tries := anchor+1, 0; i < len(l.Blocks) && tries < 4; i++ {
		if b := &l.Blocks[i]; b.Kind != l.Blocks[anchor].Kind || b.Section != l.Blocks[anchor].Section || b.key() != key {
			continue
		}
		if tries++; l.repeats(i) {
			return l.withHead(i)
		}
	}
	return -1
}

func (l *Layout) repeats(start int) bool {
	texts, keys := map[string]bool{}, map[string]bool(nil)
	for i := range l.Blocks[:start] {
		if b := &l.Blocks[i]; b.Kind == Item || b.Kind == Aside {
			texts[b.Text] = true
		}
	}
	same, all := 0, 0
	for i := start; i < len(l.Blocks); i++ {
		b := &l.Blocks[i]
		if b.Kind != Item && b.Kind != Aside {
			continue
		}
		if all++; texts[b.Text] {
			same++
			continue
		}
		if keys == nil {
			keys = map[string]bool{}
			for i := range l.Blocks[:start] {
				if b := &l.Blocks[i]; b.Kind == Item || b.Kind == Aside {
					keys[b.key()] = true
				}
			}
		}
		if keys[b.key()] {
			same++
		}
	}
	return all > 0 && same*2 >= all
}

// withHead moves the start of a copy up over its own title, date and panel.
func (l *Layout) withHead(i int) int {
	seen := map[copied]bool{}
	for n := range l.Blocks[:i] {
		b := &l.Blocks[n]
		if b.Kind == TitleLine || b.Kind == Issued || b.Kind == Field {
			k := b.asCopied(b.key())
			seen[k] = !seen[k] // true when seen an odd number of times
		}
	}
	for j := i - 1; j > 0; j-- {
		b := &l.Blocks[j]
		switch {
		case b.Kind == Blank:
		case (b.Kind == TitleLine || b.Kind == Issued || b.Kind == Field) && !seen[b.asCopied(b.key())]:
			i = j
		default:
			return i
		}
	}
	return i
}

// trimBlanks gives blank lines back that no duplicate surrounds.
func (l *Layout) trimBlanks() {
	for i := len(l.Blocks) - 1; i >= 0; i-- {
		b := &l.Blocks[i]
		if b.Kind != Aside || b.Reason != vedette.AsideDuplicate || b.copied {
			if b.Kind != Blank {
				return
			}
			continue
		}
		b.Kind, b.Reason = Blank, ""
	}
}

// copiesDiffer notes what the copies do not share. It blocks where advice,
// risk or area differ.
func (l *Layout) copiesDiffer(start int, odd []int, met map[int]bool) {
	var lost []int
	for i, b := range l.Blocks[:start] {
		if b.Kind == Item && !met[i] {
			lost = append(lost, i)
		}
	}
	for _, i := range odd {
		b := l.Blocks[i]
		if b.Kind == Field {
			if j := l.panelTwin(start, b); j >= 0 {
				l.differ(j, i)
			}
			continue
		}
		at := slices.IndexFunc(lost, func(j int) bool {
			return l.Blocks[j].Section == b.Section && l.Blocks[j].Group == b.Group
		})
		if at < 0 {
			l.find(vedette.FindCopiesDiffer, b.Lines, decides(b), "the second copy has what the first has not: %q", clip(b.Text))
			continue
		}
		l.differ(lost[at], i)
		lost = slices.Delete(lost, at, at+1)
	}
	for _, i := range lost {
		b := l.Blocks[i]
		l.find(vedette.FindCopiesDiffer, b.Lines, decides(b), "the first copy has what the second has not: %q", clip(b.Text))
	}
}

// panelTwin gives the first copy's block of the same label, -1 without one.
func (l *Layout) panelTwin(start int, b Block) int {
	return slices.IndexFunc(l.Blocks[:start], func(f Block) bool { return f.Kind == Field && f.Label == b.Label })
}

func (l *Layout) differ(one, two int) {
	a, b := l.Blocks[one], l.Blocks[two]
	l.find(vedette.FindCopiesDiffer, b.Lines, decides(b), "the copies differ: line %d has %q, line %d has %q", a.Lines[0], clip(a.Text), b.Lines[0], clip(b.Text))
}

func decides(b Block) bool {
	return b.Section == Advice && b.Kind == Item || b.Kind == Field && b.Label != "source" && b.Label != "category"
}

// clip shortens a text for a message, at a rune's border.
func clip(s string) string {
	n := 0
	for i := range s {
		if n++; n > 90 {
			return s[:i] + "…"
		}
	}
	return s
}
