package bounce_test

import (
	"strings"
	"testing"

	"vedette"
	"vedette/deliver/bounce"
)

func mailed(headers, body string) []byte {
	return []byte(strings.ReplaceAll("From: Ali <ali@example.org>\nTo: alerts+0abc@relief.example.org\nMessage-ID: <1@example.org>\n"+headers+"\n"+body, "\n", "\r\n"))
}

// Of a mail that somebody wrote back only their own words are read.
func TestWhatSomebodyWroteBack(t *testing.T) {
	for _, c := range []struct{ what, headers, body, want string }{
		{"a digit", "", "1\n", "1"},
		{"above what is quoted", "", "2 on the roof\nwith Ben\n\nOn 5 Feb 2026, Relief wrote:\n> I need help\n> http://x.example.org/r/a\n", "2 on the roof\nwith Ben"},
		{"below what is quoted", "", "On 5 Feb 2026, Relief wrote:\n> Are you safe?\n\n3\n", "3"},
		{"unquoted, behind a head", "", "1\n\nFrom: Relief\nSent: Thursday\nTo: Ali\nI need help\n", "1"},
		{"a word with a colon is no head", "", "From: the roof, I am safe\n", "From: the roof, I am safe"},
		{"unquoted, with its link", "", "ok\nOpen http://x.example.org/r/abc and press\n2 help\n", "ok"},
		{"a signature", "", "1\n-- \nAli, help desk\n", "1"},
		{"original message", "", "1\n-----Original Message-----\nhelp\n", "1"},
		{"quoted-printable, Arabic", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n", "=D9=A1\n", "١"},
		{"Latin 1", "Content-Type: text/plain; charset=iso-8859-1\n", "a l'\xe9cart\n", "a l'écart"},
		{"a charset that is not read", "Content-Type: text/plain; charset=koi8-r\n", "1\n", ""},
		{"HTML alone", "Content-Type: text/html\n", "<p>1</p>\n", ""},
		{"two forms", "Content-Type: multipart/alternative; boundary=b\n", "--b\nContent-Type: text/html\n\n<p>2</p>\n--b\nContent-Type: text/plain\n\n1\n--b--\n", "1"},
		{"an attachment", "Content-Type: multipart/mixed; boundary=b\n", "--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\n2\n--b--\n", ""},
	} {
		a, err := bounce.ReadAnswer(mailed(c.headers, c.body))
		if err != nil || a.Text != c.want {
			t.Errorf("%s: %+v, %v; want %q", c.what, a, err, c.want)
			continue
		}
		if a.From != "ali@example.org" || len(a.Tokens) != 1 || a.Tokens[0] != "0abc" || a.ID != "<1@example.org>" {
			t.Errorf("%s: %+v", c.what, a)
		}
	}
}

// What nobody wrote is no answer.
func TestWhatNobodyWroteIsNoAnswer(t *testing.T) {
	for _, headers := range []string{"Auto-Submitted: auto-replied\n", "Auto-Submitted: auto-generated\n", "Precedence: bulk\n", "X-Autoreply: yes\n", "List-Id: <a.example.org>\n", "Return-Path: <>\n"} {
		if _, err := bounce.ReadAnswer(mailed(headers, "1\n")); vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%s: %v", strings.TrimSpace(headers), err)
		}
	}
	for _, raw := range []string{"", "no mail", "From: a@example.org\r\nTo: alerts@relief.example.org\r\n\r\n1\r\n", strings.Repeat("x", bounce.MaxMail+1)} {
		if _, err := bounce.ReadAnswer([]byte(raw)); vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%.30q: %v", raw, err)
		}
	}
}

func FuzzReadAnswer(f *testing.F) {
	f.Add(mailed("", "1\n\nOn 5 Feb 2026, Relief wrote:\n> help\n"))
	f.Add(mailed("Content-Type: multipart/alternative; boundary=b\n", "--b\nContent-Type: text/plain\n\n1\n--b--\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := bounce.ReadAnswer(raw)
		if err != nil {
			return
		}
		if len(a.Text) > 4000 || strings.ContainsAny(a.Text, "\r>") && strings.HasPrefix(a.Text, ">") {
			t.Errorf("%q", a.Text)
		}
	})
}
