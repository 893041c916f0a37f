package web

import (
	"io"
	"net/http"
	"strings"

	"vedette"
	"vedette/desk"
	"vedette/intake/document"
)

// newDraft keeps a draft of a report that was pasted, or comes as a file.
func (p *portal) newDraft(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	if to := vedette.ID(r.PostForm.Get("to")); to != "" {
		return p.addReport(w, r, to, by)
	}
	status, err := vedette.ParseStatus(r.PostForm.Get("status"))
	if err != nil {
		return err
	}
	v := draftsView{By: bylineOf(r), Text: pasted(r), Corrects: r.PostForm.Get("corrects"), Follows: r.PostForm.Get("situation")}
	text, origin, file, err := reportIn(r)
	if err != nil {
		v.Problem = refusal(err)
		return p.showDrafts(w, r, http.StatusBadRequest, v)
	}
	o := desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: text, Origin: origin, File: file, Status: status}, By: by, Corrects: vedette.ID(v.Corrects)}
	if v.Follows != "" {
		u, err := p.Desk.Update(r.Context(), vedette.ID(v.Follows))
		if err != nil {
			return err
		}
		o.Situation = u.Situation.ID
	}
	d, err := p.Desk.NewDraft(r.Context(), o)
	switch vedette.ErrorCode(err) {
	case "":
		http.Redirect(w, r, draftAddress(d.Update.ID)+"/reading", http.StatusSeeOther)
		return nil
	case vedette.CodeNotReport, vedette.CodeInvalid, vedette.CodeConflict:
		v.Problem = refusal(err)
		return p.showDrafts(w, r, http.StatusBadRequest, v)
	}
	return err
}

// addReport adds a report to a draft.
func (p *portal) addReport(w http.ResponseWriter, r *http.Request, to vedette.ID, by string) error {
	o := desk.FuseOrder{Draft: to, By: by}
	var err error
	if o.Text, o.Origin, o.File, err = reportIn(r); err == nil {
		if o.Seen, err = readSeen(r); err == nil {
			_, err = p.Desk.FuseDraft(r.Context(), o)
		}
	}
	switch vedette.ErrorCode(err) {
	case "":
		http.Redirect(w, r, draftAddress(to)+"/reading", http.StatusSeeOther)
		return nil
	case vedette.CodeNotReport, vedette.CodeInvalid, vedette.CodeConflict:
		r.SetPathValue("id", string(to))
		status := http.StatusBadRequest
		if vedette.ErrorCode(err) == vedette.CodeConflict {
			status = http.StatusConflict
		}
		return p.readingPage(w, r, status, typedWords{Key: "more", Text: pasted(r), Problem: refusal(err)})
	}
	return err
}

// pasted is the text of a form, its lines ended as the reader counts them.
func pasted(r *http.Request) string {
	return strings.ReplaceAll(r.PostForm.Get("text"), "\r\n", "\n")
}

// reportIn gives the report of a form, where it came from, and the file as it came: its
// file, else the text that was pasted. Not both: one of them would be left out.
func reportIn(r *http.Request) (text []byte, origin string, sent *desk.SentFile, err error) {
	typed := pasted(r)
	name, file, err := fileIn(r, "file", document.MaxFile)
	switch {
	case err != nil:
		return nil, "", nil, err
	case name == "" && strings.TrimSpace(typed) == "":
		return nil, "", nil, vedette.Errorf(vedette.CodeInvalid, "paste the report's text, or choose its file")
	case name == "":
		return []byte(typed), "pasted in the portal", nil, nil
	case strings.TrimSpace(typed) != "":
		return nil, "", nil, vedette.Errorf(vedette.CodeInvalid, "a text was pasted and a file was chosen; send one, and add the other to the draft after")
	}
	t, err := document.Read(name, file)
	return t.Body, t.Origin(name), &desk.SentFile{Name: name, Kind: t.Kind, Bytes: file}, err
}

// fileIn gives the file of a form's field, "" for none.
func fileIn(r *http.Request, field string, most int64) (name string, file []byte, err error) {
	if r.MultipartForm == nil {
		return "", nil, nil
	}
	for _, h := range r.MultipartForm.File[field] {
		if h.Filename == "" && h.Size == 0 {
			continue // none was chosen
		}
		name = typed(h.Filename)
		f, err := h.Open()
		if err != nil {
			return name, nil, vedette.Wrap(err, vedette.CodeInvalid, "%q could not be read; choose it again", name)
		}
		defer f.Close()
		file, err = io.ReadAll(io.LimitReader(f, most+1))
		switch {
		case err != nil:
			return name, nil, vedette.Wrap(err, vedette.CodeInvalid, "%q could not be read; choose it again", name)
		case int64(len(file)) > most:
			return name, nil, vedette.Errorf(vedette.CodeInvalid, "%q is larger than %d MB; send its text alone", name, most>>20)
		}
		return name, file, nil
	}
	return "", nil, nil
}
