package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"testing"

	"vedette"
)

// brings sends a report as a file, and gives the id of the report that is kept of it.
func (w *world) brings(name string, file []byte) vedette.ID {
	w.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	must(w.t, m.WriteField("by", "Ana"))
	part, err := m.CreateFormFile("file", name)
	must(w.t, err)
	_, err = part.Write(file)
	must(w.t, err)
	must(w.t, m.Close())
	rec := w.ask("POST", "/drafts", b.String(), "Content-Type", m.FormDataContentType())
	if rec.Code != http.StatusSeeOther {
		w.t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	id, _ := strings.CutSuffix(strings.TrimPrefix(rec.Header().Get("Location"), "/drafts/"), "/reading")
	d, err := w.desk.Draft(w.ctx, vedette.ID(id))
	must(w.t, err)
	return d.Report.ID
}

// A file that a report came in is given as it came, and never as a page.
func TestTheFileOfAReportIsGivenAsItCame(t *testing.T) {
	w := newWorld(t)
	docx, err := os.ReadFile("../intake/document/testdata/alert.docx")
	must(t, err)
	page := "<!DOCTYPE html><html><body><script>alert(1)</script><p>" + strings.ReplaceAll(reportText, "\n", "</p>\n<p>") + "</p></body></html>"
	for name, file := range map[string][]byte{"Gulf – alert.docx": docx, "alert.html": []byte(page), "../.alert.txt": []byte(reportText)} {
		id := w.brings(name, file)
		sum := sha256.Sum256(file)
		shown := w.get("/reports/" + string(id))
		wants(t, shown, "The file as it came", "SHA-256 of the file", hex.EncodeToString(sum[:]))
		rec := w.ask("GET", "/reports/"+string(id)+"/file", "")
		if rec.Code != http.StatusOK || !bytes.Equal(rec.Body.Bytes(), file) {
			t.Errorf("%s: %d, %d bytes of %d", name, rec.Code, rec.Body.Len(), len(file))
		}
		h := rec.Header()
		kind, of, err := mime.ParseMediaType(h.Get("Content-Disposition"))
		if err != nil || kind != "attachment" || of["filename"] != fileName(name) || h.Get("Content-Type") != "application/octet-stream" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v %v", name, err, h)
		}
	}
	_, d := w.drafted() // pasted
	if page := w.get("/reports/" + string(d.Report.ID)); strings.Contains(text(page), "The file as it came") {
		t.Error("what was pasted has a file")
	}
	if rec := w.ask("GET", "/reports/"+string(d.Report.ID)+"/file", ""); rec.Code != http.StatusNotFound {
		t.Errorf("the file of what was pasted: %d", rec.Code)
	}
}

func TestWhatAFileIsSavedAs(t *testing.T) {
	for name, want := range map[string]string{
		"alert.pdf": "alert.pdf", `C:\reports\alert.pdf`: "alert.pdf", "/etc/passwd": "passwd", "..": "report", "": "report", ".bashrc": "bashrc",
		"a\r\nSet-Cookie: x.pdf": "a Set-Cookie: x.pdf", "تقرير.docx": "تقرير.docx", "fdp.\u202exe": "fdp.xe",
	} {
		if got := fileName(name); got != want {
			t.Errorf("%q is saved as %q, want %q", name, got, want)
		}
	}
}
