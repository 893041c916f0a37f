package scim

import (
	"encoding/json"
	"strings"

	"vedette"
)

// maxFilter bounds a filter, and a path, in bytes.
const maxFilter = 1000

// comparison is one of a filter: that an attribute equals a value.
type comparison struct{ attribute, value string }

// ReadFilter reads which users a provider asks for: userName or externalId that equals
// a text, or both with "and"; "" asks for all.
func ReadFilter(text string) (q vedette.IdentityQuery, err error) {
	if strings.TrimSpace(text) == "" {
		return q, nil
	}
	list, ok := comparisons(text)
	if !ok {
		return q, faultf(InvalidFilter, `this filter is not read; ask by userName eq "…" or externalId eq "…"`)
	}
	for _, c := range list {
		value := c.value
		into := map[string]**string{"username": &q.Login, "externalid": &q.External}[pathOf(c.attribute).whole()]
		switch {
		case into == nil:
			return q, faultf(InvalidFilter, "users are not found by %.100q; ask by userName or externalId", c.attribute)
		case into == &q.Login:
			value = vedette.CleanLogin(value)
		}
		if *into != nil && **into != value {
			return q, faultf(InvalidFilter, "the filter asks for two values of %.100q, and nobody has two", c.attribute)
		}
		*into = &value
	}
	return q, nil
}

// comparisons reads comparisons that are joined by "and".
func comparisons(text string) (list []comparison, ok bool) {
	if len(text) > maxFilter {
		return nil, false
	}
	for rest := strings.TrimSpace(text); ; {
		var c comparison
		var op string
		c.attribute, rest = word(rest)
		op, rest = word(rest)
		if c.attribute == "" || !strings.EqualFold(op, "eq") {
			return nil, false
		}
		if c.value, rest, ok = value(rest); !ok {
			return nil, false
		}
		list = append(list, c)
		if rest == "" {
			return list, true
		}
		var and string
		if and, rest = word(rest); !strings.EqualFold(and, "and") {
			return nil, false
		}
	}
}

// word takes what comes before a blank, and what follows it.
func word(s string) (first, rest string) {
	first, rest, _ = strings.Cut(s, " ")
	return first, strings.TrimLeft(rest, " ")
}

// value takes a text in quotes, as JSON writes it, or true or false, and what follows.
func value(s string) (v, rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		v, rest = word(s)
		return strings.ToLower(v), rest, strings.EqualFold(v, "true") || strings.EqualFold(v, "false")
	}
	for end := 1; end < len(s); end++ {
		switch s[end] {
		case '\\':
			end++
		case '"':
			rest = s[end+1:]
			if rest != "" && rest[0] != ' ' {
				return "", "", false
			}
			err := json.Unmarshal([]byte(s[:end+1]), &v)
			return v, strings.TrimLeft(rest, " "), err == nil
		}
	}
	return "", "", false
}

// path is where a change goes, in small letters: an attribute, which of its values, and
// a part of it.
type path struct {
	attribute string // "" for what is not ours to know
	where     []comparison
	part      string
}

// The schemas that a path may begin with.
const (
	userSchema       = "urn:ietf:params:scim:schemas:core:2.0:User"
	enterpriseSchema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
)

// pathOf reads a path. One that is none has no attribute.
func pathOf(text string) (p path) {
	text = strings.TrimSpace(text)
	if len(text) > maxFilter {
		return p
	}
	if begins(text, enterpriseSchema) {
		return path{attribute: strings.ToLower(enterpriseSchema)}
	}
	if begins(text, userSchema+":") {
		text = text[len(userSchema)+1:]
	}
	name := text
	if open := strings.IndexByte(text, '['); open >= 0 {
		end := strings.LastIndexByte(text, ']')
		if end < open {
			return p
		}
		where, ok := comparisons(text[open+1 : end])
		after, dotted := strings.CutPrefix(text[end+1:], ".")
		if !ok || text[end+1:] != "" && (!dotted || after == "") {
			return p
		}
		p.where, p.part, name = where, strings.ToLower(after), text[:open]
	} else {
		name, p.part, _ = strings.Cut(text, ".")
		p.part = strings.ToLower(p.part)
	}
	if p.attribute = strings.ToLower(name); p.attribute == "" {
		return path{}
	}
	return p
}

// whole is the attribute of a path that is of all of it, "" for one of a part.
func (p path) whole() string {
	if p.part != "" || p.where != nil {
		return ""
	}
	return p.attribute
}

func begins(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}
