package auth

import "vedette"

// filePurpose is what the file that a report came in is sealed for.
const filePurpose = "report file"

// SealFile seals the bytes of a file under a key of its own, which is given back wrapped:
// so a rotation of the installation's key has only that to seal anew.
func (k *Key) SealFile(id vedette.ID, plain []byte) (wrapped, sealed []byte) {
	fk, wrapped := k.NewPersonKey(id)
	return wrapped, fk.Seal(filePurpose, plain)
}

// OpenFile opens what SealFile made.
func (k *Key) OpenFile(id vedette.ID, wrapped, sealed []byte) ([]byte, error) {
	fk, err := k.Unwrap(id, wrapped)
	if err != nil {
		return nil, err
	}
	return fk.Open(filePurpose, sealed)
}
