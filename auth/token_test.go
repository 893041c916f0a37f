package auth

import (
	"bytes"
	"strings"
	"testing"
)

func TestATokenOfAMachine(t *testing.T) {
	secret, kept := NewBearer()
	if !strings.HasPrefix(secret, "vdt_") || len(secret) != 47 || len(kept) != 32 || bytes.Contains(kept, []byte(secret[4:12])) {
		t.Errorf("%q is kept as %x", secret, kept)
	}
	if !bytes.Equal(HashBearer(secret), kept) {
		t.Error("it does not hash as it is kept")
	}
	if other, _ := NewBearer(); other == secret {
		t.Error("two are alike")
	}
	for _, bad := range []string{"", "vdt_", secret[4:], "VDT_" + secret[4:], secret + "x", secret[:46], "vdt_ " + secret[5:] + " ", strings.Repeat(secret, 1000)} {
		if HashBearer(bad) != nil {
			t.Errorf("%.60q is taken for a token", bad)
		}
	}
}

// Whatever comes as a token is hashed or refused, and nothing else is let in by its
// hash.
func FuzzBearer(f *testing.F) {
	secret, kept := NewBearer()
	f.Add(secret)
	f.Add("vdt_")
	f.Fuzz(func(t *testing.T, s string) {
		if bytes.Equal(HashBearer(s), kept) != (s == secret) {
			t.Errorf("%q opens what another does", s)
		}
	})
}
