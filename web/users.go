package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// usersView is who may sign in.
type usersView struct {
	frame
	Users   []userLine
	All     bool // closed ones too
	Roles   []field
	Typed   typedUser
	By      byline
	Open    bool // nobody has to sign in yet
	Alone   bool // one alone may
	Link    string
	For     string // whose link it is
	Hours   int    // it is good for
	Problem problem
}

type typedUser struct{ Name, Login, Role, Of string }

// userLine is a user in the list.
type userLine struct {
	Name, Login, Role string
	Of                string // whom they see, parted by semicolons
	Signed            moment
	Closed            moment
	Own               bool
	Privy             bool // they may know who is restricted
	Comes             bool // by an identity provider
	Follows           bool // and their role is what its groups say
}

// ofWords says whom somebody sees as it would be typed.
func (p *portal) ofWords(u *vedette.User) string {
	list := slices.Clone(u.Of)
	for i, w := range list {
		if u.Role == vedette.RoleRegional {
			list[i] = p.Gaz.Name(vedette.AreaID(w))
		}
	}
	return safe(strings.Join(list, "; "))
}

// parted is what is typed with semicolons between.
func parted(text string) []string { return strings.Split(text, ";") }

// These are the roles as a page names them.
var _ = []string{messages.Mark("traveller"), messages.Mark("manager"), messages.Mark("warden"), messages.Mark("regional"), messages.Mark("analyst"), messages.Mark("approver"), messages.Mark("administrator")}

var roleMeans = []field{
	{string(vedette.RoleTraveller), messages.Mark("sees themselves")},
	{string(vedette.RoleManager), messages.Mark("sees the people whose records name them as the manager, and accounts for them")},
	{string(vedette.RoleWarden), messages.Mark("sees the people at their sites, and accounts for them")},
	{string(vedette.RoleRegional), messages.Mark("sees the people in their areas, while they are there, and accounts for them")},
	{string(vedette.RoleAnalyst), messages.Mark("sees everybody, drafts, keeps roll-calls and calls for help, may stop what is being sent")},
	{string(vedette.RoleApprover), messages.Mark("publishes, too, holds drills, and keeps people and their trips")},
	{string(vedette.RoleAdministrator), messages.Mark("adds users, too, and keeps sites, settings, policies and channels")},
}

func (p *portal) listUsers(w http.ResponseWriter, r *http.Request) error {
	return p.usersPage(w, r, http.StatusOK, usersView{})
}

func (p *portal) usersPage(w http.ResponseWriter, r *http.Request, status int, v usersView) error {
	v.All = r.URL.Query().Get("all") == "1"
	list, err := p.Desk.Users(r.Context(), v.All)
	if err != nil {
		return err
	}
	shut, err := p.Desk.Shut(r.Context())
	if err != nil {
		return err
	}
	v.frame, v.Roles, v.By, v.Open, v.Hours = p.frame(r, "Users", vedette.StatusActual), roleMeans, bylineOf(r), !shut, int(desk.PasswordLinkLife/time.Hour)
	v.Place = "users"
	if v.Typed.Role == "" {
		v.Typed.Role = string(vedette.RoleAnalyst)
	}
	v.Alone = len(list) == 1
	me := signedIn(r)
	for _, u := range list {
		l := userLine{Name: safe(u.Name), Login: safe(u.Login), Role: string(u.Role), Of: p.ofWords(&u), Comes: u.Issuer != "", Follows: u.Follows, Own: me != nil && me.Key == u.Key, Privy: u.Privy}
		if !u.SignedIn.IsZero() {
			l.Signed = when(u.SignedIn, p.Now(), "")
		}
		if !u.Closed.IsZero() {
			l.Closed = when(u.Closed, p.Now(), "")
		}
		v.Users = append(v.Users, l)
	}
	return p.show(w, status, "users", v)
}

// actOnUsers adds a user, or changes one.
func (p *portal) actOnUsers(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	f := r.PostForm
	login, v := f.Get("login"), usersView{}
	if me := signedIn(r); me != nil {
		p.Log.Info("users", "do", f.Get("do"), "sure", f.Get("sure") != "", "by", me.ID)
	}
	switch what := f.Get("do"); {
	case what == "add":
		v.Typed = typedUser{typed(f.Get("name")), typed(login), f.Get("role"), typed(f.Get("of"))}
		var u vedette.User
		if u, v.Link, err = p.Desk.AddUser(r.Context(), desk.UserOrder{Name: f.Get("name"), Login: login, Role: vedette.UserRole(f.Get("role")), Of: parted(f.Get("of")), By: by}); err == nil {
			v.For, v.Typed = safe(u.Name), typedUser{}
		}
	case what == "role":
		_, err = p.Desk.SetUserRole(r.Context(), login, vedette.UserRole(f.Get("role")), parted(f.Get("of")))
	case what == "privy" || what == "not-privy":
		_, err = p.Desk.SetPrivy(r.Context(), login, what == "privy")
	case (what == "reset" || what == "close") && f.Get("sure") == "":
		return p.confirmUser(w, r, what, login)
	case what == "reset":
		var u vedette.User
		u, v.Link, err = p.Desk.ResetUser(r.Context(), login)
		v.For = safe(u.Name)
	case what == "close":
		_, err = p.Desk.CloseUser(r.Context(), login)
	default:
		err = vedette.Errorf(vedette.CodeInvalid, "press one of the buttons of the page")
	}
	switch {
	case err == nil && v.Link != "": // shown once: it is kept nowhere
		v.Link = p.BaseURL + WelcomePath + v.Link
		return p.usersPage(w, r, http.StatusOK, v)
	case err == nil:
		http.Redirect(w, r, usersPath, http.StatusSeeOther)
		return nil
	case mends(err), vedette.ErrorCode(err) == vedette.CodeNotFound: // another closed them meanwhile
		v.Problem, v.Link = refusal(err), ""
		return p.usersPage(w, r, http.StatusConflict, v)
	}
	return err
}

const usersPath = "/users"

// confirmUser says what a reset or a closing does, before it is done.
func (p *portal) confirmUser(w http.ResponseWriter, r *http.Request, what, login string) error {
	v := confirmView{Unnamed: true, Address: usersPath, Back: usersPath, Fields: []field{{"do", what}, {"login", typed(login)}}, About: typed(login)}
	title := messages.Mark("Begin somebody’s account anew")
	v.Does, v.Button = []string{messages.Mark("They are signed out everywhere, and the password they have is good no more."), messages.Mark("Their passkeys and one-time codes are removed: they add them anew."), messages.Mark("The next page shows a link by which they set another; give it to nobody else.")}, messages.Mark("Reset")
	if what == "close" {
		title, v.Button = messages.Mark("Let somebody sign in no more"), messages.Mark("Close##a user")
		v.Does = []string{messages.Mark("They are signed out everywhere, at once, and may not sign in again."), messages.Mark("What the record says of them stays. To let them in again, add them anew.")}
	}
	return p.confirm(w, r, http.StatusOK, title, vedette.StatusActual, v)
}
