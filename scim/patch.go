package scim

import (
	"encoding/json"
	"strings"

	"vedette"
)

// maxSteps bounds the operations of a patch.
const maxSteps = 100

// Patch is changes of a user, one after the other.
type Patch struct{ steps []step }

// step is one change. Where it is of one role alone it does nothing to who has another.
type step struct {
	said
	ofRole *string
}

const patchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp"

// ReadPatch reads the body of a change.
func ReadPatch(body []byte) (p Patch, err error) {
	fields, err := object(body, patchSchema)
	if err != nil {
		return p, err
	}
	var list []struct {
		Op    string
		Path  *string
		Value json.RawMessage
	}
	for key, value := range fields {
		if strings.EqualFold(key, "Operations") && json.Unmarshal(value, &list) != nil {
			return p, faultf(InvalidSyntax, "Operations are to be a list of objects with op, path and value")
		}
	}
	if len(list) == 0 || len(list) > maxSteps {
		return p, faultf(InvalidSyntax, "a patch has one operation at least, and %d at most", maxSteps)
	}
	for _, o := range list {
		var s step
		switch op := strings.ToLower(o.Op); {
		case op == "remove" && (o.Path == nil || *o.Path == ""):
			return p, faultf(NoTarget, "to remove something its path is needed")
		case op == "remove":
			err = s.remove(pathOf(*o.Path))
		case op != "add" && op != "replace":
			err = faultf(InvalidSyntax, "op is to be add, replace or remove, not %.50q", o.Op)
		case len(o.Value) == 0:
			err = faultf(InvalidValue, "to %s something its value is needed", op)
		case o.Path == nil || *o.Path == "":
			err = s.setAll(o.Value)
		default:
			err = s.put(pathOf(*o.Path), o.Value)
		}
		if err != nil {
			return p, err
		}
		p.steps = append(p.steps, s)
	}
	return p, nil
}

// put reads a change that has a path.
func (s *step) put(at path, value json.RawMessage) error {
	if at.attribute == "roles" {
		s.ofRole = at.valued()
	}
	return s.set(at, value)
}

// setAll reads a change without a path: its value names what changes, also by paths, and
// like in a whole user what is not ours is passed over.
func (s *step) setAll(value json.RawMessage) error {
	var fields map[string]json.RawMessage
	if json.Unmarshal(value, &fields) != nil || fields == nil {
		return faultf(InvalidValue, "without a path the value is to be an object")
	}
	for _, key := range sorted(fields) {
		if err := s.put(pathOf(key), fields[key]); err != nil && Kind(err) != InvalidPath && Kind(err) != Mutability {
			return err
		}
	}
	return nil
}

// remove reads a change that takes something away.
func (s *step) remove(at path) error {
	switch {
	case at.whole() == "username", at.whole() == "active":
		return faultf(Mutability, "%s is not taken away; replace it", at.attribute)
	case at.attribute == "roles" && (at.part == "" || at.part == "value"):
		s.ofRole = at.valued()
		return s.setRole(json.RawMessage(`[]`)) // the least there is stays
	}
	return s.set(at, json.RawMessage("null"))
}

// valued is the value that a path wants an attribute to have, nil for any.
func (p path) valued() *string {
	for _, c := range p.where {
		if strings.EqualFold(c.attribute, "value") {
			return &c.value
		}
	}
	return nil
}

// On is an identity with the changes made.
func (p Patch) On(i vedette.Identity) vedette.Identity {
	for _, s := range p.steps {
		if s.ofRole != nil && !strings.EqualFold(*s.ofRole, string(i.Role)) {
			s.role = nil
		}
		i = s.on(i)
	}
	return i
}
