package web

import (
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
	"vedette/wording"
)

const organisationsPath = "/organisations"

// organisationsView is what this organisation has to do with the others of the
// installation; where it runs that, those, too.
type organisationsView struct {
	frame
	Name, Handle string
	Offers       bool
	Takes        []subscriptionLine
	Offered      []organisationLine
	Subscribers  []organisationLine
	Host         bool
	All          []organisationLine
	Invitations  []invitationLine
	Link         string // of an invitation that was just made
	Days         int    // it is good for
	Note         string // as it is typed
	Done         string
	Problem      problem
	By           byline
}

type subscriptionLine struct {
	organisationLine
	Publishes bool
	Since     moment
	By        string
}

type organisationLine struct {
	Name, Handle string
	Closed       moment
	Own          bool
}

type invitationLine struct {
	ID, Note, By string
	State        messages.Said
	Made         moment
	Open         bool
}

func (p *portal) organisationLine(o *vedette.Organisation) organisationLine {
	l := organisationLine{Name: safe(o.Name), Handle: o.Handle, Own: o.Key == p.Desk.Org.Key}
	if !o.Closed.IsZero() {
		l.Closed = when(o.Closed, p.Now(), "")
	}
	return l
}

func (p *portal) showOrganisations(w http.ResponseWriter, r *http.Request) error {
	return p.organisationsPage(w, r, http.StatusOK, organisationsView{})
}

func (p *portal) organisationsPage(w http.ResponseWriter, r *http.Request, status int, v organisationsView) error {
	s, err := p.Desk.Sharing(r.Context())
	if err != nil {
		return err
	}
	v.frame, v.By = p.frame(r, "Organisations", vedette.StatusActual), bylineOf(r)
	v.Place, v.Name, v.Handle, v.Offers, v.Host = "house", safe(p.Desk.OrgName()), p.Desk.Org.Handle, s.Offers, !p.Desk.Apart
	for _, t := range s.Takes {
		v.Takes = append(v.Takes, subscriptionLine{p.organisationLine(&t.Publisher), t.Mode == vedette.CopyPublish, when(t.Made, p.Now(), ""), safe(t.By)})
	}
	for _, o := range s.Offered {
		v.Offered = append(v.Offered, p.organisationLine(&o))
	}
	for _, t := range s.Subscribers {
		v.Subscribers = append(v.Subscribers, p.organisationLine(&t.Subscriber))
	}
	if v.Host {
		if err := p.hosted(r, &v); err != nil {
			return err
		}
	}
	return p.show(w, status, "organisations", v)
}

// hosted adds what whoever runs the installation sees.
func (p *portal) hosted(r *http.Request, v *organisationsView) error {
	v.Days = int(desk.InvitationLife.Hours() / 24)
	all, err := p.Desk.Organisations(r.Context())
	if err != nil {
		return err
	}
	for i := range all {
		v.All = append(v.All, p.organisationLine(&all[i]))
	}
	list, err := p.Desk.Invitations(r.Context())
	for _, i := range list {
		l := invitationLine{ID: string(i.ID), Note: safe(i.Note), By: safe(i.By), Made: when(i.Made, p.Now(), "")}
		switch {
		case !i.Used.IsZero():
			l.State = messages.Of("used: %s", safe(i.Joined))
		case !i.Until.After(p.Now()):
			l.State = messages.Of("good no more")
		default:
			at := i.Until.UTC()
			l.State, l.Open = messages.Of("good until %d %s %s", at.Day(), wording.Month(at.Month()), at.Format("15:04 UTC")), true
		}
		v.Invitations = append(v.Invitations, l)
	}
	return err
}

// actOnOrganisations offers, subscribes, invites, renames or closes.
func (p *portal) actOnOrganisations(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	f, ctx, v := r.PostForm, r.Context(), organisationsView{}
	handle := f.Get("org")
	switch f.Get("do") {
	case "offer", "withhold":
		_, err = p.Desk.Offer(ctx, f.Get("do") == "offer")
	case "take":
		err = p.Desk.Subscribe(ctx, handle, vedette.CopyMode(f.Get("mode")), by)
	case "leave":
		err = p.Desk.Unsubscribe(ctx, handle)
	case "dismiss":
		err = p.Desk.Dismiss(ctx, handle)
	case "rename":
		_, err = p.Desk.Rename(ctx, f.Get("name"), "")
	case "invite":
		v.Note = typed(f.Get("note"))
		if _, v.Link, err = p.Desk.Invite(ctx, f.Get("note"), by); err == nil {
			v.Link, v.Note = p.BaseURL+JoinPath+v.Link, ""
			return p.organisationsPage(w, r, http.StatusOK, v) // shown once: it is kept nowhere
		}
		v.Link = ""
	case "end":
		err = p.Desk.EndInvitation(ctx, vedette.ID(f.Get("invitation")))
	case "close":
		if f.Get("sure") == "" {
			return p.confirmClosing(w, r, handle)
		}
		_, err = p.Desk.CloseOrganisation(ctx, handle, true)
	case "open":
		_, err = p.Desk.CloseOrganisation(ctx, handle, false)
	default:
		err = vedette.Errorf(vedette.CodeInvalid, "press one of the buttons of the page")
	}
	switch {
	case err == nil:
		p.Desks.Fresh()
		http.Redirect(w, r, organisationsPath, http.StatusSeeOther)
		return nil
	case mends(err), vedette.ErrorCode(err) == vedette.CodeNotFound, vedette.ErrorCode(err) == vedette.CodeTaken:
		v.Problem = refusal(err)
		return p.organisationsPage(w, r, http.StatusConflict, v)
	}
	return err
}

// confirmClosing says what closing an organisation does, before it is done.
func (p *portal) confirmClosing(w http.ResponseWriter, r *http.Request, handle string) error {
	return p.confirm(w, r, http.StatusOK, messages.Mark("Close an organisation"), vedette.StatusActual, confirmView{Unnamed: true, Address: organisationsPath, Back: organisationsPath,
		Fields: []field{{"do", "close"}, {"org", typed(handle)}}, About: typed(handle), Button: messages.Mark("Close it##an organisation"),
		Does: []string{messages.Mark("Nobody signs in to it any more, at once, and its people’s links lead nowhere."), messages.Mark("What waits to be sent is not sent, until it is opened again."), messages.Mark("All of it stays.")}})
}
