// Package trip reads tables of trips, a leg or a stay a line, and puts legs
// and stays of any file together as trips: in order, without holes.
package trip

import (
	"io"
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/intake/address"
	"vedette/intake/clock"
	"vedette/intake/place"
	"vedette/intake/sheet"
)

// Row is one trip, put together from one or more lines of a file.
type Row struct {
	Line  int   // the first of its lines
	Lines []int // all of them
	// Who travels, as the file says: their e-mail address where it has one,
	// else their personnel number, else their name. Nobody is looked up.
	Who                   string
	Email, External, Name string
	Trip                  vedette.Trip
}

// Trips is what a file of trips holds.
type Trips struct {
	Rows     []Row             // the trips without a problem, in the order of their first lines
	Problems []sheet.Problem   // by line
	Remarks  []sheet.Problem   // what was taken to be so, of lines that are kept
	Ignored  []string          // headers of columns that were not used
	Columns  map[string]string // header → what it was used for
}

// Read reads a table of trips: a header line, then a leg or a stay a
// line. Lines of one traveller with the same trip or booking number are one
// trip; without a number, lines of one traveller that follow each other and
// join up, until the trip is back where it began. A trip with a problem is
// not in Rows, and each of its lines has a problem.
//
// A time without offset or zone is local to its place. A stay is counted in
// whole days there, the last one included. A departure with a day only is
// taken from the day's first moment, an arrival to its last, which a remark
// says. Errors are as of intake.ReadPeople.
func Read(g *gazetteer.Gazetteer, r io.Reader) (Trips, error) {
	text, err := sheet.Text(r)
	if err != nil {
		return Trips{}, err
	}
	table, err := open(text)
	if err != nil {
		return Trips{}, err
	}
	in := &reader{Reader: table, gaz: g, places: place.New(g)}
	if err := in.settleOrders(); err != nil {
		return Trips{}, err
	}
	for {
		more, err := in.Next()
		if err != nil {
			return Trips{}, err
		}
		if !more {
			break
		}
		in.read()
	}
	return in.trips(), nil
}

// reader is one file of trips being read.
type reader struct {
	*sheet.Reader
	gaz    *gazetteer.Gazetteer
	places *place.Book
	orders map[int]clock.Order // of the columns with dates, by column
	lines  []line
}

// line is a line as read.
type line struct {
	row       Row // without its trip
	number    string
	parts     []Part
	cancelled bool
	bad       bool
}

var dateFields = []sheet.Field{fieldDeparts, fieldArrives, fieldStayFrom, fieldStayUntil, fieldDepartsTime, fieldArrivesTime}

// settleOrders looks through the columns with dates, so that a day over 12
// tells how all of its column are to be read.
func (in *reader) settleOrders() error {
	in.orders = map[int]clock.Order{}
	ahead := in.Ahead()
	for {
		more, err := ahead.Next()
		if err != nil || !more {
			return err
		}
		for _, f := range dateFields {
			if c := ahead.Cell(f); c.Value != "" {
				in.orders[c.Column.At] = in.orders[c.Column.At].Settle(c.Value)
			}
		}
		ahead.Forget()
	}
}

// read reads one line.
func (in *reader) read() {
	l := line{row: in.who(), number: in.Cell(fieldNumber).Value}
	l.row.Line = in.Line()
	if sheet.Longer(l.number, sheet.MaxName) {
		in.Problem(sheet.Cell{Value: l.number}, "is too long for a trip's number: at most %d characters", sheet.MaxName)
	}
	l.cancelled = in.cancelled(in.Cell(fieldStatus))
	c := in.cells()
	if !c.isLeg() && !c.isStay() {
		in.Problem(sheet.Cell{}, "this line is neither a leg nor a stay: give from, to, departs and arrives, or a place with its first and last day")
	}
	if c.isLeg() {
		if leg := in.leg(&c); leg != nil {
			l.parts = append(l.parts, Part{Line: in.Line(), Leg: leg})
		}
	}
	if c.isStay() {
		if stay := in.stay(&c); stay != nil {
			l.parts = append(l.parts, Part{Line: in.Line(), Stay: stay})
		}
	}
	l.bad = in.Bad()
	in.lines = append(in.lines, l)
}

// who reads whose line it is.
func (in *reader) who() Row {
	var row Row
	email, id, name := in.Cell(fieldEmail), in.Cell(fieldTraveller), in.Cell(fieldName)
	first, last := in.Cell(fieldFirst), in.Cell(fieldLast)
	if email.Value != "" {
		row.Email = in.Told(email, address.Email)
	}
	if sheet.Shortened(id.Value) {
		in.Problem(id, "was shortened by a spreadsheet: format the column as text and write all digits")
	}
	row.External = id.Value
	if row.Name = name.Value; row.Name == "" {
		row.Name = strings.TrimSpace(first.Value + " " + last.Value)
	}
	if strings.Contains(row.Name, "@") && row.Email == "" && email.Value == "" { // "traveller" may be an address
		row.Email, row.Name = in.Told(name, address.Email), ""
	}
	switch {
	case row.Email != "":
		row.Who = row.Email
	case row.External != "":
		row.Who = row.External
	case row.Name != "":
		row.Who = row.Name
	case email.Value == "" && !strings.Contains(name.Value, "@"):
		for _, c := range []sheet.Cell{email, id, name, first, last} {
			if c.Column.Header != "" {
				in.Missing(c, "who travels? give an e-mail address, a personnel number or a name")
				return row
			}
		}
	}
	return row
}

var cancelledWords = sheet.Words(
	sheet.As[bool](true, `cancelled; canceled; cancel; void; voided; refunded; annulé; annulée; annule; storniert; storno; abgesagt; cancelado; cancelada; anulado; anulada; hx; xx; un; uc`),
	sheet.As[bool](false, `confirmed; booked; ticketed; issued; ok; hk; active; open; planned; scheduled; completed; approved; reserved; confirmé; confirmée; réservé; émis; bestätigt; gebucht; geplant;
		confirmado; confirmada; reservado; emitido; planificado`),
)

// cancelled reads a booking's status. A word it does not know counts as
// booked, for someone may travel, and is remarked on.
func (in *reader) cancelled(c sheet.Cell) bool {
	if c.Value == "" {
		return false
	}
	key, header := sheet.Fold(c.Value), sheet.Fold(c.Column.Header)
	for _, stem := range []string{"cancel", "annul", "storn", "anul"} {
		if strings.Contains(header, stem) {
			if yes, ok := sheet.YesNo[key]; ok {
				return yes
			}
		}
	}
	gone, ok := cancelledWords[key]
	if !ok {
		in.Remark(c, "is no status we know: taken as booked; write cancelled where it is not")
	}
	return gone
}

// trips puts the lines together.
func (in *reader) trips() Trips {
	var out Trips
	for _, group := range in.groups() {
		if row, ok := in.trip(group); ok {
			out.Rows = append(out.Rows, row)
		}
	}
	slices.SortStableFunc(in.Problems, func(a, b sheet.Problem) int { return a.Line - b.Line })
	slices.SortStableFunc(in.Remarks, func(a, b sheet.Problem) int { return a.Line - b.Line })
	out.Problems, out.Remarks, out.Ignored, out.Columns = in.Problems, in.Remarks, in.Ignored, in.Used
	return out
}

// groups gives the lines of each trip, by first line.
func (in *reader) groups() [][]*line {
	var all [][]*line
	numbered := map[[2]string]int{}
	open := -1 // the group without a number that the line before belongs to
	for i := range in.lines {
		l := &in.lines[i]
		if l.number != "" {
			open = -1
			key := [2]string{strings.ToLower(l.row.Who), strings.ToLower(l.number)}
			if at, ok := numbered[key]; ok {
				all[at] = append(all[at], l)
				continue
			}
			numbered[key] = len(all)
			all = append(all, []*line{l})
			continue
		}
		if open >= 0 && in.joins(all[open], l) {
			all[open] = append(all[open], l)
			continue
		}
		open = len(all)
		all = append(all, []*line{l})
	}
	return all
}

// joins says whether a line goes on where a trip has come to.
func (in *reader) joins(trip []*line, l *line) bool {
	first, last := trip[0], trip[len(trip)-1]
	if l.bad || last.bad || l.cancelled != last.cancelled || !strings.EqualFold(first.row.Who, l.row.Who) {
		return false
	}
	begin, end, next := &first.parts[0], &last.parts[len(last.parts)-1], &l.parts[0]
	if next.Start().Before(end.Start()) || !in.places.Joined(end.Ends(), next.Begins()) {
		return false
	}
	back := begin.Leg != nil && end.Leg != nil && in.places.Joined(begin.Leg.From, end.Leg.To)
	return !back
}

// trip makes a trip of its lines, or gives each of them a problem.
func (in *reader) trip(lines []*line) (Row, bool) {
	row := lines[0].row
	row.Trip.External = lines[0].number
	gone := !slices.ContainsFunc(lines, func(l *line) bool { return !l.cancelled })
	var parts []Part
	var problems []sheet.Problem
	bad := 0
	for _, l := range lines {
		row.Lines = append(row.Lines, l.row.Line)
		if l.bad && bad == 0 {
			bad = l.row.Line
		}
		if !l.cancelled || gone {
			parts = append(parts, l.parts...)
		}
	}
	if bad == 0 {
		made := Assemble(in.places, parts)
		if problems = made.Problems; len(problems) == 0 {
			row.Trip.Legs, row.Trip.Stays, row.Trip.Cancelled = made.Trip.Legs, made.Trip.Stays, gone
			in.Remarks = append(in.Remarks, made.Remarks...)
			return row, true
		}
		bad = problems[0].Line
	}
	in.refuse(lines, problems, bad)
	return row, false
}

// refuse gives each line of a trip that is not kept a problem.
func (in *reader) refuse(lines []*line, problems []sheet.Problem, bad int) {
	told := map[int]bool{}
	for _, p := range problems {
		told[p.Line] = true
	}
	for _, l := range lines {
		if !l.bad && !told[l.row.Line] {
			problems = append(problems, sheet.Problem{Line: l.row.Line, Reason: sheet.Reason("is of the same trip as line %d, and waits until that is mended", bad)})
		}
	}
	in.Problems = append(in.Problems, problems...)
}
