package mailbox

import (
	_ "embed"
	"html/template"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// Path is where the pages are; a mail is at Path + "/" + its number.
const Path = "/demo/mailbox"

// maxList is how many mails the list shows.
const maxList = 1000

//go:embed pages.html.tmpl
var pagesText string

var pages = template.Must(template.New("mailbox").Parse(pagesText))

// The pages run no script and fetch nothing but the stylesheet. A mail's
// HTML stands only in an iframe without any right, as srcdoc, never at an
// address of its own; it inherits the page's policy, so the page of a mail
// lets inline styles be.
const (
	policy     = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'self'"
	policyMail = policy + " 'unsafe-inline'"
)

// Handler serves the list of mails and each mail. It answers GET only.
func (m *Mailbox) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+Path, m.list)
	mux.HandleFunc("GET "+Path+"/{no}", m.show)
	return mux
}

type listPage struct {
	Path  string
	Count int
	Mails []Message
}

func (m *Mailbox) list(w http.ResponseWriter, _ *http.Request) {
	show(w, policy, "list", listPage{Path: Path, Count: m.Count(), Mails: m.Messages(maxList)})
}

type mailPage struct {
	Path string
	Message
	TextParts []textPart
}

func (m *Mailbox) show(w http.ResponseWriter, r *http.Request) {
	no, err := strconv.Atoi(r.PathValue("no"))
	msg, ok := m.Message(no)
	if err != nil || !ok {
		http.Error(w, "There is no such mail here, or it has made room for newer ones.", http.StatusNotFound)
		return
	}
	show(w, policyMail, "mail", mailPage{Path: Path, Message: msg, TextParts: links(msg.Text)})
}

func show(w http.ResponseWriter, csp, name string, page any) {
	var b strings.Builder
	if err := pages.ExecuteTemplate(&b, name, page); err != nil {
		http.Error(w, "This page could not be made.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", csp)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	w.Write([]byte(b.String()))
}

// textPart is a run of text, or a web address that becomes a link.
type textPart struct {
	Text string
	Link bool
}

var webAddress = regexp.MustCompile(`https?://[^\s<>"]+`)

// links sets the web addresses in a text apart.
func links(text string) []textPart {
	var out []textPart
	at := 0
	for _, span := range webAddress.FindAllStringIndex(text, 100) {
		out = append(out, textPart{Text: text[at:span[0]]}, textPart{Text: text[span[0]:span[1]], Link: true})
		at = span[1]
	}
	return append(out, textPart{Text: text[at:]})
}
