package vedette

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// SaysDuress says whether an answer holds somebody's duress word, or is the
// organisation's duress digit; "" and 0 are none. The word counts wherever it
// stands, the digit where the answer begins with it.
func SaysDuress(text, word string, digit int) bool {
	said := spoken(text)
	if digit > 0 && len(said) > 0 && said[0] == strconv.Itoa(digit) {
		return true
	}
	want := spoken(word)
	if len(want) == 0 {
		return false
	}
	for i := 0; i+len(want) <= len(said); i++ {
		if slices.Equal(said[i:i+len(want)], want) {
			return true
		}
	}
	return false
}

// spoken are the words of a text, as they are compared.
func spoken(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// The length of a duress word, in characters: a shorter one is said by chance.
const (
	MinDuressWord = 4
	MaxDuressWord = 40
)

// notDuress are words that people answer with, or that gateways act on.
var notDuress = []string{"safe", "help", "okay", "fine", "not there", "stop", "start", "take", "cancel", "quit", "i am safe", "need help", "i need help", "i am not there", "read", "seen"}

// CheckDuressWord says what is wrong with a duress word.
func CheckDuressWord(word string) error {
	n := len([]rune(word))
	if n < MinDuressWord || n > MaxDuressWord || len(spoken(word)) == 0 {
		return Errorf(CodeInvalid, "a duress word has %d to %d letters", MinDuressWord, MaxDuressWord)
	}
	if slices.Contains(notDuress, strings.Join(spoken(word), " ")) {
		return Errorf(CodeInvalid, "a duress word is none that people answer with anyway")
	}
	return nil
}
