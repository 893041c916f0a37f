package deliver

import (
	"strings"

	"vedette/deliver/excerpt"
	"vedette/deliver/segment"
	"vedette/deliver/words"
)

// Brief is a notice in the few words of a short message, made once for all who
// share it: what it may say, the fullest first. Which of that is said depends
// on how much room a person's link leaves.
type Brief struct {
	Language string
	says     []string
	refers   []string // with a link: that one has to open it
	asks     []string // without: whom to ask
	mark     string
	segments int
}

// RenderLine makes the line of a notice for messages of at most so many
// segments: status mark, risk of their area, place, the first thing to do with
// its condition and for whom it is. It says less of place or risk before it
// says less of what to do; what it cannot say whole it does not say, and bids to
// open the link instead.
func RenderLine(n Notice, segments int) (*Brief, error) {
	if n.Update.Drill != nil {
		return briefDrill(n, max(segments, 1)), nil
	}
	w := n.words()
	b := &Brief{Language: w.Language, segments: max(segments, 1), mark: n.status()}
	leads := n.leads()
	told, err := n.told()
	if err != nil {
		return nil, err
	}
	for _, l := range leads {
		for _, t := range told {
			b.says = append(b.says, l.before(t))
		}
	}
	for _, l := range leads {
		b.refers = append(b.refers, l.text+w.Say(n.opens()))
		b.asks = append(b.asks, l.text+w.Say("line.ask"))
	}
	return b, nil
}

// Line is the line of a notice with a link, in at most so many segments.
func Line(n Notice, link string, segments int) (string, error) {
	b, err := RenderLine(n, segments)
	if err != nil {
		return "", err
	}
	return b.Text(link), nil
}

// Text is the line with a person's link, "" for none. It takes more than the
// segments it was made for only where the link alone does.
func (b *Brief) Text(link string) string {
	link = strings.ReplaceAll(Clean(link), " ", "%20")
	rest := b.refers
	if link == "" {
		rest = b.asks
	}
	for _, forms := range [][]string{b.says, rest} {
		for _, f := range forms {
			if out := segment.Join(segment.Plain(f), link); segment.Fits(out, b.segments) {
				return out
			}
		}
	}
	if link == "" {
		return segment.Plain(b.asks[len(b.asks)-1])
	}
	return segment.Join(b.mark, link)
}

// Size is about how many bytes it takes.
func (b *Brief) Size() int {
	n := 200
	for _, list := range [][]string{b.says, b.refers, b.asks} {
		for _, s := range list {
			n += len(s) + 16
		}
	}
	return n
}

// lead is what a line says before what to do: all of it, the place it names,
// and the same without it.
type lead struct{ text, place, bare string }

// before says it before what to do. A place that both name is said once.
func (l lead) before(t telling) string {
	if t.place != "" && t.place == l.place {
		return l.bare + t.text
	}
	return l.text + t.text
}

// leads are the beginnings of a line, each shorter than the one before. The mark
// and that it is a correction or an end stay in all.
func (n Notice) leads() []lead {
	w := n.words()
	must := n.mark() + n.reminder()
	if n.Discreet {
		return []lead{{text: must + n.lateLine() + n.discreetWord()}}
	}
	must += n.lateLine()
	if n.Correction != nil && n.cancels() == "" {
		must += w.Say("head.correction") + w.Say("colon")
	}
	word, _ := n.word()
	if n.cancels() != "" {
		word = w.Say("line." + string(n.cancels()))
	}
	bare := must + word + w.Say("colon")
	var out []lead
	for _, place := range n.namedShorter() {
		out = append(out, lead{must + word + w.Say("comma") + place + w.Say("colon"), place, bare})
	}
	out = append(out, lead{text: bare})
	if n.cancels() == "" && !n.clears() {
		out = append(out, lead{text: must})
	}
	return out
}

// namedShorter names where they are: all places as a mail does, then the first.
func (n Notice) namedShorter() (out []string) {
	if all := n.place(); all != "" {
		out = append(out, n.words().Isolate(all))
	}
	if ids := n.places(); len(ids) > 1 {
		if first := n.area(ids[0]); first != "" {
			out = append(out, n.words().Isolate(first))
		}
	}
	return out
}

// telling is what a line tells, and the place it names itself.
type telling struct{ text, place string }

// told is what a line may tell, the best first.
func (n Notice) told() ([]telling, error) {
	w := n.words()
	switch {
	case n.cancels() != "" && n.Discreet:
		return tellings(w.Say("line." + string(n.cancels()) + ".short")), nil
	case n.cancels() != "":
		what := w.Say("line."+string(n.cancels())+".what", n.time(n.Correction.At))
		said := n.inError()
		if said != "" {
			return tellings(said+" "+what, said, what, w.Say("line."+string(n.cancels())+".short")), nil
		}
		return tellings(what, w.Say("line."+string(n.cancels())+".short")), nil
	case n.clears():
		return n.clearingLine(), nil
	case n.asks():
		return tellings(w.Say("answer.here") + w.Say("colon")), nil
	case n.withdrawn():
		return tellings(w.Say("line.withdrawn")), nil
	}
	for _, l := range n.Variant.Lines {
		if _, ended := n.ended(l); !l.Suspended && !l.Cleared && !ended {
			told, err := n.deed(l)
			return n.headed(told), err
		}
	}
	if n.Correction != nil {
		return tellings(w.Say("line.corrects_nothing")), nil
	}
	if n.Discreet {
		return nil, nil
	}
	// Nothing to do: what has happened, whole or not at all.
	head, _ := n.head()
	return tellings(n.sentence(w, head)), nil
}

func tellings(texts ...string) (out []telling) {
	for _, t := range texts {
		if t != "" {
			out = append(out, telling{text: t})
		}
	}
	return out
}

// sentence closes a report's words with a stop, so that the link after them is
// no part of them.
func (n Notice) sentence(w *words.Table, s string) string {
	if s != "" && !strings.ContainsAny(s[len(s)-1:], ".!?…") {
		s += "."
	}
	return w.Isolate(s)
}

// beginnings are a report's words, whole, then cut where that changes nothing.
// What must is kept: a beginning without it would tell more than the report.
func beginnings(text string, must ...string) []string {
	out := []string{text}
	for _, b := range excerpt.Beginnings(text) {
		for _, m := range must {
			if m != "" && !strings.Contains(b, m) {
				return out
			}
		}
		out = append(out, b)
	}
	return out
}
