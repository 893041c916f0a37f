package auth

import (
	"regexp"
	"strings"
	"testing"
)

func TestAWelcomeCodeAsItIsTyped(t *testing.T) {
	code, kept := NewWelcome()
	if !regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$`).MatchString(code) {
		t.Errorf("the code is %q", code)
	}
	bare := strings.ReplaceAll(code, "-", "")
	for _, typed := range []string{code, " " + strings.ToLower(code) + " ", bare, strings.ReplaceAll(code, "-", " "), strings.NewReplacer("1", "l", "0", "o").Replace(code)} {
		if !IsWelcome(typed, kept) {
			t.Errorf("%q is not taken for %q", typed, code)
		}
	}
	other, _ := NewWelcome()
	for _, typed := range []string{"", other, bare[1:], bare + "0", strings.Repeat(code, 20)} {
		if IsWelcome(typed, kept) {
			t.Errorf("%q is taken for %q", typed, code)
		}
	}
	if IsWelcome("", nil) || IsWelcome(code, nil) {
		t.Error("where there is no code one is taken")
	}
}
