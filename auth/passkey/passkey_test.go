package passkey_test

import (
	"strings"
	"testing"

	"vedette"
	"vedette/auth/passkey"
	"vedette/auth/passkey/passkeytest"
)

const at = "https://desk.example.org"

var ada = vedette.User{ID: "0190a000-0000-7000-8000-000000000001", Name: "Ada Lovelace", Login: "ada"}

func party(t testing.TB, base string) *passkey.Party {
	t.Helper()
	p, err := passkey.At(base, "Harbour Relief")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// made gives a device with a passkey of somebody's.
func made(t testing.TB, p *passkey.Party) (*passkeytest.Device, passkey.Holder) {
	t.Helper()
	h, d := passkey.Holder{User: ada}, &passkeytest.Device{Origin: at}
	options, kept, err := p.Make(h)
	if err != nil {
		t.Fatal(err)
	}
	k, err := p.Made(h, kept, d.Make(t, options))
	if err != nil {
		t.Fatal(err)
	}
	h.Keys = append(h.Keys, k)
	return d, h
}

func TestWhereThereArePasskeys(t *testing.T) {
	for base, why := range map[string]string{
		"https://desk.example.org": "", "https://desk.example.org:8443/x": "", "http://localhost:8075": "", "http://vedette.localhost": "",
		"http://desk.example.org": "over TLS alone", "http://127.0.0.1:8075": "belong to a name", "https://192.0.2.7": "belong to a name", "http://[::1]:80": "belong to a name",
		"https://desk": "at least two parts", "": "no address",
	} {
		_, err := passkey.At(base, "")
		if why == "" && err != nil || why != "" && (vedette.ErrorCode(err) != vedette.CodeUnavailable || !strings.Contains(err.Error(), why)) {
			t.Errorf("%q: %v, want %q", base, err, why)
		}
	}
}

func TestAPasskeyIsMadeAndShown(t *testing.T) {
	p := party(t, at)
	d, h := made(t, p)
	for _, of := range []*passkey.Holder{nil, &h} { // without a name, and with one
		options, kept, err := p.Ask(of)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(options), `"userVerification":"required"`) {
			t.Errorf("anybody may use it: %s", options)
		}
		answer := d.Show(t, options)
		handle, err := passkey.Handle(answer)
		if err != nil || string(handle) != string(h.Keys[0].Handle) {
			t.Errorf("%x, %v", handle, err)
		}
		k, err := p.Shown(h, kept, answer)
		if err != nil || k.Count != d.Count {
			t.Fatalf("%v, counted %d of %d", err, k.Count, d.Count)
		}
		h.Keys[0] = k
	}
}

func TestWhatIsNoProof(t *testing.T) {
	p := party(t, at)
	d, h := made(t, p)
	_, other := made(t, p)
	other.User.ID = "0190a000-0000-7000-8000-000000000002"
	ask := func(h *passkey.Holder) (options, kept []byte) {
		t.Helper()
		options, kept, err := p.Ask(h)
		if err != nil {
			t.Fatal(err)
		}
		return options, kept
	}
	refuse := func(what string, h passkey.Holder, kept, answer []byte) {
		t.Helper()
		if _, err := p.Shown(h, kept, answer); vedette.ErrorCode(err) != vedette.CodeForbidden {
			t.Errorf("%s: %v", what, err)
		}
	}
	options, kept := ask(nil)
	_, another := ask(nil)
	refuse("an answer to another question", h, another, d.Show(t, options))
	refuse("another's passkey", other, kept, d.Show(t, options))
	_, his := ask(&other)
	refuse("an answer to what somebody else was asked", h, his, d.Show(t, options))
	lie := func(change func(*passkeytest.Device)) []byte {
		x := *d
		change(&x)
		return x.Show(t, options)
	}
	refuse("another site", h, kept, lie(func(d *passkeytest.Device) { d.Origin = "https://desk.example.org.evil.example" }))
	refuse("in the clear", h, kept, lie(func(d *passkeytest.Device) { d.Origin = "http://desk.example.org" }))
	refuse("nobody was looked at", h, kept, lie(func(d *passkeytest.Device) { d.Unsure = true }))
	refuse("a stranger's", h, kept, lie(func(d *passkeytest.Device) { d.Stranger = true }))
	refuse("nothing", h, kept, nil)
	refuse("too much", h, kept, append(d.Show(t, options), make([]byte, 1<<16)...))
	elsewhere := party(t, "https://else.example.org")
	if _, err := elsewhere.Shown(h, kept, d.Show(t, options)); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("at another address: %v", err)
	}

	// A key that was copied counts less than the one it was copied of.
	h.Keys[0].Count = 10
	_, err := p.Shown(h, kept, lie(func(d *passkeytest.Device) { d.Count = 8 }))
	if vedette.ErrorCode(err) != vedette.CodeForbidden || !strings.Contains(err.Error(), "may have been copied") {
		t.Errorf("a copy: %v", err)
	}
	if k, err := p.Shown(h, kept, lie(func(d *passkeytest.Device) { d.Count = 10 })); err != nil || k.Count != 11 {
		t.Errorf("%v, %d", err, k.Count)
	}
}

func TestWhatIsNoPasskey(t *testing.T) {
	p := party(t, at)
	h := passkey.Holder{User: ada}
	options, kept, err := p.Make(h)
	if err != nil {
		t.Fatal(err)
	}
	for what, d := range map[string]*passkeytest.Device{"another site": {Origin: "https://evil.example"}, "nobody was looked at": {Origin: at, Unsure: true}} {
		if _, err := p.Made(h, kept, d.Make(t, options)); vedette.ErrorCode(err) != vedette.CodeForbidden {
			t.Errorf("%s: %v", what, err)
		}
	}
	// One for somebody else, and one that is signed with instead of made.
	other := passkey.Holder{User: vedette.User{ID: "0190a000-0000-7000-8000-000000000002", Name: "Ben", Login: "ben"}}
	d := &passkeytest.Device{Origin: at}
	answer := d.Make(t, options)
	if _, err := p.Made(other, kept, answer); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("for somebody else: %v", err)
	}
	if _, err := p.Made(h, kept, d.Show(t, options)); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("signed with: %v", err)
	}
}

// Whatever a browser sends, it is no proof, and nothing breaks.
func FuzzAnswer(f *testing.F) {
	p := party(f, at)
	d, h := made(f, p)
	making, keptMaking, err := p.Make(h)
	if err != nil {
		f.Fatal(err)
	}
	asking, keptAsking, err := p.Ask(nil)
	if err != nil {
		f.Fatal(err)
	}
	elsewhere := passkeytest.Device{Origin: "https://evil.example"}
	f.Add(elsewhere.Make(f, making))
	x := *d
	x.Origin = "https://evil.example"
	f.Add(x.Show(f, asking))
	f.Add([]byte(`{"id":"AA","rawId":"AA","type":"public-key","response":{"attestationObject":"o2NmbXQ","clientDataJSON":"e30"}}`))
	f.Fuzz(func(t *testing.T, answer []byte) {
		if _, err := p.Made(h, keptMaking, answer); err == nil {
			t.Error("a passkey of nobody's device was taken")
		}
		if _, err := p.Shown(h, keptAsking, answer); err == nil {
			t.Error("what no device signed was taken")
		}
	})
}
