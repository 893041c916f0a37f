package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"

	"vedette"
	"vedette/desk"
	"vedette/intake/sheet"
	"vedette/web/messages"
)

// importShown is how many rows, and how many problems, a page shows of a file.
const importShown = 200

// importPage is one of the pages that a file is taken in on.
type importPage struct {
	path, title, what string // "/people/import", "Take in people", "people"
	columns           string
	everybody         bool // a file may be the list of all there are
	calendar          bool // it may be somebody's calendar
	take              func(*portal, context.Context, *looked, desk.ImportOptions) (*importOutcome, error)
}

// importOutcome is what a file does, or would do, whatever it holds.
type importOutcome struct {
	Rows, Bad int
	Counts    []importCount
	Lines     []importLine
	MoreLines int
	Problems  []importProblem
	MoreWrong int
	Remarks   []problem
	Ignored   string
	Nothing   bool // it changes nothing
	Removes   int  // people who leave by it
	Share     bool // they are more than a fifth of all
	plan      string
}

type importCount struct {
	N    int
	What string
}

type importLine struct {
	Line       int
	What, Name string
	Fields     []importField
}

type importField struct {
	Name, Was string
	Is        messages.Said
}

type importProblem struct {
	Line          int
	Column, Value string
	Reason        problem
}

// importView is a page that takes in a file.
type importView struct {
	frame
	Heading, Path, Back, What, Columns string
	Everybody, Calendar                bool
	MB                                 int
	Problem                            problem
	Done                               messages.Said
	Key                                string // of the file that is looked at
	File                               messages.Said
	Skip, All                          bool
	Person                             string
	Of                                 *importOutcome
	ToType                             int
}

var importPages = map[string]*importPage{
	"people": {path: peoplePath + "/import", title: messages.Mark("Take in people"), what: messages.Mark("people"), everybody: true, take: (*portal).takePeople,
		columns: "name, email, mobile, voice, language, manager, citizenship, personnel number, site, country, city, latitude, longitude, standing, precision, check-ins, discreet, restricted, quiet hours, channels, digest, dependants, emergency contact, companion"},
	"sites": {path: sitesPath + "/import", title: messages.Mark("Take in sites"), what: messages.Mark("sites"), take: (*portal).takeSites, columns: "name, code, country, city, latitude, longitude, phone"},
	"trips": {path: tripsPath + "/import", title: messages.Mark("Take in trips"), what: messages.Mark("trips"), calendar: true, take: (*portal).takeTrips,
		columns: "email, personnel number or name; trip number; mode, from, to, departs, arrives, carrier, flight; or hotel, city, country, stay from, stay until; status"},
}

// openImport shows the page that a sort of file is taken in on.
func (p *portal) openImport(of string) action {
	return func(w http.ResponseWriter, r *http.Request) error {
		return p.importPage(w, r, http.StatusOK, importPages[of], importView{})
	}
}

func (p *portal) importPage(w http.ResponseWriter, r *http.Request, status int, of *importPage, v importView) error {
	v.frame = p.frame(r, of.title, vedette.StatusActual)
	v.Place, v.Heading, v.Path, v.What, v.Columns, v.Everybody, v.Calendar, v.MB = "house", of.title, of.path, of.what, of.columns, of.everybody, of.calendar, maxImport>>20
	v.Back = strings.TrimSuffix(of.path, "/import")
	return p.show(w, status, "import", v)
}

// takeImport looks at a file, or saves what was looked at.
func (p *portal) takeImport(kind string) action {
	return func(w http.ResponseWriter, r *http.Request) error {
		if _, err := readForm(w, r); err != nil {
			return err
		}
		of := importPages[kind]
		var v importView
		f, key, err := p.fileOf(r, of)
		if err == nil {
			v.File, v.Skip, v.All, v.Person = f.called(), f.skip, f.all, safe(f.person)
			if r.PostForm.Get("do") == "save" {
				done, again := p.saveImport(w, r, of, f, key)
				if done {
					return nil
				}
				err = again
			}
		}
		if err != nil && !mends(err) && vedette.ErrorCode(err) != vedette.CodeNotFound {
			return err
		}
		if f == nil {
			v.Problem = refusal(err)
			return p.importPage(w, r, http.StatusBadRequest, of, v)
		}
		status := http.StatusOK
		if err != nil {
			v.Problem, status = refusal(err), http.StatusConflict
		}
		if err := p.lookAt(r, of, f, key, &v); err != nil {
			if !mends(err) && vedette.ErrorCode(err) != vedette.CodeNotFound {
				return err
			}
			v.Problem, v.Of, status = refusal(err), nil, http.StatusBadRequest
		}
		return p.importPage(w, r, status, of, v)
	}
}

// lookAt fills a page with what a file would do, and keeps the file for the press
// that does it.
func (p *portal) lookAt(r *http.Request, of *importPage, f *looked, key string, v *importView) error {
	o := desk.ImportOptions{DryRun: true, SkipBad: f.skip, Prune: f.all, Explain: true}
	out, err := of.take(p, r.Context(), f, o)
	if err != nil {
		return err
	}
	p.looked.drop(key)
	f.plan, f.at = out.plan, p.Now()
	v.Key, v.Of = p.looked.keep(f), out
	if out.Removes > 0 {
		v.ToType = out.Removes
	}
	return nil
}

// saveImport saves a file as it was looked at, and answers where it did; else it
// gives why not.
func (p *portal) saveImport(w http.ResponseWriter, r *http.Request, of *importPage, f *looked, key string) (done bool, err error) {
	if f.plan == "" {
		return false, vedette.Errorf(vedette.CodeInvalid, "nothing was saved: look at what the file would do first")
	}
	o := desk.ImportOptions{SkipBad: f.skip, Explain: true, Expect: f.plan, Prune: f.all, Remove: f.all}
	if f.all {
		look, err := of.take(p, r.Context(), f, desk.ImportOptions{DryRun: true, SkipBad: f.skip, Prune: true, Explain: true})
		if err != nil {
			return false, err
		}
		n, err := readCount(r)
		if err != nil {
			return false, err
		}
		if n != look.Removes {
			return false, vedette.Errorf(vedette.CodeInvalid, "nothing was saved: %d people leave by it; type their number", look.Removes)
		}
		o.PruneMany = r.PostForm.Get("many") != ""
	}
	out, err := of.take(p, r.Context(), f, o)
	if err != nil {
		return false, err
	}
	if len(out.Problems) > 0 && !f.skip {
		return false, vedette.Errorf(vedette.CodeInvalid, "nothing was saved: mend the rows that are marked, or say that they are left out")
	}
	p.looked.drop(key)
	v := importView{Done: savedWords(of, out)}
	return true, p.importPage(w, r, http.StatusOK, of, v)
}

func savedWords(of *importPage, out *importOutcome) messages.Said {
	done := messages.Of("nothing of them changed")
	first := true
	for _, c := range out.Counts {
		if c.N == 0 {
			continue
		}
		one := messages.Of("%d %s##so many rows are so", c.N, messages.Said{English: c.What})
		if done = messages.Of("%s, %s", done, one); first {
			done, first = one, false
		}
	}
	what := messages.Said{English: of.what}
	if out.Rows == 1 {
		return messages.Of("Saved. Of %d row of %s: %s.", out.Rows, what, done)
	}
	return messages.Of("Saved. Of %d rows of %s: %s.", out.Rows, what, done)
}

// fileOf gives the file that is meant: one that was looked at, or one that comes
// with the form, chosen or pasted.
func (p *portal) fileOf(r *http.Request, of *importPage) (*looked, string, error) {
	by := vedette.ID("")
	if u := signedIn(r); u != nil {
		by = u.ID
	}
	if key := r.PostForm.Get("key"); key != "" {
		f, err := p.looked.get(key, of.path, by, p.Now())
		if err == nil && r.PostForm.Get("do") == "skip" {
			again := *f // the other page may still be open
			again.skip = true
			f = &again
		}
		return f, key, err
	}
	f := &looked{at: p.Now(), path: of.path, by: by, all: of.everybody && r.PostForm.Get("all") != ""}
	if of.calendar {
		f.person = strings.TrimSpace(r.PostForm.Get("person"))
	}
	if r.MultipartForm != nil {
		for _, h := range r.MultipartForm.File["file"] {
			if h.Size == 0 {
				continue
			}
			in, err := h.Open()
			if err != nil {
				return nil, "", vedette.Wrap(err, vedette.CodeInvalid, "the file could not be read")
			}
			defer in.Close()
			if f.body, err = io.ReadAll(in); err != nil {
				return nil, "", vedette.Wrap(err, vedette.CodeInvalid, "the file could not be read")
			}
			f.name = h.Filename
		}
	}
	if f.body == nil {
		f.body, f.name = []byte(r.PostForm.Get("text")), ""
	}
	if len(bytes.TrimSpace(f.body)) == 0 {
		return nil, "", vedette.Errorf(vedette.CodeInvalid, "choose a file, or paste a table")
	}
	return f, "", nil
}

func outcomeProblems(out *importOutcome, list []sheet.Problem) {
	bad := map[int]bool{}
	for _, x := range list {
		if bad[x.Line] = true; len(out.Problems) == importShown {
			out.MoreWrong++
			continue
		}
		column := safe(x.Header)
		if x.Column > 0 {
			column = strings.TrimSpace(strconv.Itoa(x.Column) + " " + column)
		}
		out.Problems = append(out.Problems, importProblem{Line: x.Line, Column: column, Value: safe(x.Value), Reason: refusal(x.Reason)})
	}
	out.Bad = len(bad)
}

func outcomeLines(out *importOutcome, list []desk.ImportLine) {
	for _, l := range list {
		if l.What == desk.LineConfirmed {
			continue // counted; nothing of them is another
		}
		if len(out.Lines) == importShown {
			out.MoreLines++
			continue
		}
		one := importLine{Line: l.Line, What: l.What, Name: safe(l.Name)}
		for _, f := range l.Fields {
			one.Fields = append(one.Fields, importField{fieldLabel(f.Field), safe(f.Was), asItIs(safe(f.Is))})
			if f.Field == "duress word" {
				one.Fields[len(one.Fields)-1] = importField{fieldLabel(f.Field), "", messages.Of("another")}
			}
		}
		out.Lines = append(out.Lines, one)
	}
}

func fieldLabel(name string) string {
	if l := fieldLabels[name][0]; l != "" {
		return l
	}
	return name
}

func (p *portal) takePeople(ctx context.Context, f *looked, o desk.ImportOptions) (*importOutcome, error) {
	im, err := p.Desk.ImportPeople(ctx, bytes.NewReader(f.body), o)
	if err != nil {
		return nil, err
	}
	out := &importOutcome{Rows: im.Rows, Ignored: safe(strings.Join(im.Ignored, ", ")), plan: im.Plan, Removes: len(im.Gone), Nothing: im.Added+im.Changed+im.Confirmed+len(im.Gone) == 0,
		Counts: []importCount{{im.Added - im.Back, messages.Mark("new")}, {im.Back, messages.Mark("back")}, {im.Changed, messages.Mark("changed")}, {im.Confirmed, messages.Mark("confirmed: where they are kept is said again, after long")},
			{im.Unchanged - im.Confirmed, messages.Mark("as they are kept")}, {len(im.Gone), messages.Mark("not in the file, who leave")}}}
	outcomeProblems(out, im.Problems)
	outcomeLines(out, im.Lines)
	for _, s := range im.NewSites {
		out.Remarks = append(out.Remarks, saying(messages.Of("A new site: %s.", safe(s))))
	}
	if im.Veiled > 0 {
		veiled := messages.Of("%d rows are of restricted people, and are passed over: whoever may know them takes in the file. %s", im.Veiled, worded(im.Ask))
		if im.Veiled == 1 {
			veiled = messages.Of("%d row is of a restricted person, and is passed over: whoever may know them takes in the file. %s", im.Veiled, worded(im.Ask))
		}
		out.Remarks = append(out.Remarks, saying(veiled))
	}
	for i, g := range im.Gone {
		if i == importShown {
			out.MoreLines += len(im.Gone) - i
			break
		}
		out.Lines = append(out.Lines, importLine{What: messages.Mark("leaves"), Name: safe(strings.TrimSpace(g.Name + " " + g.Email))})
	}
	c, err := p.Desk.CountPeople(ctx)
	out.Share = out.Removes*5 > c.People
	if f.all && len(im.Problems) > 0 {
		out.Remarks = append(out.Remarks, saying(messages.Of("Nobody leaves by a file with bad rows: one of them may be theirs.")))
	}
	return out, err
}

func (p *portal) takeSites(ctx context.Context, f *looked, o desk.ImportOptions) (*importOutcome, error) {
	im, err := p.Desk.ImportSites(ctx, bytes.NewReader(f.body), o)
	if err != nil {
		return nil, err
	}
	out := &importOutcome{Rows: im.Rows, Ignored: safe(strings.Join(im.Ignored, ", ")), plan: im.Plan, Nothing: im.Added+im.Changed == 0,
		Counts: []importCount{{im.Added, messages.Mark("new")}, {im.Changed, messages.Mark("changed")}, {im.Unchanged, messages.Mark("as they are kept")}}}
	outcomeProblems(out, im.Problems)
	outcomeLines(out, im.Lines)
	for _, m := range im.Moved {
		moves := messages.Of("%s moves from %s to %s, and %d people with it.", safe(m.Name), p.areaWhole(m.From), p.areaWhole(m.To), m.People)
		if m.People == 1 {
			moves = messages.Of("%s moves from %s to %s, and %d person with it.", safe(m.Name), p.areaWhole(m.From), p.areaWhole(m.To), m.People)
		}
		out.Remarks = append(out.Remarks, saying(moves))
	}
	return out, nil
}

func (p *portal) takeTrips(ctx context.Context, f *looked, o desk.ImportOptions) (*importOutcome, error) {
	var im *desk.TripsImport
	var err error
	if f.person != "" {
		im, err = p.Desk.ImportItinerary(ctx, f.person, bytes.NewReader(f.body), o)
	} else {
		im, err = p.Desk.ImportTrips(ctx, bytes.NewReader(f.body), o)
	}
	if err != nil {
		return nil, err
	}
	out := &importOutcome{Rows: im.Trips, Ignored: safe(strings.Join(im.Ignored, ", ")), plan: im.Plan, Nothing: im.Added+im.Changed+im.Cancelled == 0,
		Counts: []importCount{{im.Added, messages.Mark("new")}, {im.Changed, messages.Mark("changed")}, {im.Cancelled, messages.Mark("cancelled")}, {im.Unchanged, messages.Mark("as they are kept")}}}
	outcomeProblems(out, im.Problems)
	for i := range im.Lines {
		if i == importShown {
			out.MoreLines = len(im.Lines) - i
			break
		}
		l := &im.Lines[i]
		t := p.tripLine(&l.Trip, "")
		out.Lines = append(out.Lines, importLine{What: l.What, Name: safe(l.Name), Fields: []importField{{messages.Mark("Where and when"), "", messages.Of("%s %s", t.Places, t.Days)}}})
	}
	for _, list := range [][]sheet.Problem{im.Remarks, im.Unverified} {
		for _, x := range list[:min(len(list), importShown)] {
			out.Remarks = append(out.Remarks, refusal(x))
		}
	}
	for _, l := range im.LeftOut[:min(len(im.LeftOut), importShown)] {
		out.Remarks = append(out.Remarks, problem{messages.Of("Left out:"), l})
	}
	return out, nil
}
