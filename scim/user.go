package scim

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"vedette"
)

// User is what a provider sent of a whole user.
type User struct{ said said }

// ReadUser reads the body of one that is to be added, or put in place of another.
func ReadUser(body []byte) (u User, err error) {
	fields, err := object(body, userSchema)
	if err != nil {
		return u, err
	}
	for _, key := range sorted(fields) {
		value := fields[key]
		if string(value) == "null" {
			continue // it is as if nothing was said
		}
		// What a user has that is not ours, or is fixed, is passed over.
		if err := u.said.set(pathOf(key), value); err != nil && Kind(err) != InvalidPath && Kind(err) != Mutability {
			return u, err
		}
	}
	if u.said.login == nil || *u.said.login == "" {
		return u, faultf(InvalidValue, "a user needs a userName")
	}
	return u, nil
}

// New is the identity that is to be added: somebody of the least role, where none of
// ours was said.
func (u User) New() vedette.Identity {
	i := vedette.Identity{User: vedette.User{Role: vedette.UserRoles[0]}, Active: true}
	i = u.said.on(i)
	return i.Named(i.Names)
}

// On is an identity with the user put in its place: a name is as a whole what was said
// now; what else was not said stays as it is.
func (u User) On(i vedette.Identity) vedette.Identity {
	s := u.said
	parts := []**string{&s.display, &s.formatted, &s.given, &s.family}
	if slices.ContainsFunc(parts, func(p **string) bool { return *p != nil }) {
		for _, p := range parts {
			if *p == nil {
				*p = new(string)
			}
		}
	}
	return s.on(i)
}

// object reads the fields of a body, which is of a schema where it says of which.
func object(body []byte, schema string) (map[string]json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil || fields == nil {
		return nil, faultf(InvalidSyntax, "the body is no JSON object, or is cut short")
	}
	for key, value := range fields {
		var schemas []string
		if !strings.EqualFold(key, "schemas") {
			continue
		}
		if json.Unmarshal(value, &schemas) != nil || len(schemas) > 0 && !slices.ContainsFunc(schemas, func(s string) bool { return strings.EqualFold(s, schema) }) {
			return nil, faultf(InvalidSyntax, "the body is to be of the schema %s", schema)
		}
	}
	return fields, nil
}

// sorted are the names of fields, in one order: of two that differ in their letters'
// size alone the same one counts each time.
func sorted(fields map[string]json.RawMessage) []string {
	var keys []string
	for key := range fields {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Resource is a user as a provider reads them.
type Resource struct {
	Schemas  []string `json:"schemas"`
	ID       string   `json:"id"`
	External string   `json:"externalId,omitempty"`
	UserName string   `json:"userName"`
	Display  string   `json:"displayName,omitempty"`
	Name     *name    `json:"name,omitempty"`
	Active   bool     `json:"active"`
	Roles    []role   `json:"roles"`
	Meta     meta     `json:"meta"`
}

type name struct {
	Formatted string `json:"formatted,omitempty"`
	Family    string `json:"familyName,omitempty"`
	Given     string `json:"givenName,omitempty"`
}

type role struct {
	Value   string `json:"value"`
	Primary bool   `json:"primary"`
}

type meta struct {
	Type     string `json:"resourceType"`
	Created  string `json:"created,omitempty"`
	Modified string `json:"lastModified,omitempty"`
	Location string `json:"location"`
}

// Path is where all this is, below the portal's address.
const Path = "/scim/v2/"

// Show is an identity as a provider reads it, where the portal is at some address. Names
// are as it said them; of somebody whom it said nothing of there is the one we have.
func Show(i *vedette.Identity, base string) Resource {
	r := Resource{Schemas: []string{userSchema}, ID: string(i.ID), External: i.External, UserName: i.Login, Display: i.Names.Display, Active: i.Active,
		Roles: []role{{string(i.Role), true}}, Meta: meta{"User", stamp(i.Made), stamp(i.Changed), base + Path + "Users/" + string(i.ID)}}
	if i.Names == (vedette.Names{}) {
		r.Display = i.Name
	}
	if n := (name{i.Names.Formatted, i.Names.Family, i.Names.Given}); n != (name{}) {
		r.Name = &n
	}
	return r
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
