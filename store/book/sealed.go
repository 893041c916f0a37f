package book

import (
	"vedette"
	"vedette/store/ground"
)

// SealedNow refuses what another key of the installation sealed than the one that is
// current: whoever sealed it does not know yet that another took over. The
// installation's row is held to the end of the transaction, so that none takes over meanwhile: what a rotation
// looks through grows by nothing behind it.
func SealedNow(t *ground.Tx, sealed ...[]byte) error {
	if len(sealed) == 0 {
		return nil
	}
	// The installation's row is what is waited for: a key's own may not be the current
	// one any more when the wait ends, and would then not be found.
	var current int64
	found, err := t.Found([]any{&current}, `SELECT one FROM installation WHERE one = 1 {share}`)
	if err != nil || !found { // a place without an installation, as tests have
		return err
	}
	if err := t.Row([]any{&current}, `SELECT no FROM installation_keys WHERE state = {key current}`); err != nil {
		return err
	}
	for _, s := range sealed {
		if no, _ := vedette.SealedBy(s); int64(no) != current {
			return vedette.Errorf(vedette.CodeConflict, "the installation key was changed while this was being done, and nothing was saved; do it once more")
		}
	}
	return nil
}
