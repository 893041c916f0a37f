package bounce

import (
	"bufio"
	"io"
	"net/textproto"
	"regexp"
	"slices"
	"strings"
)

// complaints are the sorts of feedback by which a mail is not wanted (RFC 5965,
// section 7.3). A virus, a failed signature or "not spam" is no word of its
// reader's on us.
var complaints = []string{"abuse", "fraud", "opt-out", "opt-out-list"}

// feedback reads the fields of a feedback report: what sort it is of, and of
// which mail, as far as the mail itself, which is quoted, does not say. Who
// passes such reports on may take the address out of them.
func (r *Returned) feedback(body io.Reader) {
	h, _ := textproto.NewReader(bufio.NewReader(body)).ReadMIMEHeader() // what could be read
	sort := strings.ToLower(strings.TrimSpace(h.Get("Feedback-Type")))
	if !slices.Contains(complaints, sort) {
		return
	}
	r.Action, r.Why = Complained, line(sort)
	if t := tag(bare(h.Get("Original-Mail-From"))); t != "" {
		r.Tokens = append(r.Tokens, t)
	}
	for _, name := range []string{"Original-Rcpt-To", "Removal-Recipient"} {
		for _, who := range h.Values(name) {
			if who = bare(who); strings.Contains(who, "@") && len(r.For) < maxParts {
				r.For = append(r.For, who)
			}
		}
	}
}

// bare is an address without what stands around it.
func bare(s string) string { return strings.Trim(strings.TrimSpace(s), "<>") }

var tokens = regexp.MustCompile(`^[0-9a-v]{20,80}$`)

// Told makes what a provider tells of a mail that a token names. A status that
// says nothing ("5.0.0") is looked for in its words; of what is no token none is
// kept.
func Told(action Action, token, address, status, why string) Returned {
	r := Returned{Action: action, Status: code.FindString(status), Why: line(why)}
	if said := code.FindString(why); said != "" && (r.Status == "" || strings.HasSuffix(r.Status, ".0.0")) {
		r.Status = said
	}
	if tokens.MatchString(token) {
		r.Tokens = []string{token}
	}
	if len(address) <= 320 && strings.Contains(address, "@") {
		r.For = []string{bare(address)}
	}
	return r
}
