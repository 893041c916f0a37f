package browser

import (
	"slices"
	"strings"
	"testing"

	"vedette"
)

// A board moves by itself when an answer comes, whoever is at a link of it stays there,
// and nothing was loaded again; when the line is gone it says how old it is.
func TestABoardMovesByItself(t *testing.T) {
	needs(t)
	w := newWorld(t)
	pages, reply := w.night()
	board := pages[slices.IndexFunc(pages, func(p string) bool { return strings.HasSuffix(p, "/board") })]
	page := w.window()
	page.visit(board)
	page.awaits("Live, as of")
	page.reads("1 need help", "1 safe")
	page.until("nobody loaded it again", `(document.body.dataset.here = "yes", true)`)
	page.until("the focus is on a count", `(document.querySelector(".tile.safe a").focus(), document.activeElement.href.includes("answer=safe"))`)
	_, err := w.desk.Answer(w.ctx, strings.TrimPrefix(reply, "/r/"), vedette.ReplyHelp, "they came back")
	w.must(err)
	page.awaits("2 need help")
	page.until("nobody loaded it again", `document.body.dataset.here === "yes"`)
	page.until("the focus stayed", `document.activeElement.href?.includes("answer=safe")`)
	page.shot("board-live")
	w.must(w.shut())
	page.awaits("The line is gone.")
	page.shot("board-lost")
}
