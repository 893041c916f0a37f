package deliver

import (
	_ "embed"
	"html/template"
	"strings"
	"unicode"

	"vedette"
)

//go:embed mail.html.tmpl
var mailPage string

// mailTemplate escapes all foreign text by where it stands; only the holes
// for personal parts, which are escaped when filled, go through as they are.
var mailTemplate = template.Must(template.New("mail").Parse(mailPage))

// A risk shows as a word, a shape and a colour; the colours hold 4.5:1 on
// the page's ground, and white on them.
var (
	riskColor = map[vedette.Risk]template.CSS{
		vedette.RiskLow: "#1f6f6b", vedette.RiskModerate: "#8a5a00", vedette.RiskHigh: "#b3410e", vedette.RiskExtreme: "#9b0f3d",
	}
	riskShape = map[vedette.Risk]string{
		vedette.RiskLow: "●", vedette.RiskModerate: "▲", vedette.RiskHigh: "◆", vedette.RiskExtreme: "⬣",
	}
)

// page is a sheet and what only HTML needs.
type page struct {
	*sheet
	Color, H2      template.CSS
	Shape          string
	Why            template.HTML
	IfReply, EndIf template.HTML
	ReplyHref      template.HTMLAttr
}

// html is the HTML part with its holes: inline styles, no tables, no images,
// nothing fetched from anywhere.
func (s *sheet) html() (string, error) {
	p := page{
		sheet: s, Color: riskColor[s.Risk], Shape: riskShape[s.Risk],
		H2: "font-size:17px;line-height:1.2;margin:20px 0 8px",
		Why: template.HTML(only(fieldName, hole(fieldName)+s.Words.Say("colon")) +
			only(fieldBecause, hole(fieldBecause)+". ") + only(fieldMayBe, s.Words.Say("why.may_be"))),
		IfReply:   template.HTML([]byte{openMark, byte(fieldURL) + '0'}),
		EndIf:     template.HTML([]byte{closeMark}),
		ReplyHref: template.HTMLAttr(`href="` + hole(fieldURL) + `"`),
	}
	if p.Color == "" {
		p.Color, p.Shape = "#14202b", "○"
	}
	var b strings.Builder
	if err := mailTemplate.Execute(&b, p); err != nil {
		return "", vedette.Wrap(err, vedette.CodeInternal, "the e-mail could not be laid out")
	}
	return b.String(), nil
}

// Head marks the language of the headline.
func (p page) Head() template.HTMLAttr { return p.of(p.HeadIn, p.Headline) }

// Of marks the language of a line of advice.
func (p page) Of(l adviceLine) template.HTMLAttr { return p.of(l.Language, l.Text) }

// of marks a text of a language that is known; "" is a report's words.
func (p page) of(language, text string) template.HTMLAttr {
	switch language {
	case "":
		return p.Tongue(text)
	case p.Words.Language:
		return ""
	}
	return template.HTMLAttr(` lang="` + template.HTMLEscapeString(language) + `"`)
}

// Tongue marks a report's words in a frame of another language: reports are read
// in English, and what is in another script is in a language not known here.
func (p page) Tongue(text string) template.HTMLAttr {
	if p.Words.Language == "en" {
		return ""
	}
	if strings.ContainsFunc(strings.TrimPrefix(text, p.Mark), func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }) {
		return ` lang=""`
	}
	return ` lang="en"`
}
