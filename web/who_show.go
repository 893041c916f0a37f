package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// whoView is who is somewhere, may be there, or arrives soon.
type whoView struct {
	frame
	Asked     bool
	Where     string // as typed
	At, KM    string // of a circle, as typed
	Days      string
	Names     []messages.Said // the places asked about
	Problem   problem
	Count     desk.WhoCount
	All       int
	Within    int // days
	Broken    int
	AsOf      moment
	Countries []whoRow
	Sites     []whoRow
	MoreSites int // that the page does not list
}

type whoRow struct {
	Name    messages.Said
	Address string
	desk.WhoCount
}

// maxSites is how many sites the page lists, those with most people.
const maxSites = 50

// maxTyped bounds what is read of a form's field, in bytes, and maxTypedLines of
// one with many lines.
const (
	maxTyped      = 2000
	maxTypedLines = 20_000
)

// showWho answers who is somewhere. The question is in the address, so that
// it can be kept and sent on.
func (p *portal) showWho(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := whoView{frame: p.frame(r, "Who is where", vedette.StatusActual), Where: typed(strings.Join(q["area"], "; ")),
		At: typed(q.Get("at")), KM: typed(q.Get("km")), Days: typed(q.Get("days"))}
	v.frame.Place = "who"
	if v.Where == "" && v.At == "" {
		return p.show(w, http.StatusOK, "who", v)
	}
	v.Asked = true
	err := fits(q)
	var ask desk.WhoQuestion
	if err == nil {
		ask, v.Names, err = p.readWho(&v)
	}
	if err == nil {
		err = p.answerWho(r, ask, &v)
	}
	if vedette.ErrorCode(err) == vedette.CodeInvalid { // the form says what is wrong, and keeps what was typed
		v.Problem = refusal(err)
		return p.show(w, http.StatusBadRequest, "who", v)
	}
	if err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "who", v)
}

func typed(s string) string {
	if len(s) > maxTyped {
		s = s[:maxTyped]
	}
	return safe(strings.TrimSpace(s))
}

// readWho reads the form: places parted by semicolons, or a circle.
func (p *portal) readWho(v *whoView) (q desk.WhoQuestion, names []messages.Said, err error) {
	if q.Areas, names, err = p.placesIn(v.Where); err != nil {
		return q, nil, err
	}
	if v.At != "" {
		s, err := readCircle(v.At, v.KM)
		if err != nil {
			return q, nil, err
		}
		q.Shapes, names = append(q.Shapes, s), append(names, messages.Of("%s km around %s", v.KM, v.At))
	}
	if v.Days != "" {
		if q.Days, err = strconv.Atoi(v.Days); err != nil {
			return q, nil, vedette.Errorf(vedette.CodeInvalid, "%q is no number of days", v.Days)
		}
	}
	return q, names, nil
}

// placesIn reads names of places parted by semicolons: which they are, and how
// they are called whole.
func (p *portal) placesIn(text string) (ids []vedette.AreaID, names []messages.Said, err error) {
	for name := range strings.SplitSeq(text, ";") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		a, err := p.Gaz.Find(name)
		if err != nil {
			return nil, nil, err
		}
		ids, names = append(ids, a.ID), append(names, p.withCountry(a))
	}
	return ids, names, nil
}

func readCircle(at, km string) (vedette.Shape, error) {
	lat, lon, _ := strings.Cut(at, ",")
	y, err1 := strconv.ParseFloat(strings.TrimSpace(lat), 64)
	x, err2 := strconv.ParseFloat(strings.TrimSpace(lon), 64)
	if err1 != nil || err2 != nil {
		return vedette.Shape{}, vedette.Errorf(vedette.CodeInvalid, "%q is no point; write latitude, longitude: 33.31, 44.36", at)
	}
	d, err := strconv.ParseFloat(strings.TrimSpace(km), 64)
	if err != nil {
		return vedette.Shape{}, vedette.Errorf(vedette.CodeInvalid, "%q is no distance; write kilometres around the point: 25", km)
	}
	s := vedette.Shape{Circle: &vedette.Circle{Center: vedette.Point{Lat: y, Lon: x}, KM: d}}
	return s, s.Validate()
}

func (p *portal) answerWho(r *http.Request, q desk.WhoQuestion, v *whoView) error {
	a, err := p.Desk.Who(r.Context(), q)
	if err != nil {
		return err
	}
	v.Count, v.All, v.Within, v.Broken, v.AsOf = a.WhoCount, a.All(), a.Days, len(a.Broken), when(a.AsOf, p.Now(), "")
	for _, c := range a.Countries {
		v.Countries = append(v.Countries, whoRow{p.area(c.Area, c.Name), "/who?area=" + url.QueryEscape(string(c.Area)), c.WhoCount})
	}
	v.MoreSites = max(len(a.Sites)-maxSites, 0)
	for _, s := range a.Sites[:len(a.Sites)-v.MoreSites] {
		v.Sites = append(v.Sites, whoRow{asItIs(safe(s.Name)), "/who?area=" + url.QueryEscape(string(s.Area)), s.WhoCount})
	}
	return nil
}
