package deliver

import (
	"strings"
	"testing"
)

func TestADigestSaysEachLine(t *testing.T) {
	d := Digest{Org: "Example Relief", Lines: []string{"Moderate risk, Baghdad: avoid demonstrations https://x/r/1", "Low risk, Erbil https://x/r/2"}}
	m := d.Message()
	for _, want := range append(d.Lines, "since your last digest", "one mail a day") {
		if !strings.Contains(m.Text, want) {
			t.Errorf("the digest does not say %q:\n%s", want, m.Text)
		}
	}
	if m.Subject != "Your digest" || m.ListID != "digest" || m.ListName != "Example Relief" {
		t.Errorf("%+v", m)
	}
	if d.Language = "ar"; d.Message().Header["Content-Language"] != "ar" || d.Message().Subject == m.Subject {
		t.Error("it is not in their language")
	}
	// Whoever is told discreetly has nothing of who writes or why.
	d.Language, d.Discreet = "en", true
	m = d.Message()
	if !m.Discreet || m.ListName != "" || strings.Contains(m.Subject+m.Text, "Example Relief") || strings.Contains(m.Subject+m.Text, "digest") {
		t.Errorf("%+v", m)
	}
}
