package manifest

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"vedette"
)

var at = time.Date(2026, 2, 5, 2, 20, 0, 0, time.UTC)

func key(t *testing.T) (Keys, Recipient) {
	t.Helper()
	file, to, err := NewKey(at)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := ParseKeys(file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := ParseRecipient(to)
	if err != nil {
		t.Fatal(err)
	}
	return keys, r
}

func written(t *testing.T, to ...Recipient) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(&b, to, Head{Organisation: "Harbour Relief", AsOf: at})
	if err != nil {
		t.Fatal(err)
	}
	w.Section("Rockets over Tunis", "2 concerned")
	for range 3000 { // several blocks of the format
		w.Person(&Entry{Name: "Bo\nLindqvist\u202e", Where: "Tunis", Addresses: []vedette.Address{{Channel: vedette.ChannelSMS, Value: "+216 20"}, {Channel: vedette.ChannelPush, Value: "https://push"}},
			Contacts: []vedette.Contact{{Kind: vedette.ContactEmergency, Name: "Ida", Phone: "+46 70"}}})
	}
	if err := w.Close("1 restricted person is left out"); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Whoever has one of the keys reads all of it; nobody else does, and what was changed or
// cut off says so.
func TestAManifestIsForWhoHasAKey(t *testing.T) {
	keys, to := key(t)
	spare, second := key(t)
	other, _ := key(t)
	file := written(t, to, second)
	if bytes.Contains(file, []byte("Lindqvist")) || !bytes.HasPrefix(file, []byte("age-encryption.org/v1\n")) {
		t.Error("it lies open, or is no age file")
	}
	for _, k := range []Keys{keys, spare} {
		r, err := Open(bytes.NewReader(file), k)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []string{"MANIFEST of Harbour Relief", "As of 5 Feb 2026 02:20 UTC", "==== Rockets over Tunis", "\nBo Lindqvist\n  where: Tunis\n  sms: +216 20\n  ask emergency: Ida +46 70\n", "1 restricted person is left out.\nEND of the manifest, entries: 3000.\n"} {
			if !strings.Contains(string(text), s) {
				t.Errorf("it does not say %q", s)
			}
		}
		if strings.Contains(string(text), "push") {
			t.Error("what nobody can ring is in it")
		}
	}
	if _, err := Open(bytes.NewReader(file), other); vedette.ErrorCode(err) != vedette.CodeWrongKey {
		t.Errorf("another key: %v", err)
	}
	for what, bad := range map[string][]byte{"cut off": file[:len(file)-100], "changed": append(append(bytes.Clone(file[:len(file)-9]), file[len(file)-9]^1), file[len(file)-8:]...)} {
		r, err := Open(bytes.NewReader(bad), keys)
		if err == nil {
			_, err = io.ReadAll(r)
		}
		if vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := Open(strings.NewReader("hello"), keys); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("no manifest: %v", err)
	}
}

func TestWhatIsNoRecipientIsRefusedWithoutSayingIt(t *testing.T) {
	file, _, err := NewKey(at)
	if err != nil {
		t.Fatal(err)
	}
	secret := strings.Split(string(file), "\n")[2]
	for _, s := range []string{"", "age1nonsense", secret, "age1x, age1y"} {
		if _, err := ParseRecipient(s); vedette.ErrorCode(err) != vedette.CodeInvalid || strings.Contains(err.Error(), secret[20:]) {
			t.Errorf("%v", err)
		}
	}
	if _, err := ParseKeys([]byte("x")); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Error(err)
	}
}
