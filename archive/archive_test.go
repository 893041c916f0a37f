package archive_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"vedette"
	"vedette/archive"
	"vedette/gazetteer"
)

var t0 = time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)

func TestWhatACardIsFoundBy(t *testing.T) {
	exercise := vedette.StatusExercise
	a := archive.New(gazetteer.Default())
	a.Add([]vedette.Card{
		{Key: 1, Published: t0, Risk: vedette.RiskHigh, Urgency: vedette.UrgencyImmediate, Source: vedette.SourceConfirmed, Categories: []string{"earthquake"}, Areas: []vedette.AreaID{"TR"}},
		{Key: 2, Published: t0.Add(time.Hour), Risk: vedette.RiskLow, Source: vedette.SourceUnconfirmed, Categories: []string{"protest", "politics"}, Areas: []vedette.AreaID{"IQ", "LB"}},
	})
	a.Add([]vedette.Card{
		{Key: 4, Published: t0.Add(3 * time.Hour), Areas: []vedette.AreaID{"mena"}},
		{Key: 3, Published: t0.Add(2 * time.Hour), Status: exercise, Risk: vedette.RiskExtreme, Areas: []vedette.AreaID{"DE"}},
	})
	among := &archive.Keys{}
	among.Add(1)
	among.Add(4)
	among.Add(70_000)
	for _, c := range []struct {
		what string
		q    archive.Query
		want string
	}{
		{"all, the newest first", archive.Query{}, "[4 3 2 1]"},
		{"a country, and what holds it", archive.Query{Areas: []vedette.AreaID{"IQ"}}, "[4 2]"},
		{"a region, and what lies in it", archive.Query{Areas: []vedette.AreaID{"middle-east"}}, "[4 2]"},
		{"one or the other", archive.Query{Areas: []vedette.AreaID{"DE", "TR"}}, "[3 1]"},
		{"at least a risk, and what has none", archive.Query{Risk: vedette.RiskHigh}, "[4 3 1]"},
		{"an urgency", archive.Query{Urgency: vedette.UrgencyImmediate}, "[1]"},
		{"how well established", archive.Query{Source: vedette.SourceCredible}, "[4 3 1]"},
		{"a category", archive.Query{Category: "politics"}, "[2]"},
		{"exercises", archive.Query{Status: &exercise}, "[3]"},
		{"a time", archive.Query{From: t0.Add(time.Hour), To: t0.Add(3 * time.Hour)}, "[3 2]"},
		{"among some", archive.Query{Among: among}, "[4 1]"},
		{"among none", archive.Query{Among: &archive.Keys{}}, "[]"},
	} {
		keys, of := a.Find(&c.q, 0, 10)
		if fmt.Sprint(keys) != c.want || of != len(keys) {
			t.Errorf("%s: %v of %d, want %s", c.what, keys, of, c.want)
		}
	}
	if keys, of := a.Find(&archive.Query{}, 1, 2); of != 4 || fmt.Sprint(keys) != "[3 2]" {
		t.Errorf("a page: %v of %d", keys, of)
	}
}

// Where no update names an area, none is found by one.
func TestWhatNamesNoAreaIsNotOfOne(t *testing.T) {
	a := archive.New(gazetteer.Default())
	a.Add([]vedette.Card{{Key: 1, Published: t0}})
	for range 2 {
		if keys, of := a.Find(&archive.Query{Areas: []vedette.AreaID{"IQ"}}, 0, 10); of != 0 {
			t.Errorf("%v", keys)
		}
	}
}

func TestWordsAreFoundHoweverTheyAreTyped(t *testing.T) {
	u := &vedette.Update{Content: vedette.Content{Headline: "Rockets near Al-Ḥasakah; 15 Ramaḍān", Summary: []vedette.Statement{{Text: "إغلاق المطار والطرق في بغداد"}, {Text: "ביטול טיסות לירושלים"}, {Text: "تیراندازی در کرمانشاه"}, {Text: "空港閉鎖"}},
		Recommendations: []vedette.AdviceGroup{{Heading: "Iraq", Advice: []vedette.Advice{{Statement: vedette.Statement{Text: "Don’t travel."}}}}}}}
	words := archive.Words(u)
	if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) {
		t.Errorf("not each once, in order: %q", words)
	}
	for _, question := range []string{"rockets", "ROCK", "hasakah", "١٥ ramadan", "اغلاق مطار", "طرق", "كرمانشاه", "ירושלים", "לירושלימ", "港", "dont", "Iraq travel"} {
		terms, err := archive.Asked(question)
		if err != nil {
			t.Fatal(err)
		}
		for _, term := range terms {
			if !slices.ContainsFunc(words, func(w string) bool {
				return w == term.Word || term.Begun && len(w) > len(term.Word) && w[:len(term.Word)] == term.Word
			}) {
				t.Errorf("%q: %q is not found among %q", question, term.Word, words)
			}
		}
	}
}

func TestAQuestionOfTooManyWordsIsRefused(t *testing.T) {
	if _, err := archive.Asked("a b c d e f g h i j k l m"); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("%v", err)
	}
	if terms, err := archive.Asked(" … ! "); err != nil || len(terms) != 0 {
		t.Errorf("%v, %v", terms, err)
	}
}

func FuzzWords(f *testing.F) {
	f.Add("Rockets near Al-Ḥasakah")
	f.Add("والطرق في بغداد 空港閉鎖 \xff")
	f.Fuzz(func(t *testing.T, text string) {
		words := archive.Words(&vedette.Update{Content: vedette.Content{Headline: text}})
		if len(words) > 5000 {
			t.Errorf("%d words", len(words))
		}
		for _, w := range words {
			if w == "" || len(w) > 40 {
				t.Errorf("%q", w)
			}
		}
	})
}
