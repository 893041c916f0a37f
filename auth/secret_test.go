package auth

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"strings"
	"sync"
	"testing"
)

// Links and names that were given out stay good: a sum is of the key and the parts,
// whatever was summed before it or beside it.
func TestASumIsOfItsPartsAlone(t *testing.T) {
	k, err := ParseKey(keyPrefix + strings.Repeat("A", 43))
	if err != nil {
		t.Fatal(err)
	}
	if got := k.Message("0194d000-0000-7000-8000-000000000001", 7, 1, 2); got != "s7rk711k4sri64u3hns54gvuqm8mioe2" {
		t.Errorf("the name of a message is %s: what was sent before would be sent under another", got)
	}
	of := func(parts ...string) []byte {
		h := hmac.New(sha256.New, k.use.Load().past[0].link.key[:])
		for _, p := range parts {
			h.Write([]byte{byte(len(p) >> 24), byte(len(p) >> 16), byte(len(p) >> 8), byte(len(p))})
			h.Write([]byte(p))
		}
		return h.Sum(nil)
	}
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range 200 {
				parts := []string{strings.Repeat("x", i*w), "", strings.Repeat("y", 200-i)}
				if got := k.use.Load().past[0].link.mac(parts...); !bytes.Equal(got, of(parts...)) {
					t.Errorf("the sum of %d and %d letters is %x", i*w, 200-i, got)
				}
			}
		})
	}
	wg.Wait()
	if long := strings.Repeat("z", 3*maxIdle); !bytes.Equal(k.use.Load().past[0].link.mac(long), of(long)) {
		t.Error("a long part")
	}
}

func BenchmarkSignReturn(b *testing.B) {
	k := NewKey()
	b.ReportAllocs()
	for b.Loop() {
		k.SignReturn(Return{1, 2, 3, 4, 5})
	}
}
