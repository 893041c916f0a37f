package scim

import (
	"errors"
	"strconv"

	"vedette"
)

// The kinds of fault that RFC 7644 names and we have.
const (
	InvalidFilter = "invalidFilter"
	InvalidPath   = "invalidPath"
	InvalidSyntax = "invalidSyntax"
	InvalidValue  = "invalidValue"
	Mutability    = "mutability"
	NoTarget      = "noTarget"
	Uniqueness    = "uniqueness"
)

// fault is an error with the kind that a provider knows it by.
type fault struct {
	kind string
	err  *vedette.Error
}

func (f *fault) Error() string { return f.err.Error() }
func (f *fault) Unwrap() error { return f.err }

func faultf(kind, format string, args ...any) error {
	return &fault{kind, vedette.Errorf(vedette.CodeInvalid, format, args...)}
}

// Kind is what RFC 7644 calls an error, "" where it has no name for it.
func Kind(err error) string {
	var f *fault
	switch {
	case errors.As(err, &f):
		return f.kind
	case vedette.ErrorCode(err) == vedette.CodeTaken:
		return Uniqueness
	case vedette.ErrorCode(err) == vedette.CodeInvalid:
		return InvalidValue
	}
	return ""
}

// Problem is what a provider reads of a fault.
type Problem struct {
	Schemas []string `json:"schemas"`
	Kind    string   `json:"scimType,omitempty"`
	Detail  string   `json:"detail"`
	Status  string   `json:"status"`
}

// Explain makes a problem of an error; the sentence is what may be said of it.
func Explain(err error, sentence string, status int) Problem {
	return Problem{[]string{"urn:ietf:params:scim:api:messages:2.0:Error"}, Kind(err), sentence, strconv.Itoa(status)}
}
