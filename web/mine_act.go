package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"vedette"
	"vedette/deliver/words"
	"vedette/desk"
	"vedette/httpd"
)

// answerMine keeps an answer tapped on somebody's own page. A script that asks for it
// gets no page.
func (p *portal) answerMine(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return vedette.Wrap(err, vedette.CodeInvalid, "the answer could not be read; press the button again")
	}
	f := r.PostForm
	kind, err := vedette.ParseReplyKind(f.Get("answer"))
	if err != nil {
		return vedette.Wrap(err, vedette.CodeInvalid, "press one of the three buttons: 1 I am safe, 2 I need help, 3 I am not there")
	}
	o := desk.TapOrder{Notice: vedette.ID(f.Get("notice")), Kind: kind, Text: strings.ReplaceAll(f.Get("text"), "\r\n", "\n"), Tap: f.Get("tap"), Waited: waited(f.Get("waited"))}
	if _, err := p.Desk.TapMine(r.Context(), r.PathValue("token"), o); err != nil {
		return err
	}
	if o.Tap != "" {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return p.backToMine(w, r, string(kind))
}

// waited reads for how many seconds a tap waited; what is no number is none.
func waited(s string) time.Duration {
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil || n < 0 {
		return 0
	}
	return time.Duration(n) * time.Second
}

// backToMine leads back to the page, which then says what was done: to load it again does
// nothing once more.
func (p *portal) backToMine(w http.ResponseWriter, r *http.Request, said string) error {
	http.Redirect(w, r, MinePath+url.PathEscape(r.PathValue("token"))+"?said="+said, http.StatusSeeOther)
	return nil
}

// hereMine checks somebody in.
func (p *portal) hereMine(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return vedette.Wrap(err, vedette.CodeInvalid, "the place could not be read; press the button again")
	}
	_, err := p.Desk.HereMine(r.Context(), r.PathValue("token"), r.PostForm.Get("place"))
	switch vedette.ErrorCode(err) {
	case vedette.CodeNotFound, vedette.CodeInvalid: // no such place, or several
		return p.backToMine(w, r, "unknown")
	}
	if err != nil {
		return err
	}
	return p.backToMine(w, r, "here")
}

// wishMine keeps how somebody wishes to be told.
func (p *portal) wishMine(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return vedette.Wrap(err, vedette.CodeInvalid, "the form could not be read; press the button again")
	}
	f := r.PostForm
	o := desk.MyWishes{Language: f.Get("language"), QuietOf: f.Get("quiet-of"), QuietTo: f.Get("quiet-to"), Digest: f.Get("digest"), First: f.Get("first")}
	if _, err := p.Desk.WishMine(r.Context(), r.PathValue("token"), o); err != nil {
		return err
	}
	return p.backToMine(w, r, "saved")
}

// askMine does what somebody asks for on their own page: a new link, or to be erased.
func (p *portal) askMine(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return vedette.Wrap(err, vedette.CodeInvalid, "the form could not be read; press the button again")
	}
	token := r.PathValue("token")
	switch r.PostForm.Get("for") {
	case "link":
		err := p.Desk.LinkMine(r.Context(), token)
		if vedette.ErrorCode(err) == vedette.CodeTooMany {
			return p.backToMine(w, r, "often")
		}
		if err != nil {
			return err
		}
		return p.backToMine(w, r, "sent")
	case "erase":
		if err := p.Desk.EraseMine(r.Context(), token); err != nil {
			return err
		}
		return p.backToMine(w, r, "asked")
	}
	return vedette.Errorf(vedette.CodeInvalid, "the form does not say what for; load the page again and press its button")
}

// mineFile gives somebody what is kept about them.
func (p *portal) mineFile(w http.ResponseWriter, r *http.Request) error {
	f, err := p.Desk.FileMine(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return p.giveFile(w, f, "json", "application/json", f.WriteJSON)
}

// manifest is what a browser asks for that puts a page on the home screen. It names
// nobody, and no organisation: whoever sees the phone sees it.
type manifest struct {
	Name       string         `json:"name"`
	Short      string         `json:"short_name"`
	Start      string         `json:"start_url"`
	Scope      string         `json:"scope"`
	Display    string         `json:"display"`
	Lang       string         `json:"lang"`
	Dir        string         `json:"dir"`
	Background string         `json:"background_color"`
	Theme      string         `json:"theme_color"`
	Icons      []manifestIcon `json:"icons"`
}

type manifestIcon struct {
	Src   string `json:"src"`
	Sizes string `json:"sizes"`
	Type  string `json:"type"`
}

func (p *portal) mineManifest(w http.ResponseWriter, r *http.Request) error {
	pg, err := p.Desk.OpenMine(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	says, here := words.In(pg.Language), MinePath+r.PathValue("token")
	m := manifest{Name: says.Say("my.app"), Short: says.Say("my.app"), Start: here, Scope: here, Display: "standalone", Lang: says.Language, Dir: says.Direction(),
		Background: "#fbfbf9", Theme: "#fbfbf9", Icons: []manifestIcon{
			{p.static.url("mine-192.png"), "192x192", "image/png"}, {p.static.url("mine-512.png"), "512x512", "image/png"}, {p.static.url("mark.svg"), "any", "image/svg+xml"},
		}}
	w.Header().Set("Content-Type", "application/manifest+json")
	return json.NewEncoder(w).Encode(m)
}

// serveMineWorker serves what keeps people's own pages readable without a line. It lies
// under them, for it may act for no others.
func (p *portal) serveMineWorker(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Security-Policy", httpd.ScriptPolicy)
	p.serveNamed(w, r, "mine-sw.js")
}
