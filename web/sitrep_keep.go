package web

import (
	"bytes"
	"html/template"
	"net/http"
	"net/url"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/httpd"
	"vedette/web/messages"
)

// Where a report of a situation is that was kept, and its document.
const (
	sitrepsPath    = "/sitreps/"
	sitrepDocument = "/report.pdf"
)

// sitrepKeep is the press that keeps a report of the situation, and those that are kept.
type sitrepKeep struct {
	May     bool
	ID      string // of what is kept by it
	By      byline
	Problem problem
	Signer  string // of one that is being kept, for its document
	Kept    keptSitreps
}

// keptSitreps are those that are kept of a situation, the newest first.
type keptSitreps struct {
	List    []keptSitrepLine
	All     string // where there are older ones; "" for none
	Altered bool   // one is not what was signed
}

// keptSitrepLine is one that was kept, in a list.
type keptSitrepLine struct {
	Address, PDF, Mark, By, Digest string
	At                             moment
}

// keptSitrepView is a report of a situation as it was kept.
type keptSitrepView struct {
	frame
	Address   string // of its update
	PDF       string
	By        string
	At        moment
	Language  string
	Right     bool // it is written from right to left
	Page      template.HTML
	PaperSum  string
	Signature string
}

// keepable puts into a report of the situation what is kept of it, and the press.
func (p *portal) keepable(r *http.Request, v *sitrepView) error {
	v.Keep.May, v.Keep.By, v.Keep.ID = p.may(r, rights.HandOver) == nil, bylineOf(r), string(vedette.NewID(p.Now()))
	shelf, err := p.Desk.SitrepsOf(r.Context(), vedette.ID(r.PathValue("id")))
	v.Keep.Kept = p.keptSitreps(&shelf, "")
	for i := range v.Keep.Kept.List {
		v.Keep.Kept.List[i].Digest = shelf.List[i].Paper
	}
	return err
}

// keptSitreps lists those kept of a situation; all of them are found at an address.
func (p *portal) keptSitreps(shelf *desk.SitrepShelf, all string) keptSitreps {
	v := keptSitreps{Altered: shelf.Altered}
	if shelf.More {
		v.All = all
	}
	for i := range shelf.List {
		s := &shelf.List[i]
		at := sitrepsPath + string(s.ID)
		v.List = append(v.List, keptSitrepLine{Address: at, PDF: at + sitrepDocument, Mark: s.Status.Mark(), By: safe(s.By), At: when(s.At, p.Now(), "")})
	}
	return v
}

// keptSitrepsOf lists those kept of an update's situation, for whoever may read them.
func (p *portal) keptSitrepsOf(r *http.Request, u *vedette.Update) (v keptSitreps, err error) {
	if p.may(r, rights.SeePeople) != nil {
		return v, nil
	}
	shelf, err := p.Desk.SitrepsOf(r.Context(), u.ID)
	if err != nil {
		return v, err
	}
	return p.keptSitreps(&shelf, ""), nil
}

// keepSitrep keeps a report of the situation as it is shown at this moment, with what was
// typed for it, and shows what was kept.
func (p *portal) keepSitrep(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	f := r.PostForm
	shown := r.Clone(r.Context())
	shown.URL = &url.URL{Path: r.URL.Path, RawQuery: url.Values{"next": f["next"], "name": f["name"], "note": f["note"]}.Encode()}
	v, err := p.sitrep(shown)
	if err != nil {
		return err
	}
	v.Keep.Signer = safe(by)
	page, err := p.article(v)
	if err != nil {
		return err
	}
	paper, err := p.print(r.Context(), func() ([]byte, error) { return p.sitrepPaper(v) })
	if err != nil {
		return err
	}
	s, err := p.Desk.KeepSitrep(r.Context(), desk.SitrepOrder{ID: vedette.ID(f.Get("id")), Update: vedette.ID(r.PathValue("id")), By: by, Language: v.language(), Page: page, Paper: paper})
	switch {
	case err == nil:
		http.Redirect(w, r, sitrepsPath+string(s.ID), http.StatusSeeOther)
		return nil
	case !mends(err):
		return err
	}
	refused := refusal(err)
	if err := p.keepable(r, v); err != nil {
		return err
	}
	v.Keep.Problem = refused
	return p.show(w, httpd.Status(err), "sitrep", v)
}

// What of the page of a report of the situation is kept: the report, and no form in it.
var (
	sitrepBegins, sitrepEnds = []byte(`<article class="sitrep">`), []byte("</article>")
	formBegins, formEnds     = []byte(`<details class="press screen">`), []byte("</details>")
)

// article is the report of the situation out of its page, as the page is shown.
func (p *portal) article(v *sitrepView) ([]byte, error) {
	b, err := p.pages.draw(v.language(), "sitrep", v)
	if err != nil {
		return nil, err
	}
	_, page, begins := bytes.Cut(b.Bytes(), sitrepBegins)
	page, _, ends := bytes.Cut(page, sitrepEnds)
	before, form, asks := bytes.Cut(page, formBegins)
	_, after, asked := bytes.Cut(form, formEnds)
	if !begins || !ends || !asks || !asked {
		return nil, vedette.Errorf(vedette.CodeInternal, "the report is not found on its page")
	}
	return bytes.Join([][]byte{sitrepBegins, before, after, sitrepEnds}, nil), nil
}

// showKeptSitrep shows a report of a situation as it was kept. Its page is ours, and holds
// no markup of anybody else: the desk gives it only as it was signed.
func (p *portal) showKeptSitrep(w http.ResponseWriter, r *http.Request) error {
	s, err := p.openSitrep(r)
	if err != nil {
		return err
	}
	in := messages.In(s.Language)
	v := keptSitrepView{frame: p.frameOf(r, messages.Of("Situation report: %s", safe(s.Title)), s.Status), Address: updatePath + string(s.Update), PDF: sitrepsPath + string(s.ID) + sitrepDocument, By: safe(s.By),
		At: when(s.At, p.Now(), ""), Language: in.Language, Right: in.Right, Page: template.HTML(s.HTML), PaperSum: s.Paper, Signature: s.Digest}
	return p.show(w, http.StatusOK, "sitrepkept", v)
}

// printKeptSitrep gives the document of a report of a situation, byte for byte as it was
// kept.
func (p *portal) printKeptSitrep(w http.ResponseWriter, r *http.Request) error {
	s, err := p.openSitrep(r)
	if err != nil {
		return err
	}
	name := "situation-report-" + s.At.UTC().Format("20060102-1504Z") + "-signed.pdf"
	if mark := s.Status.Mark(); mark != "" {
		name = mark + "-" + name
	}
	return p.sendDocument(w, name, s.PDF)
}

func (p *portal) openSitrep(r *http.Request) (*desk.OpenedSitrep, error) {
	id := vedette.ID(r.PathValue("id"))
	if !id.Valid() {
		return nil, vedette.Errorf(vedette.CodeNotFound, "the address names no report of a situation; open it from the page of one")
	}
	return p.Desk.OpenSitrep(r.Context(), id)
}
