package page

import (
	"reflect"
	"testing"
)

func lines(p Page) []Line { return p.Lines }

func TestDecode(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []Line
	}{
		"line ends":   {"a\r\nb\rc\n", []Line{{1, 1, 0, "a", false}, {2, 2, 0, "b", false}, {3, 3, 0, "c", false}}},
		"blank lines": {"a\n\n \nb", []Line{{1, 1, 0, "a", false}, {2, 3, 0, "", false}, {4, 4, 0, "b", false}}},
		"mark":        {"\xef\xbb\xbfa", []Line{{1, 1, 0, "a", false}}},
		"spaces":      {"  a\u00a0 b\tc\u200b", []Line{{1, 1, 2, "a b c", false}}},
		"entities":    {"R&D &amp; x &#8217; &nosuch;", []Line{{1, 1, 0, "R&D & x ’ &nosuch;", false}}},
		"markdown":    {"## Recommendations\n**Iran:**", []Line{{1, 1, 0, "Recommendations", false}, {2, 2, 0, "Iran:", false}}},
		"windows":     {"c\xf4te d\x92Ivoire", []Line{{1, 1, 0, "côte d’Ivoire", false}}},
		"utf-16":      {"\xff\xfea\x00\n\x00b\x00", []Line{{1, 1, 0, "a", false}, {2, 2, 0, "b", false}}},
		"html": {"<h1>A</h1><p>b\n<b>c</b> d</p>\n<ul><li>e</li>\n</ul>",
			[]Line{{1, 1, 0, "A", false}, {1, 2, 0, "b c d", false}, {3, 3, 0, "- e", false}, {4, 4, 0, "", false}}},
		"hidden": {"<p>a</p>\n<script>\nx<p>\n</script><p>b</p>", []Line{{1, 1, 0, "a", false}, {2, 2, 0, "", false}, {3, 3, 0, "", true}, {4, 4, 0, "b", false}}},
		"less":   {"a < b and c > d", []Line{{1, 1, 0, "a < b and c > d", false}}},
	} {
		if got := lines(Decode([]byte(c.text))); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// FuzzDecode holds that the lines go up and lie within the source.
func FuzzDecode(f *testing.F) {
	f.Add([]byte("<p>a\n<!-- b\n--> c\r\n&amp;"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p := Decode(text)
		last := 0
		for _, l := range p.Lines {
			if l.First < last || l.Last < l.First || l.Last > p.Count {
				t.Fatalf("line %+v after %d of %d", l, last, p.Count)
			}
			last = l.First
		}
	})
}
