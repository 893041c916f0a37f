package web

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// sourceLines cuts a report into its lines, as the reader counts them: a
// line ends with a line feed, a carriage return, or both.
func sourceLines(text []byte) []string {
	s := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(decode(text))
	s = strings.TrimSuffix(s, "\n")
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// decode makes UTF-8 of UTF-16 that says so; every other text is left to be
// shown byte by byte where it is not UTF-8.
func decode(text []byte) string {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(text, []byte{0xff, 0xfe}):
		order = binary.LittleEndian
	case bytes.HasPrefix(text, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	default:
		return string(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")))
	}
	units := make([]uint16, 0, len(text)/2)
	for i := 2; i+1 < len(text); i += 2 {
		units = append(units, order.Uint16(text[i:]))
	}
	return string(utf16.Decode(units))
}
