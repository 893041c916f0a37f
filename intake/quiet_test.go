package intake

import (
	"strings"
	"testing"
)

func TestQuietHoursAreRead(t *testing.T) {
	for cell, want := range map[string]string{
		"22:00-07:00": "22:00–07:00", "22-7": "22:00–07:00", "22h00 – 7h": "22:00–07:00", "10 pm to 7 am": "22:00–07:00", "2200 - 0630": "22:00–06:30",
		"von 22 Uhr bis 6.30 Uhr": "22:00–06:30", "de 22h à 7h": "22:00–07:00", "23:00-24:00": "23:00–00:00", "12 am - 6 am": "00:00–06:00",
		"none": "", "-": "", "no": "", "": "",
	} {
		p := read(t, "name,country,quiet hours\nAli,Iraq,"+cell+"\n")
		if len(p.Problems) > 0 || len(p.Rows) != 1 || p.Rows[0].Wishes.Quiet.String() != want {
			t.Errorf("%q: %v", cell, said(p))
			if len(p.Rows) == 1 {
				t.Errorf("read as %q, want %q", p.Rows[0].Wishes.Quiet, want)
			}
		}
	}
	for cell, want := range map[string]string{
		"at night": "write 22:00-07:00", "25-7": "an hour that is none", "22:70-7": "an hour that is none", "13 pm - 7 am": "an hour that is none",
		"7-7": "too few", "06:00-23:00": "too few", "22:00": "write 22:00-07:00",
	} {
		p := read(t, "name,country,Do not disturb\nAli,Iraq,"+cell+"\n")
		if len(p.Problems) != 1 || !strings.Contains(p.Problems[0].Error(), want) {
			t.Errorf("%q: %v; want %q", cell, said(p), want)
		}
	}
}
