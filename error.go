package vedette

import (
	"errors"
	"fmt"
)

// Code tells a machine what kind of error it has before it.
type Code string

// The codes. A door maps each to an exit status or an HTTP status.
const (
	CodeInvalid     Code = "invalid"      // the input is wrong; the sentence names place and mend
	CodeNotFound    Code = "not_found"    // no such thing, or not in this organisation
	CodeConflict    Code = "conflict"     // the state does not allow it
	CodeTaken       Code = "taken"        // another has the name
	CodeBlocked     Code = "blocked"      // a finding blocks until a person accepts it
	CodeForbidden   Code = "forbidden"    // not allowed
	CodeExpired     Code = "expired"      // was right once, is no longer
	CodeUnavailable Code = "unavailable"  // something outside cannot be reached; try again
	CodeTooMany     Code = "too_many"     // asked too often; later it is answered
	CodeNoSession   Code = "no_session"   // nobody is signed in
	CodeLostLease   Code = "lost_lease"   // another worker has taken it, or it was halted
	CodeWrongKey    Code = "wrong_key"    // sealed with another installation key
	CodeNotReport   Code = "not_a_report" // the text is not a report
	CodeInternal    Code = "internal"     // ours
)

// Error is an error with a code for machines, a sentence for people, and
// the cause, if there is one. What its sentence was made of stands beside it, so
// that a page says it in its reader's language.
type Error struct {
	Code     Code
	Sentence string // in English, as it is logged and as machines have it
	Form     string // the sentence, before anything was filled in
	Args     []any  // what was
	Err      error
}

// Error prints the sentence and, after a colon, the cause.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Sentence
	}
	return e.Sentence + ": " + e.Err.Error()
}

// Bare is the error without its cause.
func (e *Error) Bare() *Error {
	return &Error{Code: e.Code, Sentence: e.Sentence, Form: e.Form, Args: e.Args}
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error without cause.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Sentence: fmt.Sprintf(format, args...), Form: format, Args: args}
}

// Wrap puts a code and a sentence before a cause. A nil cause stays nil.
func Wrap(err error, code Code, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return &Error{Code: code, Sentence: fmt.Sprintf(format, args...), Form: format, Args: args, Err: err}
}

// ErrorCode gives the outermost code of an error, CodeInternal where it has
// none, and "" for nil.
func ErrorCode(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}
