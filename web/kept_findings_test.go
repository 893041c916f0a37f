package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vedette"
	"vedette/web/messages"
)

// literals are the strings that are written out in some packages, with where; only those
// for which keep says so, by what they stand in.
func literals(t *testing.T, dirs []string, keep func(within []ast.Node) bool) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range goFiles(t) {
		if !slices.Contains(dirs, strings.TrimPrefix(filepath.Dir(name), "../")) {
			continue
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		var within []ast.Node
		ast.Inspect(f, func(n ast.Node) bool {
			if n == nil {
				within = within[:len(within)-1]
				return true
			}
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && keep(within) {
				s, _ := strconv.Unquote(lit.Value)
				all[s] = set.Position(lit.Pos()).String()
			}
			within = append(within, n)
			return true
		})
	}
	return all
}

// readable says whether a page reads back a form that code fills in.
func readable(form string, forms ...[]string) bool {
	form = strings.ReplaceAll(form, "%q", `"%s"`)
	for _, f := range slices.Concat(forms...) {
		if shown, _, _ := strings.Cut(f, "##"); shown == form {
			return true
		}
	}
	return false
}

// TestEveryFindingIsReadBack: what the reader of a report doubts a page says in each
// language.
func TestEveryFindingIsReadBack(t *testing.T) {
	doubts := literals(t, []string{"parse", "parse/counsel", "parse/layout", "parse/place"}, func(within []ast.Node) bool {
		for _, n := range within {
			switch n := n.(type) {
			case *ast.CallExpr:
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "find" {
					return true
				}
			case *ast.KeyValueExpr:
				if k, ok := n.Key.(*ast.Ident); ok && k.Name == "Message" {
					return true
				}
			}
		}
		return false
	})
	if len(doubts) < 35 {
		t.Fatalf("only %d sentences of findings are found in the code", len(doubts))
	}
	for form, where := range doubts {
		whole := strings.Contains(form, " ") && form != "the advice is for %s" && form != "2 January 2006"
		if whole && !readable(form, keptFindings) {
			t.Errorf("%s: a page has %q in English; write it into keptFindings", where, form)
		}
	}
}

// TestAFindingIsSaidInTheReadersLanguage: with the words of the report as they are, and
// what was filled in said, too.
func TestAFindingIsSaidInTheReadersLanguage(t *testing.T) {
	fr := messages.In("fr")
	for kept, want := range map[string]string{
		`"Georgia" could be Georgia or Georgia (United States)`:                                                           `« Georgia » peut désigner Georgia ou Georgia (United States)`,
		`the copies differ: line 7 has "a \"b\"", line 9 has "c"`:                                                         `ligne 7`,
		"day and month of the time of issue could be the other way round; read as 5 February 2026":                        "5 févr. 2026",
		"not a report: the text is empty":                                                                                 "le texte est vide",
		"“Leave Iraq.” (update 2 of Crisis) beside “Shelter.” (this draft), for people in Basra, Erbil — both were meant": "mise à jour 2 de Crisis",
		"<b>what nobody foresaw</b>":                                                                                      "<b>what nobody foresaw</b>",
	} {
		s := readFinding(kept)
		if said := fr.Say(s.English, s.Args...); !strings.Contains(said, want) {
			t.Errorf("%q is said %q, want %q in it", kept, said, want)
		}
	}
	s := readFinding(`the copies differ: line 7 has "a \"b\"", line 9 has "c"`)
	if said := fr.Say(s.English, s.Args...); !strings.Contains(said, `a "b"`) {
		t.Errorf("quotes within words of the report are said %q", said)
	}
}

// TestEveryChangeOfADraftIsReadBack: what an edit changed is said in each language.
func TestEveryChangeOfADraftIsReadBack(t *testing.T) {
	whats := literals(t, []string{"desk"}, func(within []ast.Node) bool {
		switch n := within[len(within)-1].(type) {
		case *ast.KeyValueExpr:
			k, ok := n.Key.(*ast.Ident)
			return ok && k.Name == "What" && slices.ContainsFunc(within, changes)
		case *ast.CallExpr:
			id, ok := n.Fun.(*ast.Ident)
			return ok && (id.Name == "note" || id.Name == "change") && len(n.Args) == 3
		}
		return false
	})
	for _, s := range []vedette.Section{vedette.SectionSummary, vedette.SectionSituation, vedette.SectionAssessment, vedette.SectionAdvice} {
		whats[s.Word()] = "part.go"
	}
	for _, w := range []string{"headline", "what to do first", "topic", "heading of advice", "sent to be published", "sent to be approved", "risk in %s", "settled: %s"} {
		whats[w] = "desk"
	}
	if len(whats) < 18 {
		t.Fatalf("only %d changes are found in the code: %v", len(whats), whats)
	}
	for what, where := range whats {
		if what != "" && !readable(what, keptChanges) && !readable(what+"%s", keptChanges) {
			t.Errorf("%s: a page has %q in English; write it into keptChanges", where, what)
		}
	}
	fr := messages.In("fr")
	for c, want := range map[vedette.Change]string{
		{What: "risk", Before: "not given", After: "high"}:                               "élevé",
		{What: "risk in Basra, Iraq", Before: "none of its own", After: "extreme"}:       "Basra, Iraq",
		{What: "issued", Before: "no time", After: "5 Feb 2026 02:41 UTC"}:               "5 févr. 2026 02:41 UTC",
		{What: "settled: \"Muscat\" could be Oman or Iowa", After: "it is Muscat, Oman"}: "« Muscat » peut désigner Oman ou Iowa",
		{What: "claim", After: "Shots were heard, it is said."}:                          "Shots were heard, it is said.",
		{What: "kind", Before: "alert", After: "situation update"}:                       "point de situation",
	} {
		s := changeSaid(c)
		if said := fr.Say(s.English, s.Args...); !strings.Contains(said, want) || strings.Contains(said, c.What+":") {
			t.Errorf("%+v is said %q, want %q in it", c, said, want)
		}
	}
}

func changes(n ast.Node) bool {
	lit, ok := n.(*ast.CompositeLit)
	if !ok {
		return false
	}
	sel, ok := lit.Type.(*ast.SelectorExpr)
	if arr, is := lit.Type.(*ast.ArrayType); is {
		sel, ok = arr.Elt.(*ast.SelectorExpr)
	}
	return ok && sel.Sel.Name == "Change"
}

// TestEveryReasonOfTellingIsReadBack: why somebody is told, or not, a page says in each
// language.
func TestEveryReasonOfTellingIsReadBack(t *testing.T) {
	written := literals(t, []string{"tell", "advise/news"}, func([]ast.Node) bool { return true })
	for s, where := range literals(t, []string{"match"}, func(within []ast.Node) bool {
		return slices.ContainsFunc(within, func(n ast.Node) bool {
			d, ok := n.(*ast.FuncDecl)
			return ok && d.Name.Name == "Tells"
		})
	}) {
		written[s] = where
	}
	known := strings.Join(slices.Concat(keptTold, keptNews, toldParts), "\n")
	found := 0
	for s, where := range written {
		if strings.Contains(where, "told.go") && strings.Contains(s, "%v") { // compared, and never read
			continue
		}
		for _, part := range verbs.Split(s, -1) {
			part = strings.Trim(part, " ,;:()“”")
			if len(strings.Fields(part)) < 2 || strings.HasPrefix(part, "2 Jan") || !strings.ContainsAny(part, "abcdefghijklmnopqrstuvwxyz") || strings.Contains(part, "/") || strings.Contains(part, "\n") {
				continue
			}
			found++
			if !strings.Contains(known, part) && readTold(part).English == "%s" {
				t.Errorf("%s: a page has %q in English; write its sentence into keptTold", where, part)
			}
		}
	}
	if found < 40 {
		t.Fatalf("only %d sentences are found in the code", found)
	}
	fr := messages.In("fr")
	for kept, want := range map[string][]string{
		"unchanged; last notice seen 5 Feb 10:20, fresh until 6 Feb 10:20":                                          {"vu", "5 févr. 10:20", "6 févr. 10:20"},
		"the risk of their area rose from high to extreme; a new advice: “Stay in; keep away from windows.”":        {"élevé", "extrême", " ; ", "« Stay in; keep away from windows. »"},
		"the posture was none, is “avoid all travel” (Iraq); the hazard changed: now also armed conflict, politics": {"éviter tout voyage", "conflit armé, politique"},
		"unchanged, but told to everyone: it corrects what was told":                                                {"corrige"},
		"what nobody foresaw": {"what nobody foresaw"},
	} {
		s := readTold(kept)
		said := fr.Say(s.English, s.Args...)
		for _, w := range want {
			if !strings.Contains(said, w) {
				t.Errorf("%q is said %q, want %q in it", kept, said, w)
			}
		}
	}
}
