package scim

import "strings"

// MaxPage is how many users one answer holds at most, and usualPage where nothing is
// said.
const (
	MaxPage   = 500
	usualPage = 100
)

// List is some of what there is, from a place on, counting from 1.
type List struct {
	Schemas   []string `json:"schemas"`
	Total     int      `json:"totalResults"`
	From      int      `json:"startIndex"`
	Page      int      `json:"itemsPerPage"`
	Resources []any    `json:"Resources"`
}

// NewList is a list, also of none.
func NewList(total, from int, items []any) List {
	if items == nil {
		items = []any{}
	}
	return List{[]string{"urn:ietf:params:scim:api:messages:2.0:ListResponse"}, total, from, len(items), items}
}

type supported struct {
	Supported bool `json:"supported"`
}

type scheme struct {
	Type        string `json:"type"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Spec        string `json:"specUri"`
	Primary     bool   `json:"primary"`
}

// config is what we can do, for whoever asks.
type config struct {
	Schemas []string  `json:"schemas"`
	Patch   supported `json:"patch"`
	Bulk    struct {
		supported
		Operations int `json:"maxOperations"`
		Size       int `json:"maxPayloadSize"`
	} `json:"bulk"`
	Filter struct {
		supported
		Most int `json:"maxResults"`
	} `json:"filter"`
	Password supported `json:"changePassword"`
	Sort     supported `json:"sort"`
	ETag     supported `json:"etag"`
	Ways     []scheme  `json:"authenticationSchemes"`
	Meta     meta      `json:"meta"`
}

// Config says what we can do.
func Config(base string) any {
	c := config{Schemas: []string{"urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"}, Patch: supported{true},
		Ways: []scheme{{"oauthbearertoken", "Token", "A token of Vedette that may scim, as Authorization: Bearer", "https://www.rfc-editor.org/info/rfc6750", true}},
		Meta: meta{Type: "ServiceProviderConfig", Location: base + Path + "ServiceProviderConfig"}}
	c.Filter.Supported, c.Filter.Most = true, MaxPage
	return c
}

// resourceType says what there is: users.
type resourceType struct {
	Schemas     []string `json:"schemas"`
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Endpoint    string   `json:"endpoint"`
	Description string   `json:"description"`
	Schema      string   `json:"schema"`
	Meta        meta     `json:"meta"`
}

// Type gives the one type of what there is, by its name.
func Type(id, base string) (any, bool) {
	return resourceType{[]string{"urn:ietf:params:scim:schemas:core:2.0:ResourceType"}, "User", "User", "/Users", "Whoever may sign in", userSchema,
		meta{Type: "ResourceType", Location: base + Path + "ResourceTypes/User"}}, id == "User"
}

// attribute is one of a schema, as RFC 7643 describes it.
type attribute struct {
	Name        string      `json:"name"`
	Type        string      `json:"type"`
	Multi       bool        `json:"multiValued"`
	Description string      `json:"description"`
	Required    bool        `json:"required"`
	Canonical   []string    `json:"canonicalValues,omitempty"`
	CaseExact   bool        `json:"caseExact"`
	Mutability  string      `json:"mutability"`
	Returned    string      `json:"returned"`
	Uniqueness  string      `json:"uniqueness"`
	Parts       []attribute `json:"subAttributes,omitempty"`
}

func text(name, description string) attribute {
	return attribute{Name: name, Type: "string", Description: description, Mutability: "readWrite", Returned: "default", Uniqueness: "none"}
}

// schema is what we keep of a user.
type schema struct {
	ID          string      `json:"id"`
	Schemas     []string    `json:"schemas"`
	Name        string      `json:"name"`
	Description string      `json:"description"`
	Attributes  []attribute `json:"attributes"`
	Meta        meta        `json:"meta"`
}

// Schema gives the one schema there is, by its name.
func Schema(id, base string) (any, bool) {
	login := text("userName", "What they sign in with: a mail address, or a word")
	login.Required, login.Uniqueness = true, "server"
	external := text("externalId", "What the provider calls them")
	external.CaseExact = true
	called := attribute{Name: "name", Type: "complex", Description: "Where there is no displayName: formatted, or given and family name", Mutability: "readWrite", Returned: "default", Uniqueness: "none",
		Parts: []attribute{text("formatted", "The whole name"), text("familyName", "The family name"), text("givenName", "The given name")}}
	active := attribute{Name: "active", Type: "boolean", Description: "Whether they may sign in", Mutability: "readWrite", Returned: "default", Uniqueness: "none"}
	value := text("value", "The role; of several the one that may most, and traveller, who sees nobody until an administrator says whom, where none is one of these")
	value.Canonical = roleNames()
	roles := attribute{Name: "roles", Type: "complex", Multi: true, Description: "What they may do; one is kept", Mutability: "readWrite", Returned: "default", Uniqueness: "none",
		Parts: []attribute{value, {Name: "primary", Type: "boolean", Description: "True for the one that is kept", Mutability: "readOnly", Returned: "default", Uniqueness: "none"}}}
	return schema{userSchema, []string{"urn:ietf:params:scim:schemas:core:2.0:Schema"}, "User", "What is kept of whoever may sign in",
		[]attribute{login, external, text("displayName", "The name that the record has; no two who may sign in have one"), called, active, roles},
		meta{Type: "Schema", Location: base + Path + "Schemas/" + userSchema}}, strings.EqualFold(id, userSchema)
}
