package web

import (
	"net/http"

	"golang.org/x/text/language"

	"vedette"
	"vedette/deliver/words"
	"vedette/web/messages"
)

// mostAccepted is how much is read of the languages that a browser asks for, in bytes.
const mostAccepted = 200

// languageOf is the language of the pages that a request is answered with: what whoever is
// signed in has chosen, else the first that their browser asks for and the pages speak,
// else English.
func languageOf(r *http.Request) string {
	if u := signedIn(r); u != nil {
		if tag, ok := messages.Speaks(u.Language); ok {
			return tag
		}
	}
	asked := r.Header.Get("Accept-Language")
	if asked == "" || len(asked) > mostAccepted {
		return messages.English
	}
	tags, _, err := language.ParseAcceptLanguage(asked)
	if err != nil {
		return messages.English
	}
	for _, t := range tags {
		if tag, ok := messages.Speaks(t.String()); ok {
			return tag
		}
	}
	return messages.English
}

// tongue is what pages say, in the language that a request is answered in.
func tongue(r *http.Request) *messages.Tongue { return messages.In(languageOf(r)) }

// languageChoice is a language that somebody may choose, by its own name.
type languageChoice struct {
	Tag, Name string
	Right     bool
	Chosen    bool
}

// languageChoices are the languages of the pages.
func languageChoices(chosen string) []languageChoice {
	var out []languageChoice
	for _, tag := range messages.Languages() {
		w := words.In(tag)
		out = append(out, languageChoice{tag, w.Say("my.language." + tag), w.Right, tag == chosen})
	}
	return out
}

// chooseLanguage keeps the language that somebody chose for their pages.
func (p *portal) chooseLanguage(r *http.Request, me *vedette.Session) error {
	tag := r.PostForm.Get("language")
	if tag != "" {
		known, ok := messages.Speaks(tag)
		if !ok || known != tag {
			return vedette.Errorf(vedette.CodeInvalid, "there are no pages in that language; choose one of the list")
		}
	}
	return p.Desk.SetLanguage(r.Context(), me, tag)
}
