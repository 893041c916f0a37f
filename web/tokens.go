package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// tokensPath is the page of tokens.
const tokensPath = "/tokens"

// tokensView is which machines may come in.
type tokensView struct {
	frame
	Tokens  []tokenLine
	All     bool // ended ones too
	Acts    []tokenAct
	Typed   typedToken
	By      byline
	Open    bool // nobody has to sign in yet: there can be none
	Secret  string
	For     string // whose secret it is
	Most    int    // days a token is good
	Problem problem
}

type typedToken struct{ Name, Days string }

// tokenAct is an act that a token can be given.
type tokenAct struct {
	Name, Shown, Means string
	Given              bool
}

// tokenLine is a token in the list.
type tokenLine struct {
	Name, By           string
	Acts               []string
	Used, Until, Ended moment
	Soon, Over         bool
}

var actMeans = map[string]string{
	"look": messages.Mark("updates, reports, the board"), "see people": messages.Mark("who and where they are, what became of their messages"),
	"draft": messages.Mark("make, edit and remove drafts, stop what is being sent"), "publish": messages.Mark("and all that tells people of an update"),
	"account": messages.Mark("roll-calls and call sheets"), "ask people": messages.Mark("whether they are safe"), "take cases": messages.Mark("calls for help"), "keep the log": messages.Mark("write down what was decided in a situation"),
	"hand over": messages.Mark("give and take a shift"), "drill": messages.Mark("ask people to answer a test"),
	"keep people": messages.Mark("import and change them, their sites and trips"), "export people": messages.Mark("who they are, as a file"), "read the record": messages.Mark("who did what"),
	"scim": messages.Mark("for an identity provider: keeps who may sign in, administrators too"),
}

// actNames are the same acts as a page names them.
var actNames = map[string]string{
	"look":            messages.Mark("look##what a token may do"),
	"see people":      messages.Mark("see people##what a token may do"),
	"draft":           messages.Mark("draft##what a token may do"),
	"publish":         messages.Mark("publish##what a token may do"),
	"account":         messages.Mark("account##what a token may do"),
	"ask people":      messages.Mark("ask people##what a token may do"),
	"take cases":      messages.Mark("take cases##what a token may do"),
	"keep the log":    messages.Mark("keep the log##what a token may do"),
	"hand over":       messages.Mark("hand over##what a token may do"),
	"drill":           messages.Mark("drill##what a token may do"),
	"keep people":     messages.Mark("keep people##what a token may do"),
	"export people":   messages.Mark("export people##what a token may do"),
	"read the record": messages.Mark("read the record##what a token may do"),
	"scim":            messages.Mark("scim##what a token may do"),
}

func (p *portal) listTokens(w http.ResponseWriter, r *http.Request) error {
	return p.tokensPage(w, r, http.StatusOK, tokensView{})
}

func (p *portal) tokensPage(w http.ResponseWriter, r *http.Request, status int, v tokensView) error {
	v.All = r.URL.Query().Get("all") == "1"
	list, err := p.Desk.Tokens(r.Context(), v.All)
	if err != nil {
		return err
	}
	shut, err := p.Desk.Shut(r.Context())
	if err != nil {
		return err
	}
	v.frame, v.By, v.Open, v.Most = p.frame(r, "Tokens", vedette.StatusActual), bylineOf(r), !shut, int(vedette.MaxTokenLife.Hours()/24)
	v.Place = "tokens"
	if v.Typed.Days == "" {
		v.Typed.Days = strconv.Itoa(int(vedette.TokenLife.Hours() / 24))
	}
	for _, a := range p.Desk.TokenActs() {
		given := len(v.Problem) > 0 && r.PostForm.Has("may "+string(a))
		v.Acts = append(v.Acts, tokenAct{string(a), actNames[string(a)], actMeans[string(a)], given})
	}
	for i := range list {
		v.Tokens = append(v.Tokens, tokenLineOf(&list[i], p.Now()))
	}
	return p.show(w, status, "tokens", v)
}

// namedActs are acts as a page names them.
func namedActs(acts []string) (out []string) {
	for _, a := range acts {
		out = append(out, firstOf(actNames[a], safe(a)))
	}
	return out
}

func tokenLineOf(k *vedette.Token, now time.Time) tokenLine {
	l := tokenLine{Name: safe(k.Name), Acts: namedActs(k.Acts), By: safe(k.By), Until: when(k.Until, now, "")}
	if !k.Used.IsZero() {
		l.Used = when(k.Used, now, "")
	}
	if !k.Ended.IsZero() {
		l.Ended = when(k.Ended, now, "")
	}
	l.Over = !k.Good(now)
	l.Soon = !l.Over && k.Until.Sub(now) < desk.TokenEndsSoon
	return l
}

// actOnTokens adds a token, or ends one.
func (p *portal) actOnTokens(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	f := r.PostForm
	v := tokensView{}
	switch what := f.Get("do"); {
	case what == "add":
		v.Typed = typedToken{typed(f.Get("name")), typed(f.Get("days"))}
		var k vedette.Token
		if k, v.Secret, err = p.addToken(r, by); err == nil {
			v.For, v.Typed = safe(k.Name), typedToken{}
		}
	case what == "end" && !sure(r):
		return p.confirmToken(w, r, f.Get("name"))
	case what == "end":
		_, err = p.Desk.EndToken(r.Context(), f.Get("name"))
	default:
		err = vedette.Errorf(vedette.CodeInvalid, "press one of the buttons of the page")
	}
	if me := signedIn(r); me != nil && err == nil {
		p.Log.Info("tokens", "do", f.Get("do"), "name", typed(f.Get("name")), "by", me.ID)
	}
	switch {
	case err == nil && v.Secret != "": // shown once: it is kept nowhere
		return p.tokensPage(w, r, http.StatusOK, v)
	case err == nil:
		http.Redirect(w, r, tokensPath, http.StatusSeeOther)
		return nil
	case mends(err), vedette.ErrorCode(err) == vedette.CodeNotFound: // another ended it meanwhile
		v.Problem = refusal(err)
		return p.tokensPage(w, r, http.StatusConflict, v)
	}
	return err
}

// addToken makes the token that a form asks for.
func (p *portal) addToken(r *http.Request, by string) (k vedette.Token, secret string, err error) {
	f := r.PostForm
	days, err := strconv.Atoi(strings.TrimSpace(f.Get("days")))
	if err != nil || days < 1 {
		return k, "", vedette.Errorf(vedette.CodeInvalid, "type for how many days it is good, in digits")
	}
	var acts []string
	for _, a := range p.Desk.TokenActs() {
		if f.Has("may " + string(a)) {
			acts = append(acts, string(a))
		}
	}
	return p.Desk.AddToken(r.Context(), desk.TokenOrder{Name: f.Get("name"), Acts: acts, Days: days, By: by})
}

// confirmToken says what ending a token does, before it is done.
func (p *portal) confirmToken(w http.ResponseWriter, r *http.Request, name string) error {
	v := confirmView{Unnamed: true, Address: tokensPath, Back: tokensPath, Fields: []field{{"do", "end"}, {"name", typed(name)}}, About: typed(name), Button: messages.Mark("End it"),
		Does: []string{messages.Mark("Whatever comes with this token is let in no more, at once."), messages.Mark("It cannot be taken up again: make another, and give that to the machine."), messages.Mark("What the record says of it stays.##a token")}}
	return p.confirm(w, r, http.StatusOK, messages.Mark("End a token"), vedette.StatusActual, v)
}
