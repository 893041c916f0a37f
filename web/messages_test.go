package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"html"
	"html/template"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"
	"unicode"

	nethtml "golang.org/x/net/html"

	"vedette/web/messages"
)

// spokenIn are the English sentences of a template, and of the code, with where each is.
func spokenIn(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range templateNames(t) {
		for _, tree := range treesOf(t, name) {
			walk(tree.Root, func(n parse.Node) {
				c, ok := n.(*parse.CommandNode)
				if !ok || len(c.Args) < 2 {
					return
				}
				if f, ok := c.Args[0].(*parse.IdentifierNode); ok && (f.Ident == "t" || f.Ident == "rich") {
					if s, ok := c.Args[1].(*parse.StringNode); ok {
						all[s.Text] = name
					}
				}
			})
		}
	}
	for english, where := range markedInCode(t) {
		all[english] = where
	}
	for english, where := range errorForms(t) {
		all[english] = where
	}
	return all
}

func templateNames(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(templateFS, "templates/*.html")
	if err != nil || len(names) == 0 {
		t.Fatal("no templates", err)
	}
	return names
}

// treesOf parses a file of templates.
func treesOf(t *testing.T, name string) map[string]*parse.Tree {
	t.Helper()
	b, err := fs.ReadFile(templateFS, name)
	if err != nil {
		t.Fatal(err)
	}
	trees, err := parse.Parse(name, string(b), "", "", pageFuncs(messages.In("en")), map[string]any{"eq": 1, "ne": 1, "and": 1, "or": 1, "not": 1, "len": 1, "lt": 1, "gt": 1, "le": 1, "ge": 1, "index": 1, "printf": 1, "print": 1, "slice": 1})
	if err != nil {
		t.Fatal(err)
	}
	return trees
}

// walk calls for every node of a template.
func walk(n parse.Node, do func(parse.Node)) {
	pipe := func(p *parse.PipeNode) {
		if p != nil {
			walk(p, do)
		}
	}
	list := func(l *parse.ListNode) {
		if l != nil {
			walk(l, do)
		}
	}
	do(n)
	switch n := n.(type) {
	case *parse.ListNode:
		for _, c := range n.Nodes {
			walk(c, do)
		}
	case *parse.ActionNode:
		pipe(n.Pipe)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			walk(c, do)
		}
	case *parse.CommandNode:
		for _, a := range n.Args {
			walk(a, do)
		}
	case *parse.TemplateNode:
		pipe(n.Pipe)
	case *parse.IfNode:
		pipe(n.Pipe)
		list(n.List)
		list(n.ElseList)
	case *parse.RangeNode:
		pipe(n.Pipe)
		list(n.List)
		list(n.ElseList)
	case *parse.WithNode:
		pipe(n.Pipe)
		list(n.List)
		list(n.ElseList)
	}
}

// markedInCode are the sentences that code makes: what Of, Mark, Say and Rich are called
// with.
func markedInCode(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range goFiles(t) {
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			called := calledAs(call, f.Name.Name)
			if called != "messages.Of" && called != "messages.Mark" && called != "wording.Of" && called != "wording.Mark" {
				return true
			}
			lit, ok := call.Args[0].(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				t.Errorf("%s: %s is called with no sentence that is written out there", set.Position(call.Pos()), called)
				return true
			}
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			all[s] = name
			return true
		})
	}
	return all
}

// calledAs is the function that is called, with the package it is of.
func calledAs(call *ast.CallExpr, within string) string {
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok {
			return x.Name + "." + f.Sel.Name
		}
	case *ast.Ident:
		return within + "." + f.Name
	}
	return ""
}

// goFiles are the program's sources, without tests.
func goFiles(t *testing.T) (list []string) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && d.Name() != ".."):
			return filepath.SkipDir
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
			list = append(list, path)
		}
		return nil
	})
	if err != nil || len(list) == 0 {
		t.Fatal("no sources", err)
	}
	return list
}

var (
	verbs = regexp.MustCompile(`%(\[\d\])?([.0-9]*)([a-zA-Z%])`)
	tags  = regexp.MustCompile(`</?(?:b|strong|em|i|code|[1-9])>`)
)

// textual makes of a verb the one that other languages have in its place: what is text they
// put between quotes of their own.
var textual = strings.NewReplacer("]q", "]s", "]v", "]s", "]U", "]s")

// shape is what of a sentence has to be in each language: what is filled in, and its
// elements.
func shape(s string) string {
	var out []string
	n := 0
	for _, m := range verbs.FindAllStringSubmatch(s, -1) {
		if m[3] == "%" {
			continue
		}
		if n++; m[1] != "" {
			n, _ = strconv.Atoi(strings.Trim(m[1], "[]"))
		}
		out = append(out, "%["+strconv.Itoa(n)+"]"+m[2]+m[3])
	}
	out = append(out, tags.FindAllString(s, -1)...)
	slices.Sort(out)
	return strings.Join(out, " ")
}

// TestEveryMessageIsSaidInEveryLanguage: what a page says in English it says in each of
// the languages, with the same filled in and the same elements.
func TestEveryMessageIsSaidInEveryLanguage(t *testing.T) {
	spoken := spokenIn(t)
	for _, tag := range messages.Languages() {
		if tag == messages.English {
			continue
		}
		in := messages.In(tag)
		has := map[string]bool{}
		for _, english := range in.English() {
			has[english] = true
			if _, ok := spoken[english]; !ok {
				t.Errorf("%s.csv: %q is said nowhere; take the row out", tag, english)
			}
			meant, _, _ := strings.Cut(english, "##")
			if a, b := textual.Replace(shape(meant)), strings.ReplaceAll(shape(in.Text(english)), "]v", "]s"); a != b {
				t.Errorf("%s.csv: %q has %q in it, and %q has %q", tag, english, a, in.Text(english), b)
			}
		}
		for english, where := range spoken {
			if !has[english] {
				t.Errorf("%s.csv lacks %q, of %s", tag, english, where)
			}
		}
	}
}

// onlyEnglish are templates whose words are not yet said in other languages.
var onlyEnglish = []string{}

// TestNoPageSaysWhatNoMessageIs: what a template says stands in a message, and nothing
// else does.
func TestNoPageSaysWhatNoMessageIs(t *testing.T) {
	for _, name := range templateNames(t) {
		bare := bareWords(t, name)
		listed := slices.Contains(onlyEnglish, strings.TrimPrefix(name, "templates/"))
		if listed && len(bare) == 0 {
			t.Errorf("%s is listed in onlyEnglish, and says all by messages; take it out of the list", name)
		}
		if listed {
			continue
		}
		for _, b := range bare {
			t.Errorf("%s says %q, and by no message: write {{t %q}}", name, b, b)
		}
	}
}

// bareWords are the words of a file of templates that are no message.
func bareWords(t *testing.T, name string) []string {
	t.Helper()
	var out []string
	for _, tree := range treesOf(t, name) {
		var b strings.Builder
		walk(tree.Root, func(n parse.Node) {
			switch n := n.(type) {
			case *parse.TextNode:
				b.Write(n.Text)
			case *parse.ActionNode:
				b.WriteString("\x00")
			}
		})
		out = append(out, wordsOfHTML(b.String())...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// read are attributes that are read out or shown.
var readAttributes = []string{"aria-label", "title", "alt", "placeholder", "aria-description", "aria-roledescription"}

// wordsOfHTML are the texts of a page that somebody reads.
func wordsOfHTML(s string) []string {
	var out []string
	add := func(s string) {
		s = strings.TrimSpace(strings.ReplaceAll(html.UnescapeString(s), "\x00", " "))
		if strings.ContainsFunc(s, unicode.IsLetter) && !slices.Contains(alike, s) {
			out = append(out, s)
		}
	}
	s = strings.NewReplacer("<noscript>", "", "</noscript>", "").Replace(s) // what is in it is one text to the tokenizer
	z := nethtml.NewTokenizer(strings.NewReader(s))
	quiet := 0 // within code, script, style
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			return out
		case nethtml.TextToken:
			if quiet == 0 {
				add(string(z.Text()))
			}
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			tok := z.Token()
			if slices.Contains([]string{"code", "script", "style"}, tok.Data) {
				quiet++
			}
			for _, a := range tok.Attr {
				if slices.Contains(readAttributes, a.Key) {
					add(a.Val)
				}
			}
		case nethtml.EndTagToken:
			if tok := z.Token(); slices.Contains([]string{"code", "script", "style"}, tok.Data) {
				quiet--
			}
		}
	}
}

// alike are what is the same in each language.
var alike = []string{"Vedette", "UTC", "CSV", "PDF", "GeoJSON", ".ics", "SHA-256", "2026-02-05T02:20Z", "Europe/Paris", "https://"}

// TestASentenceKeepsToItself: what is filled in makes no element and turns no sentence.
func TestASentenceKeepsToItself(t *testing.T) {
	fr := messages.In("fr")
	got, err := fr.Rich("<b>%s</b> of <1>%s</1>", `<b onclick="x">`, "<1>", messages.Link(`/a"b`))
	if err != nil {
		t.Fatal(err)
	}
	if want := template.HTML(`<b>&#60;b onclick=&#34;x&#34;&gt;</b> of <a href="/a&#34;b">&#60;1&gt;</a>`); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, _ := fr.Rich("<1>x</1>", messages.Link("//elsewhere.example")); strings.Contains(string(got), "elsewhere") {
		t.Errorf("a sentence leads elsewhere: %s", got)
	}
	if got, _ := fr.Rich("made by %s, it is said", messages.Bdi("<b>")); got != "made by <bdi>&#60;b&gt;</bdi>, it is said" {
		t.Errorf("a name makes an element: %s", got)
	}
	if _, err := fr.Rich("<2>x</2>", messages.Link("/a")); err == nil {
		t.Error("an element that is not there is no error")
	}
}

// TestThePagesAreReadInEveryLanguage: a language's pages are read when somebody first asks
// for one, and none of them fails then.
func TestThePagesAreReadInEveryLanguage(t *testing.T) {
	all, err := parsePages()
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range append(messages.Languages(), "xx") {
		if set, err := all.in(tag); err != nil || set.Lookup("update") == nil {
			t.Errorf("%s: %v, %v", tag, set, err)
		}
	}
}
