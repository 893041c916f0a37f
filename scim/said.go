package scim

import (
	"encoding/json"
	"slices"
	"strings"

	"vedette"
)

// said is what a provider says of a user; nil where it says nothing.
type said struct {
	login, external                   *string
	display, formatted, given, family *string
	active                            *bool
	role                              *vedette.UserRole
}

// known are the attributes of a user that we keep nothing of, and pass over.
var known = []string{"nickname", "profileurl", "title", "usertype", "preferredlanguage", "locale", "timezone", "password",
	"emails", "phonenumbers", "ims", "photos", "addresses", "entitlements", "x509certificates", strings.ToLower(enterpriseSchema)}

// fixed are those that nobody changes.
var fixed = []string{"id", "meta", "schemas", "groups"}

// set reads a value of an attribute. Nothing, null, takes it away.
func (s *said) set(p path, value json.RawMessage) error {
	text := func(into **string) error {
		t, err := textOf(value)
		if err != nil {
			return faultf(InvalidValue, "%.100q is to be a text", p.attribute)
		}
		*into = &t
		return nil
	}
	switch p.whole() {
	case "username":
		return text(&s.login)
	case "externalid":
		return text(&s.external)
	case "displayname":
		return text(&s.display)
	case "active":
		return s.setActive(value)
	}
	switch {
	case p.attribute == "name" && p.where == nil:
		return s.setName(p.part, value)
	case p.attribute == "roles" && (p.part == "" || p.part == "value"):
		return s.setRole(value)
	case p.attribute == "roles" && slices.Contains([]string{"display", "type", "primary"}, p.part):
		return nil
	case slices.Contains(fixed, p.attribute):
		return faultf(Mutability, "%.100q is not changed by anybody", p.attribute)
	case slices.Contains(known, p.attribute):
		return nil
	}
	return faultf(InvalidPath, "%.100q is no attribute of a user", p.attribute)
}

func (s *said) setName(part string, value json.RawMessage) error {
	into := map[string]**string{"formatted": &s.formatted, "givenname": &s.given, "familyname": &s.family}
	switch {
	case part == "" && string(value) == "null":
		for _, to := range into {
			*to = new(string)
		}
		return nil
	case part == "":
		parts := map[string]json.RawMessage{}
		if json.Unmarshal(value, &parts) != nil {
			return faultf(InvalidValue, "a name is to be an object with formatted, givenName and familyName")
		}
		for key, v := range parts {
			if err := s.setName(strings.ToLower(key), v); err != nil && Kind(err) != InvalidPath {
				return err
			}
		}
		return nil
	case into[part] != nil:
		t, err := textOf(value)
		if err != nil {
			return faultf(InvalidValue, "name.%s is to be a text", part)
		}
		*into[part] = &t
		return nil
	case slices.Contains([]string{"middlename", "honorificprefix", "honorificsuffix"}, part):
		return nil
	}
	return faultf(InvalidPath, "%.100q is no part of a name", part)
}

// setActive reads a truth, also as a word, which Entra sends.
func (s *said) setActive(value json.RawMessage) error {
	var truth bool
	if json.Unmarshal(value, &truth) == nil && string(value) != "null" {
		s.active = &truth
		return nil
	}
	word, err := textOf(value)
	truth = strings.EqualFold(word, "true")
	if err != nil || !truth && !strings.EqualFold(word, "false") {
		return faultf(InvalidValue, "active is to be true or false")
	}
	s.active = &truth
	return nil
}

// setRole reads roles: the one of ours that may most, or the least there is where none
// of them is ours.
func (s *said) setRole(value json.RawMessage) error {
	words, err := roleWords(value)
	if err != nil {
		return faultf(InvalidValue, "roles are to be a list of objects with a value")
	}
	role := vedette.UserRoles[0]
	for _, r := range vedette.UserRoles {
		if slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(strings.TrimSpace(w), string(r)) }) {
			role = r
		}
	}
	s.role = &role
	return nil
}

// roleWords reads a list of objects with a value, or of texts, or one of either.
func roleWords(value json.RawMessage) (words []string, err error) {
	var list []json.RawMessage
	if json.Unmarshal(value, &list) != nil {
		list = []json.RawMessage{value}
	}
	for _, item := range list {
		var object struct{ Value json.RawMessage }
		if json.Unmarshal(item, &object) == nil {
			if item = object.Value; len(item) == 0 {
				item = json.RawMessage("null")
			}
		}
		w, err := textOf(item)
		if err != nil {
			return nil, err
		}
		words = append(words, w)
	}
	return words, nil
}

// textOf reads a text, "" for null.
func textOf(value json.RawMessage) (string, error) {
	var t *string
	if err := json.Unmarshal(value, &t); err != nil || t == nil {
		return "", err
	}
	return strings.TrimSpace(*t), nil
}

// on puts what was said on an identity.
func (s *said) on(i vedette.Identity) vedette.Identity {
	n := i.Names
	if n == (vedette.Names{}) {
		n.Display = i.Name // somebody added by hand: so it is shown, and so it stays
	}
	was := n
	for _, c := range []struct{ to, from *string }{{&i.External, s.external}, {&n.Display, s.display}, {&n.Formatted, s.formatted}, {&n.Given, s.given}, {&n.Family, s.family}} {
		if c.from != nil {
			*c.to = *c.from
		}
	}
	if s.login != nil {
		i.Login = vedette.CleanLogin(*s.login)
	}
	if s.role != nil && *s.role != i.Role {
		i.Role, i.Of = *s.role, nil // whom they see an administrator says, here
	}
	if s.active != nil {
		i.Active = *s.active
	}
	if n != was {
		i = i.Named(n)
	}
	return i
}
