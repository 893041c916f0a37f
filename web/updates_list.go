package web

import (
	"net/http"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/web/messages"
)

// How many updates or people a page lists.
const (
	updatesPerPage = 20
	peoplePerPage  = 100
)

// updatesView is the published updates, or those looked for.
type updatesView struct {
	frame
	listing
	Words, Area, From, To                  string // as typed
	Risks, Urgencies, Sources, Topics, Are []option
	Narrowed                               bool // by more than words
	Updates                                []updateLine
	Behind                                 bool // some are not found yet
	Problem                                problem

	Publishes bool // they may publish, and take in people
}

// updateLine is one update in the list.
type updateLine struct {
	Address   string
	Mark      string
	Risk      badge
	Headline  string
	Kind      string
	Areas     messages.Said
	Published moment
	Issued    moment
	Corrects  string // "correction", or how it ends what it names
	Source    string
	Situation string
	Number    int
	Befell    string // "overtaken", "stopped"
	Tally     tallyView
}

// tallyView is how an update went, in one line.
type tallyView struct{ Concerned, Help, Safe, NotThere, Silent int }

func tally(t desk.Tally) tallyView {
	return tallyView{Concerned: t.Concerned, Help: t.Answers[vedette.ReplyHelp], Safe: t.Answers[vedette.ReplySafe],
		NotThere: t.Answers[vedette.ReplyNotThere], Silent: t.Silent}
}

// listUpdates lists published updates, newest first, or those looked for.
func (p *portal) listUpdates(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := updatesView{frame: p.frame(r, messages.Mark("Updates"), vedette.StatusActual), Publishes: p.may(r, rights.Publish) == nil}
	v.Home = true
	err := fits(q)
	if err == nil {
		err = p.fillUpdates(r, &v)
	}
	if vedette.ErrorCode(err) == vedette.CodeInvalid {
		v.Problem = refusal(err)
		return p.show(w, http.StatusBadRequest, "updates", &v)
	}
	if err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "updates", &v)
}

func (p *portal) fillUpdates(r *http.Request, v *updatesView) (err error) {
	if v.listing, err = readListing("/", r.URL.Query()); err != nil {
		return err
	}
	v.per = updatesPerPage
	want, err := p.wantedUpdates(r, v)
	if err != nil {
		return err
	}
	want.Skip, want.Number = v.skip(), v.per
	page, err := p.Desk.FindUpdates(r.Context(), want)
	if err != nil {
		return err
	}
	v.count(page.Of, page.All)
	v.Behind = page.Behind
	counts, err := p.Desk.Tallies(r.Context(), page.Updates)
	if err != nil {
		return err
	}
	for i, u := range page.Updates {
		v.Updates = append(v.Updates, p.updateLine(u, counts[i]))
	}
	return nil
}

// corrects says what an update is to the one it names, "" where it names none.
func corrects(u *vedette.Update) string {
	switch {
	case u.Cancels != "":
		return cancelsWords[u.Cancels]
	case u.Corrects != "":
		return messages.Mark("correction")
	}
	return ""
}

func (p *portal) updateLine(u *vedette.Update, t desk.Tally) updateLine {
	c := &u.Content
	return updateLine{Address: "/updates/" + string(u.ID), Mark: u.Status.Mark(), Risk: riskBadge(c.Risk),
		Headline: safe(firstOf(c.Headline, c.Title)), Kind: kindWord(c.Kind), Areas: p.affected(c),
		Published: when(u.PublishedAt, p.Now(), p.zone(c)), Issued: when(issued(u), p.Now(), p.zone(c)),
		Corrects: corrects(u), Source: sourceWords[c.SourceStrength],
		Situation: situation(u), Number: u.Number, Befell: befell(u), Tally: tally(t)}
}

// issued is when the report was issued, else when it was published.
func issued(u *vedette.Update) time.Time {
	if u.Content.IssuedAt != nil {
		return *u.Content.IssuedAt
	}
	return u.PublishedAt
}

// situation is the title of an update's situation, unless it only repeats
// the headline.
func situation(u *vedette.Update) string {
	title := safe(u.Situation.Title)
	if strings.HasPrefix(safe(u.Content.Headline), strings.TrimSuffix(title, " …")) {
		return ""
	}
	return title
}

func befell(u *vedette.Update) string {
	return befellWords[u.State]
}

// affected names the affected areas as the report does: "MENA".
func (p *portal) affected(c *vedette.Content) messages.Said {
	names := make([]messages.Said, len(c.Affected))
	for i, a := range c.Affected {
		if names[i] = asItIs(safe(a.Text)); a.Text == "" {
			names[i] = p.area(a.Area, "")
		}
	}
	return commas(names)
}

// affectedWhole names them with their whole names besides: "MENA (Middle
// East and North Africa)".
func (p *portal) affectedWhole(c *vedette.Content) (out []messages.Said) {
	for _, a := range c.Affected {
		text, name := safe(a.Text), p.area(a.Area, a.Text)
		switch {
		case a.Area == "":
			out = append(out, messages.Of("%s (not a place that is known)", text))
		case text != "" && !equalFold(a.Text, p.Gaz.Name(a.Area)):
			out = append(out, messages.Of("%s (%s)", text, name))
		default:
			out = append(out, name)
		}
	}
	return out
}

// zone is the clock an update is read by: that of its one affected area,
// when that has only one.
func (p *portal) zone(c *vedette.Content) string {
	if len(c.Affected) != 1 {
		return ""
	}
	a, ok := p.Gaz.Area(c.Affected[0].Area)
	if !ok || len(a.Zones) != 1 {
		return ""
	}
	return a.Zones[0]
}

// badge is a risk as it is shown: word, colour and shape.
type badge struct {
	Level string // "low" … "extreme", "unknown"
	Word  string
}

func riskBadge(r vedette.Risk) badge {
	if r == vedette.RiskUnknown {
		return badge{"unknown", messages.Mark("risk not set")}
	}
	return badge{r.String(), r.String()}
}
