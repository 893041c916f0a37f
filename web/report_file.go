package web

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"vedette"
)

// fileView is the file that a report came in.
type fileView struct {
	Address, Name, Kind, Digest string
	Size                        int64 // in bytes
	Altered                     bool
}

// fileView says which file a report came in, nil where none is kept.
func (p *portal) fileView(r *http.Request, report vedette.ID) (*fileView, error) {
	f, err := p.Desk.ReportFile(r.Context(), report)
	if err != nil || f == nil {
		return nil, err
	}
	return &fileView{Address: "/reports/" + string(report) + "/file", Name: safe(f.Name), Kind: f.Kind, Digest: f.Digest, Size: f.Size, Altered: f.Altered}, nil
}

// sendReportFile gives the file that a report came in, byte for byte. It is foreign: no
// browser opens it as a page of ours, whatever it holds and is called.
func (p *portal) sendReportFile(w http.ResponseWriter, r *http.Request) error {
	id := vedette.ID(r.PathValue("id"))
	if !id.Valid() {
		return vedette.Errorf(vedette.CodeNotFound, "the address names no report; open it from the record of an update")
	}
	f, b, err := p.Desk.OpenReportFile(r.Context(), id)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": fileName(f.Name)}))
	h.Set("Content-Length", strconv.Itoa(len(b)))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	if _, err := w.Write(b); err != nil {
		p.Log.Debug("a file was not read to its end", "err", err)
	}
	return nil
}

// fileName is what a file is saved as: the last part of its name, on one line, and no
// hidden file.
func fileName(name string) string {
	name = safe(name[strings.LastIndexAny(name, `/\`)+1:])
	name = strings.TrimLeft(strings.Join(strings.Fields(name), " "), ".")
	if runes := []rune(name); len(runes) > 200 {
		name = string(runes[len(runes)-200:]) // its end says what it is
	}
	if name == "" {
		return "report"
	}
	return name
}
