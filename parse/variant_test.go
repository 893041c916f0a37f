package parse

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/gazetteer"
	"vedette/testdata/reports"
)

// The same report in another dress must give the same reading, but for lines.
func TestDressMakesNoDifference(t *testing.T) {
	want := undressed(t, reports.Gulf)
	for name, dress := range map[string]func(string) string{
		"CRLF and mark":   func(s string) string { return "\ufeff" + strings.ReplaceAll(s, "\n", "\r\n") },
		"blank lines":     func(s string) string { return strings.ReplaceAll(s, "\n", "\n\n") },
		"round bullets":   func(s string) string { return strings.ReplaceAll(s, "\n- ", "\n• ") },
		"dashes":          func(s string) string { return strings.ReplaceAll(s, "\n- ", "\n– ") },
		"stars":           func(s string) string { return strings.ReplaceAll(s, "\n- ", "\n* ") },
		"numbers":         numbered(". "),
		"numbers in arcs": numbered(") "),
		"paragraphs":      func(s string) string { return strings.ReplaceAll(s, "\n- ", "\n") },
		"spaced out":      func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "\n- ", "\n"), "\n", "\n\n") },
		"no colons":       headings(func(h string) string { return strings.TrimSuffix(h, ":") }),
		"capitals":        headings(strings.ToUpper),
		"small letters":   headings(strings.ToLower),
		"markdown":        headings(func(h string) string { return "## " + strings.TrimSuffix(h, ":") }),
		"bold":            headings(func(h string) string { return "**" + h + "**" }),
		"and": func(s string) string {
			return strings.ReplaceAll(s, "Assessments & Forecast", "Assessments and Forecast")
		},
		"one heading":      func(s string) string { return strings.ReplaceAll(s, "Assessments & Forecast:", "Assessment") },
		"please":           func(s string) string { return strings.ReplaceAll(s, "Current Situation:", "Please be advised") },
		"wrapped":          func(s string) string { return wrapped(s, "") },
		"wrapped, hanging": func(s string) string { return wrapped(s, "  ") },
		"one copy":         func(s string) string { return s[:strings.LastIndex(s, "Executive Summary:")] },
		"twelve hours":     date("05 Feb 2026 | 12:20 PM UTC"),
		"long date":        date("Thursday, February 5, 2026 at 12:20 UTC"),
		"iso date":         date("2026-02-05T12:20Z"),
		"other zone":       date("5 February 2026, 13:20 CET"),
		"date below": func(s string) string {
			l := strings.SplitN(s, "\n", 5)
			return l[3] + "\n" + strings.Join(l[:3], " ") + "\n" + l[4]
		},
		"label and value": func(s string) string {
			return strings.NewReplacer("AREA\nMENA", "Area: MENA", "LEVEL\nExtreme", "Level: Extreme", "SOURCE\nConfirmed", "Source: Confirmed").Replace(s)
		},
		"panel on one line": func(s string) string {
			return strings.NewReplacer("AREA\nMENA\n", "AREA: MENA | ", "LEVEL\nExtreme\n", "LEVEL: Extreme | ", "SOURCE\n", "SOURCE: ").Replace(s)
		},
		"panel in a row": func(s string) string {
			return strings.NewReplacer("AREA\nMENA\n", "AREA MENA ", "LEVEL\nExtreme\n", "LEVEL Extreme ", "SOURCE\n", "SOURCE ").Replace(s)
		},
		"panel first": func(s string) string {
			panel := s[strings.Index(s, "AFFECTED AREA"):strings.LastIndex(s, "Executive Summary:")]
			return panel + strings.Replace(s, panel, "", 1)
		},
		"suffix": func(s string) string {
			const prefix = "MENA SITUATION UPDATE: "
			line := strings.Split(s, "\n")[3]
			return strings.Replace(s, line, strings.TrimPrefix(line, prefix)+" – MENA Situation Update", 1)
		},
		"whole twice": func(s string) string { one := s[:strings.LastIndex(s, "Executive Summary:")]; return one + one },
		"byline": func(s string) string {
			return strings.Replace(s, "Executive", "By Jo Analyst\nReviewed by: An Editor\nExecutive", 1)
		},
		"furniture": func(s string) string {
			return strings.ReplaceAll(s, "Recommendations:", "Page 2 of 3\nRead more\nRecommendations:")
		},
		"html": func(s string) string { return inHTML(s) },
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, undressed(t, dress(reports.Gulf))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// undressed is a reading without what the dress may change: lines, the title
// in one piece, findings that do not block.
func undressed(t *testing.T, text string) string {
	r := Read(gazetteer.Default(), []byte(text), Options{})
	sound(t, r)
	for _, a := range r.Accounting {
		if a.As == vedette.AsUnread {
			t.Errorf("lines %v were not read", a.Lines)
		}
	}
	r.Title = ""
	for i := range r.Summary {
		r.Summary[i].Lines = vedette.Lines{}
	}
	for i := range r.Topics {
		for j := range r.Topics[i].Claims {
			r.Topics[i].Claims[j].Lines = vedette.Lines{}
		}
		r.Topics[i].Title = strings.ToLower(r.Topics[i].Title)
	}
	for i := range r.Assessments {
		r.Assessments[i].Lines = vedette.Lines{}
	}
	for i, g := range r.Recommendations {
		r.Recommendations[i].Heading = strings.ToLower(g.Heading)
		for j := range g.Advice {
			g.Advice[j].Lines = vedette.Lines{}
		}
	}
	b, err := json.MarshalIndent(r.Content, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func numbered(mark string) func(string) string {
	return func(s string) string {
		var out []string
		n := 0
		for l := range strings.SplitSeq(s, "\n") {
			if rest, ok := strings.CutPrefix(l, "- "); ok {
				n++
				l = fmt.Sprintf("%d%s%s", n, mark, rest)
			} else {
				n = 0
			}
			out = append(out, l)
		}
		return strings.Join(out, "\n")
	}
}

var headingLines = []string{"Executive Summary:", "Current Situation:", "Road to the Muscat meeting", "Nuclear sites and regional reactions:", "Assessments & Forecast:",
	"Recommendations:", "MENA:", "Iran:", "Israel:"}

func headings(change func(string) string) func(string) string {
	return func(s string) string {
		for _, h := range headingLines {
			s = strings.ReplaceAll(s, "\n"+h+"\n", "\n"+change(h)+"\n")
		}
		return s
	}
}

func wrapped(s, indent string) string {
	var out []string
	for l := range strings.SplitSeq(s, "\n") {
		for len(l) > 80 {
			i := strings.LastIndexByte(l[:80], ' ')
			out = append(out, l[:i])
			l = indent + l[i+1:]
		}
		out = append(out, l)
	}
	return strings.Join(out, "\n")
}

func date(to string) func(string) string {
	return func(s string) string { return strings.Replace(s, "05\nFeb 2026\n12:20 UTC", to, 1) }
}

func inHTML(s string) string {
	var b strings.Builder
	for l := range strings.SplitSeq(s, "\n") {
		if rest, ok := strings.CutPrefix(l, "- "); ok {
			fmt.Fprintf(&b, "<ul><li>%s</li></ul>", html.EscapeString(rest))
			continue
		}
		fmt.Fprintf(&b, "<div>%s</div>\n", html.EscapeString(l))
	}
	return b.String()
}
