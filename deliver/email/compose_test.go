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

// What a reader and a relay go by stands where it always stood.
func TestTheHeaderOfAMail(t *testing.T) {
	m := deliver.Message{ID: "0194d000-0001", To: "anna@example.org", ToName: "Anna Berg", Return: "0abc", Answer: true, Subject: "High risk, Lebanon: roads closed",
		Text: "Leave.\n", HTML: "<p>Leave.</p>\n", ListName: "Acme", Header: map[string]string{"Content-Language": "en", "X-Mailgun-Variables": `{"delivery":"0abc","of":"=?"}`}}
	wire, err := compose(mail.Address{Name: "Acme Desk", Address: "desk@example.org"}, "alerts+0abc@example.org", time.Unix(0, 0).UTC(), m)
	if err != nil {
		t.Fatal(err)
	}
	got, boundary := string(wire), ""
	if _, rest, ok := strings.Cut(got, `boundary="`); ok {
		boundary, _, _ = strings.Cut(rest, `"`)
	}
	want := `Auto-Submitted: auto-generated
Content-Language: en
Date: Thu, 01 Jan 1970 00:00:00 +0000
List-Id: "Acme" <notices.example.org>
MIME-Version: 1.0
Message-ID: <0194d000-0001@example.org>
Subject: High risk, Lebanon: roads closed
Vedette-Delivery: 0abc
X-Mailgun-Variables: {"delivery":"0abc","of":"=?"}
From: "Acme Desk" <desk@example.org>
To: "Anna Berg" <anna@example.org>
Reply-To: <alerts+0abc@example.org>
Content-Type: multipart/alternative;
 boundary="BOUNDARY"

--BOUNDARY
Content-Transfer-Encoding: quoted-printable
Content-Type: text/plain; charset=UTF-8

Leave.

--BOUNDARY
Content-Transfer-Encoding: quoted-printable
Content-Type: text/html; charset=UTF-8

<p>Leave.</p>

--BOUNDARY--
`
	if want = strings.NewReplacer("\n", "\r\n", "BOUNDARY", boundary).Replace(want); got != want {
		t.Errorf("the mail is\n%s\nwant\n%s", got, want)
	}
	if again, _ := compose(mail.Address{Address: "desk@example.org"}, "", time.Unix(0, 0), m); len(boundary) < 16 || strings.Contains(string(again), boundary) {
		t.Errorf("%q parts two mails: one that quotes the other would be cut there", boundary)
	}
}

// A long subject is broken into lines and comes back as one; what only looks
// encoded is said as it is.
func TestASubjectComesBackAsItWas(t *testing.T) {
	for _, subject := range []string{
		strings.Repeat("طريق الساحل مغلق حتى إشعار آخر ", 10) + "!", strings.Repeat("הכביש סגור ", 20) + "!", strings.Repeat("the coast road is shut ", 20) + "!",
		"All =?utf-8?q?clear?=", strings.Repeat("=?utf-8?b?QQ==?= ", 30) + "!",
	} {
		m := deliver.Message{ID: "1", To: "anna@example.org", ToName: subject, Subject: subject, Text: "Leave.\n"}
		wire, err := compose(mail.Address{Address: "desk@example.org"}, "", time.Unix(0, 0), m)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Read(wire); err != nil || got.Subject != subject {
			t.Errorf("it came back as %q, %v; want %q", got.Subject, err, subject)
		}
		head, _, _ := strings.Cut(string(wire), "\r\n\r\n")
		for line := range strings.SplitSeq(head, "\r\n") {
			if len(line) > 76 {
				t.Errorf("a line of %d bytes: %s", len(line), line)
			}
			for word := range strings.SplitSeq(line, " ") {
				if strings.HasPrefix(word, "=?") && (len(word) > 75 || !strings.HasSuffix(word, "?=")) {
					t.Errorf("no encoded word: %s", word)
				}
			}
		}
	}
}
