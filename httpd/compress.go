package httpd

import (
	"compress/gzip"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// compressed are the kinds of answer that are compressed: whole texts. Events are not,
// for each has to be there at once.
var compressed = []string{"text/html", "text/css", "text/javascript", "image/svg+xml"}

// compress compresses pages for whoever takes them so. Not the answers to what somebody
// typed: where a page says again what a stranger's link asks for, beside what only its
// reader may see, its length would tell the stranger of both (BREACH).
func compress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.URL.RawQuery != "" || !TakesGzip(r) || r.Header.Get("Range") != "" {
			next.ServeHTTP(w, r)
			return
		}
		c := &compressor{ResponseWriter: w}
		defer c.end()
		next.ServeHTTP(c, r)
	})
}

// TakesGzip says whether a client takes an answer that is compressed.
func TakesGzip(r *http.Request) bool {
	for _, list := range r.Header.Values("Accept-Encoding") {
		for one := range strings.SplitSeq(list, ",") {
			name, q, _ := strings.Cut(strings.TrimSpace(one), ";")
			if strings.EqualFold(strings.TrimSpace(name), "gzip") {
				weight, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(q), "q="), 64)
				return q == "" || err == nil && weight > 0
			}
		}
	}
	return false
}

// pageLevel is what a page is worth: above it little more is saved, for much more work.
const pageLevel = 4

var zips = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(io.Discard, pageLevel) // the level is one there is
	return z
}}

// compressor compresses what it is given where its kind is compressed.
type compressor struct {
	http.ResponseWriter
	decided bool
	zip     *gzip.Writer
}

func (c *compressor) decide(status int) {
	if c.decided || status < http.StatusOK {
		return
	}
	c.decided = true
	h := c.Header()
	kind, _, _ := strings.Cut(h.Get("Content-Type"), ";")
	if !slices.Contains(compressed, strings.TrimSpace(kind)) {
		return
	}
	h.Add("Vary", "Accept-Encoding")
	if h.Get("Content-Encoding") != "" || status == http.StatusNoContent || status == http.StatusNotModified || status == http.StatusPartialContent {
		return
	}
	h.Set("Content-Encoding", "gzip")
	h.Del("Content-Length")
	c.zip = zips.Get().(*gzip.Writer)
	c.zip.Reset(c.ResponseWriter)
}

// WriteHeader sends the header, of a compressed answer where it is one.
func (c *compressor) WriteHeader(status int) {
	c.decide(status)
	c.ResponseWriter.WriteHeader(status)
}

// Write sends some of the answer.
func (c *compressor) Write(b []byte) (int, error) {
	c.decide(http.StatusOK)
	if c.zip != nil {
		return c.zip.Write(b)
	}
	return c.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (c *compressor) Unwrap() http.ResponseWriter { return c.ResponseWriter }

func (c *compressor) end() {
	if c.zip == nil {
		return
	}
	_ = c.zip.Close() // whoever is gone is gone
	c.zip.Reset(io.Discard)
	zips.Put(c.zip)
}
