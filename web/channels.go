package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

const channelsPath = "/channels"

// MailLimit is what may go to a mail domain at once, and in a minute; 0 is no bound.
type MailLimit struct {
	Domain                 string // "" for every other
	Connections, PerMinute int
}

// channelsView is how each channel of the installation stands.
type channelsView struct {
	frame
	Channels  []channelLine
	Hooks     []hookLine
	Chats     []option
	Limits    []MailLimit
	URL, Chat string // of a hook, as typed
	Secret    string // of a hook that was added: shown once
	Hook      string // its id
	Room      bool   // it is a chat's
	Test      *testView
	Person    string // to whom a test goes, as typed
	Problem   problem
	Done      string
}

// channelLine is a channel.
type channelLine struct {
	Name, State string
	Bad         bool
	Gateways    []gatewayLine
}

type gatewayLine struct{ Name, Form, From, Pace, Calls string }

// hookLine is a system that is told of every update.
type hookLine struct {
	ID, At string
	Lately messages.Said
	Bad    bool
}

// testView is what became of a test.
type testView struct {
	Sent     moment
	Lines    []testLine
	Waiting  bool
	Address  string // of this page, to look again
	NotBegun bool
}

type testLine struct {
	Over, State, Means, Detail string
	Accepted, Arrived          messages.Said // how long after, none for not yet
}

func (p *portal) showChannels(w http.ResponseWriter, r *http.Request) error {
	return p.channelsPage(w, r, http.StatusOK, channelsView{Done: doneWords[r.URL.Query().Get("done")]})
}

func (p *portal) channelsPage(w http.ResponseWriter, r *http.Request, status int, v channelsView) error {
	v.frame = p.frame(r, "Channels", vedette.StatusActual)
	v.Place, v.Limits = "house", p.MailLimits
	list, err := p.Desk.Channels(r.Context())
	if err != nil {
		return err
	}
	for i := range list {
		v.Channels = append(v.Channels, channelLineOf(&list[i]))
	}
	hooks, err := p.Desk.Receivers(r.Context())
	if err != nil {
		return err
	}
	for i := range hooks {
		v.Hooks = append(v.Hooks, p.hookLine(&hooks[i]))
	}
	v.Chats = options(v.Chat, "", "")
	for _, c := range vedette.Chats {
		v.Chats = append(v.Chats, option{string(c), string(c), string(c) == v.Chat})
	}
	if u := signedIn(r); v.Person == "" && u != nil && strings.Contains(u.Login, "@") {
		v.Person = safe(u.Login) // they may be one of the people, too
	}
	if id := r.URL.Query().Get("test"); id != "" {
		if v.Test, err = p.testView(r, vedette.ID(id)); err != nil {
			return err
		}
		if v.Test.Waiting {
			v.Refresh = 5
		}
	}
	return p.show(w, status, "channels", v)
}

func channelLineOf(c *desk.ChannelState) channelLine {
	l := channelLine{Name: channelWords[c.Channel]}
	switch {
	case !c.Sends:
		l.State = messages.Mark("not set up here: nothing is sent over it")
	case !c.Running:
		l.State, l.Bad = messages.Mark("set up, and nobody is sending over it now: what is to go waits"), true
	default:
		l.State = messages.Mark("being sent over")
	}
	for _, g := range c.Gateways {
		pace := g.PerSecond
		if pace == 0 {
			pace = 1
		}
		l.Gateways = append(l.Gateways, gatewayLine{safe(g.Name), safe(g.Form), safe(strings.Join(g.From, ", ")), strconv.FormatFloat(pace, 'f', -1, 64), safe(g.Calls)})
	}
	return l
}

// hookLine says where a hook is, and how it has done. The address of a chat's room is
// its secret.
func (p *portal) hookLine(h *desk.Receiver) hookLine {
	l := hookLine{ID: string(h.ID), At: safe(h.URL)}
	if h.Chat != "" {
		l.At = string(h.Chat) + " room"
		if u, err := url.Parse(h.URL); err == nil {
			l.At = string(h.Chat) + " at " + safe(u.Host)
		}
	}
	switch now := p.Now(); {
	case h.Failures == 0 && h.TookAt.IsZero():
		l.Lately = messages.Of("not tried yet")
	case h.Failures == 0:
		l.Lately = messages.Of("took the last, %s", when(h.TookAt, now, "").said())
	default:
		since, why := when(h.Since, now, "").said(), safe(h.Receiver.Detail)
		l.Bad, l.Lately = true, messages.Of("took none of the last %d, since %s: %s", h.Failures, since, why)
		if h.PassedUntil.After(now) {
			l.Lately = messages.Of("took none of the last %d, since %s: %s; passed over until %s", h.Failures, since, why, when(h.PassedUntil, now, "").Clock)
		}
	}
	return l
}

func (p *portal) testView(r *http.Request, id vedette.ID) (*testView, error) {
	u, list, err := p.Desk.TestSent(r.Context(), id)
	if err != nil {
		return nil, err
	}
	v := &testView{Sent: when(u.PublishedAt, p.Now(), ""), Address: channelsPath + "?test=" + string(id) + "#test", NotBegun: len(list) == 0}
	v.Waiting = v.NotBegun && p.Now().Sub(u.PublishedAt) < time.Minute
	took := func(at time.Time) messages.Said {
		if at.IsZero() {
			return messages.Said{}
		}
		return messages.Of("%s s after", strconv.FormatFloat(max(at.Sub(u.PublishedAt), 0).Seconds(), 'f', 1, 64))
	}
	for _, m := range list {
		words := stateWords[m.State]
		v.Lines = append(v.Lines, testLine{channelWords[m.Channel], words[0], words[1], safe(m.Detail), took(m.AcceptedAt), took(m.ArrivedAt)})
		if m.State == vedette.DeliveryQueued && p.Now().Sub(u.PublishedAt) < 2*time.Minute {
			v.Waiting = true
		}
	}
	return v, nil
}

// actOnChannels sends a test, or adds, removes or tells anew a hook.
func (p *portal) actOnChannels(w http.ResponseWriter, r *http.Request) error {
	if _, err := readForm(w, r); err != nil {
		return err
	}
	f := r.PostForm
	id := vedette.ID(f.Get("hook"))
	v := channelsView{URL: typed(f.Get("url")), Chat: typed(f.Get("chat")), Person: typed(f.Get("person"))}
	var err error
	to := channelsPath + "?done=saved"
	switch do := f.Get("do"); do {
	case "test":
		var u *vedette.Update
		if u, err = p.Desk.SendTest(r.Context(), v.Person); err == nil {
			to = channelsPath + "?test=" + string(u.ID) + "#test"
		}
	case "add":
		var h vedette.Hook
		if h, err = p.Desk.AddHook(r.Context(), strings.TrimSpace(f.Get("url")), vedette.Chat(f.Get("chat"))); err == nil {
			v = channelsView{Secret: h.Secret, Hook: string(h.ID), Room: h.Chat != ""}
			return p.channelsPage(w, r, http.StatusOK, v)
		}
	case "remove", "replay":
		if !id.Valid() {
			return vedette.Errorf(vedette.CodeNotFound, "there is no such hook")
		}
		if !sure(r) {
			return p.confirmHook(w, r, do, id)
		}
		if do == "remove" {
			to, err = channelsPath+"?done=removed", p.Desk.RemoveHook(r.Context(), id)
		} else {
			_, err = p.Desk.Replay(r.Context(), desk.ReplayOrder{Hook: string(id)})
		}
	default:
		err = vedette.Errorf(vedette.CodeInvalid, "press one of the buttons of the page")
	}
	switch {
	case err == nil:
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	case mends(err), vedette.ErrorCode(err) == vedette.CodeNotFound && f.Get("do") == "test":
		v.Problem = refusal(err)
		return p.channelsPage(w, r, http.StatusBadRequest, v)
	}
	return err
}

// confirmHook says what removing a hook does, or what it would be told again.
func (p *portal) confirmHook(w http.ResponseWriter, r *http.Request, do string, id vedette.ID) error {
	hooks, err := p.Desk.Receivers(r.Context())
	if err != nil {
		return err
	}
	for i := range hooks {
		if hooks[i].ID != id {
			continue
		}
		v := confirmView{Unnamed: true, About: p.hookLine(&hooks[i]).At, Address: channelsPath, Back: channelsPath, Fields: []field{{"do", do}, {"hook", string(id)}}}
		v.Place = "house"
		if do == "remove" {
			v.Button, v.Does = messages.Mark("Remove it"), []string{messages.Mark("It is told of no update any more, and its secret is good for nothing."), messages.Mark("What it was told stays on record.")}
			return p.confirm(w, r, http.StatusOK, messages.Mark("Remove a hook"), vedette.StatusActual, v)
		}
		_, missed, err := p.Desk.PreviewReplay(r.Context(), desk.ReplayOrder{Hook: string(id)})
		if err != nil {
			return err
		}
		if len(missed) == 0 {
			return p.channelsPage(w, r, http.StatusConflict, channelsView{Problem: saying(messages.Of("It took all that it was told: there is nothing to tell it again."))})
		}
		again := oneOrMore(len(missed), messages.Of("1 update that it did not take is told again, each under the webhook-id that it had. People are told nothing."),
			messages.Of("%d updates that it did not take are told again, each under the webhook-id that it had. People are told nothing.", len(missed)))
		v.Button, v.Does = messages.Mark("Tell it again"), []string{tongue(r).Say(again.English, again.Args...)}
		for i, m := range missed {
			if i == 20 {
				v.Words = append(v.Words, "… and "+strconv.Itoa(len(missed)-i)+" more")
				break
			}
			v.Words = append(v.Words, when(m.Update.PublishedAt, p.Now(), "").words()+", "+safe(m.Update.Situation.Title)+": "+string(m.State)+" "+safe(m.Detail))
		}
		return p.confirm(w, r, http.StatusOK, messages.Mark("Tell a hook again"), vedette.StatusActual, v)
	}
	return vedette.Errorf(vedette.CodeNotFound, "there is no such hook; it was removed, or never was")
}
