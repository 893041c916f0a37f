package intake

import (
	"strings"

	"golang.org/x/text/language"

	"vedette/gazetteer"
	"vedette/intake/sheet"
)

// languages are the names people write in place of a tag: English names
// first, then the names some languages have for themselves.
const languages = `
afrikaans af; albanian sq; amharic am; arabic ar; armenian hy; azerbaijani az; azeri az; basque eu; belarusian be;
bengali bn; bangla bn; bosnian bs; bulgarian bg; burmese my; catalan ca; chinese zh; mandarin zh; cantonese yue; croatian hr; czech cs;
danish da; dari fa-AF; dutch nl; flemish nl-BE; english en; estonian et; filipino fil; tagalog fil; finnish fi; french fr; galician gl; georgian ka;
german de; greek el; gujarati gu; hausa ha; hebrew he; hindi hi; hungarian hu; icelandic is; igbo ig; indonesian id; irish ga; italian it;
japanese ja; kannada kn; kazakh kk; khmer km; korean ko; kurdish ku; kurmanji ku; sorani ckb; kyrgyz ky; lao lo; latvian lv; lithuanian lt; macedonian mk;
malay ms; malayalam ml; maltese mt; marathi mr; mongolian mn; nepali ne; norwegian nb; pashto ps; persian fa; farsi fa; polish pl; portuguese pt;
punjabi pa; romanian ro; russian ru; serbian sr; sinhala si; sinhalese si; slovak sk; slovenian sl; somali so; spanish es; castilian es;
swahili sw; swedish sv; tajik tg; tamil ta; telugu te; thai th; tigrinya ti; turkish tr; turkmen tk; ukrainian uk; urdu ur; uyghur ug; uzbek uz;
vietnamese vi; welsh cy; yoruba yo; zulu zu;
français fr; deutsch de; español es; castellano es; português pt; italiano it; nederlands nl; svenska sv; dansk da; norsk nb; suomi fi; polski pl;
čeština cs; türkçe tr; русский ru; українська uk; ελληνικά el; العربية ar; فارسی fa; دری fa-AF; עברית he; اردو ur; हिन्दी hi; 中文 zh; 日本語 ja; 한국어 ko;
anglais en; englisch en; inglés en; französisch fr; francés fr; allemand de; alemán de; espagnol es; spanisch es; arabe ar; arabisch ar; árabe ar`

var languageTags = func() map[string]string {
	m := map[string]string{}
	for _, entry := range strings.Split(languages, ";") {
		name, tag, _ := strings.Cut(strings.TrimSpace(entry), " ")
		m[sheet.Fold(name)] = tag
	}
	return m
}()

var noLanguage = sheet.Reason(`is not a language we know: write a tag such as "en", "ar" or "pt-BR", or the English name`)

// ReadLanguage gives the BCP 47 tag of a tag, a name ("Arabic") or a name
// with a country ("English (US)"). The second result is the reason why it
// cannot, nil where it can.
func ReadLanguage(g *gazetteer.Gazetteer, s string) (string, error) {
	if sheet.Longer(s, 60) {
		return "", noLanguage
	}
	if tag, ok := languageTags[sheet.Fold(s)]; ok {
		return tag, nil
	}
	if name, land, ok := strings.Cut(s, "("); ok {
		tag, known := languageTags[sheet.Fold(name)]
		area, found := g.Country(strings.Trim(land, ") "))
		if known && found {
			return tag + "-" + string(area.ID), nil
		}
		return "", noLanguage
	}
	tag, err := language.Parse(s)
	if err != nil || tag.IsRoot() {
		return "", noLanguage
	}
	return tag.String(), nil
}
