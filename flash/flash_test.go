package flash

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
)

var languages = []string{"ar", "en", "es", "fa", "fr", "he", "ru"}

// Every template that is built in says everything in every language.
func TestWhatIsBuiltIn(t *testing.T) {
	list := BuiltIn()
	if len(list) != 5 {
		t.Fatalf("%d are built in", len(list))
	}
	for i := range list {
		f := &list[i]
		if err := f.Validate(languages); err != nil {
			t.Errorf("%s: %v", f.Key, err)
		}
		if lacks := f.Lacks(languages); len(lacks) > 0 || f.Key != Keys[i] || f.Language != "en" {
			t.Errorf("%s (%s) lacks %q", f.Key, f.Language, lacks)
		}
		for _, s := range f.Says {
			if !strings.Contains(s.InError, vedette.PlaceMark) {
				t.Errorf("%s in %s does not say where what was sent in error was", f.Key, s.Language)
			}
		}
	}
}

func TestMake(t *testing.T) {
	now := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	u := Make(Of("strike"), Where{Area: "gn:99532", Name: "Basra, Iraq"}, " blasts heard, two sources ", vedette.RiskUnknown, vedette.StatusExercise, now)
	if err := u.Validate(); err != nil {
		t.Fatal(err)
	}
	c := &u.Content
	if c.Headline != "Air or missile strike: Basra, Iraq" || c.Risk != vedette.RiskExtreme || c.Urgency != vedette.UrgencyImmediate || c.Summary[0].Text != "blasts heard, two sources" || u.Flash != "strike" || u.Status != vedette.StatusExercise {
		t.Errorf("%+v", u)
	}
	if len(u.Tongues) != 7 || u.Tongues[0].Language != "en" || u.Reads("fr").Headline != "Frappe aérienne ou de missile : Basra, Iraq" || u.Reads("de").Language != "en" || u.Tongue("de") != nil {
		t.Errorf("%+v", u.Tongues)
	}
	for _, g := range c.Recommendations {
		for i, a := range g.Advice {
			if got := a.Actions[0].Areas(g.Area); !slices.Equal(got, []vedette.AreaID{"gn:99532"}) || u.AdviceNo(0, i) != i {
				t.Errorf("advice %d is for %q", i, got)
			}
		}
	}
	u = Make(Of("strike"), Where{Name: "the port", Shapes: []vedette.Shape{{Name: "the port", Circle: &vedette.Circle{KM: 5}}}}, "", vedette.RiskHigh, vedette.StatusActual, now)
	if err := u.Validate(); err != nil || len(u.Areas()) > 0 || len(u.Content.Summary) > 0 || u.Content.Risk != vedette.RiskHigh {
		t.Errorf("%v %+v", err, u.Content)
	}
}

func TestDrawn(t *testing.T) {
	for text, want := range map[string]string{
		"30.51, 47.78, 25": "30.51, 47.78, 25", "30.51 47.78 25": "30.51, 47.78, 25", "-1.3;36.8;4.5": "-1.3, 36.8, 4.5", "−1.3, 36.8, 5": "-1.3, 36.8, 5",
		"30,47 31,47 31,48": "30,47 31,47 31,48", "30,47; 31,47; 31,48; 30,47": "30,47 31,47 31,48",
		"Basra": "", "": "", " , ": "", "Route 66": "",
	} {
		s, is, err := Drawn(text)
		if got := Text(&s); err != nil || is != (want != "") || is && got != want {
			t.Errorf("%q: %q, %v, %v", text, got, is, err)
		}
	}
	for _, text := range []string{"30.5, 47.7", "30", "1,2,3,4", "30,47 31,47 32,47", "95,47,10", "30,47,0", "1.2.3,4,5", "30,47,-5", "1 2 3 4 5 6 7", "--1,2,3"} {
		if _, is, err := Drawn(text); !is || err == nil || vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%q was taken: %v, %v", text, is, err)
		}
	}
}

// What an administrator can write wrong is refused, with the place of it.
func TestATemplateIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*vedette.FlashTemplate){
		"key": func(f *vedette.FlashTemplate) { f.Key = "No Key" }, "name": func(f *vedette.FlashTemplate) { f.Name = "" }, "category": func(f *vedette.FlashTemplate) { f.Category = "strike" },
		"risk": func(f *vedette.FlashTemplate) { f.Risk = 0 }, "no advice": func(f *vedette.FlashTemplate) { f.Do = nil }, "action": func(f *vedette.FlashTemplate) { f.Do = []vedette.Action{"dance", "dance", "dance"} },
		"own language": func(f *vedette.FlashTemplate) { f.Language = "de" }, "twice": func(f *vedette.FlashTemplate) { f.Says = append(f.Says, f.Says[0]) },
		"advice": func(f *vedette.FlashTemplate) { f.Says[0].Advice = f.Says[0].Advice[:1] }, "place": func(f *vedette.FlashTemplate) { f.Says[0].Headline = "Strike" },
		"brace": func(f *vedette.FlashTemplate) { f.Says[0].Headline = "Strike {place} {city}" }, "in error": func(f *vedette.FlashTemplate) { f.Says[0].InError = " " },
		"two lines": func(f *vedette.FlashTemplate) { f.Says[0].InError = "a\nb" }, "turned": func(f *vedette.FlashTemplate) { f.Says[0].InError = "a\u202eb" },
		"long": func(f *vedette.FlashTemplate) { f.Says[0].Headline = "{place}" + strings.Repeat("x", 120) }, "language": func(f *vedette.FlashTemplate) { f.Says[1].Language = "de" },
	} {
		f := *Of("strike")
		f.Says = slices.Clone(f.Says)
		spoil(&f)
		if err := f.Validate(languages); vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
