package email

import (
	"net/mail"
	"strings"
	"testing"
	"time"

	"vedette/deliver"
)

// No byte of a name, subject, list name, identity or header value makes a
// header of its own, and the mail can be read back.
func FuzzHeaders(f *testing.F) {
	f.Add("High risk\r\nBcc: eve@example.org", "Anna\nX: y", "id\r\n\r\nbody", "list\r", "v\nX-Evil: 1")
	f.Add(strings.Repeat("é", 5000), "\u202egpj.exe", "", "\x00", " \r\n\t")
	f.Add("All =?utf-8?q?clear?= "+strings.Repeat("=?", 60), "=?utf-8?q?Eve?=", "", strings.Repeat("=?a?b?c?= ", 30), "=?utf-8?q?x?=")
	f.Add("=?utf-8?q?=0D=0AX-Evil:_1?=", "\"<eve@example.org>,", "a@b", "<x>", "=?utf-8?b?DQo=?=")
	f.Fuzz(func(t *testing.T, subject, name, id, list, value string) {
		m := deliver.Message{ID: "x" + id, To: "anna@example.org", ToName: name, Subject: subject, Text: "text", ListID: list, ListName: list,
			Header: map[string]string{"X-Note": value, value: "evil", "Subject": "evil"}}
		wire, err := compose(mail.Address{Name: "Desk", Address: "desk@example.org"}, "alerts+0abc@example.org", time.Unix(0, 0), m)
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(string(wire), "\r\n\r\n")
		allowed := " from to subject date message-id mime-version content-type content-transfer-encoding list-id auto-submitted x-note " + strings.ToLower(value) + " "
		for line := range strings.SplitSeq(head, "\r\n") {
			if strings.ContainsAny(line, "\r\n\x00") || len(line) > 998 {
				t.Fatalf("bad header line %q", line)
			}
			if line != "" && (line[0] == ' ' || line[0] == '\t') {
				continue
			}
			key, _, _ := strings.Cut(line, ":")
			if !strings.Contains(allowed, " "+strings.ToLower(key)+" ") {
				t.Fatalf("a header nobody set: %q", line)
			}
		}
		got, err := Read(wire)
		if err != nil {
			t.Fatal(err)
		}
		if got.Text != "text" || got.Header.Get("Bcc") != "" || len(got.Header["To"]) != 1 || len(got.Header["Subject"]) != 1 {
			t.Fatalf("read back: %+v", got)
		}
		if to, err := mail.ParseAddressList(got.Header.Get("To")); err != nil || len(to) != 1 || to[0].Address != m.To || to[0].Name != phrase(name) {
			t.Fatalf("To is %q, to be for %q: %v", got.Header.Get("To"), phrase(name), err)
		}
		if want := strings.TrimSpace(trim(deliver.Clean(subject), maxSubject)); got.Subject != want {
			t.Fatalf("the subject is %q, want %q", got.Subject, want)
		}
	})
}

// Whatever a mail says, it comes back whole, in lines that no relay cuts.
func FuzzBodies(f *testing.F) {
	f.Add("High risk, Lebanon: roads closed\n.\n..two dots\n", "<p>Höhe</p>", true)
	f.Add("ابتعدوا عن كاسر الأمواج\n \n\t\nFrom here on", "", false)
	f.Add("--=_x\r\n\r\n--=_x--\r", strings.Repeat("=", 100)+" ", true)
	f.Add("", "\xff\x00", false)
	f.Add("one\ré\ntwo", "<p>\r\xff\n", true)
	f.Fuzz(func(t *testing.T, text, html string, quoted bool) {
		m := deliver.Message{ID: "x", To: "anna@example.org", Subject: "s", Text: text, HTML: html}
		if quoted {
			m.Quoted = &deliver.Quoted{Text: deliver.Quote(text), HTML: deliver.Quote(html)}
		}
		wire, err := compose(mail.Address{Name: "Desk", Address: "desk@example.org"}, "", time.Unix(0, 0), m)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(string(wire), "\r\n") {
			if len(line) > 78 || strings.ContainsAny(line, "\r\n") || !ascii(line) {
				t.Fatalf("no line of a mail: %q", line)
			}
		}
		got, err := Read(wire)
		if err != nil || got.Text != lines(text) || got.HTML != lines(html) {
			t.Fatalf("read back as %q and %q, %v; want %q and %q", got.Text, got.HTML, err, lines(text), lines(html))
		}
	})
}

// lines is a text as it is read: every end of a line is \n, and what is no UTF-8 is
// marked.
func lines(s string) string {
	return strings.ToValidUTF8(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), "\uFFFD")
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("Subject: x\r\n\r\ny"))
	f.Add([]byte("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\nx\r\n--a--"))
	f.Add([]byte("Content-Transfer-Encoding: base64\r\nContent-Type: text/html\r\n\r\n!!!"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := Read(raw)
		if err == nil && (len(m.Text) > 3*maxPart || len(m.HTML) > 3*maxPart) {
			t.Fatal("unbounded")
		}
	})
}

func FuzzCheckAddress(f *testing.F) {
	for _, s := range []string{"anna@example.org", "", "a@b\r\n", "ü@bücher.example", "a@@b", "a b@c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if CheckAddress(s) == nil && strings.ContainsAny(s, " \r\n\t<>\x00,") {
			t.Fatalf("%q passed", s)
		}
	})
}
