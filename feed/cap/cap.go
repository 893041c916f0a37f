// Package cap reads alerts of the Common Alerting Protocol (OASIS CAP 1.2, and 1.0 and
// 1.1, which differ in what is not read here) as signals.
//
// What it reads is hostile: it is bounded, no entity is expanded, no document type is
// taken, nothing that it names is fetched.
package cap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"vedette"
)

// The bounds of what is read of an alert.
const (
	maxInfos  = 100
	maxAreas  = 200
	maxRefers = 50
	maxLine   = 500    // characters of a name, a headline
	maxText   = 20_000 // characters of a description, an instruction
)

// namespaces of CAP, 1.2 first.
var namespaces = []string{"urn:oasis:names:tc:emergency:cap:1.2", "urn:oasis:names:tc:emergency:cap:1.1", "http://www.incident.com/cap/1.0"}

type alert struct {
	XMLName    xml.Name
	Identifier string `xml:"identifier"`
	Sender     string `xml:"sender"`
	Sent       string `xml:"sent"`
	Status     string `xml:"status"`
	MsgType    string `xml:"msgType"`
	Scope      string `xml:"scope"`
	References string `xml:"references"`
	Note       string `xml:"note"`
	Infos      []info `xml:"info"`
}

type info struct {
	Language    string `xml:"language"`
	Event       string `xml:"event"`
	Urgency     string `xml:"urgency"`
	Severity    string `xml:"severity"`
	Certainty   string `xml:"certainty"`
	Expires     string `xml:"expires"`
	SenderName  string `xml:"senderName"`
	Headline    string `xml:"headline"`
	Description string `xml:"description"`
	Instruction string `xml:"instruction"`
	Areas       []area `xml:"area"`
}

type area struct {
	Desc     string   `xml:"areaDesc"`
	Polygons []string `xml:"polygon"`
	Circles  []string `xml:"circle"`
}

// Read reads one alert. What it says in several languages is read in English where it is,
// else in the first; how many of its parts are not read it says.
func Read(text []byte) (vedette.SignalWords, error) {
	if len(text) > vedette.MaxSignal {
		return vedette.SignalWords{}, vedette.Errorf(vedette.CodeInvalid, "the alert is larger than %d kB", vedette.MaxSignal>>10)
	}
	a, err := decode(text)
	if err != nil {
		return vedette.SignalWords{}, err
	}
	w, err := a.words()
	if err != nil {
		return vedette.SignalWords{}, err
	}
	return w, w.Validate()
}

// decode reads the XML.
func decode(text []byte) (*alert, error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	d.CharsetReader = func(name string, in io.Reader) (io.Reader, error) {
		switch strings.ToLower(name) {
		case "iso-8859-1", "latin1", "windows-1252":
			return charmap.Windows1252.NewDecoder().Reader(in), nil
		case "us-ascii", "ascii":
			return in, nil
		}
		return nil, vedette.Errorf(vedette.CodeInvalid, "the alert is written in %q; send it as UTF-8", name)
	}
	for {
		t, err := d.Token()
		if err != nil {
			return nil, notXML(err)
		}
		switch t := t.(type) {
		case xml.Directive:
			return nil, vedette.Errorf(vedette.CodeInvalid, "the alert has a document type, which CAP has not; it is not read")
		case xml.StartElement:
			if err := isAlert(t.Name); err != nil {
				return nil, err
			}
			a := &alert{}
			if err := d.DecodeElement(a, &t); err != nil {
				return nil, notXML(err)
			}
			return a, nil
		}
	}
}

func notXML(err error) error {
	if vedette.ErrorCode(err) == vedette.CodeInvalid {
		return err
	}
	var at *xml.SyntaxError
	if errors.As(err, &at) {
		return vedette.Errorf(vedette.CodeInvalid, "this is no alert of CAP: line %d is no XML", at.Line)
	}
	return vedette.Errorf(vedette.CodeInvalid, "this is no alert of CAP: it is no XML, or ends too soon")
}

// isAlert says whether an element is an alert, and what it is otherwise.
func isAlert(n xml.Name) error {
	switch n.Local {
	case "alert":
		for _, ns := range namespaces {
			if n.Space == ns {
				return nil
			}
		}
		return vedette.Errorf(vedette.CodeInvalid, "this alert is not of CAP 1.0, 1.1 or 1.2: its namespace is %q", clipped(n.Space, 100))
	case "feed", "rss", "RDF":
		return vedette.Errorf(vedette.CodeInvalid, "this is a feed, not an alert; open one of its alerts and send that")
	case "EDXLDistribution":
		return vedette.Errorf(vedette.CodeInvalid, "this is an EDXL envelope; send the alert that is in it")
	}
	return vedette.Errorf(vedette.CodeInvalid, "this is no alert of CAP: it begins with <%s>", clipped(n.Local, 40))
}

var kinds = map[string]vedette.SignalKind{"Alert": vedette.SignalAlert, "Update": vedette.SignalUpdate, "Cancel": vedette.SignalCancel}

// statuses: what is no real thing is never taken for one. System and Draft are of machines
// and of whoever writes them.
var statuses = map[string]vedette.Status{"Actual": vedette.StatusActual, "Exercise": vedette.StatusExercise, "Test": vedette.StatusTest, "System": vedette.StatusTest, "Draft": vedette.StatusTest}

var urgencies = map[string]vedette.Urgency{"Immediate": vedette.UrgencyImmediate, "Expected": vedette.UrgencyExpected, "Future": vedette.UrgencyFuture, "Past": vedette.UrgencyPast}

var severities = map[string]vedette.Risk{"Extreme": vedette.RiskExtreme, "Severe": vedette.RiskHigh, "Moderate": vedette.RiskModerate, "Minor": vedette.RiskLow}

// certainties: what was seen is confirmed, what is likely credible. "Very Likely" is of CAP 1.0.
var certainties = map[string]vedette.SourceStrength{"Observed": vedette.SourceConfirmed, "Likely": vedette.SourceCredible, "Very Likely": vedette.SourceCredible, "Possible": vedette.SourceUnconfirmed, "Unlikely": vedette.SourceUnconfirmed}

// words are what an alert says.
func (a *alert) words() (w vedette.SignalWords, err error) {
	w.Sender, w.Identifier = line(a.Sender), line(a.Identifier)
	if w.Sent, err = moment("sent", a.Sent); err != nil {
		return w, err
	}
	kind := strings.TrimSpace(a.MsgType)
	if w.Kind = kinds[kind]; w.Kind == "" {
		return w, vedette.Errorf(vedette.CodeInvalid, "the alert's msgType is %q; only Alert, Update and Cancel say something of people", clipped(kind, 40))
	}
	status, ok := statuses[strings.TrimSpace(a.Status)]
	if !ok {
		return w, vedette.Errorf(vedette.CodeInvalid, "the alert's status is %q; it is not known whether it is a real one", clipped(strings.TrimSpace(a.Status), 40))
	}
	w.Status = status
	switch scope := strings.TrimSpace(a.Scope); {
	case scope == "Restricted" || scope == "Private":
		w.Closed = true
	case scope != "Public" && a.XMLName.Space != namespaces[2]: // 1.0 may leave it out
		return w, vedette.Errorf(vedette.CodeInvalid, "the alert's scope is %q; it is Public, Restricted or Private, and says whom it may be shown to", clipped(scope, 40))
	}
	if w.Refers, err = references(a.References); err != nil {
		return w, err
	}
	if w.Kind == vedette.SignalCancel && len(w.Refers) == 0 {
		return w, vedette.Errorf(vedette.CodeInvalid, "the alert is a Cancel, and has no references: it does not say of what")
	}
	if len(a.Infos) > maxInfos {
		return w, vedette.Errorf(vedette.CodeInvalid, "the alert has more than %d parts", maxInfos)
	}
	i := a.info()
	if i == nil {
		w.Text = text(a.Note)
		return w, nil
	}
	w.Others = len(a.Infos) - 1
	return w, i.words(&w)
}

// info is the part that is read: an English one, else the first.
func (a *alert) info() *info {
	if len(a.Infos) == 0 {
		return nil
	}
	for k := range a.Infos {
		if l := strings.ToLower(strings.TrimSpace(a.Infos[k].Language)); l == "en" || strings.HasPrefix(l, "en-") {
			return &a.Infos[k]
		}
	}
	return &a.Infos[0]
}

func (i *info) words(w *vedette.SignalWords) (err error) {
	w.Event, w.Headline, w.From, w.Language = line(i.Event), line(i.Headline), line(i.SenderName), line(i.Language)
	w.Text, w.Advice = text(i.Description), text(i.Instruction)
	w.Urgency, w.Risk, w.Source = urgencies[strings.TrimSpace(i.Urgency)], severities[strings.TrimSpace(i.Severity)], certainties[strings.TrimSpace(i.Certainty)]
	if strings.TrimSpace(i.Expires) != "" {
		if w.Expires, err = moment("expires", i.Expires); err != nil {
			return err
		}
	}
	if len(i.Areas) > maxAreas {
		return vedette.Errorf(vedette.CodeInvalid, "the alert has more than %d areas", maxAreas)
	}
	for k := range i.Areas {
		i.Areas[k].words(w)
	}
	return nil
}

// moment is a time as CAP writes it, which has a zone.
func moment(what, s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, strings.TrimSpace(s))
	if err != nil || t.Year() < 1990 || t.Year() > 2200 {
		return time.Time{}, vedette.Errorf(vedette.CodeInvalid, "the alert's %s is %q; write it with a zone, as 2026-02-05T11:56:00-00:00", what, clipped(strings.TrimSpace(s), 40))
	}
	return t.UTC().Truncate(time.Second), nil
}

// references are the alerts that one is about: "sender,identifier,sent", with blanks
// between.
func references(s string) (out []vedette.SignalName, err error) {
	for _, one := range strings.Fields(s) {
		p := strings.Split(one, ",")
		if len(p) != 3 || p[0] == "" || p[1] == "" {
			return nil, vedette.Errorf(vedette.CodeInvalid, "the alert's references have %q; each is sender,identifier,sent", clipped(one, 80))
		}
		at, err := moment("references", p[2])
		if err != nil {
			return nil, err
		}
		if out = append(out, vedette.SignalName{Sender: line(p[0]), Identifier: line(p[1]), Sent: at}); len(out) > maxRefers {
			return nil, vedette.Errorf(vedette.CodeInvalid, "the alert refers to more than %d others", maxRefers)
		}
	}
	return out, nil
}

// line is a text in one line, without what is not shown.
func line(s string) string { return clipped(strings.Join(strings.Fields(shown(s)), " "), maxLine) }

// text is a text with its paragraphs, each in one line.
func text(s string) string {
	var all []string
	for _, p := range strings.Split(strings.ReplaceAll(shown(s), "\r\n", "\n"), "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			all = append(all, p)
		}
	}
	return clipped(strings.Join(all, "\n"), maxText)
}

func shown(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r == '\r' {
			return r
		}
		if unicode.IsControl(r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s)
}

// clipped is a text of at most n characters.
func clipped(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:n])) + " …"
}
