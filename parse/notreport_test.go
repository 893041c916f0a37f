package parse

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/gazetteer"
)

func TestWhatIsNoReportSaysWhy(t *testing.T) {
	for name, c := range map[string]struct{ text, why string }{
		"empty":      {"", "the text is empty"},
		"spaces":     {" \n\u00a0\n", "the text is empty"},
		"binary":     {"%PDF-1.7 stream of\x00bytes", "the file is not text (byte 0 at offset 18)"},
		"controls":   {"\x01\x02\x03\x04 abc", "control characters"},
		"essay":      {"How I learned to love maps\n\nBy a reader of atlases.\n\nMaps are quiet. They lie flat.\n", "no report type in its title and no known heading"},
		"only title": {"Iran ALERT: Something happened\n", "no statement"},
		"headings":   {"Executive Summary:\nRecommendations:\n", "no statement"},
	} {
		t.Run(name, func(t *testing.T) {
			r := Read(gazetteer.Default(), []byte(c.text), Options{})
			sound(t, r)
			i := len(r.Findings) - 1
			if i < 0 || r.Findings[i].Code != vedette.FindNotAReport || !r.Findings[i].Blocks || !strings.Contains(r.Findings[i].Message, c.why) {
				t.Fatalf("findings %+v do not say %q", r.Findings, c.why)
			}
			if len(statements(r)) > 0 {
				t.Error("it has statements all the same")
			}
		})
	}
}

func TestSeveralReportsAreReadOnlyToTheFirst(t *testing.T) {
	text := "4 May 2026 10:00 UTC\nChad ALERT: Fuel runs out in Abeche\nRecommendations:\n- Avoid road travel.\n" +
		"5 May 2026 09:00 UTC\nMali ALERT: Convoy attacked near Gao\nRecommendations:\n- Avoid all travel to Gao.\n"
	r := Read(gazetteer.Default(), []byte(text), Options{})
	sound(t, r)
	if r.Title != "Chad ALERT: Fuel runs out in Abeche" || len(statements(r)) != 1 {
		t.Errorf("read %q with %d statements", r.Title, len(statements(r)))
	}
	if !hasFinding(r, vedette.FindSeveralReports, true) {
		t.Errorf("no finding that blocks: %+v", r.Findings)
	}
}

func TestTheRestOfALongTextIsUnread(t *testing.T) {
	text := "Chad ALERT: Fuel runs out\nRecommendations:\n" + strings.Repeat("- Monitor the news.\n", 120_000)
	r := Read(gazetteer.Default(), []byte(text), Options{})
	sound(t, r)
	last := r.Accounting[len(r.Accounting)-1]
	if !hasFinding(r, vedette.FindTooLong, false) || last.As != vedette.AsUnread || last.Lines[1] != 120_002 {
		t.Errorf("last accounting %+v, findings %+v", last, r.Findings)
	}
}

func hasFinding(r vedette.Reading, code vedette.FindingCode, blocks bool) bool {
	for _, f := range r.Findings {
		if f.Code == code && f.Blocks == blocks {
			return true
		}
	}
	return false
}

func TestTheYearIsTheNearest(t *testing.T) {
	for _, c := range []struct{ issued, day, want string }{
		{"5 Feb 2026 11:56 UTC", "February 4", "2026-02-04"},
		{"29 Dec 2025 11:56 UTC", "January 3", "2026-01-03"},
		{"2 January 2026, 08:00 UTC", "December 30", "2025-12-30"},
		{"29 Feb 2024 08:00 UTC", "February 29", "2024-02-29"},
		{"12 Sep 2025 | 04:17 AM UTC", "Sept. 11", "2025-09-11"},
		{"12 Sep 2025 | 04:17 AM UTC", "11th of September", "2025-09-11"},
		{"2025-09-12T04:17:00Z", "2025-09-11", "2025-09-11"},
		{"12 Sep 2025 04:17 UTC", "Thursday", "2025-09-11"},
		{"12 Sep 2025 04:17 UTC", "yesterday", "2025-09-11"},
	} {
		r := Read(gazetteer.Default(), []byte("Chad ALERT: Fuel runs out\n"+c.issued+"\nEvent\nPumps ran dry on "+c.day+" in the capital.\n"), Options{})
		if st := statements(r); len(st) != 1 || len(st[0].When) != 1 || st[0].When[0].Date != c.want || st[0].When[0].Text != c.day {
			t.Errorf("%s, %s: %+v", c.issued, c.day, st)
		}
	}
}

func TestClockTimesAreOfThePlace(t *testing.T) {
	for _, c := range []struct{ text, want, zone string }{
		{"A blast hit Kathmandu at 10:00 on May 3.", "2026-05-03T04:15:00Z", "Asia/Kathmandu"},
		{"Polls open in Paris on May 3 at 8 a.m. local time.", "2026-05-03T06:00:00Z", "Europe/Paris"},
		{"Polls open in Paris on November 3, 2026 at 8 a.m. local time.", "2026-11-03T07:00:00Z", "Europe/Paris"},
		{"The fleet will leave Manila at 12:00 UTC on May 3.", "2026-05-03T12:00:00Z", "UTC"},
		{"The curfew in New Delhi starts at 4:30 pm on May 3.", "2026-05-03T11:00:00Z", "Asia/Kolkata"},
		{"On May 3, sirens sounded in Tel Aviv at 16:00.", "2026-05-03T13:00:00Z", "Asia/Jerusalem"},
		{"As of 12:00 UTC, the road is closed.", "2026-05-02T12:00:00Z", "UTC"},
	} {
		r := Read(gazetteer.Default(), []byte("2 May 2026 06:00 UTC\nWorld ALERT: Times\nEvent\n"+c.text+"\n"), Options{})
		found := false
		for _, st := range statements(r) {
			for _, w := range st.When {
				found = found || w.At != nil && w.At.Format(time.RFC3339) == c.want && w.Zone == c.zone
			}
		}
		if !found {
			t.Errorf("%s: %+v", c.text, statements(r))
		}
	}
}
