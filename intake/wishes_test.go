package intake

import (
	"strings"
	"testing"
)

func TestTheOrderOfChannelsIsRead(t *testing.T) {
	for cell, want := range map[string]string{
		"sms; email": "sms, then email", "text then mail": "sms, then email", "E-Mail > SMS > push": "email, then sms, then push", "sms": "sms",
		"sms + mail": "sms, then email", "all": "", "-": "", "": "",
	} {
		p := read(t, "name,country,channels\nAli,Iraq,"+cell+"\n")
		if len(p.Problems) > 0 || len(p.Rows) != 1 || p.Rows[0].Wishes.Order.String() != want {
			t.Errorf("%q: %v, want %q", cell, said(p), want)
		}
	}
	for cell, want := range map[string]string{"pigeon": "a channel we do not know", "sms then fax": "a channel we do not know", "mail; email": "twice"} {
		p := read(t, "name,country,preferred channel\nAli,Iraq,"+cell+"\n")
		if len(p.Problems) != 1 || !strings.Contains(p.Problems[0].Error(), want) {
			t.Errorf("%q: %v; want %q", cell, said(p), want)
		}
	}
}

func TestTheDigestIsRead(t *testing.T) {
	for cell, want := range map[string]string{
		"yes": "07:00", "7": "07:00", "07:30": "07:30", "6 pm": "18:00", "18h": "18:00", "0:00": "00:00", "24:00": "00:00", "no": "", "never": "", "": "", "-": "",
	} {
		p := read(t, "name,country,digest\nAli,Iraq,"+cell+"\n")
		if len(p.Problems) > 0 || len(p.Rows) != 1 || p.Rows[0].Wishes.Digest.String() != want {
			t.Errorf("%q: %v, want %q", cell, said(p), want)
		}
	}
	for _, cell := range []string{"25:00", "at dawn", "13 pm", "7:70"} {
		if p := read(t, "name,country,digest\nAli,Iraq,"+cell+"\n"); len(p.Problems) != 1 {
			t.Errorf("%q: %v", cell, said(p))
		}
	}
}
