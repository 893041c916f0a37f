// Package oidctest is identity providers for tests: one of our own, whose answers a test
// bends, and a real one.
package oidctest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"
)

// Client and Secret are what the provider of our own knows a portal by.
const (
	Client = "vedette"
	Secret = "a secret of the client"
)

// Fake is a provider of our own. Its fields are set before it is asked.
type Fake struct {
	*httptest.Server
	Now    time.Time
	Claims map[string]any       // of the ID token, besides those that have to be there
	Info   map[string]any       // of userinfo; nil: it has none
	Bend   func(map[string]any) // the ID token before it is signed
	None   bool                 // the ID token is signed by nobody
	Other  bool                 // it is signed by another key
	Status int                  // that every door but the browser's answers with, 0 for as it should

	t     testing.TB
	key   *rsa.PrivateKey
	mu    sync.Mutex
	codes map[string]url.Values // what was asked for, by code; taken once
	asked int                   // how often it was asked where its doors are
}

// Start starts one.
func Start(t testing.TB, now time.Time) *Fake {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	f := &Fake{t: t, key: key, Now: now, codes: map[string]url.Values{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", f.discovery)
	mux.HandleFunc("GET /keys", f.keys)
	mux.HandleFunc("POST /token", f.token)
	mux.HandleFunc("GET /me", func(w http.ResponseWriter, r *http.Request) { f.say(w, f.Info) })
	f.Server = httptest.NewServer(mux)
	t.Cleanup(f.Close)
	return f
}

// Asked is how often it was asked where its doors are.
func (f *Fake) Asked() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.asked
}

func (f *Fake) say(w http.ResponseWriter, v any) {
	if f.Status != 0 {
		w.WriteHeader(f.Status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		f.t.Error(err)
	}
}

func (f *Fake) discovery(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.asked++
	f.mu.Unlock()
	says := map[string]any{"issuer": f.URL, "authorization_endpoint": f.URL + "/auth", "token_endpoint": f.URL + "/token", "jwks_uri": f.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"RS256", "none", "HS256"}, "authorization_response_iss_parameter_supported": true}
	if f.Info != nil {
		says["userinfo_endpoint"] = f.URL + "/me"
	}
	f.say(w, says)
}

func (f *Fake) keys(w http.ResponseWriter, r *http.Request) {
	e := big.NewInt(int64(f.key.E)).Bytes()
	f.say(w, map[string]any{"keys": []any{map[string]any{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1",
		"n": base64.RawURLEncoding.EncodeToString(f.key.N.Bytes()), "e": base64.RawURLEncoding.EncodeToString(e)}}})
}

// Signs is what a browser brings back from an address that it was sent to, where somebody
// signed in there.
func (f *Fake) Signs(address string) url.Values {
	f.t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Path != "/auth" {
		f.t.Fatalf("sent to %q", address)
	}
	q, code := u.Query(), rand.Text()
	if q.Get("response_type") != "code" || q.Get("client_id") != Client || q.Get("code_challenge_method") != "S256" || q.Get("nonce") == "" || q.Get("state") == "" {
		f.t.Errorf("asked with %v", q)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.codes[code] = q
	return url.Values{"state": {q.Get("state")}, "code": {code}, "iss": {f.URL}}
}

func (f *Fake) token(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	q, ok := f.codes[r.FormValue("code")]
	delete(f.codes, r.FormValue("code"))
	f.mu.Unlock()
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	name, secret, _ := r.BasicAuth()
	if secret, _ = url.QueryUnescape(secret); name != Client || secret != Secret {
		w.WriteHeader(http.StatusUnauthorized)
		f.say(w, map[string]any{"error": "invalid_client"})
		return
	}
	if !ok || q.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]) || r.FormValue("redirect_uri") != q.Get("redirect_uri") {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		f.say(w, map[string]any{"error": "invalid_grant"})
		return
	}
	claims := map[string]any{"iss": f.URL, "sub": "7", "aud": Client, "iat": f.Now.Unix(), "exp": f.Now.Add(5 * time.Minute).Unix(), "nonce": q.Get("nonce")}
	maps.Copy(claims, f.Claims)
	if f.Bend != nil {
		f.Bend(claims)
	}
	f.say(w, map[string]any{"access_token": rand.Text(), "token_type": "Bearer", "id_token": f.signed(claims)})
}

func (f *Fake) signed(claims map[string]any) string {
	head := map[string]any{"alg": "RS256", "kid": "1"}
	if f.None {
		head = map[string]any{"alg": "none"}
	}
	part := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			f.t.Error(err)
		}
		return base64.RawURLEncoding.EncodeToString(b)
	}
	text := part(head) + "." + part(claims)
	if f.None {
		return text + "."
	}
	key := f.key
	if f.Other {
		var err error
		if key, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			f.t.Error(err)
		}
	}
	sum := sha256.Sum256([]byte(text))
	sig, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		f.t.Error(err)
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(sig)
}
