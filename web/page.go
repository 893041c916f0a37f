package web

import (
	"io"
	"net/http"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/deliver/words"
	"vedette/httpd"
	"vedette/web/messages"
)

// action answers a request or says why it cannot.
type action func(w http.ResponseWriter, r *http.Request) error

// frame is what every page has around its matter.
type frame struct {
	Title   string
	Titled  messages.Said // the title, where it is said in the page's language; else it stands as it is
	Desk    bool          // they see what the desk sees; else their own people alone
	User    string        // who is signed in, "" for nobody
	Flashes bool          // they make a flash
	Audit   bool          // they read who did what
	Org     string
	Status  string // "EXERCISE", "TEST", "" when actual: the page is framed by it
	Style   string // address of the stylesheet
	Icon    string
	Home    bool         // the page is the list of updates
	Place   string       // which other page of the navigation it is: "who", "posture"
	Demo    bool         // the demonstration's pages exist
	Welcome bool         // nobody has to sign in yet, and a code is waited for
	Bare    bool         // no way into the portal: a page for people outside
	Refresh int          // seconds; 0: the page stays as it is
	App     *appView     // it may be put on the home screen of a phone; nil for no
	Says    *words.Table // in whose language the page is
}

// frame makes one. A title that is a message is said in the page's language.
func (p *portal) frame(r *http.Request, title string, status vedette.Status) frame {
	f := p.frameOf(r, messages.Said{English: title}, status)
	if f.Title = safe(title); !messages.Known(title) {
		return f.named()
	}
	return f
}

// named is a frame whose title is of no language: a name, a headline.
func (f frame) named() frame {
	f.Titled = messages.Said{}
	return f
}

// frameOf is a frame with a title in which something is filled in.
func (p *portal) frameOf(r *http.Request, title messages.Said, status vedette.Status) frame {
	return frame{Welcome: p.Desk.Welcomes() && actorOf(r).name() == "", User: userOf(r), Desk: p.may(r, rights.Look) == nil, Flashes: p.may(r, rights.Draft) == nil, Audit: p.may(r, rights.Audit) == nil, Title: safe(title.String()), Titled: title, Org: safe(p.called(r)), Status: status.Mark(),
		Style: p.static.url("style.css"), Icon: p.static.url("mark.svg"), Demo: p.Demo != nil, Says: words.In(languageOf(r))}
}

// Mark is the status in the page's language.
func (f frame) Mark() string { return f.Says.Say("mark." + strings.ToLower(f.Status)) }

// Drill says what the mark means.
func (f frame) Drill() string { return f.Says.Say("page." + strings.ToLower(f.Status)) }

// page turns an action into a handler, for those who may do what it does; what it
// returns becomes a page in plain words.
func (p *portal) page(act rights.Act, do action) http.Handler {
	return p.answer(func(w http.ResponseWriter, r *http.Request) error { return p.enter(w, r, act, do) }, false)
}

// bare is page for people outside: no way leads from it into the portal.
func (p *portal) bare(do action) http.Handler { return p.answer(do, true) }

func (p *portal) answer(do action, bare bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := do(w, r); err != nil {
			p.problem(w, r, err, bare)
		}
	})
}

// language is the one a page is in.
func (f frame) language() string { return f.Says.Language }

// languageIn is the language that a view is in: that of the frame around it.
func languageIn(view any) string {
	if v, ok := view.(interface{ language() string }); ok {
		return v.language()
	}
	return messages.English
}

// show renders a page whole before the first byte is sent.
func (p *portal) show(w http.ResponseWriter, status int, name string, view any) error {
	return p.showIn(w, languageIn(view), status, name, view)
}

// piece is show for a piece of a page, with no frame around it, which a script asked for.
func (p *portal) piece(w http.ResponseWriter, r *http.Request, status int, name string, view any) error {
	return p.showIn(w, languageOf(r), status, name, view)
}

func (p *portal) showIn(w http.ResponseWriter, language string, status int, name string, view any) error {
	b, err := p.pages.draw(language, name, view)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if _, err := b.WriteTo(w); err != nil {
		p.Log.Debug("a page was not read to its end", "page", name, "err", err)
	}
	return nil
}

// problemView is a page that says what is wrong and what to do.
type problemView struct {
	frame
	Heading  string
	Sentence problem
	Hint     string
	ID       string // of the request in the log, when the fault is ours
	Mine     bool   // it stands where somebody's own page was
}

// problem answers with an error's sentence.
func (p *portal) problem(w http.ResponseWriter, r *http.Request, err error, bare bool) {
	if _, ok := bearer(r); ok && !bare {
		p.machineProblem(w, r, err)
		return
	}
	status := httpd.Status(err)
	v := problemView{Heading: heading(status), Sentence: told(err)}
	if bare {
		v.Hint = replyHint(status)
		v.Mine = strings.HasPrefix(r.URL.Path, MinePath)
	}
	v.frame = p.frame(r, v.Heading, vedette.StatusActual)
	v.Bare = bare
	if status >= http.StatusInternalServerError {
		v.ID = p.failed(r, err)
	}
	if err := p.show(w, status, "problem", v); err != nil {
		p.Log.Error("the page that says so failed too", "err", err)
		httpd.Refuse(w, status, sentence(httpd.Sentence(err)), v.ID)
	}
}

// sentence makes a sentence stand alone: a capital first, a stop last.
func sentence(s string) string {
	s = safe(strings.TrimSpace(s))
	if s == "" {
		return s
	}
	if c := s[0]; 'a' <= c && c <= 'z' {
		s = strings.ToUpper(s[:1]) + s[1:]
	}
	if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "…") {
		s += "."
	}
	return s
}

func heading(status int) string {
	switch status {
	case http.StatusUnauthorized:
		return messages.Mark("Sign in first")
	case http.StatusTooManyRequests:
		return messages.Mark("Too often")
	case http.StatusNotFound:
		return messages.Mark("There is nothing here")
	case http.StatusForbidden:
		return messages.Mark("This cannot be opened")
	case http.StatusGone:
		return messages.Mark("This link is too old")
	case http.StatusRequestTimeout:
		return messages.Mark("That took too long")
	case http.StatusRequestEntityTooLarge:
		return messages.Mark("That is too long")
	case http.StatusConflict:
		return messages.Mark("Not as things stand")
	case http.StatusServiceUnavailable:
		return messages.Mark("Not just now")
	case http.StatusInternalServerError:
		return messages.Mark("Something went wrong")
	}
	return messages.Mark("That does not work")
}

// replyHint says what someone may do whose reply link does not work.
func replyHint(status int) string {
	switch status {
	case http.StatusForbidden, http.StatusNotFound:
		return messages.Mark("Open the link in the message itself, or copy all of it. If that does not help, answer the person who looks after you by phone or mail. If you are in danger, call the local emergency number.")
	case http.StatusGone:
		return messages.Mark("Nothing was recorded. If you still want to answer, phone or write to the person who looks after you; a newer message has a newer link. If you are in danger, call the local emergency number.")
	}
	return messages.Mark("Go back and try again. If you are in danger, call the local emergency number.")
}

func noSuchPage(w http.ResponseWriter, r *http.Request) error {
	return vedette.Errorf(vedette.CodeNotFound, "no page has this address. The list of updates leads to all there is")
}

func robots(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	io.WriteString(w, "User-agent: *\nDisallow: /\n")
}
