package deliver

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"vedette/deliver/words"
)

// Push is a notice as a phone shows it before anybody opens it, made once for
// all who share it.
type Push struct {
	Title, Body string
	words       *words.Table
}

// The bounds of what a phone shows, in characters. What is longer is not cut:
// something shorter is said instead.
const (
	maxPushTitle = 80
	maxPushBody  = 240
)

// RenderPush makes the push size of a notice: as its title the status mark,
// the risk of their area and the place; as its body the first thing to do, with
// its condition, as the short message tells it. Of whoever is told discreetly
// it names no place, no risk and nobody, for a phone shows it locked.
func RenderPush(n Notice) (*Push, error) {
	w := n.words()
	p := &Push{words: w}
	switch {
	case n.Update.Drill != nil:
		p.Title, p.Body = n.mark()+w.Say("drill.subject"), w.Say("drill.what")
		return p, nil
	case n.Discreet:
		p.Title = n.mark() + n.reminder() + w.Say("discreet.subject")
	default:
		p.Title = n.pushTitle()
	}
	if n.asks() {
		p.Body = w.Say("answer")
		return p, nil
	}
	told, err := n.told()
	if err != nil {
		return nil, err
	}
	before := n.lateLine()
	if n.Discreet {
		before += n.discreetWord()
	}
	p.Body = strings.TrimSpace(before + w.Say("push.open"))
	for _, t := range told {
		if n.Discreet && n.saysWhere(t) {
			continue // a phone shows it to whoever stands beside
		}
		if body := before + t.text; t.text != "" && utf8.RuneCountInString(body) <= maxPushBody {
			p.Body = strings.TrimSpace(body)
			break
		}
	}
	return p, nil
}

// saysWhere says whether a telling names a place of theirs.
func (n Notice) saysWhere(t telling) bool {
	if t.place != "" {
		return true
	}
	for _, l := range n.Variant.Lines {
		if name := n.where(l); name != "" && strings.Contains(t.text, name) {
			return true
		}
	}
	return false
}

// pushTitle is what it is and where, with as many places as have room.
func (n Notice) pushTitle() string {
	w := n.words()
	must := n.mark() + n.reminder()
	if n.Correction != nil && n.cancels() == "" {
		must += w.Say("head.correction") + w.Say("colon")
	}
	word, _ := n.word()
	if n.cancels() != "" {
		word = w.Say("line." + string(n.cancels()))
	}
	for _, place := range n.namedShorter() {
		if title := must + word + w.Say("comma") + place; utf8.RuneCountInString(title) <= maxPushTitle {
			return title
		}
	}
	return must + word
}

// PushPersonal is what differs between those who share a push.
type PushPersonal struct {
	ID      string    // the delivery's identity: a repeat is known by it
	Path    string    // of their page, on this installation
	Receipt string    // names the delivery when the device says that it has it
	Tag     string    // of the situation: on the device a newer one takes the place of an older
	At      time.Time // when it was meant to reach them
	Urgent  bool      // it stays until it is looked at
}

// Payload is what the device gets, as JSON.
func (p *Push) Payload(of PushPersonal) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(map[string]any{"id": of.ID, "title": p.Title, "body": p.Body, "lang": p.words.Language, "dir": p.words.Direction(), "path": of.Path,
		"receipt": of.Receipt, "tag": of.Tag, "at": of.At.UnixMilli(), "urgent": of.Urgent})
	if err != nil {
		panic("deliver: strings that cannot be written as JSON: " + err.Error())
	}
	return bytes.TrimSpace(b.Bytes())
}

// Size is about how many bytes it takes.
func (p *Push) Size() int { return len(p.Title) + len(p.Body) + 100 }
