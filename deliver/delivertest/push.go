package delivertest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Pushed is a message that a device has read.
type Pushed struct {
	Device int
	Header http.Header
	Body   []byte // as it was before it was encrypted
}

// PushService is a fake push service on 127.0.0.1, with the devices that
// subscribed to it: each call must be signed by the key that the device
// subscribed to, and each message is read as the device would.
type PushService struct {
	server *httptest.Server
	ended  chan struct{}
	close  sync.Once

	mu      sync.Mutex
	devices []*device
	pushed  []Pushed
	refused []error
	status  int
	retry   string
	hang    bool
	vanish  bool
}

type device struct {
	key    *ecdh.PrivateKey
	auth   []byte
	public string // the key it subscribed to, base64url
	gone   bool
}

// NewPushService starts one. With a test it ends with it; with nil, Close ends it.
func NewPushService(t testing.TB) *PushService {
	p := &PushService{ended: make(chan struct{})}
	p.server = httptest.NewServer(http.HandlerFunc(p.serve))
	if t != nil {
		t.Cleanup(p.Close)
	}
	return p
}

// Close ends the service.
func (p *PushService) Close() {
	p.close.Do(func() {
		close(p.ended)
		p.server.CloseClientConnections()
		p.server.Close()
	})
}

// URL is the service's address.
func (p *PushService) URL() string { return p.server.URL }

// Subscribe makes a device that lets the owner of a public key reach it, and
// gives what its browser says of that, as JSON.
func (p *PushService) Subscribe(public string) (no int, subscription []byte) {
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		panic(err)
	}
	d := &device{key: key, auth: make([]byte, 16), public: public}
	rand.Read(d.auth)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.devices = append(p.devices, d)
	b, err := json.Marshal(map[string]any{"endpoint": fmt.Sprintf("%s/to/device-%d", p.server.URL, len(p.devices)), "expirationTime": nil,
		"keys": map[string]string{"p256dh": base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes()), "auth": base64.RawURLEncoding.EncodeToString(d.auth)}})
	if err != nil {
		panic(err)
	}
	return len(p.devices), b
}

// Unsubscribe makes a device take nothing more: the service says it is gone.
func (p *PushService) Unsubscribe(device int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.devices[device-1].gone = true
}

// Answer makes every call from now on be answered with a status, and a
// Retry-After where it is not empty; below 300 it is taken.
func (p *PushService) Answer(status int, retryAfter string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.status, p.retry, p.hang, p.vanish = status, retryAfter, false, false
}

// Behave does what the exam asks for.
func (p *PushService) Behave(b Behaviour) {
	p.Answer(map[Behaviour]int{Defers: http.StatusServiceUnavailable, Refuses: http.StatusGone}[b], "")
	p.mu.Lock()
	defer p.mu.Unlock()
	p.vanish, p.hang = b == Vanishes, b == Hangs
}

// Pushed lists what the devices have read, in order.
func (p *PushService) Pushed() []Pushed {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Pushed(nil), p.pushed...)
}

// Taken lists the identities of what the devices have read, in order.
func (p *PushService) Taken() []string {
	var ids []string
	for _, m := range p.Pushed() {
		var said struct{ ID string }
		_ = json.Unmarshal(m.Body, &said) // without one it is ""
		ids = append(ids, said.ID)
	}
	return ids
}

// Refused lists why calls were not good.
func (p *PushService) Refused() []error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]error(nil), p.refused...)
}

func (p *PushService) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return // the caller went away
	}
	no, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/to/device-"))
	p.mu.Lock()
	if no < 1 || no > len(p.devices) {
		p.mu.Unlock()
		http.NotFound(w, r)
		return
	}
	d, status, retry, hang, vanish := p.devices[no-1], p.status, p.retry, p.hang, p.vanish
	gone := d.gone
	p.mu.Unlock()
	plain, err := d.read(r, body, p.server.URL)
	switch {
	case err != nil:
		p.mu.Lock()
		p.refused = append(p.refused, err)
		p.mu.Unlock()
		http.Error(w, err.Error(), http.StatusForbidden)
		return
	case hang:
		select {
		case <-p.ended:
		case <-r.Context().Done():
		}
		return
	case gone:
		http.Error(w, "no such subscription", http.StatusGone)
		return
	case status >= 300:
		if retry != "" {
			w.Header().Set("Retry-After", retry)
		}
		http.Error(w, fmt.Sprintf("status %d for %s\n%s", status, r.URL, strings.Repeat("y", 8<<10)), status)
		return
	}
	p.mu.Lock()
	p.pushed = append(p.pushed, Pushed{no, r.Header, plain})
	p.mu.Unlock()
	if vanish {
		panic(http.ErrAbortHandler) // hangs up without an answer
	}
	w.WriteHeader(http.StatusCreated)
}

var topic = regexp.MustCompile(`^[A-Za-z0-9_-]{0,32}$`)

// read looks at a call as a push service does, and reads the message as the
// device does.
func (d *device) read(r *http.Request, body []byte, origin string) ([]byte, error) {
	if ttl, err := strconv.Atoi(r.Header.Get("TTL")); err != nil || ttl < 0 {
		return nil, errors.New("a call without a TTL")
	}
	if !topic.MatchString(r.Header.Get("Topic")) {
		return nil, errors.New("the topic is longer than 32, or of other letters")
	}
	switch r.Header.Get("Urgency") {
	case "", "very-low", "low", "normal", "high":
	default:
		return nil, errors.New("no such urgency")
	}
	if r.Method != http.MethodPost || r.Header.Get("Content-Encoding") != "aes128gcm" || len(body) > 4096 {
		return nil, errors.New("no message of at most 4,096 bytes, encrypted as it has to be")
	}
	if err := d.signed(r.Header.Get("Authorization"), origin, time.Now()); err != nil {
		return nil, err
	}
	return d.open(body)
}

// signed verifies who sends (RFC 8292).
func (d *device) signed(header, origin string, now time.Time) error {
	rest, _ := strings.CutPrefix(header, "vapid ")
	parts := map[string]string{}
	for p := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		parts[name] = value
	}
	if parts["k"] != d.public {
		return errors.New("signed by another key than the device subscribed to")
	}
	key, err := base64.RawURLEncoding.DecodeString(parts["k"])
	if err != nil {
		return errors.New("the key is none")
	}
	jwt := strings.Split(parts["t"], ".")
	if len(jwt) != 3 {
		return errors.New("the token has not three parts")
	}
	sig, err := base64.RawURLEncoding.DecodeString(jwt[2])
	if err != nil || len(sig) != 64 {
		return errors.New("the signature is none")
	}
	sum := sha256.Sum256([]byte(jwt[0] + "." + jwt[1]))
	pub, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), key)
	if err != nil {
		return err
	}
	if !ecdsa.Verify(pub, sum[:], new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:])) {
		return errors.New("the signature does not fit")
	}
	var claims struct {
		Aud, Sub string
		Exp      int64
	}
	b, err := base64.RawURLEncoding.DecodeString(jwt[1])
	if err != nil || json.Unmarshal(b, &claims) != nil {
		return errors.New("the claims do not read")
	}
	if end := time.Unix(claims.Exp, 0); claims.Aud != origin || end.Before(now) || end.After(now.Add(24*time.Hour)) {
		return fmt.Errorf("the claims are not for %s now: %+v", origin, claims)
	}
	if !strings.HasPrefix(claims.Sub, "mailto:") && !strings.HasPrefix(claims.Sub, "https:") || strings.Contains(claims.Sub, "mailto:mailto:") {
		return fmt.Errorf("the claims name nobody to write to: %q", claims.Sub)
	}
	return nil
}

// open reads a message (RFC 8188 as RFC 8291 narrows it: one record).
func (d *device) open(body []byte) ([]byte, error) {
	if len(body) < 86 || body[20] != 65 || int(binary.BigEndian.Uint32(body[16:20])) < len(body)-86 {
		return nil, errors.New("the message has no head")
	}
	salt, sender, sealed := body[:16], body[21:86], body[86:]
	theirs, err := ecdh.P256().NewPublicKey(sender)
	if err != nil {
		return nil, err
	}
	shared, err := d.key.ECDH(theirs)
	if err != nil {
		return nil, err
	}
	ikm, err := hkdf.Key(sha256.New, shared, d.auth, "WebPush: info\x00"+string(d.key.PublicKey().Bytes())+string(sender), 32)
	if err != nil {
		return nil, err
	}
	prk, err := hkdf.Extract(sha256.New, ikm, salt)
	if err != nil {
		return nil, err
	}
	key, err := hkdf.Expand(sha256.New, prk, "Content-Encoding: aes128gcm\x00", 16)
	if err != nil {
		return nil, err
	}
	nonce, err := hkdf.Expand(sha256.New, prk, "Content-Encoding: nonce\x00", 12)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	plain, err := gcm.Open(nil, nonce, sealed, nil)
	if err != nil {
		return nil, errors.New("it is not encrypted for this device")
	}
	end := len(plain)
	for end > 0 && plain[end-1] == 0 {
		end--
	}
	if end == 0 || plain[end-1] != 2 {
		return nil, errors.New("the last record does not end as the last")
	}
	return plain[:end-1], nil
}
