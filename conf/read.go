// Package conf reads the file of settings: a line for each, name = value, where the
// value is written as on the command line. It knows no setting by name.
package conf

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Line is one setting, and where it stands.
type Line struct {
	Number int
	Name   string
	Value  string
}

// Fault is what is wrong with a line; Name is "" where it has none that reads.
type Fault struct {
	Number int
	Name   string
	Says   string
}

// MaxFile bounds the file, in bytes.
const MaxFile = 256 << 10

// Read reads a file. What is wrong with one line keeps no other from being read. No
// value is repeated in a fault: it may be a secret.
func Read(text []byte) (lines []Line, faults []Fault) {
	if len(text) > MaxFile {
		return nil, []Fault{{1, "", fmt.Sprintf("the file is longer than %d bytes; it holds lines of name = value alone", MaxFile)}}
	}
	number := 0
	for line := range strings.SplitSeq(strings.TrimPrefix(string(text), "\ufeff"), "\n") {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, ok := strings.Cut(line, "=")
		name = strings.TrimSpace(name)
		switch {
		case !utf8.ValidString(line) || strings.ContainsRune(line, 0):
			faults = append(faults, Fault{number, "", "this is no text in UTF-8"})
		case line[0] == '[':
			faults = append(faults, Fault{number, "", "there are no sections; write name = value on a line of its own"})
		case !isName(name) && ok:
			faults = append(faults, Fault{number, "", "what stands before = is no name; write name = value, the name in small letters, digits and dashes"})
		case !ok:
			faults = append(faults, Fault{number, "", "there is no = in it; write name = value, or # before a remark"})
		default:
			lines = append(lines, Line{number, name, unquote(strings.TrimSpace(value))})
		}
	}
	return lines, faults
}

func isName(s string) bool {
	return s != "" && len(s) <= 60 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// unquote takes one pair of double quotes away that is around all of a value, as other
// files of settings want it. 'Our desk' before an address keeps its own.
func unquote(s string) string {
	if len(s) >= 2 && s[0] == '"' && strings.IndexByte(s[1:], '"') == len(s)-2 {
		return s[1 : len(s)-1]
	}
	return s
}

// Nearest gives the known name that is written most like one, "" where none is near.
func Nearest(name string, known []string) (near string) {
	least := max(2, len(name)/3) + 1
	for _, k := range known {
		if d := distance(name, k); d < least {
			near, least = k, d
		}
	}
	return near
}

// distance counts the letters to add, take away or change (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
