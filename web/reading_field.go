package web

import (
	"strings"

	"vedette"
)

// fieldView is a field of a draft on the page beside its reports: what it says, and what
// was typed in it and is not saved.
type fieldView struct {
	View  *readingView
	Key   string
	Label string
	Text  string
	Item  wordsItem
}

// Clashes says whether what was typed in it was not saved.
func (f fieldView) Clashes() bool { return f.View.Typed.At(f.Key) }

// Advice says whether it is the heading of advice, by which the advice is for a place.
func (f fieldView) Advice() bool {
	return strings.HasPrefix(f.Key, "head-"+string(vedette.SectionAdvice))
}

// Shown is what the field holds: what was typed, where that was not saved.
func (f fieldView) Shown() string {
	if f.Clashes() {
		return f.View.Typed.Text
	}
	return f.Text
}

func fieldOf(v *readingView, key, label, text string) fieldView {
	return fieldView{View: v, Key: key, Label: label, Text: text}
}

func fieldsOf(v *readingView, items []wordsItem) (out []fieldView) {
	for _, it := range items {
		out = append(out, fieldView{View: v, Key: it.Key, Text: it.Text, Item: it})
	}
	return out
}
