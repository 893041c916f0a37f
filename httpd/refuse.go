package httpd

import (
	"errors"
	"fmt"
	"html"
	"net/http"
	"os"

	"vedette"
)

// Refuse answers with a bare page of one sentence, for where no page of the
// portal can be had. The id, if any, is what the log has it under.
func Refuse(w http.ResponseWriter, status int, sentence, id string) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Del("Content-Length")
	w.WriteHeader(status)
	note := ""
	if id != "" {
		note = "\n<p>It is in the log as " + html.EscapeString(id) + ".</p>"
	}
	fmt.Fprintf(w, "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"+
		"<meta name=\"color-scheme\" content=\"light dark\">\n<title>%d</title>\n<p>%s</p>%s\n</html>\n", status, html.EscapeString(sentence), note)
}

// Status is the HTTP status of an error, by its code.
func Status(err error) int {
	var tooLong *http.MaxBytesError
	switch {
	case err == nil:
		return http.StatusOK
	case errors.As(err, &tooLong):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, os.ErrDeadlineExceeded):
		return http.StatusRequestTimeout
	}
	switch vedette.ErrorCode(err) {
	case vedette.CodeInvalid:
		return http.StatusBadRequest
	case vedette.CodeNotFound:
		return http.StatusNotFound
	case vedette.CodeConflict, vedette.CodeTaken, vedette.CodeBlocked:
		return http.StatusConflict
	case vedette.CodeTooMany:
		return http.StatusTooManyRequests
	case vedette.CodeNoSession:
		return http.StatusUnauthorized
	case vedette.CodeForbidden:
		return http.StatusForbidden
	case vedette.CodeExpired:
		return http.StatusGone
	case vedette.CodeUnavailable:
		return http.StatusServiceUnavailable
	case vedette.CodeNotReport:
		return http.StatusUnprocessableEntity
	}
	return http.StatusInternalServerError
}

// Sentence is what a person may read of an error: its sentence, and nothing
// of its cause; for an error that is ours, no more than that.
func Sentence(err error) string {
	return Told(err).Sentence
}

// Told is the same, with what it was made of, and never a cause.
func Told(err error) *vedette.Error {
	var tooLong *http.MaxBytesError
	if errors.As(err, &tooLong) {
		return vedette.Errorf(vedette.CodeInvalid, "What was sent is too long: at most %d bytes are read.", tooLong.Limit)
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return vedette.Errorf(vedette.CodeUnavailable, "It did not arrive in time, so nothing was done. Send it again; over a slow line, less at once.")
	}
	var e *vedette.Error
	if errors.As(err, &e) && Status(err) < http.StatusInternalServerError {
		return e.Bare()
	}
	if Status(err) == http.StatusServiceUnavailable {
		return vedette.Errorf(vedette.CodeUnavailable, "Something this page needs cannot be reached. Try again in a minute.")
	}
	return vedette.Errorf(vedette.CodeInternal, "Something went wrong here, not with you. Try again; if it stays so, tell whoever runs this server.")
}
