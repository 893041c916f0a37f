package web

import (
	"net/http"

	"vedette/auth/rights"
	"vedette/desk"
	"vedette/web/messages"
)

// What takes a second factor that is fresh, as the page says it.
var (
	whyExtreme = messages.Mark("This says extreme, so whoever publishes it shows first that it is them. Nothing was published yet, and what you typed is kept.")
	whyExport  = messages.Mark("Who takes a list of people away shows first that it is them.")
)

// freshly does something for those alone who showed a second factor lately. Others are
// asked for it, and go on then.
func (p *portal) freshly(do action) action {
	return func(w http.ResponseWriter, r *http.Request) error {
		if me := sessionOf(r); me != nil && !p.Desk.Fresh(me) {
			return p.againPage(w, r, http.StatusForbidden, p.onTheWay(r.URL.RequestURI(), whyExport))
		}
		return do(w, r)
	}
}

// publishingAsks says whether somebody who publishes a draft is asked for a second
// factor first, or shows it with this form.
func (p *portal) publishingAsks(r *http.Request, d *desk.Draft) bool {
	me := sessionOf(r)
	return me != nil && (r.PostForm.Has("show") || rights.PublishingAsks(d.Update) && !p.Desk.Fresh(me))
}

// askPublisher asks for the second factor, with all that was typed. When it is shown the
// draft is shown again, as it was to be published: whoever publishes presses once more.
func (p *portal) askPublisher(w http.ResponseWriter, r *http.Request, d *desk.Draft, v draftView, seen int) error {
	again := againView{Why: whyExtreme, Address: draftAddress(d.Update.ID) + "/publish", Back: draftAddress(d.Update.ID), Fields: publishFields(r)}
	if !r.PostForm.Has("show") {
		return p.againPage(w, r, http.StatusForbidden, again)
	}
	if err := p.takeFactor(w, r); err != nil {
		return p.againAfter(w, r, again, err)
	}
	v.Shown, v.Typed.Publish = true, true
	if len(d.Update.Edits) != seen {
		v.Problem = saying(messages.Of("The draft was changed meanwhile. Look at it as it is now; what you had ticked is not ticked any more."))
		return p.draftPage(w, r, http.StatusOK, v)
	}
	f := r.PostForm
	v.Typed.Count, v.Typed.Accept, v.Typed.Break, v.Typed.Again = typed(f.Get("count")), f["accept"], f.Get("break") != "", f.Get("again") != ""
	return p.draftPage(w, r, http.StatusOK, v)
}

// publishFields are what the form that publishes said.
func publishFields(r *http.Request) (out []field) {
	for _, name := range []string{"seen", "reason", "accept", "break", "again", "count"} {
		for _, value := range r.PostForm[name] {
			out = append(out, field{name, value})
		}
	}
	return out
}
