package web

import (
	"bytes"
	"fmt"
	"io"
	"net/http"

	"vedette/desk"
)

// personFile gives everything that is kept about somebody as a file: for machines, or to
// be read.
func (p *portal) personFile(ending, kind string) action {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := p.Desk.PersonFile(r.Context(), r.PathValue("id"))
		if err != nil {
			return err
		}
		write := f.WriteText
		if ending == "json" {
			write = f.WriteJSON
		}
		return p.giveFile(w, f, ending, kind, write)
	}
}

// giveFile sends it.
func (p *portal) giveFile(w http.ResponseWriter, f *desk.PersonFile, ending, kind string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	w.Header().Set("Content-Type", kind+"; charset=utf-8")
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="person-%s-%s.%s"`, f.Person, f.MadeAt.Format("20060102-1504Z"), ending))
	if _, err := b.WriteTo(w); err != nil {
		p.Log.Debug("a file was not read to its end", "err", err)
	}
	return nil
}
