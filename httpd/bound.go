package httpd

import (
	"bytes"
	"io"
	"net/http"
	"time"

	"vedette"
)

// Bound has the whole body of a request before anything is done: one that is longer, or
// not here in time, is refused by its error, and nothing happened.
func Bound(most int64, within time.Duration, refuse func(http.ResponseWriter, *http.Request, error), next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body == nil || r.Body == http.NoBody { // a deadline now would be one of the answer
			next.ServeHTTP(w, r)
			return
		}
		// Where there is no connection there is no time. When all is here net/http ends it.
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(within))
		body, err := whole(r, most)
		if err != nil {
			w.Header().Set("Connection", "close")
			refuse(w, r, err)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}

// whole reads a body of at most so many bytes. What says that it is longer is not read.
func whole(r *http.Request, most int64) ([]byte, error) {
	if r.ContentLength > most {
		return nil, &http.MaxBytesError{Limit: most}
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, most+1))
	if err == nil && int64(len(body)) > most {
		err = &http.MaxBytesError{Limit: most}
	}
	return body, vedette.Wrap(err, vedette.CodeInvalid, "not all of it could be read; send it again")
}
