package roster

import (
	"encoding/json"

	"vedette"
	"vedette/auth"
	"vedette/store"
)

// The purposes that a superior, and what they are told, are sealed for.
const (
	superiorSeal = "superior"
	clashSeal    = "clashes"
)

// Seal seals a superior under the key of the person they are the manager of.
func (s Superior) Seal(pk auth.PersonKey) []byte {
	b, _ := json.Marshal([2]string{s.Name, s.Email}) // strings never fail
	return pk.Seal(superiorSeal, b)
}

// SealClashes seals what a superior is told of somebody, under that person's
// key.
func SealClashes(pk auth.PersonKey, list []vedette.Clash) []byte {
	b, _ := json.Marshal(list) // nor do these
	return pk.Seal(clashSeal, b)
}

// OpenSuperior opens whom somebody's clashes were told to.
func OpenSuperior(pk auth.PersonKey, t *store.SuperiorTold) (Superior, error) {
	var v [2]string
	b, err := pk.Open(superiorSeal, t.SealedSuperior.Sealed)
	if err == nil {
		err = json.Unmarshal(b, &v)
	}
	return Superior{Name: v[0], Email: v[1]}, err
}

// OpenClashes opens which clashes they were told.
func OpenClashes(pk auth.PersonKey, t *store.SuperiorTold) (list []vedette.Clash, err error) {
	b, err := pk.Open(clashSeal, t.ClashNote.Sealed)
	if err == nil {
		err = json.Unmarshal(b, &list)
	}
	return list, err
}
