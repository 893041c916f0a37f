package auth

import (
	"strings"
	"testing"

	"vedette"
)

// A token names its delivery, whatever case a mail server gives it, and fits
// into an address; an altered one, or another installation's, names none.
func TestReturnTokens(t *testing.T) {
	k := NewKey()
	for _, r := range []Return{{1, 1, 1, 1, 1}, {3, 7_000_123, 912_345_678, 12, 200}, {1, 1 << 40, 1 << 40, 99, 255}} {
		token := k.SignReturn(r)
		if len(token) > 48 || token != strings.ToLower(token) {
			t.Errorf("%+v: token %q", r, token)
		}
		for _, as := range []string{token, strings.ToUpper(token)} {
			if got, err := k.OpenReturn(as); err != nil || got != r {
				t.Errorf("%q is %+v, %v; want %+v", as, got, err, r)
			}
		}
		for i := range token {
			other := []byte(token)
			if other[i] == 'a' {
				other[i] = 'b'
			} else {
				other[i] = 'a'
			}
			if _, err := k.OpenReturn(string(other)); vedette.ErrorCode(err) != vedette.CodeForbidden {
				t.Errorf("altered at %d: %v", i, err)
			}
		}
		if _, err := NewKey().OpenReturn(token); vedette.ErrorCode(err) != vedette.CodeForbidden {
			t.Errorf("by another key: %v", err)
		}
	}
	for _, bad := range []string{"", "a", strings.Repeat("0", 200), "ü", "0123"} {
		if _, err := k.OpenReturn(bad); vedette.ErrorCode(err) != vedette.CodeForbidden {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func FuzzOpenReturn(f *testing.F) {
	k := NewKey()
	f.Add(k.SignReturn(Return{1, 2, 3, 1, 1}))
	f.Fuzz(func(t *testing.T, token string) {
		if r, err := k.OpenReturn(token); err == nil && k.SignReturn(r) != strings.ToLower(token) {
			t.Errorf("%q opens as %+v", token, r)
		}
	})
}
