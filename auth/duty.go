package auth

import (
	"encoding/json"
	"strings"

	"vedette"
)

// dutyPurpose is what the addresses of a turn on the rota are sealed for.
const dutyPurpose = "duty"

// SealAddresses seals the addresses of a turn on the rota under a key of its
// own, which is given back wrapped.
func (k *Key) SealAddresses(id vedette.ID, list []vedette.Address) (wrapped, sealed []byte, err error) {
	b, err := json.Marshal(list)
	if err != nil {
		return nil, nil, err
	}
	pk, wrapped := k.NewPersonKey(id)
	return wrapped, pk.Seal(dutyPurpose, b), nil
}

// OpenAddresses opens what SealAddresses made.
func (k *Key) OpenAddresses(id vedette.ID, wrapped, sealed []byte) (list []vedette.Address, err error) {
	pk, err := k.Unwrap(id, wrapped)
	if err != nil {
		return nil, err
	}
	b, err := pk.Open(dutyPurpose, sealed)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, &list); err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInternal, "the addresses of %s do not read", id)
	}
	return list, nil
}

// RungAt gives where somebody who signs in is rung: what was sealed, or where nothing was,
// what they sign in with, if that is a mail address.
func (k *Key) RungAt(id vedette.ID, wrapped, sealed []byte, login string) ([]vedette.Address, error) {
	if len(sealed) > 0 {
		return k.OpenAddresses(id, wrapped, sealed)
	}
	if at := strings.IndexByte(login, '@'); at > 0 && strings.Contains(login[at:], ".") {
		return []vedette.Address{{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: login}}, nil
	}
	return nil, nil
}
