package web

import (
	"net/http"

	"vedette"
	"vedette/web/messages"
)

const accountPath = "/account"

// accountView is somebody's own account.
type accountView struct {
	frame
	Open     bool // nobody has to sign in yet
	Login    string
	Role     string // in words
	Passkeys []passkeyLine
	Passkey  passkeyView
	Codes    bool   // they have one-time codes
	Used     moment // the last of them
	Has      bool   // they have a second factor
	Fresh    bool   // and showed it lately
	Owes     bool   // they have to add one before they see anything else
	Always   bool   // everybody shows one whenever they sign in
	EachTime bool   // they asked for that
	By       string // the identity provider that signs them in, "" for none
	Sessions []sessionLine
	Rung     rungAtView
	Choices  []languageChoice
	Chosen   bool // they chose a language; else it is their browser's
	Unread   bool // nobody who speaks the language of the page has read what pages say in it
	Others   bool // there are sessions besides this one
	Least    int  // characters of a password
	Done     string
	Problem  problem
	Of       string // the part of the page that the problem is of
}

// sessionLine is a browser that somebody is signed in with.
type sessionLine struct {
	ID          string
	Since, Seen moment
	Strong      moment // when a second factor was shown
	This        bool
}

// accountDone says what was done, by the word that the address ends with.
var accountDone = map[string]string{
	"ended":     messages.Mark("Signed out there."),
	"others":    messages.Mark("Signed out everywhere else."),
	"passkey":   messages.Mark("The passkey is added. From now on you may sign in with it."),
	"forget":    messages.Mark("The passkey is removed. On the device it may still be listed: remove it there, too."),
	"codes":     messages.Mark("The program’s codes are taken from now on."),
	"each-time": messages.Mark("From now on you are asked for it whenever you sign in."),
	"matters":   messages.Mark("From now on you are asked for it when it matters."),
	"no-codes":  messages.Mark("One-time codes are taken no more. Remove the entry from the program, too."),
	"rung":      messages.Mark("You are rung there from now on."),
	"pin":       messages.Mark("The PIN is as you said."),
	"language":  messages.Mark("The pages are in the language you chose."),
	"password":  messages.Mark("The password is changed, and everywhere else is signed out."),
}

func (p *portal) showAccount(w http.ResponseWriter, r *http.Request) error {
	return p.accountPage(w, r, http.StatusOK, accountView{Done: accountDone[r.URL.Query().Get("done")]})
}

// accountPage shows somebody's account, with what was done or what is wrong.
func (p *portal) accountPage(w http.ResponseWriter, r *http.Request, status int, v accountView) error {
	v.frame = p.frame(r, "Your account", vedette.StatusActual)
	v.Place = "account"
	me := sessionOf(r)
	if me == nil {
		v.Open = true
		return p.show(w, status, "account", v)
	}
	v.Login, v.Role, v.Least = safe(me.User.Login), rolesMean[me.User.Role], p.Desk.LeastPassword()
	v.Choices, v.Chosen, v.Unread = languageChoices(me.User.Language), me.User.Language != "", !tongue(r).Reviewed()
	if err := p.fillFactors(w, r, &v, me); err != nil {
		return err
	}
	if err := p.fillSessions(r, &v, me); err != nil {
		return err
	}
	if err := p.fillRung(r, &v, me); err != nil {
		return err
	}
	return p.show(w, status, "account", v)
}

func (p *portal) fillFactors(w http.ResponseWriter, r *http.Request, v *accountView, me *vedette.Session) error {
	f, err := p.Desk.Factors(r.Context(), &me.User)
	if err != nil {
		return err
	}
	v.Passkeys, v.Passkey = p.passkeyLines(f.Passkeys), p.passkeys(w, newPasskeyPath)
	if v.Codes = f.Codes != nil; v.Codes {
		v.Used = when(f.Codes.Used, p.Now(), "")
	}
	v.Has, v.Fresh = f.Any(), p.Desk.Fresh(me)
	v.Owes, v.Always, v.EachTime = p.SecondFactor && me.Strong.IsZero(), p.SecondFactor, me.User.EachTime
	if p.Provider != nil && me.User.Issuer != "" {
		v.By = safe(p.Provider.Name)
	}
	return nil
}

func (p *portal) fillSessions(r *http.Request, v *accountView, me *vedette.Session) error {
	list, err := p.Desk.Sessions(r.Context(), &me.User)
	if err != nil {
		return err
	}
	for i := range list {
		s := &list[i]
		l := sessionLine{ID: string(s.ID), Since: when(s.Made, p.Now(), ""), Seen: when(s.Seen, p.Now(), ""), Strong: when(s.Strong, p.Now(), ""), This: s.ID == me.ID}
		v.Sessions = append(v.Sessions, l)
		v.Others = v.Others || !l.This
	}
	return nil
}

// rolesMean says to whom it is what their role is.
var rolesMean = map[vedette.UserRole]string{
	vedette.RoleTraveller:     messages.Mark("You are a traveller: you see what is known of you, and what you were told."),
	vedette.RoleManager:       messages.Mark("You are a manager: you see the people whose records name you, and account for them."),
	vedette.RoleWarden:        messages.Mark("You are a warden: you see the people at your sites, and account for them."),
	vedette.RoleRegional:      messages.Mark("You are a regional desk: you see the people in your areas, while they are there, and account for them."),
	vedette.RoleAnalyst:       messages.Mark("You are an analyst: you see everybody of the organisation, draft, keep roll-calls and calls for help, and may stop what is being sent."),
	vedette.RoleApprover:      messages.Mark("You are an approver: you see everybody of the organisation, draft, publish, hold drills, and keep roll-calls and calls for help."),
	vedette.RoleAdministrator: messages.Mark("You are an administrator: you do all that an approver does, publishing too, and see to who may sign in."),
}
