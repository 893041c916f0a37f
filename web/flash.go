package web

import (
	"net/http"
	"net/url"
	"strconv"

	"vedette"
	"vedette/auth/rights"
	"vedette/deliver/words"
	"vedette/desk"
	"vedette/flash"
	"vedette/httpd"
	"vedette/web/messages"
)

const flashPath = "/flash"

// flashView is the one form by which people are warned: what, where, one line.
type flashView struct {
	frame
	Script    string
	ID        string // of the draft that it will be
	Seen      int    // edits of it, where it is one already
	Templates []flashChoice
	Where     string // as typed
	Line      string
	Risks     []option
	Reality   []option // real, or an exercise
	Fixed     string   // real or drill, where the draft is one already
	Found     []foundPlace
	Problem   problem
	Wants     string // that a second person is wanted, and for what
	Keeps     bool   // they edit the templates
	By        byline
	MostLine  int
}

// flashChoice is a template to choose.
type flashChoice struct {
	Key, Name string
	Risk      badge
	Chosen    bool
	Lacks     messages.Said
}

// showFlash shows the form: empty, of a place, or of a draft that is to be made anew.
func (p *portal) showFlash(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := flashView{Where: typed(q.Get("where")), ID: string(vedette.NewID(p.Now()))}
	chosen, risk, status := q.Get("template"), "", vedette.StatusActual
	if id := q.Get("draft"); id != "" {
		d, err := p.Desk.Draft(r.Context(), vedette.ID(id))
		if err != nil {
			return err
		}
		u := d.Update
		if u.Flash == "" {
			return vedette.Errorf(vedette.CodeConflict, "that draft is no flash; change it on its own page")
		}
		chosen, risk, status = u.Flash, u.Content.Risk.String(), u.Status
		v.ID, v.Seen, v.Where, v.Line, v.Fixed = id, len(u.Edits), p.whereOf(u), safe(knownLine(u)), u.Status.String()
	}
	return p.flashPage(w, r, http.StatusOK, v, chosen, risk, status)
}

// whereOf is where a flash is, as the form takes it.
func (p *portal) whereOf(u *vedette.Update) string {
	if len(u.Shapes) > 0 {
		return flash.Text(&u.Shapes[0])
	}
	for _, a := range u.Content.Affected {
		if area, ok := p.Gaz.Area(a.Area); ok {
			return p.Gaz.Labels([]vedette.Area{area})[0]
		}
	}
	return ""
}

// knownLine is the one line of a flash.
func knownLine(u *vedette.Update) string {
	if len(u.Content.Summary) == 0 {
		return ""
	}
	return u.Content.Summary[0].Text
}

func (p *portal) flashPage(w http.ResponseWriter, r *http.Request, code int, v flashView, chosen, risk string, status vedette.Status) error {
	v.frame, v.By, v.MostLine = p.frame(r, "Flash", vedette.StatusActual), bylineOf(r), vedette.MaxFlashLine
	v.Place, v.Keeps = "flash", p.may(r, rights.RunHouse) == nil
	list, err := p.Desk.Flashes(r.Context())
	if err != nil {
		return err
	}
	for i := range list {
		t := &list[i]
		v.Templates = append(v.Templates, flashChoice{Key: t.Key, Name: safe(t.Name), Risk: riskBadge(t.Risk), Chosen: t.Key == chosen, Lacks: languageNames(t.Lacks)})
	}
	v.Risks = options(risk, "", messages.Mark("as the template says"), "low", messages.Mark("low"), "moderate", messages.Mark("moderate"), "high", messages.Mark("high"), "extreme", messages.Mark("extreme"))
	v.Reality = options(status.String(), "actual", messages.Mark("real"), "exercise", messages.Mark("an exercise"))
	set, err := p.Desk.Settings(r.Context())
	if err != nil {
		return err
	}
	v.Wants = wantsWords[set.Approval]
	v.Script = p.static.url("flash.js")
	w.Header().Set("Content-Security-Policy", httpd.ScriptPolicy)
	return p.show(w, code, "flash", v)
}

// wantsWords say up front that a second person is wanted.
var wantsWords = map[vedette.ApprovalFor]string{
	vedette.ApproveExtreme: messages.Mark("What says extreme goes out on the word of a second person: you ask for it on the next page. What is immediate need not wait: there you can break the glass, with a reason."),
	vedette.ApproveAll:     messages.Mark("Everything goes out on the word of a second person: you ask for it on the next page. What is immediate need not wait: there you can break the glass, with a reason."),
}

// keepFlash makes the flash and leads to whom it warns. Nothing goes out by it.
func (p *portal) keepFlash(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	f := r.PostForm
	v := flashView{ID: typed(f.Get("id")), Where: typed(f.Get("where")), Line: typed(f.Get("line")), Fixed: f.Get("fixed")}
	v.Seen, _ = strconv.Atoi(f.Get("seen"))
	o := desk.FlashOrder{Template: f.Get("template"), Line: f.Get("line"), ID: vedette.ID(v.ID), Seen: v.Seen, By: by}
	status, err := vedette.ParseStatus(firstOf(v.Fixed, f.Get("status")))
	o.Status = status
	if err == nil && f.Get("risk") != "" {
		o.Risk, err = vedette.ParseRisk(f.Get("risk"))
	}
	switch {
	case err != nil:
	case o.Template == "":
		err = vedette.Errorf(vedette.CodeInvalid, "choose what happened")
	case f.Get("place") != "": // the one of several that is meant
		o.Area = vedette.AreaID(f.Get("place"))
	default:
		if o.Area, o.Shapes, err = p.Desk.ReadPlace(f.Get("where")); err != nil {
			v.Found = p.meant(v.Where)
		}
	}
	var d *desk.Draft
	if err == nil {
		d, err = p.Desk.KeepFlash(r.Context(), o)
	}
	switch {
	case err == nil:
		http.Redirect(w, r, draftAddress(d.Update.ID), http.StatusSeeOther)
		return nil
	case mends(err):
		v.Problem = refusal(err)
		code := http.StatusBadRequest
		if vedette.ErrorCode(err) == vedette.CodeConflict {
			code = http.StatusConflict
		}
		return p.flashPage(w, r, code, v, o.Template, f.Get("risk"), status)
	}
	return err
}

// meant are the places that a name may mean, none for what is drawn.
func (p *portal) meant(where string) []foundPlace {
	if _, is, _ := flash.Drawn(where); is || where == "" {
		return nil
	}
	return p.candidates(where)
}

// whoList is the address of those who are somewhere, as somebody typed it.
func whoList(where, stand string) string {
	return whoPeoplePath + "?where=" + url.QueryEscape(where) + "&stand=" + stand
}

// languageNames names languages: "Arabic, Hebrew".
func languageNames(tags []string) (all messages.Said) {
	for i, t := range tags {
		if i == 0 {
			all = languageName(t)
			continue
		}
		all = messages.Of("%s, %s", all, languageName(t))
	}
	return all
}

// These are the names of the languages that people are told in.
var _ = []string{messages.Mark("Arabic"), messages.Mark("English"), messages.Mark("French"), messages.Mark("Hebrew"), messages.Mark("Persian"), messages.Mark("Russian"), messages.Mark("Spanish")}

// languageName names a language.
func languageName(tag string) messages.Said { return messages.Said{English: words.Name(tag)} }
