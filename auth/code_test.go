package auth

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"vedette"
)

// The test vectors of RFC 6238, appendix B, of which six digits are the last six of
// eight.
func TestCodesAreThoseOfTheStandard(t *testing.T) {
	s := CodeSecret("12345678901234567890")
	for at, want := range map[int64]string{59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130"} {
		code, now := want[2:], time.Unix(at, 0)
		if got := s.at(at / 30); got != code {
			t.Errorf("at %d: %s, want %s", at, got, code)
		}
		if step := s.Check(" "+code[:3]+" "+code[3:], 0, now); step != at/30 {
			t.Errorf("at %d: of step %d", at, step)
		}
		for _, apart := range []time.Duration{-90 * time.Second, 90 * time.Second} {
			if s.Check(code, 0, now.Add(apart)) != 0 {
				t.Errorf("at %d: good %s later", at, apart)
			}
		}
		if s.Check(code, at/30, now) != 0 {
			t.Errorf("at %d: good a second time", at)
		}
	}
	now := time.Unix(59, 0)
	for _, bad := range []string{"", "94287", "9428708", "94287082", "２８７０８２", "287083"} {
		if s.Check(bad, 0, now) != 0 {
			t.Errorf("%q is taken", bad)
		}
	}
	if s.Check("287082", 0, now.Add(30*time.Second)) != 1 {
		t.Error("clocks that are half a minute apart do not agree")
	}
}

func TestACodesSecretIsShownAndSealed(t *testing.T) {
	s := CodeSecret("12345678901234567890")
	if got := s.Text(); got != "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ" {
		t.Error(got)
	}
	u, err := url.Parse(s.Link("Harbour: Relief & Co", "ada@relief.example.org"))
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/Harbour  Relief & Co:ada@relief.example.org" || u.Query().Get("issuer") != "Harbour  Relief & Co" || u.Query().Get("secret") != strings.ReplaceAll(s.Text(), " ", "") {
		t.Errorf("%v, %v", u, err)
	}
	k := NewKey()
	sealed := k.SealCode("ada", s)
	if got, err := k.OpenCode("ada", sealed); err != nil || string(got) != string(s) {
		t.Errorf("%q, %v", got, err)
	}
	for what, err := range map[string]error{"another's": second(k.OpenCode("ben", sealed)), "another key": second(NewKey().OpenCode("ada", sealed)), "nothing": second(k.OpenCode("ada", nil))} {
		if vedette.ErrorCode(err) != vedette.CodeWrongKey {
			t.Errorf("%s: %v", what, err)
		}
	}
	if got, err := ParseCodeSecret(s.Text()); err != nil || string(got) != string(s) || got.Code(time.Unix(59, 0)) != "287082" {
		t.Errorf("read back as %q, %v", got, err)
	}
	if _, err := ParseCodeSecret("1"); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Error(err)
	}
	if a, b := NewCodeSecret(), NewCodeSecret(); string(a) == string(b) {
		t.Error("two secrets are the same")
	}
}

func second[T any](_ T, err error) error { return err }
