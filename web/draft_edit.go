package web

import (
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"

	"vedette"
	"vedette/desk"
	"vedette/feed"
)

// editDraft changes a draft as its form says, and shows it again.
func (p *portal) editDraft(w http.ResponseWriter, r *http.Request) error {
	v, e, err := p.readEdit(w, r)
	if err == nil {
		_, err = p.Desk.EditDraft(r.Context(), e)
	}
	switch vedette.ErrorCode(err) {
	case "":
		http.Redirect(w, r, draftAddress(e.Draft), http.StatusSeeOther)
		return nil
	case vedette.CodeInvalid, vedette.CodeConflict:
		v.Problem = refusal(err)
		status := http.StatusBadRequest
		if vedette.ErrorCode(err) == vedette.CodeConflict {
			status = http.StatusConflict
			v.Problem = refusal(vedette.Wrap(err, vedette.CodeConflict, "Nothing was changed"))
		}
		if r.PostForm.Has("where") {
			return p.drawPage(w, r, status, v, r.PostForm.Get("there-risk"))
		}
		return p.draftPage(w, r, status, v)
	}
	return err
}

// readDraftForm reads what every form of a draft says: who, and how many edits
// they saw.
func readDraftForm(w http.ResponseWriter, r *http.Request) (by string, seen int, err error) {
	if by, err = readForm(w, r); err != nil {
		return "", 0, err
	}
	if seen, err = strconv.Atoi(r.PostForm.Get("seen")); err != nil || seen < 0 {
		return by, 0, vedette.Errorf(vedette.CodeInvalid, "the form does not say which state of the draft it is of; open the page again")
	}
	return by, seen, nil
}

// readEdit reads the form that changes a draft. What is wrong with it comes
// with the places that a name may mean.
func (p *portal) readEdit(w http.ResponseWriter, r *http.Request) (v draftView, e desk.DraftEdit, err error) {
	e.Draft = vedette.ID(r.PathValue("id"))
	if e.By, e.Seen, err = readDraftForm(w, r); err != nil {
		v.By = bylineOf(r)
		return v, e, err
	}
	f := r.PostForm
	v.By, v.Typed = bylineOf(r), typedEdit{Add: typed(f.Get("add")), Circle: typed(f.Get("circle")), GeoJSON: typed(f.Get("geojson"))}
	if word := f.Get("risk"); word != "" {
		risk, err := readRisk(word)
		if err != nil {
			return v, e, err
		}
		e.Risk = &risk
	}
	if err := readMarks(f, &e); err != nil {
		return v, e, err
	}
	for key, values := range f {
		id, ok := strings.CutPrefix(key, "risk:")
		if !ok || len(values) == 0 {
			continue
		}
		risk, err := readRisk(values[0])
		if err != nil {
			return v, e, err
		}
		e.AreaRisks = append(e.AreaRisks, vedette.AreaRisk{Area: vedette.AreaID(id), Risk: risk})
	}
	e.Remove, e.Erase = f["remove"], f["erase"]
	for _, id := range f["place"] {
		e.Add = append(e.Add, vedette.AreaID(id))
	}
	if err := p.readPlaces(&v, &e); err != nil && len(f["place"]) == 0 { // else the place chosen is the one that was not plain
		return v, e, err
	}
	if err := readShapes(r, &v, &e); err != nil {
		return v, e, err
	}
	return v, e, p.readDrawn(f, &v, &e)
}

func readRisk(word string) (vedette.Risk, error) {
	if word == "none" {
		return vedette.RiskUnknown, nil
	}
	return vedette.ParseRisk(word)
}

// readPlaces reads the names of areas to be added, parted by semicolons. Of
// one that is not plain it gives what it may mean.
func (p *portal) readPlaces(v *draftView, e *desk.DraftEdit) (not error) {
	for name := range strings.SplitSeq(v.Typed.Add, ";") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		a, err := p.Gaz.Find(name)
		if err != nil {
			v.Found, not = p.candidates(name), err
			continue
		}
		e.Add = append(e.Add, a.ID)
	}
	return not
}

// readShapes reads a circle that was typed and a file of shapes.
func readShapes(r *http.Request, v *draftView, e *desk.DraftEdit) (err error) {
	e.Draw, err = drawnIn(r, v.Typed.Circle)
	return err
}

// drawnIn reads the shapes of a form: a circle as typed, "" for none, GeoJSON as pasted,
// and files.
func drawnIn(r *http.Request, circle string) (out []vedette.Shape, err error) {
	if circle != "" {
		s, err := feed.ReadCircle(circle)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	if pasted := strings.TrimSpace(r.PostForm.Get("geojson")); pasted != "" {
		shapes, err := feed.ReadShapes(strings.NewReader(pasted))
		if err != nil {
			return nil, err
		}
		out = append(out, shapes...)
	}
	if r.MultipartForm == nil {
		return out, nil
	}
	for _, h := range r.MultipartForm.File["shapes"] {
		if h.Size == 0 {
			continue // no file was chosen
		}
		shapes, err := shapesIn(h)
		if err != nil {
			return nil, err
		}
		out = append(out, shapes...)
	}
	return out, nil
}

func shapesIn(h *multipart.FileHeader) ([]vedette.Shape, error) {
	f, err := h.Open()
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "the file of shapes could not be read")
	}
	defer f.Close()
	return feed.ReadShapes(io.Reader(f))
}
