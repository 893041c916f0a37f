package email

import (
	"net/mail"
	"strings"
	"testing"
	"time"

	"vedette/deliver"
)

// No identity, name or header makes a line that a relay may refuse (RFC 5322,
// section 2.1.1), and two identities that differ only far along stay two.
func TestNoHeaderIsLongerThanALineMayBe(t *testing.T) {
	long := strings.Repeat("i", 5000)
	from := mail.Address{Name: "Desk", Address: "desk@" + strings.Repeat("domain.", 34) + "example.org"}
	ids := map[string]bool{}
	for _, name := range []string{long, strings.Repeat("é", 5000), strings.Repeat("word ", 1000)} {
		for _, id := range []string{long + "1", long + "2"} {
			m := deliver.Message{ID: id, To: "anna@example.org", ToName: name, Subject: name, Text: "text", ListID: id, ListName: name,
				Header: map[string]string{"X-Note": name, long: "evil"}}
			wire, err := compose(from, "", time.Unix(0, 0), m)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.SplitSeq(string(wire), "\r\n") {
				if len(line) > 998 {
					t.Errorf("a line of %d bytes: %.60q", len(line), line)
				}
			}
			got, err := Read(wire)
			if err != nil {
				t.Fatal(err)
			}
			ids[got.MessageID] = true
		}
	}
	if len(ids) != 2 {
		t.Errorf("%d identities, want 2", len(ids))
	}
}

// A discreet mail comes from a bare address.
func TestADiscreetMailNamesNobody(t *testing.T) {
	m := deliver.Message{ID: "1", To: "anna@example.org", Subject: "A message for you", Text: "Leave.\n", Discreet: true}
	wire, err := compose(mail.Address{Name: "Acme Shipping", Address: "desk@example.org"}, "alerts+0abc@example.org", time.Unix(0, 0), m)
	if err != nil {
		t.Fatal(err)
	}
	if s := string(wire); strings.Contains(s, "Acme") || !strings.Contains(s, "From: <desk@example.org>") {
		t.Errorf("%s", s)
	}
}
