package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"vedette"
	"vedette/httpd"
)

// maxForm is how much of a form is held in memory, in bytes: all of it, so that no
// file of people ever lies on a disk in the clear. Its whole is bounded by the
// ground.
const maxForm = maxImport + 1<<20

// readForm reads the form of an act, and who acts: "" where they did not say.
func readForm(w http.ResponseWriter, r *http.Request) (by string, err error) {
	if err := parseForm(r); err != nil {
		return "", err
	}
	by = r.PostForm.Get("by")
	remember(w, r, by)
	return by, fits(r.PostForm)
}

// parseForm reads a form of either kind.
func parseForm(r *http.Request) error {
	err := r.ParseForm()
	if err == nil {
		err = r.ParseMultipartForm(maxForm)
	}
	if err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return vedette.Wrap(err, vedette.CodeInvalid, "the form could not be read; send it again, a file of at most %d MB", max(importBounds[r.URL.Path], httpd.MaxBody)>>20)
	}
	return nil
}

// fits refuses names of places and people that are longer than is read: cut, they
// would be others, or fewer.
func fits(f url.Values) error {
	for name, most := range map[string]int{"area": maxTyped, "at": maxTyped, "circle": maxTyped, "people": maxTypedLines, "add": maxTypedLines, "callers": maxTypedLines, "except": maxTypedLines} {
		if n := len(strings.Join(f[name], "; ")); n > most {
			return vedette.Errorf(vedette.CodeInvalid, "nothing was done: what was typed is %d bytes long, and %d are read; use fewer at once, or the command line", n, most)
		}
	}
	return nil
}

// readCount reads how many people somebody typed that an act tells, 0 for none.
func readCount(r *http.Request) (int, error) {
	text := strings.TrimSpace(r.PostForm.Get("count"))
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, vedette.Errorf(vedette.CodeInvalid, "nothing was done: type how many people it tells, in digits")
	}
	return n, nil
}

// readSeen reads what whoever acts saw of how often it was done before, so that
// a form that is sent twice, or by two people, does it once.
func readSeen(r *http.Request) (int, error) {
	n, err := strconv.Atoi(r.PostForm.Get("seen"))
	if err != nil || n < 0 {
		return 0, vedette.Errorf(vedette.CodeInvalid, "nothing was done: the form does not say what was to be seen when it was opened; look, and press again")
	}
	return n, nil
}

// seen is what readSeen reads.
func seen(n int) field { return field{"seen", strconv.Itoa(n)} }

// mends says whether whoever sent a form can mend what is wrong with it: the
// page then shows it again, with the sentence.
func mends(err error) bool {
	code := vedette.ErrorCode(err)
	return code == vedette.CodeInvalid || code == vedette.CodeConflict || code == vedette.CodeBlocked
}

// onPage are what a command says by a flag or a further command, as a page
// says it.
var onPage = strings.NewReplacer("say --yes=", "type ", "--yes=", "", "see `vedette who`", "see Who is where", "say --prune-many too", "tick that it is right", "only with --anyway", "only if you tick that", "say --anyway", "tick that it goes out anyway",
	"Give the all-clear for it too (--of), or decide with --accept --reason …", "Tick its situation too, or decide that it is given all the same, and say why")

// field is something a form says without being asked.
type field struct{ Name, Value string }

// kept are what a form said, to be said once more with the press that does it.
func kept(r *http.Request) (out []field) {
	for name, values := range r.PostForm {
		if slices.Contains([]string{"sure", "count", "seen", "by", "anyway", "accept", "despite"}, name) || strings.HasPrefix(name, alsoPrefix) {
			continue
		}
		for _, value := range values {
			out = append(out, field{name, value})
		}
	}
	slices.SortFunc(out, func(a, b field) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// sure says whether a form is the press that does it, not the one that asks
// what it would do.
func sure(r *http.Request) bool { return r.PostForm.Get("sure") != "" }
