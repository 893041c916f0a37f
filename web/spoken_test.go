package web

import (
	"strings"
	"testing"

	"vedette"
	"vedette/web/messages"
)

// TestWhatIsToGoOutIsSaidInEachLanguage: from the form of a flash to the word of a second
// person, pages are whole in every language, and say in it what goes out and what does not.
func TestWhatIsToGoOutIsSaidInEachLanguage(t *testing.T) {
	w := newWorld(t)
	who := w.wantsTwo(vedette.ApproveAll)
	base, _ := w.sketched(vedette.UrgencyImmediate, vedette.RiskExtreme)
	asked := w.asking(who["ana"], base)
	form := w.ask("GET", "/flash", "", "Cookie", who["ben"]).Body.String()
	flash := w.flashed(who["ben"], "id", flashID.FindStringSubmatch(form)[1], "template", "unrest", "where", "Tunis", "line", "Crowd", "status", "actual")
	w.set("Tunisia", vedette.TravelWithCaution, "", "الميناء مفتوح والطريق آمن")
	w.set("Tunisia", vedette.ReconsiderTravel, "FCDO", "their page of 12 March")
	says := map[string]string{
		"/flash": "Nothing goes out by this: the next page says who is told what, and has the button.", "/flash/look?where=Tunis": "may be in",
		"/drafts": "Updates in the making. Nobody is told of one until somebody publishes it.", base: "Who was rung, and what became of it", base + "/tells": "Whom it would tell",
		base + "/draw": "Nobody is told by it: the draft then shows whom it would tell.", base + "/reading": "What the reader doubts", flash: "Flash, not sent yet",
		"/approvals": "Approvals", asked: "Your word", "/posture": "The travel advice that stands, area by area. Publishing may raise it; it falls only by a person, with a reason.",
		"/posture/TN": "Beside it", "/flash/templates": "Write your own", "/flash/templates/unrest": "Its own language",
	}
	for _, tag := range messages.Languages() {
		for path, english := range says {
			cookie := who["ben"]
			if strings.HasPrefix(path, "/flash/templates") {
				cookie = who["admin"]
			}
			page := w.ask("GET", path, "", "Cookie", cookie, "Accept-Language", tag).Body.String()
			if said := messages.In(tag).Text(english); !strings.Contains(text(page), said) {
				t.Errorf("%s in %s does not say %q: %s", path, tag, said, text(page))
			}
			for _, wrong := range []string{"%!", "ZgotmplZ", "&lt;bdi", "&lt;time", "##"} {
				if strings.Contains(page, wrong) {
					t.Errorf("%s in %s has %q in it", path, tag, wrong)
				}
			}
		}
	}
}
