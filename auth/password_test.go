package auth

import (
	"strings"
	"testing"

	"vedette"
)

func TestAPasswordIsKnownAgain(t *testing.T) {
	const password = "quiet heron ledger 41"
	kept := HashPassword(password)
	if strings.Contains(kept, password) || kept == HashPassword(password) {
		t.Fatalf("kept as %q", kept)
	}
	for try, want := range map[string]bool{password: true, password + " ": false, "": false, "Quiet heron ledger 41": false} {
		if right, old := VerifyPassword(kept, try); right != want || old {
			t.Errorf("%q: %v, old %v", try, right, old)
		}
	}
	// The same letters, composed in another way.
	if right, _ := VerifyPassword(HashPassword("Ame\u0301lie rides a tram"), "Am\u00e9lie rides a tram"); !right {
		t.Error("another keyboard's accent is another password")
	}
	cheap := cost{8 * 1024, 1, 1}
	salt := []byte("0123456789abcdef")
	if right, old := VerifyPassword(cheap.text(salt, cheap.hash(password, salt)), password); !right || !old {
		t.Errorf("one that costs less than today's: %v, old %v", right, old)
	}
}

// What is damaged, or asks for more than a hash ever took, opens nothing.
func TestWhatIsNoHashOpensNothing(t *testing.T) {
	good := HashPassword("quiet heron ledger 41")
	for _, kept := range []string{"", "quiet heron ledger 41", strings.Replace(good, "argon2id", "argon2i", 1), strings.Replace(good, "m=19456", "m=99999999", 1),
		strings.Replace(good, "p=1", "p=0", 1), good[:len(good)-4], good + "$", "$argon2id$v=19$m=19456,t=2,p=1$$"} {
		for _, try := range []string{"quiet heron ledger 41", ""} {
			if right, _ := VerifyPassword(kept, try); right {
				t.Errorf("%q is opened by %q", kept, try)
			}
		}
	}
	if right, _ := VerifyPassword(HashPassword(""), ""); right {
		t.Error("no password is one")
	}
}

func TestWhatIsAPassword(t *testing.T) {
	for password, ok := range map[string]bool{
		"quiet heron ledger 41": true, "кит над рекой идёт": true, "short words": false, "aaaaaaaaaaaaaaaaaa": false, "1212121212121212": false, "passwordpassword": false, "Password-1234567!": false, "qwertyuiopasdfg": false, "mnbvcxzlkjhgfdsa": false, "123456789012345": false, "blue harbour blue harbour": false,
		"my password is odd fish": true, "correct horse battery staple": false,
		"ada.lovelace is my login": false, strings.Repeat("ab cd ", 200): false, "\xff\xfe aaaaaaaaaaaaaaaaa": false,
	} {
		err := CheckPassword(password, "ada.lovelace", "Ada Lovelace of the desk")
		if (err == nil) != ok || err != nil && vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%q: %v", password, err)
		}
	}
}

func TestATokenIsKeptAsAHash(t *testing.T) {
	token, kept := NewToken()
	if string(HashToken(token)) != string(kept) || strings.Contains(token, string(kept)) || len(kept) != 32 {
		t.Error("the token is not known again")
	}
	if other, _ := NewToken(); other == token {
		t.Error("the same twice")
	}
	for _, no := range []string{"", "x", token + "x", token[1:]} {
		if HashToken(no) != nil {
			t.Errorf("%q is kept", no)
		}
	}
}

func FuzzVerifyPassword(f *testing.F) {
	f.Add(HashPassword("quiet heron ledger 41"), "x")
	f.Add("$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "")
	f.Fuzz(func(t *testing.T, kept, password string) {
		c, _, _, ok := parseHash(kept)
		if ok && (c.memory > most.memory || c.rounds > most.rounds || c.lanes > most.lanes || c.memory == 0 || c.rounds == 0 || c.lanes == 0) {
			t.Fatalf("%q costs %+v", kept, c)
		}
	})
}
