package cap

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vedette"
)

func sample(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("testdata/quake.cap")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestAnAlertIsRead: in English where it has that, with what is drawn, what is not, and what
// it takes the place of.
func TestAnAlertIsRead(t *testing.T) {
	w, err := Read([]byte(sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	if w.Sender != "warnings@example.org" || w.Identifier != "TN-2026-0311-7" || !w.Sent.Equal(time.Date(2026, 3, 11, 17, 40, 0, 0, time.UTC)) {
		t.Errorf("it is called %+v", w.SignalName)
	}
	if w.Kind != vedette.SignalUpdate || len(w.Refers) != 1 || w.Refers[0].Identifier != "TN-2026-0311-6" || !w.Refers[0].Sent.Equal(time.Date(2026, 3, 11, 17, 31, 0, 0, time.UTC)) {
		t.Errorf("%s of %+v", w.Kind, w.Refers)
	}
	if w.Title() != "Strong earthquake off Sfax" || w.Event != "Earthquake" || w.From != "Example Warning Centre" || w.Language != "en" || w.Others != 1 {
		t.Errorf("%+v", w)
	}
	if w.Risk != vedette.RiskHigh || w.Urgency != vedette.UrgencyImmediate || w.Source != vedette.SourceConfirmed || w.Status != vedette.StatusActual {
		t.Errorf("risk %s, urgency %s, source %s, status %s", w.Risk, w.Urgency, w.Source, w.Status)
	}
	if !strings.Contains(w.Text, "20 km east of Sfax at 18:31.\nAftershocks") || !strings.HasPrefix(w.Advice, "Leave damaged buildings.") {
		t.Errorf("it says %q and %q", w.Text, w.Advice)
	}
	if len(w.Shapes) != 2 || w.Shapes[0].Circle == nil || w.Shapes[0].Name != "Sfax" || len(w.Shapes[1].Polygon) != 4 || w.Undrawn != 1 {
		t.Errorf("%d undrawn, %+v", w.Undrawn, w.Shapes)
	}
	if !w.Expires.Equal(time.Date(2026, 3, 11, 23, 0, 0, 0, time.UTC)) {
		t.Errorf("it expires %s", w.Expires)
	}
}

// TestAnAlertThatCannotBeRead: the error says what it is instead, or where it is wrong.
func TestAnAlertThatCannotBeRead(t *testing.T) {
	good := sample(t)
	put := func(old, with string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("the sample has no %q", old)
		}
		return strings.Replace(good, old, with, 1)
	}
	for _, c := range []struct{ what, text, says string }{
		{"a feed", `<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>`, "this is a feed"},
		{"an envelope", `<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0"/>`, "EDXL"},
		{"another alert", `<alert xmlns="urn:other"/>`, `"urn:other"`},
		{"a page", `<html><body>no</body></html>`, "begins with <html>"},
		{"words", "Strong earthquake", "no XML"},
		{"nothing", "", "no XML"},
		{"half of one", good[:len(good)/2], "line"},
		{"an entity", put(`<?xml version="1.0" encoding="UTF-8"?>`, `<!DOCTYPE alert [<!ENTITY a "b">]>`), "document type"},
		{"an entity that nobody says", put("Strong earthquake", "&a; earthquake"), "no XML"},
		{"no zone", put("2026-03-11T18:40:00+01:00", "2026-03-11T18:40:00"), "sent"},
		{"an acknowledgement", put("<msgType>Update", "<msgType>Ack"), "msgType"},
		{"a status that is not known", put("<status>Actual", "<status>Real"), "status"},
		{"a cancellation of nothing", put("<msgType>Update", "<msgType>Cancel") + "", ""},
		{"no scope", put("<scope>Public</scope>", ""), "scope"},
		{"no name", put("<identifier>TN-2026-0311-7", "<identifier>"), "who sent it"},
		{"references that are none", put("warnings@example.org,TN-2026-0311-6,", "TN-2026-0311-6,"), "references"},
		{"too much", good + strings.Repeat(" ", vedette.MaxSignal), "larger than"},
	} {
		_, err := Read([]byte(c.text))
		if c.says == "" {
			if err != nil { // it has references
				t.Errorf("%s: %v", c.what, err)
			}
			continue
		}
		if vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", c.what, err, c.says)
		}
	}
	bare := strings.Replace(put("<msgType>Update", "<msgType>Cancel"), "<references>warnings@example.org,TN-2026-0311-6,2026-03-11T18:31:00+01:00</references>", "", 1)
	if _, err := Read([]byte(bare)); err == nil || !strings.Contains(err.Error(), "of what") {
		t.Errorf("a cancellation of nothing: %v", err)
	}
}

// TestAlertsOfOthers: public samples of many services are read, or refused with a reason.
func TestAlertsOfOthers(t *testing.T) {
	shared := os.Getenv("VEDETTE_SHARED")
	if shared == "" {
		t.Skip("VEDETTE_SHARED is not set: no samples of others")
	}
	refused := map[string]string{
		"google-xee.cap": "document type", "capparselib-invalid.cap": "scope", "capparselib-amber.atom": "feed", "capparselib-weather_index.atom": "feed", "capparselib-weather_invalid.atom": "",
		"google-no_entries.atom": "feed", "google-weather.atom": "feed", "google-noaa_errors.cap": "", "capparselib-mexico.xml": "", "capparselib-rfs.xml": "", "capparselib-taiwan.cap": "",
		"capparselib-canada_errors.cap": "", "capparselib-no_info_tag.cap": "",
	}
	files, _ := filepath.Glob(filepath.Join(shared, "data", "cap", "*"))
	read := 0
	for _, name := range files {
		if strings.HasSuffix(name, ".xsd") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		w, err := Read(b)
		says, may := refused[filepath.Base(name)]
		switch {
		case err == nil:
			read++
			t.Logf("%s: %s “%s” of %s, risk %s, %d areas, %d drawn, %d not", filepath.Base(name), w.Kind, w.Title(), w.Sender, w.Risk, len(w.Areas), len(w.Shapes), w.Undrawn)
			if says != "" {
				t.Errorf("%s was read", filepath.Base(name))
			}
		case !may || !strings.Contains(err.Error(), says) || vedette.ErrorCode(err) != vedette.CodeInvalid:
			t.Errorf("%s: %v", filepath.Base(name), err)
		default:
			t.Logf("%s: %v", filepath.Base(name), err)
		}
	}
	if read < 15 {
		t.Errorf("only %d were read", read)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(sample(f)))
	f.Add([]byte(`<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><info><area><circle>1,1 0</circle></area></info></alert>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		w, err := Read(b)
		switch {
		case err == nil && w.Validate() != nil:
			t.Errorf("what was read is not valid: %v", w.Validate())
		case err != nil && vedette.ErrorCode(err) != vedette.CodeInvalid:
			t.Errorf("no clear error: %v", err)
		}
		if len(w.Text) > 4*maxText+8 || len(w.Headline) > 4*maxLine+8 {
			t.Error("a text is longer than its bound")
		}
	})
}
