package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"sync"
	"text/template/parse"

	"vedette"
	"vedette/web/messages"
)

//go:embed templates
var templateFS embed.FS

// pages are the templates in each language the pages speak. Each takes memory of its own,
// and is read when somebody first asks for a page in it.
type pages map[string]func() (*template.Template, error)

// parsePages reads all templates in English; a value they ask for and do not get is an
// error, not a gap on the page.
func parsePages() (pages, error) {
	all := pages{}
	for _, tag := range messages.Languages() {
		all[tag] = sync.OnceValues(func() (*template.Template, error) { return parseIn(messages.In(tag)) })
	}
	_, err := all[messages.English]()
	return all, err
}

// in gives the templates of a language: the English ones where there is none such.
func (p pages) in(tag string) (*template.Template, error) {
	if read := p[tag]; read != nil {
		return read()
	}
	return p[messages.English]()
}

// draw draws a page, or a part of one, in a language.
func (p pages) draw(language, name string, view any) (*bytes.Buffer, error) {
	set, err := p.in(language)
	b := &bytes.Buffer{}
	if err == nil {
		err = set.ExecuteTemplate(b, name, view)
	}
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInternal, "page %s cannot be drawn", name)
	}
	return bytes.NewBuffer(stoodIn(messages.In(language), b.Bytes())), nil
}

// parseIn reads all templates in a language.
func parseIn(in *messages.Tongue) (*template.Template, error) {
	set, err := template.New("").Funcs(pageFuncs(in)).Option("missingkey=error").ParseFS(templateFS, "templates/*.html")
	if err != nil {
		return nil, err
	}
	for _, t := range set.Templates() {
		if t.Tree != nil {
			settle(t.Tree.Root, in)
		}
	}
	return set, nil
}

// pageFuncs are what a template calls besides the language's own: t says a sentence, rich
// one with elements in it, which link and others make.
func pageFuncs(in *messages.Tongue) template.FuncMap {
	return template.FuncMap{
		"named":   func(b byline, id, label string) namedBy { return namedBy{b, id, label} },
		"tile":    func(n int, of, address string) whoTile { return whoTile{n, tileWords[of], address, of == "unreached"} },
		"field":   fieldOf,
		"fields":  fieldsOf,
		"t":       func(of any, args ...any) (string, error) { return sayIn(in, of, args...) },
		"whole":   func(of any) (string, error) { return wholeIn(in, of) },
		"said":    func(of any) any { return saidIn(in, of) },
		"rich":    in.Rich,
		"link":    messages.Link,
		"title":   titleLink,
		"styled":  styled,
		"bdi":     messages.Bdi,
		"sourced": func(s sourceLink) template.HTML { return s.in(in) },
		"clock":   clockTag,
		"then":    func(m moment) template.HTML { return thenIn(in, m) },
		"timed":   func(m moment) template.HTML { return timeIn(in, m) },
		"on":      func(m moment) template.HTML { return dayIn(in, m) },
		"newtab":  newTab,
		"origin":  toOrigin,
		"problem": func(of any) (template.HTML, error) { return problemIn(in, of) },
	}
}

// sayIn says what a template names: an English sentence, a sentence that code made.
func sayIn(in *messages.Tongue, of any, args ...any) (string, error) {
	switch s := of.(type) {
	case string:
		return in.Say(s, args...), nil
	case messages.Said:
		return in.Say(s.English, s.Args...), nil
	}
	return "", fmt.Errorf("t says sentences, not %T", of)
}

// wholeIn says it as a sentence that stands alone: with a large letter, and a stop.
func wholeIn(in *messages.Tongue, of any) (string, error) {
	said, err := sayIn(in, of)
	if err != nil || said == "" {
		return "", err
	}
	return begun(ended(said)), nil
}

// saidIn says a sentence that code made; what somebody wrote it leaves as it is.
func saidIn(in *messages.Tongue, of any) any {
	if s, ok := of.(messages.Said); ok {
		return in.Say(s.English, s.Args...)
	}
	return of
}

// settle writes sentences that have nothing to fill in into the template itself, so that
// they cost nothing when it is drawn.
func settle(list *parse.ListNode, in *messages.Tongue) {
	if list == nil {
		return
	}
	for i, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			if english, ok := sentenceOf(n); ok {
				list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(template.HTMLEscapeString(in.Say(english)))}
			}
		case *parse.IfNode:
			settle(n.List, in)
			settle(n.ElseList, in)
		case *parse.RangeNode:
			settle(n.List, in)
			settle(n.ElseList, in)
		case *parse.WithNode:
			settle(n.List, in)
			settle(n.ElseList, in)
		}
	}
}

// sentenceOf is the sentence of {{t "…"}} alone.
func sentenceOf(n *parse.ActionNode) (string, bool) {
	if len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds) != 1 || len(n.Pipe.Cmds[0].Args) != 2 {
		return "", false
	}
	called, ok := n.Pipe.Cmds[0].Args[0].(*parse.IdentifierNode)
	if !ok || called.Ident != "t" {
		return "", false
	}
	s, ok := n.Pipe.Cmds[0].Args[1].(*parse.StringNode)
	if !ok {
		return "", false
	}
	return s.Text, true
}
