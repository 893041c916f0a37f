package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Bounds of a Word document: entries of the archive, bytes that its text unpacks
// to, and how deep its elements nest.
const (
	maxEntries  = 4000
	maxUnpacked = 32 << 20
	maxXMLDepth = 200
)

var errWordBroken = because("is a broken Word file; open it, save it again, or paste its text")

// readWord reads a Word document: a line for each paragraph, "- " before the items
// of a list.
func readWord(name string, file []byte) (Text, error) {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return Text{}, invalid(name, errWordBroken)
	}
	if len(z.File) > maxEntries {
		return Text{}, invalid(name, because("holds %d files, more than any document; paste its text", len(z.File)))
	}
	body, err := unpacked(z, "word/document.xml")
	if err != nil {
		return Text{}, invalid(name, err)
	}
	if body == nil {
		return Text{}, invalid(name, because("is an archive and no Word document; unpack it, or paste its text"))
	}
	w := wordReader{}
	if err := w.read(body); err != nil {
		return Text{}, invalid(name, err)
	}
	return textOf(name, "Word", w.lines, w.notes(z)...)
}

// unpacked gives an entry of the archive, nil where it has none.
func unpacked(z *zip.Reader, entry string) ([]byte, error) {
	for _, f := range z.File {
		if f.Name != entry {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, errWordBroken
		}
		defer r.Close()
		body, err := io.ReadAll(io.LimitReader(r, maxUnpacked+1)) // not what the archive says of its size
		switch {
		case len(body) > maxUnpacked:
			return nil, because("unpacks to more than %d MB; paste its text", maxUnpacked>>20)
		case err != nil:
			return nil, errWordBroken
		}
		return body, nil
	}
	return nil, nil
}

// wordReader takes the paragraphs out of a document.
type wordReader struct {
	lines   []string
	line    strings.Builder
	item    bool // the paragraph is of a list
	hidden  bool // the run is not to be seen
	deleted int  // words that a tracked change took out
	size    int  // bytes of text so far
	stack   []string
}

// read walks the document. Entities other than XML's own five are an error of the
// decoder, so none is ever expanded.
func (w *wordReader) read(body []byte) error {
	d := xml.NewDecoder(bytes.NewReader(body))
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			w.end()
			return nil
		}
		if err != nil {
			return errWordBroken
		}
		if err := w.take(d, t); err != nil {
			return err
		}
	}
}

func (w *wordReader) take(d *xml.Decoder, t xml.Token) error {
	switch t := t.(type) {
	case xml.Directive:
		return because("declares entities, which no Word document does; paste its text")
	case xml.StartElement:
		if len(w.stack) >= maxXMLDepth {
			return because("is nested too deep; paste its text")
		}
		w.stack = append(w.stack, t.Name.Local)
		return w.start(d, t)
	case xml.EndElement:
		if len(w.stack) == 0 || w.stack[len(w.stack)-1] != t.Name.Local {
			return errWordBroken
		}
		w.stack = w.stack[:len(w.stack)-1]
		if t.Name.Local == "p" {
			w.end()
		}
	case xml.CharData:
		if w.in("t") && !w.hidden {
			if w.size += len(t); w.size > maxText {
				return because("holds more than %d MB of text; no report is so long", maxText>>20)
			}
			w.line.Write(t)
		}
		if w.in("delText") {
			w.deleted++
		}
	}
	return nil
}

func (w *wordReader) in(name string) bool {
	return len(w.stack) > 0 && w.stack[len(w.stack)-1] == name
}

func (w *wordReader) start(d *xml.Decoder, t xml.StartElement) error {
	switch t.Name.Local {
	case "p":
		if w.line.Len() > 0 { // of a text box it begins within another
			w.end()
		}
	case "r":
		w.hidden = false // what stands before it is of the paragraph mark
	case "numPr":
		w.item = true
	case "vanish":
		w.hidden = w.hidden || on(t)
	case "tab":
		w.space(" ")
	case "br", "cr":
		w.space("\n")
	case "noBreakHyphen":
		w.space("-")
	case "Fallback": // the same once more, for readers of old
		return w.skip(d)
	}
	return nil
}

// on says whether a property is set: without a value it is.
func on(t xml.StartElement) bool {
	for _, a := range t.Attr {
		if a.Name.Local == "val" {
			return a.Value != "0" && a.Value != "false" && a.Value != "off"
		}
	}
	return true
}

// space writes what stands for white space, within a run alone: a paragraph's
// properties have tabs, too.
func (w *wordReader) space(s string) {
	if len(w.stack) > 1 && w.stack[len(w.stack)-2] == "r" && !w.hidden {
		w.line.WriteString(s)
	}
}

// skip leaves out an element that was begun.
func (w *wordReader) skip(d *xml.Decoder) error {
	for depth := 1; depth > 0; {
		t, err := d.RawToken()
		if err != nil {
			return errWordBroken
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	w.stack = w.stack[:len(w.stack)-1]
	return nil
}

// end ends a paragraph.
func (w *wordReader) end() {
	text := strings.TrimRight(w.line.String(), " \n")
	w.line.Reset()
	if w.item && strings.TrimSpace(text) != "" {
		text = "- " + strings.TrimSpace(text)
	}
	w.item = false
	for l := range strings.SplitSeq(text, "\n") {
		if l != "" || len(w.lines) > 0 && w.lines[len(w.lines)-1] != "" {
			w.lines = append(w.lines, l)
		}
	}
}

// notes says what of a document was left out.
func (w *wordReader) notes(z *zip.Reader) (out []string) {
	if w.deleted > 0 {
		out = append(out, "tracked changes taken as accepted")
	}
	for _, f := range z.File {
		switch f.Name {
		case "word/footnotes.xml":
			if n := footnotes(z); n > 0 {
				out = append(out, fmt.Sprintf("%d footnotes not read", n))
			}
		case "word/comments.xml":
			out = append(out, "comments not read")
		}
	}
	return out
}

// footnotes counts those with text; Word keeps two without, for the line above them.
func footnotes(z *zip.Reader) int {
	body, err := unpacked(z, "word/footnotes.xml")
	if err != nil {
		return 1
	}
	n := 0
	for note := range strings.SplitSeq(string(body), "<w:footnote ") {
		if strings.Contains(note, "<w:t>") || strings.Contains(note, "<w:t ") {
			n++
		}
	}
	return n
}
