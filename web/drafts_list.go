package web

import (
	"net/http"
	"net/url"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// draftsView is the list of what is kept and not published.
type draftsView struct {
	frame
	Drafts  []draftLine
	By      byline
	Text    string // of a report that could not be read
	Problem problem

	Corrects, Follows string      // the update that a new draft corrects, or is the next of its situation
	Of                *updateLine // that one
	As                string      // its status, which a new one has, too
}

type draftLine struct {
	Address  string
	Mark     string
	Risk     badge
	Headline string
	Areas    messages.Said
	Changed  moment
	By       string // "" where a publishing that was not finished left it
	Edits    int
}

// listDrafts lists the drafts, and takes a report for a new one.
func (p *portal) listDrafts(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := draftsView{By: bylineOf(r), Corrects: q.Get("corrects"), Follows: q.Get("situation")}
	return p.showDrafts(w, r, http.StatusOK, v)
}

func (p *portal) showDrafts(w http.ResponseWriter, r *http.Request, status int, v draftsView) error {
	v.frame = p.frame(r, "Drafts", vedette.StatusActual)
	v.frame.Place = "drafts"
	if id := firstOf(v.Corrects, v.Follows); id != "" {
		u, err := p.Desk.Update(r.Context(), vedette.ID(id))
		if err != nil {
			return err
		}
		l := p.updateLine(u, desk.Tally{})
		v.Of, v.As = &l, u.Status.String()
	}
	list, err := p.Desk.Drafts(r.Context())
	if err != nil {
		return err
	}
	for _, u := range list {
		l := draftLine{Address: draftAddress(u.ID), Mark: u.Status.Mark(), Risk: riskBadge(u.Content.Risk), Areas: p.affected(&u.Content),
			Headline: safe(firstOf(u.Content.Headline, u.Content.Title)), Changed: when(u.CreatedAt, p.Now(), "")}
		if n := len(u.Edits); n > 0 {
			l.By, l.Edits, l.Changed = safe(u.Edits[n-1].By), n-1, when(u.Edits[n-1].At, p.Now(), "")
		}
		v.Drafts = append(v.Drafts, l)
	}
	return p.show(w, status, "drafts", v)
}

func draftAddress(id vedette.ID) string { return "/drafts/" + string(id) }

// nameCookie keeps the name somebody gave, so that they need not type it again.
// It proves nothing.
const nameCookie = "desk-name"

// whoAsks is the name somebody gave the last time.
func whoAsks(r *http.Request) string {
	c, err := r.Cookie(nameCookie)
	if err != nil {
		return ""
	}
	name, err := url.QueryUnescape(c.Value)
	if err != nil {
		return ""
	}
	return typed(name)
}

// remember keeps the name somebody gave; a machine's is not kept.
func remember(w http.ResponseWriter, r *http.Request, name string) {
	if name = typed(name); name != "" && actorOf(r).token == nil {
		http.SetCookie(w, &http.Cookie{Name: nameCookie, Value: url.QueryEscape(name), Path: "/", MaxAge: 30 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	}
}
