package web

import (
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/httpd"
	"vedette/web/messages"
)

// firstPath is where the first administrator is made, by the code that stands on the
// terminal; stepsPath what they do next.
const (
	firstPath = "/welcome"
	stepsPath = "/first-steps"
)

// firstView is the page of the first administrator.
type firstView struct {
	frame
	There   bool // there is one
	Waits   bool // a code is waited for
	Typed   typedFirst
	Least   int // characters of a password
	Problem problem
}

type typedFirst struct{ Code, Organisation, Name, Login string }

func (p *portal) openFirst(w http.ResponseWriter, r *http.Request) error {
	return p.firstPage(w, r, http.StatusOK, firstView{})
}

// here says, as CodeForbidden, that somebody comes from elsewhere, though this machine
// alone is served as long as nobody may sign in.
func (p *portal) here(r *http.Request, shut bool) error {
	if !shut && p.Loopback && !httpd.OwnMachine(r) {
		return vedette.Errorf(vedette.CodeForbidden, "nobody may sign in here yet, so nobody is let in but on the machine that serves it; there, make the first administrator, at %s or by: vedette user add", firstPath)
	}
	return nil
}

func (p *portal) firstPage(w http.ResponseWriter, r *http.Request, status int, v firstView) error {
	shut, err := p.Desk.Shut(r.Context())
	if err == nil {
		err = p.here(r, shut)
	}
	if err != nil {
		return err
	}
	v.frame = p.frame(r, "Welcome", vedette.StatusActual)
	v.Bare, v.There, v.Waits, v.Least = true, shut, p.Desk.Welcomes(), p.Desk.LeastPassword()
	return p.show(w, status, "first", v)
}

// makeFirst makes the first administrator, and signs them in.
func (p *portal) makeFirst(w http.ResponseWriter, r *http.Request) error {
	if _, err := readForm(w, r); err != nil {
		return err
	}
	shut, err := p.Desk.Shut(r.Context())
	if err == nil {
		err = p.here(r, shut)
	}
	if err != nil {
		return err
	}
	f := r.PostForm
	v := firstView{Typed: typedFirst{"", typed(f.Get("organisation")), typed(f.Get("name")), typed(f.Get("login"))}}
	var token string
	var u vedette.User
	if f.Get("password") != f.Get("again") {
		err = vedette.Errorf(vedette.CodeInvalid, "the two passwords are not the same; type it once more, both times")
	} else {
		token, u, err = p.Desk.Welcome(r.Context(), desk.WelcomeOrder{Code: f.Get("code"), Organisation: f.Get("organisation"), Name: f.Get("name"), Login: f.Get("login"), Password: f.Get("password")}, p.peer(r))
	}
	switch vedette.ErrorCode(err) {
	case "":
		p.Log.Info("the first administrator is made", "user", u.ID)
		p.keepSession(w, token)
		p.keepOrg(w)
		http.Redirect(w, r, stepsPath, http.StatusSeeOther)
		return nil
	case vedette.CodeTooMany:
		w.Header().Set("Retry-After", "60")
	case vedette.CodeInvalid, vedette.CodeForbidden, vedette.CodeConflict:
	default:
		return err
	}
	p.noteRefused("the first administrator was not made", err)
	if v.Problem = refusal(err); vedette.ErrorCode(err) == vedette.CodeInvalid {
		v.Typed.Code = typed(f.Get("code")) // it was the right one, or was not looked at
	}
	return p.firstPage(w, r, httpd.Status(err), v)
}

// stepsView is what an administrator does first.
type stepsView struct {
	frame
	Steps []step
}

// step is one of them.
type step struct {
	Name, Address, For string
	Done               messages.Said // what is there already, none for nothing
}

// showSteps shows them: each until it is done.
func (p *portal) showSteps(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Desk.CountHouse(r.Context())
	if err != nil {
		return err
	}
	users, err := p.Desk.Users(r.Context(), false)
	if err != nil {
		return err
	}
	var second, others messages.Said
	if me := sessionOf(r); me != nil {
		f, err := p.Desk.Factors(r.Context(), &me.User)
		if err != nil {
			return err
		}
		if f.Any() {
			second = messages.Of("you have one")
		}
	}
	some := func(n int, one, more messages.Said) messages.Said {
		if n == 0 {
			return messages.Said{}
		}
		return oneOrMore(n, one, more)
	}
	v := stepsView{frame: p.frame(r, "First steps", vedette.StatusActual)}
	v.Place = "house"
	if len(users) > 1 {
		others = messages.Of("%d sign in", len(users))
	}
	var none messages.Said
	v.Steps = []step{
		{messages.Mark("Add your second factor"), accountPath + "#second", messages.Mark("A passkey, or one-time codes. Publishing what is extreme asks for it, and so does taking lists of people away."), second},
		{messages.Mark("Take in your people"), "/people/import", messages.Mark("A file from your personnel system, looked through before anything is kept."), some(c.People, messages.Of("1 person"), messages.Of("%d people", c.People))},
		{messages.Mark("Add your sites"), "/sites/add", messages.Mark("An event near one concerns whoever works there. A file of people makes those that it names."), some(c.Sites, messages.Of("1 site"), messages.Of("%d sites", c.Sites))},
		{messages.Mark("See that messages go out"), channelsPath, messages.Mark("Which channels are set up, and a test to one person over all of them."), none},
		{messages.Mark("Put somebody on the rota"), rotaPath, messages.Mark("Calls for help are offered to who is on duty. As long as nobody is, whoever calls is shown the local emergency numbers alone."), some(c.Turns, messages.Of("1 turn"), messages.Of("%d turns", c.Turns))},
		{messages.Mark("Let the others sign in"), usersPath, messages.Mark("Analysts, approvers, a second administrator; managers, wardens and regional desks for their own people."), others},
		{messages.Mark("Publish a first update, as a test"), "/drafts", messages.Mark("Paste a report: you see how it is read and who would be told, before anything goes out."), none},
	}
	return p.show(w, http.StatusOK, "steps", v)
}

// oneOrMore is how many there are: of one it is said otherwise.
func oneOrMore(n int, one, more messages.Said) messages.Said {
	if n == 1 {
		return one
	}
	return more
}
