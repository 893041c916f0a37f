package auth

import (
	"bytes"
	"testing"
	"time"

	"vedette"
)

// A file opens under its own id, and as nothing else.
func TestAFileIsSealedUnderItsOwnKey(t *testing.T) {
	k := NewKey()
	id, other := vedette.NewID(time.Unix(1, 0)), vedette.NewID(time.Unix(2, 0))
	plain := []byte("%PDF-1.4 of the gulf")
	wrapped, sealed := k.SealFile(id, plain)
	if bytes.Contains(sealed, plain) {
		t.Error("it lies there in the clear")
	}
	if b, err := k.OpenFile(id, wrapped, sealed); err != nil || !bytes.Equal(b, plain) {
		t.Errorf("%q, %v", b, err)
	}
	if _, err := k.OpenFile(other, wrapped, sealed); vedette.ErrorCode(err) != vedette.CodeWrongKey {
		t.Errorf("as another's: %v", err)
	}
	if _, err := k.OpenAddresses(id, wrapped, sealed); vedette.ErrorCode(err) != vedette.CodeWrongKey {
		t.Errorf("as addresses: %v", err)
	}
	sealed[len(sealed)-1]++
	if _, err := k.OpenFile(id, wrapped, sealed); vedette.ErrorCode(err) != vedette.CodeWrongKey {
		t.Errorf("damaged: %v", err)
	}
}
