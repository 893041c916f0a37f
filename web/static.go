package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
	"strings"
	"time"

	"vedette"
	"vedette/draw"
	"vedette/httpd"
)

//go:embed static
var staticFS embed.FS

// staticFile is one file as it is served; its name holds its digest, so a
// browser may keep it for good.
type staticFile struct {
	body, zipped []byte
	kind         string
}

type staticFiles struct {
	byName map[string]staticFile // by the name in the address
	names  map[string]string     // file name → name in the address
}

func loadStatic() (*staticFiles, error) {
	entries, err := staticFS.ReadDir("static")
	if err != nil {
		return nil, err
	}
	s := &staticFiles{byName: map[string]staticFile{}, names: map[string]string{}}
	for _, e := range entries {
		body, err := staticFS.ReadFile("static/" + e.Name())
		if err != nil {
			return nil, err
		}
		if e.Name() == "style.css" {
			body = append(append(body, '\n'), draw.CSS()...)
		}
		s.add(e.Name(), body)
	}
	return s, nil
}

func (s *staticFiles) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	kinds := map[string]string{".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png", ".js": "text/javascript; charset=utf-8"}
	s.byName[hashed] = staticFile{body, zip(body), kinds[ext]}
	s.names[name] = hashed
}

// zip compresses a file as well as it can be, once.
func zip(body []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is one there is
	_, _ = z.Write(body)                                  // to memory
	_ = z.Close()
	return b.Bytes()
}

func (s *staticFiles) url(name string) string { return "/static/" + s.names[name] }

// serveStatic serves a file by its hashed name for good, and by its plain
// name to be asked for again: for pages that do not know the hash.
func (p *portal) serveStatic(w http.ResponseWriter, r *http.Request) {
	p.serveNamed(w, r, r.PathValue("file"))
}

func (p *portal) serveNamed(w http.ResponseWriter, r *http.Request, name string) {
	keep := "public, max-age=31536000, immutable"
	if hashed, ok := p.static.names[name]; ok {
		name, keep = hashed, "no-cache"
	}
	f, ok := p.static.byName[name]
	if !ok {
		p.problem(w, r, vedette.Errorf(vedette.CodeNotFound, "no file has this address; load the page again"), true)
		return
	}
	w.Header().Set("Content-Type", f.kind)
	w.Header().Set("Cache-Control", keep)
	w.Header().Set("ETag", `"`+name+`"`)
	body := f.body
	if httpd.TakesGzip(r) {
		body = f.zipped
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("ETag", `"`+name+`.gz"`)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}
