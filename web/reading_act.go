package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"vedette"
	"vedette/desk"
)

// actOnReading changes a draft where it stands beside its reports: its words, what the
// reader doubted, and which reports it is made of.
func (p *portal) actOnReading(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	e := desk.DraftEdit{Draft: vedette.ID(r.PathValue("id")), By: by}
	t := typedWords{Key: r.PostForm.Get("key"), Text: safe(strings.TrimSpace(r.PostForm.Get("text")))}
	if err = p.readReadingAct(r, &e, &t); err == nil {
		_, err = p.Desk.EditDraft(r.Context(), e)
	}
	if r.PostForm.Get("quick") != "" {
		return p.savedQuickly(w, r, e.Draft, t, err)
	}
	if err == nil {
		http.Redirect(w, r, draftAddress(e.Draft)+"/reading"+t.anchor(), http.StatusSeeOther)
		return nil
	}
	status := map[vedette.Code]int{vedette.CodeInvalid: http.StatusBadRequest, vedette.CodeConflict: http.StatusConflict}[vedette.ErrorCode(err)]
	if status == 0 {
		return err
	}
	t.Problem = refusal(err)
	var m *desk.Meanwhile
	if errors.As(err, &m) {
		t.Now, t.Moved = safe(m.Now), m.Now == ""
	}
	return p.readingPage(w, r, status, t)
}

// typedWords is what was typed and not saved: in which field, why, and what stands there
// now where somebody else was quicker.
type typedWords struct {
	Key     string
	Text    string
	Problem problem
	Now     string
	Moved   bool // nothing stands there any more
	Found   []foundPlace
}

func (t typedWords) anchor() string {
	if t.Key == "" {
		return ""
	}
	return "#" + t.Key
}

// At says whether it was typed in a field.
func (t typedWords) At(key string) bool {
	return t.Key == key && (len(t.Problem) > 0 || len(t.Found) > 0)
}

// readReadingAct reads what a form of the page asks for.
func (p *portal) readReadingAct(r *http.Request, e *desk.DraftEdit, t *typedWords) (err error) {
	f := r.PostForm
	words := desk.Words{Was: f.Get("was"), Text: f.Get("text")}
	switch f.Get("do") {
	case "headline":
		e.Headline = &words
	case "call":
		e.Call = &words
	case "rename":
		e.Head = &desk.Head{Words: words}
		e.Head.Section, e.Head.Group, err = readHeadKey(f.Get("key"))
		return err
	case "say", "drop":
		if e.Say = (&desk.Say{Words: words}); f.Get("do") == "drop" {
			e.Say.Text = ""
		}
		if e.Say.Was == "" {
			return vedette.Errorf(vedette.CodeInvalid, "the form does not say which words it is of; open the page again")
		}
		e.Say.Spot, err = readSpot(f.Get("key"))
		return err
	case "put":
		e.Say = &desk.Say{Spot: vedette.Spot{Section: vedette.Section(f.Get("section"))}, Words: desk.Words{Text: words.Text}, Heading: f.Get("heading")}
		if place := typed(f.Get("place")); place != "" {
			e.Say.Area, err = p.onePlace(place, "", t)
		}
		return err
	case "settle":
		return p.readSettle(r, e, t)
	case "takeout":
		e.TakeOut = vedette.ID(f.Get("report"))
		e.Seen, err = readSeen(r)
		return err
	default:
		return vedette.Errorf(vedette.CodeInvalid, "the form does not say what is to be done; open the page again")
	}
	return nil
}

// readSettle reads how a finding is settled.
func (p *portal) readSettle(r *http.Request, e *desk.DraftEdit, t *typedWords) (err error) {
	f := r.PostForm
	s := desk.Settle{Report: vedette.ID(f.Get("report")), Why: f.Get("why")}
	if s.No, err = strconv.Atoi(f.Get("no")); err != nil {
		return vedette.Errorf(vedette.CodeInvalid, "the form does not say which finding it is of; open the page again")
	}
	s.Area, err = p.onePlace(typed(f.Get("place")), typed(f.Get("area")), t)
	e.Settle = &s
	return err
}

// onePlace is the place that was chosen, else the one that a name is of; of one that is
// not plain it gives what it may mean. "" where none was named.
func (p *portal) onePlace(name, chosen string, t *typedWords) (vedette.AreaID, error) {
	if chosen != "" {
		return vedette.AreaID(chosen), nil
	}
	if name == "" {
		return "", nil
	}
	a, err := p.Gaz.Find(name)
	if err != nil {
		t.Found = p.candidates(name)
		return "", err
	}
	return a.ID, nil
}

// spotKey is a spot as a form and an anchor hold it: "advice-1-0".
func spotKey(s vedette.Spot) string {
	return string(s.Section) + "-" + strconv.Itoa(s.Group) + "-" + strconv.Itoa(s.At)
}

func readSpot(key string) (vedette.Spot, error) {
	parts := strings.Split(key, "-")
	if len(parts) == 3 {
		group, err1 := strconv.Atoi(parts[1])
		at, err2 := strconv.Atoi(parts[2])
		if err1 == nil && err2 == nil {
			return vedette.Spot{Section: vedette.Section(parts[0]), Group: group, At: at}, nil
		}
	}
	return vedette.Spot{}, vedette.Errorf(vedette.CodeInvalid, "the form does not say which words it is of; open the page again")
}

// headKey is a heading as a form and an anchor hold it: "head-advice-1".
func headKey(s vedette.Section, group int) string {
	return "head-" + string(s) + "-" + strconv.Itoa(group)
}

func readHeadKey(key string) (vedette.Section, int, error) {
	if parts := strings.Split(key, "-"); len(parts) == 3 && parts[0] == "head" {
		if group, err := strconv.Atoi(parts[2]); err == nil {
			return vedette.Section(parts[1]), group, nil
		}
	}
	return "", 0, vedette.Errorf(vedette.CodeInvalid, "the form does not say which heading it is of; open the page again")
}

// savedView is what becomes of a field that was saved while it was typed in.
type savedView struct {
	At string // "14:03:22 UTC", "" where it was not saved
	typedWords
}

// savedQuickly answers a page's script: what became of a field, as a piece of page.
func (p *portal) savedQuickly(w http.ResponseWriter, r *http.Request, id vedette.ID, t typedWords, err error) error {
	v := savedView{typedWords: t}
	var m *desk.Meanwhile
	status := http.StatusOK
	switch code := vedette.ErrorCode(err); {
	case err == nil, errors.Is(err, desk.ErrSoAlready):
		v.At = p.Now().UTC().Format("15:04:05 UTC")
	case errors.As(err, &m):
		status, v.Problem, v.Now, v.Moved = http.StatusConflict, refusal(err), safe(m.Now), m.Now == ""
	case code == vedette.CodeInvalid, code == vedette.CodeConflict, code == vedette.CodeNotFound:
		status, v.Problem = http.StatusBadRequest, refusal(err)
	default:
		return err
	}
	return p.piece(w, r, status, "saved", v)
}

// showTells is whom a draft would tell, as a piece of page, for its script.
func (p *portal) showTells(w http.ResponseWriter, r *http.Request) error {
	d, err := p.Desk.Draft(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	var v draftView
	if _, err := p.fillPreview(r, &v.Preview, d); err != nil {
		return err
	}
	return p.piece(w, r, http.StatusOK, "drafttells", v)
}
