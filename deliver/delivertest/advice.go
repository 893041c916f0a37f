package delivertest

import (
	"slices"
	"strings"

	"vedette/deliver"
	"vedette/deliver/words"
)

// AdviceIn reads the advice lines back out of the text of a mail, in order,
// each as deliver.Notice.AdviceText words it. Only the list in the second
// block of lines, under "What to do", is read: a bullet anywhere else in a
// report's words is not advice.
func AdviceIn(text string) []string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	_, rest, _ := strings.Cut(text, "\n\n")
	block, _, _ := strings.Cut(rest, "\n\n")
	heading, list, _ := strings.Cut(block, "\n")
	if !slices.ContainsFunc(words.Languages(), func(l string) bool { return strings.HasSuffix(heading, words.In(l).Say("todo")) }) {
		return nil
	}
	var out []string
	for line := range strings.SplitSeq(list, "\n") {
		if advice, ok := strings.CutPrefix(line, deliver.Bullet); ok {
			out = append(out, advice)
		}
	}
	return out
}
