package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"vedette"
	"vedette/paper/papertest"
)

// paperOf is what a document says, and how large it is, for somebody who reads a language.
func (w *world) paperOf(t *testing.T, path, language string) (words string, size int) {
	t.Helper()
	rec := w.ask("GET", path, "", "Accept-Language", language)
	if rec.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", path, rec.Code, rec.Body)
	}
	return papertest.Text(t, rec.Body.Bytes()), rec.Body.Len()
}

// An update's document says what it says itself in the language of whoever asks for it, in
// letters that can be searched and copied, and the report's words as they were written.
func TestAnUpdateAsPDFIsInTheLanguageOfItsReader(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	for _, at := range []string{"/updates/" + string(u.ID) + "/update.pdf", w.shared(u, "The embassy") + "/update.pdf"} {
		for language, wants := range map[string][]string{
			"ar": {"ما العمل", "المنطقة المتأثرة", "الخطر", "المصادر والسجل", "نُشر", "مرتفع", "ليبيا", "تونس"},
			"fa": {"چه باید کرد", "منطقهٔ متأثر", "خطر", "لیبی"},
			"he": {"מה לעשות", "האזור המושפע", "סיכון", "לוב"},
			"fr": {"Que faire", "Zone touchée", "Risque", "Publié", "Libye", "page 1 sur"},
			"es": {"Qué hacer", "Riesgo", "Libia"},
			"ru": {"Что делать", "Риск", "Ливия"},
		} {
			words, size := w.paperOf(t, at, language)
			for _, want := range append(wants, "Dock walk-out closes Tunisian ports") {
				if !strings.Contains(words, want) {
					t.Errorf("%s in %s lacks %q", at, language, want)
				}
			}
			for _, never := range []string{"What to do", "Affected area", "Sources and record", "page 1 of", "what was corrected since", "Extreme ·"} {
				if strings.Contains(words, never) {
					t.Errorf("%s in %s says %q", at, language, never)
				}
			}
			if size > 180_000 {
				t.Errorf("%s in %s has %d bytes", at, language, size)
			}
		}
	}
}

// The key of a document's map says what each hatch means in the words of the page.
func TestTheKeyOfAMapOnPaperSaysWhatThePageSays(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	page := w.get("/updates/" + string(u.ID))
	key := regexp.MustCompile(`(?s)<ul class="key">.*?</ul>`).FindString(page)
	words, _ := w.paperOf(t, "/updates/"+string(u.ID)+"/update.pdf", "en")
	n := 0
	for _, line := range regexp.MustCompile(`<span>(.*?)</span>`).FindAllStringSubmatch(key, -1) {
		n++
		if !strings.Contains(words, text(line[1])) {
			t.Errorf("%q is not under the map: %s", text(line[1]), words)
		}
	}
	if n < 2 || strings.Contains(words, "Extreme · ") {
		t.Errorf("%d lines of a key; %s", n, words)
	}
}

// A report of the situation is in the language of whoever asks for it; one that is kept
// stays in the language it was signed in, byte for byte, whoever opens it.
func TestAReportOfTheSituationAsPDFIsInTheLanguageOfItsReader(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	w.answer(u, "Bo", "2", "hurt")
	base := "/updates/" + string(u.ID) + "/sitrep"
	words, _ := w.paperOf(t, base+".pdf?next=20:00+UTC", "ar")
	for _, want := range []string{"تقرير الوضع", "الأعداد", "ما هو غير معروف", "القرارات", "20:00 UTC"} {
		if !strings.Contains(words, want) {
			t.Errorf("in Arabic it lacks %q: %s", want, words)
		}
	}
	if strings.Contains(words, "What is not known") || strings.Contains(words, "Situation report") {
		t.Errorf("it speaks English: %s", words)
	}

	rec := w.ask("POST", base, filled("by", "Ada", "id", string(vedette.NewID(w.now)), "next", "", "note", "").Encode(), "Accept-Language", "ar")
	to := rec.Header().Get("Location")
	kept := w.ask("GET", to+"/report.pdf", "", "Accept-Language", "ar").Body.String()
	for _, language := range []string{"en", "he"} {
		if w.ask("GET", to+"/report.pdf", "", "Accept-Language", language).Body.String() != kept {
			t.Errorf("who reads %s is given another file", language)
		}
	}
	sum := sha256.Sum256([]byte(kept))
	if words := papertest.Text(t, []byte(kept)); !strings.Contains(words, "تقرير الوضع") || !strings.Contains(w.get(to), hex.EncodeToString(sum[:])) {
		t.Errorf("what was kept in Arabic is not, or not what was signed: %s", words)
	}
}

// Maps on pages speak the language of whoever looks, also right after somebody who reads
// another; that of the world is over one and the same ground.
func TestMapsOfPagesAreInTheLanguageOfTheReader(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	ground := map[string]bool{}
	for range 2 {
		for language, want := range map[string][4]string{
			"en": {">Tunisia<", "Map: Maghreb", ">Brazil<", "Map: where which travel advice stands and what is open"}, "ar": {">تونس<", "خريطة: ", ">البرازيل<", "خريطة: موقف السفر القائم في كل مكان والأوضاع المفتوحة"}, "ru": {">Тунис<", "Карта: ", ">Бразилия<", "Карта: где какая рекомендация для поездок действует и что открыто"},
		} {
			page := w.ask("GET", "/updates/"+string(u.ID), "", "Accept-Language", language).Body.String()
			world := w.ask("GET", "/world", "", "Accept-Language", language).Body.String()
			for _, said := range want[:2] {
				if !strings.Contains(page, said) {
					t.Errorf("the map of an update in %s does not say %s", language, said)
				}
			}
			if !strings.Contains(world, want[2]) || !strings.Contains(world, want[3]) || language != "en" && strings.Contains(world, ">Brazil<") {
				t.Errorf("the map of the world in %s does not say %s and %s", language, want[2], want[3])
			}
			for _, f := range regexp.MustCompile(worldGroundPath+`[^"]+`).FindAllString(world, -1) {
				ground[f] = true
			}
		}
	}
	if len(ground) != 2 {
		t.Errorf("the ground, light and dark, is %d files", len(ground))
	}
}

// What somebody chose on their account goes before what their browser asks for, on paper as
// on pages.
func TestAPDFIsInTheLanguageThatWasChosen(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	w.user("ada", vedette.RoleAdministrator)
	ada := w.signs("ada")
	w.as(ada, "POST", "/account", http.StatusSeeOther, "do", "language", "language", "he")
	rec := w.ask("GET", "/updates/"+string(u.ID)+"/update.pdf", "", "Cookie", ada, "Accept-Language", "fr")
	if words := papertest.Text(t, rec.Body.Bytes()); !strings.Contains(words, "מה לעשות") || strings.Contains(words, "Que faire") {
		t.Errorf("who chose Hebrew is given: %s", words)
	}
}
