package web

import (
	"errors"
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// offerView is the page of an offer: for somebody on the rota, outside.
type offerView struct {
	frame
	Case    caseLine
	Number  int64
	Duty    string
	Open    bool    // nobody has it: there is a button
	Over    bool    // it may be taken over: there is one too
	Mine    bool    // they have it
	Refused problem // why it was not taken, none for no try
	Place   string
	Reach   []string
	Ask     messages.Said // of a restricted person: whom to ask who they are
	Log     []caseEntry
}

// openOffer shows the page that an offer's link leads to. It changes nothing:
// what follows links by itself takes no case.
func (p *portal) openOffer(w http.ResponseWriter, r *http.Request) error {
	pg, err := p.Desk.OpenOffer(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "offer", p.offerView(r, pg))
}

// takeOffer takes the case for whoever the link was sent to. Where another was
// first the page says who.
func (p *portal) takeOffer(w http.ResponseWriter, r *http.Request) error {
	pg, err := p.Desk.TakeOffer(r.Context(), r.PathValue("token"))
	var known *vedette.Error
	if vedette.ErrorCode(err) == vedette.CodeConflict && errors.As(err, &known) {
		pg, err := p.Desk.OpenOffer(r.Context(), r.PathValue("token"))
		if err != nil {
			return err
		}
		v := p.offerView(r, pg)
		v.Refused = problem{known.Bare()}
		return p.show(w, http.StatusConflict, "offer", v)
	}
	if err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "offer", p.offerView(r, pg))
}

func (p *portal) offerView(r *http.Request, pg *desk.OfferPage) offerView {
	v := offerView{frame: p.frame(r, messages.Mark("Call for help"), pg.Status), Case: p.caseLine(&pg.CaseRow), Number: pg.Key, Duty: safe(pg.Duty),
		Open: pg.State == vedette.CaseOpen, Over: pg.Over, Mine: pg.Mine}
	v.Bare = true
	if pg.Card == nil {
		return v
	}
	v.Place, v.Log, v.Ask = safe(pg.Card.Place), p.caseLog(pg.Card), worded(pg.Card.Ask)
	for _, a := range pg.Card.Who.Record.Addresses {
		if a.Channel != vedette.ChannelPush { // nobody is rung there
			v.Reach = append(v.Reach, safe(a.Value))
		}
	}
	return v
}
