package document

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"vedette/parse/page"
)

// isMarkup says whether a text is HTML to the reader of reports.
func isMarkup(file []byte) bool { return page.Decode(file[:min(len(file), 64<<10)]).HTML }

// readMarkup reads HTML in the encoding that it names. It stays markup, which the
// reader of reports reads by itself, so that its lines are those of the file.
func readMarkup(name string, file []byte) (Text, error) {
	text, err := decoded(file, charsetIn(file))
	if err != nil {
		return Text{}, invalid(name, err)
	}
	t := Text{Body: text, Kind: "text"}
	if !bytes.Equal(text, file) {
		t.Kind = "HTML of another encoding"
	}
	return t, nil
}

// markupLines gives the lines of HTML that a person sees. What is no markup is
// given line by line.
func markupLines(text []byte) (out []string) {
	p := page.Decode(text)
	for _, l := range p.Lines {
		if l.Furniture || l.Text == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, l.Text)
	}
	return out
}

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_:.-]{1,40})`)

// charsetIn is the encoding that a page names, "" for none. As browsers do, only
// the beginning is looked at.
func charsetIn(file []byte) string {
	if m := metaCharset.FindSubmatch(file[:min(len(file), 4096)]); m != nil {
		return string(m[1])
	}
	return ""
}

// decoded gives a text as UTF-8. A byte order mark goes before what is named; a
// text that is UTF-8 is so, whatever names another.
func decoded(text []byte, charset string) ([]byte, error) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(text, []byte("\xff\xfe")), bytes.HasPrefix(text, []byte("\xfe\xff")):
		from = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case utf8.Valid(text) && !strings.HasPrefix(strings.ToLower(charset), "utf-16") && !strings.HasPrefix(strings.ToLower(charset), "iso-2022"):
		return text, nil
	case charset == "" || strings.EqualFold(charset, "us-ascii"):
		return text, nil // the reader of reports takes it for Windows-1252, and says so
	default:
		var err error
		if from, err = htmlindex.Get(charset); err != nil {
			return nil, unknownCharset(charset)
		}
	}
	out, err := from.NewDecoder().Bytes(text)
	if err != nil {
		return nil, unknownCharset(charset)
	}
	return out, nil
}

// unknownCharset says that an encoding is not known, and what to do.
func unknownCharset(charset string) error {
	return because("is written in an encoding that is not known here (%s); save it as UTF-8, or paste its text", charset)
}
