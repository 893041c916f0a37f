package web

import (
	"bytes"

	"vedette/web/messages"
)

// standIns stand for who a restricted person is, and for what is said of them, to whoever
// may not know it. They come in the place of a name or of somebody's words, which pages
// show as they are; so they are put into the reader's language once the page is drawn.
var standIns = []string{messages.Mark("(restricted person)"), messages.Mark("(not shown)")}

// stoodIn puts them into a language.
func stoodIn(in *messages.Tongue, page []byte) []byte {
	if in.Language == messages.English {
		return page
	}
	for _, s := range standIns {
		if bytes.Contains(page, []byte(s)) {
			page = bytes.ReplaceAll(page, []byte(s), []byte(in.Say(s)))
		}
	}
	return page
}
