package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestWhoIsWhere(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		ask    string
		status int
		want   []string
	}{
		{"", 200, []string{"Place, by name"}},
		{"area=Tunisia", 200, []string{">5</span><span class=\"what\">in<", "Tunis office", "Sfax depot", "/who?area=TN", "without an address"}},
		{"area=" + url.QueryEscape("Sfax; Tripoli, Libya"), 200, []string{">3</span><span class=\"what\">in<", "Sfax depot", "Tripoli house"}},
		{"at=" + url.QueryEscape("36.8, 10.18") + "&km=30", 200, []string{">4</span><span class=\"what\">in<"}},
		{"area=Atlantisqq", 400, []string{"No place is known as", "value=\"Atlantisqq\""}},
		{"area=Tripoli", 400, []string{"Several places are called", "Tripoli, Lebanon"}},
		{"at=here&km=3", 400, []string{"is no point"}},
		{"at=" + url.QueryEscape("91, 10") + "&km=3", 400, []string{"Latitude 91"}},
		{"at=" + url.QueryEscape("36.8, 10.18") + "&km=lots", 400, []string{"is no distance"}},
		{"area=Tunisia&days=many", 400, []string{"is no number of days"}},
		{"area=" + strings.Repeat("x", 5000), 400, []string{"what was typed is 5000 bytes long"}},
		{"area=" + url.QueryEscape("<script>alert(1)</script>"), 400, []string{"&lt;script&gt;"}},
	} {
		res := w.ask(http.MethodGet, "/who?"+c.ask, "")
		code, body := res.Code, res.Body.String()
		if code != c.status {
			t.Errorf("%s: %d, want %d", c.ask[:min(len(c.ask), 40)], code, c.status)
		}
		for _, want := range c.want {
			if !strings.Contains(body, want) {
				t.Errorf("%s: no %q on the page\n%s", c.ask[:min(len(c.ask), 40)], want, body)
			}
		}
	}
}
