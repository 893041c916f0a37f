package web

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// askedWhole are tasks that code puts together of parts, as they are kept.
var askedWhole = map[string][]string{
	"%sNobody answers: call whoever is on the call list of update %d, “%s” (vedette status %s --people call)": {"TEST: Nobody answers: call whoever is on the call list of update 3, “Blasts” (vedette status u7 --people call)"},
	"%s; %s %s: keep or lift?": {
		"The board says avoid all travel to Iraq since 5 Feb (update 1); update 2 no longer names it: keep or lift?",
		"The board says travel with caution in Iraq since 5 Feb (set by Ada Vance); this update cancels that: keep or lift?",
		"The board says avoid nonessential travel to Iraq since 5 Feb (update 1 of Unrest); update 2 says reconsider travel: keep or lift?",
		"The board says reconsider nonessential travel to Iraq since 5 Feb; update 2 says no restriction for Basra, Iraq: keep or lift?",
	},
	"The board says %s since %s; %s of %s said so, and that %s: keep or lift?": {"The board says avoid all travel to Iraq since 5 Feb; update 2 of Unrest said so, and that ended at 6 Feb 2026 21:00 UTC: keep or lift?"},
	"Find another way to the people in %s: %s": {
		"EXERCISE Find another way to the people in Iran: nothing received from Iran since 11:50 UTC (0 of 40 had it, by habit about 20 would by now): assume they do not know",
		"Find another way to the people in Iran: only 3 of 40 in Iran are known to have it, by habit about 32 would by now: assume the others do not know",
	},
	"%s. You published it, too: look whether to stop it": {"Friends stopped “Unrest”: it was wrong. You published it, too: look whether to stop it", "Friends stopped “Unrest”: it was wrong"},
	"%s You published it, too: say so to your people": {
		"Friends says that “Unrest” was sent in error: a slip. You published it, too: say so to your people", "Friends says that “Unrest” is over: quiet. You published it, too: say so to your people",
		"Friends says that “Unrest” was sent in error: a slip.", "Friends declared a condition of “Unrest” met: shots", "Friends declared a condition of “Unrest” passed: shots", "Friends declared a condition of “Unrest” awaited: shots",
	},
	"%s (%s)": {"Friends published “Unrest”. It lies before you as a draft, for it could not be published by itself (no such area)", "Friends took back “Unrest”, which is a draft of yours (it was edited)"},
}

// mayStand is what may stand where code fills something in.
var mayStand = []string{"Ada", "person Ada", "", "called a mail from here spam", "unsubscribed"}

// TestEveryTaskIsReadBack: what code asks the desk to do, and what is the case until then,
// is a sentence that a page says in each language.
func TestEveryTaskIsReadBack(t *testing.T) {
	asked := tasksInCode(t)
	if len(asked) < 40 {
		t.Fatalf("only %d tasks are found in the code", len(asked))
	}
	whole, parts := keptAs()
	known := func(text string) bool {
		s := readKept(text)
		if s.English == "%s: %s" && len(s.Args) == 2 {
			s, _ = s.Args[1].(messages.Said)
		}
		_, ok := readBack(whole, parts, text)
		return ok || s.English != "%s"
	}
	for shape, where := range asked {
		for _, s := range askedWhole[shape] {
			if !known(s) {
				t.Errorf("%s: a page has %q in English; write its sentence into keptWords", where, s)
			}
		}
		if askedWhole[shape] == nil && !slices.ContainsFunc(mayStand, func(is string) bool {
			return known(strings.NewReplacer("%s", is, "%d", "7").Replace(shape))
		}) {
			t.Errorf("%s: a page has %q in English; write its sentence into keptWords", where, shape)
		}
	}
}

// What was filled in is said, too: days, places of travel advice, the mark of an exercise.
func TestATaskIsSaidInTheReadersLanguage(t *testing.T) {
	fr := messages.In("fr")
	for kept, want := range map[string]string{
		"The board says avoid all travel to Iraq since 5 Feb (update 1); update 2 no longer names it: keep or lift?":         "Le tableau dit éviter tout voyage vers Iraq depuis le 5 févr. (mise à jour 1) ; la mise à jour 2 ne le mentionne plus : garder ou lever ?",
		"Be in contact with whoever called in case 7, and note it there: it was due 5 Feb 2026 02:41 UTC":                    "Prenez contact avec la personne qui a appelé (cas 7) et notez-le là : c’était dû le 5 févr. 2026 02:41 UTC",
		"EXERCISE: Nobody answers: call whoever is on the call list of update 3, “Blasts” (vedette status u7 --people call)": "Personne ne répond : appelez ceux qui sont sur la liste d’appels de la mise à jour 3, « Blasts » (vedette status u7 --people call)",
		"See to the <b>roof</b>, at %d": "See to the <b>roof</b>, at %d",
	} {
		s := readKept(kept)
		if said := fr.Say(s.English, s.Args...); !strings.Contains(said, want) {
			t.Errorf("%q is said %q, want %q", kept, said, want)
		}
	}
	s := readKept("EXERCISE: nothing is done")
	if said := fr.Say(s.English, s.Args...); strings.Contains(said, "EXERCISE") || !strings.Contains(said, "rien n’est fait") {
		t.Errorf("the mark of an exercise is said %q", said)
	}
}

// TestAReasonIsSaidInTheReadersLanguage: why a message waits, is withheld or has failed is
// said in each language; what a mail server answered stays as it is.
func TestAReasonIsSaidInTheReadersLanguage(t *testing.T) {
	fr := messages.In("fr")
	for kept, want := range map[string]string{
		"overtaken by update 7": "dépassé par la mise à jour 7", "overtaken by update 7; an earlier try may have been accepted": "dépassé par la mise à jour 7 ; un essai antérieur a pu être accepté",
		"stopped: it was <b>wrong</b>":                                     "arrêté : it was <b>wrong</b>",
		"their quiet hours end at 07:00 there, 5 Feb 06:00 UTC":            "leurs heures de silence finissent à 07:00 sur place, 5 févr. 06:00 UTC",
		"goes if they are not reached over sms before, at 5 Feb 06:00 UTC": "part s’ils ne sont pas joints avant par SMS, le 5 févr. 06:00 UTC",
		"came back: nobody took the call; rung 3 times":                    "revenu : personne n’a répondu à l’appel ; 3 sonneries",
		"550 5.1.1 no such user":                                           "550 5.1.1 no such user",
	} {
		s := readReason(kept)
		if said := fr.Say(s.English, s.Args...); said != want {
			t.Errorf("%q is said %q, want %q", kept, said, want)
		}
	}
}

// tasksInCode are the questions of tasks and what is the case until they are decided, as
// far as code writes them out, with where.
func tasksInCode(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	constants := map[string]string{}
	type file struct {
		f    *ast.File
		name string
		set  *token.FileSet
	}
	var files []file
	for _, name := range goFiles(t) {
		switch dir := filepath.Base(filepath.Dir(name)); dir {
		case "desk", "store", "engine", "posture", "rota":
		default:
			continue
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file{f, name, set})
		ast.Inspect(f, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 {
				if lit, ok := v.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
					constants[v.Names[0].Name], _ = strconv.Unquote(lit.Value)
				}
			}
			return true
		})
	}
	for _, f := range files {
		add := func(e ast.Expr, before string) {
			shape := before + writes(e, constants)
			if strings.Trim(shape, "%s ") != "" {
				all[shape] = fmt.Sprint(f.set.Position(e.Pos()))
			}
		}
		ast.Inspect(f.f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				if sel, ok := n.Type.(*ast.SelectorExpr); ok && sel.Sel.Name == "Task" {
					for _, e := range n.Elts {
						if kv, ok := e.(*ast.KeyValueExpr); ok {
							if k, ok := kv.Key.(*ast.Ident); ok && (k.Name == "Question" || k.Name == "Default") {
								add(kv.Value, "")
							}
						}
					}
				}
			case *ast.AssignStmt:
				for i, l := range n.Lhs {
					if sel, ok := l.(*ast.SelectorExpr); ok && sel.Sel.Name == "Question" && i < len(n.Rhs) {
						add(n.Rhs[i], "")
					}
					if id, ok := l.(*ast.Ident); ok && id.Name == "question" && n.Tok == token.ADD_ASSIGN {
						add(n.Rhs[i], "")
					}
				}
			case *ast.CallExpr:
				sel, ok := n.Fun.(*ast.SelectorExpr)
				if !ok || len(n.Args) == 0 {
					return true
				}
				switch last := n.Args[len(n.Args)-1]; sel.Sel.Name {
				case "bid":
					add(last, "")
				case "lays":
					if w := writes(last, constants); strings.HasPrefix(w, "%s") {
						add(last, "")
					} else {
						add(last, "%s ")
					}
				case "refused":
					if w := writes(last, constants); !strings.HasPrefix(w, "%s") {
						all["%s "+w+" (%s)"] = fmt.Sprint(f.set.Position(last.Pos()))
					}
				}
			}
			return true
		})
	}
	delete(all, "%s %s") // the name of whoever did it, before what they did
	return all
}

var numbered = regexp.MustCompile(`%\[\d\]`)

// writes is what an expression writes, %s where it is filled in.
func writes(e ast.Expr, constants map[string]string) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, _ := strconv.Unquote(e.Value)
		return s
	case *ast.BinaryExpr:
		return writes(e.X, constants) + writes(e.Y, constants)
	case *ast.Ident:
		if s, ok := constants[e.Name]; ok {
			return s
		}
	case *ast.CallExpr:
		if sel, ok := e.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Sprintf" {
			return numbered.ReplaceAllString(writes(e.Args[0], constants), "%")
		}
	}
	return "%s"
}

// TestTheDesksWordsAreInTheReadersLanguage: no page of a night has a sentence in English
// that code has made, in whichever package, where its reader's language is another.
func TestTheDesksWordsAreInTheReadersLanguage(t *testing.T) {
	w := newWorld(t)
	pages := w.nightOf()
	english := slices.Sorted(maps.Keys(markedInCode(t)))
	for _, tag := range messages.Languages() {
		for _, path := range pages {
			rec := w.ask("GET", path, "", "Accept-Language", tag)
			page := text(drawn.ReplaceAllString(rec.Body.String(), " ")) // labels within maps are English
			if rec.Code != 200 || strings.Contains(page, "%!") {
				t.Errorf("%s in %s: %d %s", path, tag, rec.Code, page)
			}
			if tag == messages.English {
				continue
			}
			for _, s := range english {
				for _, part := range fragments(s, messages.In(tag).Text(s)) {
					if strings.Contains(page, part) {
						t.Errorf("%s in %s has %q of %q", path, tag, part, s)
					}
				}
			}
		}
	}
	// That the pages have such sentences at all is seen by what one of them says.
	for path, want := range map[string]string{
		"/cases": "PERSONNE NE L’A PRIS EN CHARGE, appel le 11 mars 2026", "/night": "Mise à jour 1 publiée", "/tasks": "d’ici là : rien n’est fait", "/reach?person=" + string(w.person("Grace").ID): "jamais vérifiée",
	} {
		if page := text(w.ask("GET", path, "", "Accept-Language", "fr").Body.String()); !strings.Contains(page, want) {
			t.Errorf("%s does not say %q: %s", path, want, page)
		}
	}
}

var drawn = regexp.MustCompile(`(?s)<svg.*?</svg>`)

// fragments are the parts of an English sentence that are no English in another language.
func fragments(english, said string) (out []string) {
	english, _, _ = strings.Cut(english, "##")
	for _, p := range verbs.Split(english, -1) {
		p = strings.Trim(p, " ,.;:()“”")
		if len(strings.Fields(p)) > 1 && len(p) > 9 && !strings.Contains(p, "vedette ") && !strings.Contains(said, p) {
			out = append(out, p)
		}
	}
	return out
}

// nightOf is a night in which much goes on, and the pages that show it.
func (w *world) nightOf() []string {
	w.t.Helper()
	t := w.t
	u := w.publish(harbours())
	w.answer(u, "Esra", "1", "")
	w.answer(u, "Bo", "2", "hurt")
	w.answer(u, "Chiara", "2", "stuck")
	c, err := w.desk.OpenRollcall(w.ctx, desk.RollcallOrder{Update: u.ID, Title: "Tunis tonight", By: "Ada"})
	must(t, err)
	_, err = w.desk.Account(w.ctx, desk.AccountOrder{Rollcall: c.ID, Persons: []string{string(w.person("Farid").ID)}, Kind: vedette.AccountNotThere, How: vedette.VerifiedVoice, Who: "Zoe", Where: "Malta", As: vedette.AsDesk, By: "Ada"})
	must(t, err)
	_, err = w.desk.Compromise(w.ctx, desk.CompromiseOrder{Person: string(w.person("Amal").ID), Reason: "arrested", By: "Ada"})
	must(t, err)
	w.set("Tunisia", vedette.ReconsiderTravel, "", "Ada saw it")
	must(t, w.rows.AddTask(w.ctx, vedette.Task{Kind: vedette.TaskContact, Question: "Be in contact with whoever called in case 1, and note it there: it was due 11 Mar 2026 18:40 UTC", Default: "nothing is done", DueAt: w.now}, w.now))
	must(t, w.rows.AddTask(w.ctx, vedette.Task{Kind: vedette.TaskSilence, Question: "EXERCISE Find another way to the people in Iran: nothing received from Iran since 11:50 UTC (0 of 40 had it, by habit about 20 would by now): assume they do not know", Default: "they are held not to know", DueAt: w.now}, w.now))
	list, err := w.desk.Cases(w.ctx, false)
	must(t, err)
	_, err = w.desk.ActOnCase(w.ctx, desk.CaseOrder{Case: list[0].ID, Kind: vedette.CaseTake, By: "Ada"})
	must(t, err)
	_, err = w.desk.ActOnCase(w.ctx, desk.CaseOrder{Case: list[0].ID, Kind: vedette.CaseNote, By: "Ada", Text: "x"})
	must(t, err)
	if rec := w.ask("POST", "/handover", filled("do", "give", "to", "Ben", "by", "Ada").Encode()); rec.Code != http.StatusSeeOther {
		t.Fatal(rec.Code, text(rec.Body.String()))
	}
	then := w.now.UTC().Format("2006-01-02T15:04Z")
	w.now = w.now.Add(8 * time.Hour)
	base, roll := updatePath+string(u.ID), rollcallAddress(c.ID)
	return []string{"/night", base + "/board", base + "/people", "/cases", "/cases/" + string(list[0].ID), "/cases/" + string(list[1].ID), "/tasks", "/handover", roll, roll + "/calls",
		"/night?at=" + then, base + "/board?at=" + then, "/reach?all=1", "/reach?person=" + string(w.person("Chiara").ID), "/people", "/people/" + string(w.person("Amal").ID), "/posture", "/posture/TN", "/drills", "/", base, base + "/why/" + string(w.person("Chiara").ID), "/who?area=Tunisia", "/world", "/world/TN", "/rollcalls", "/canary", "/channels", "/approvals", "/drafts", "/house"}
}

// TestPagesTakeNoEnglishFromTheDesk: what the desk says in English, for the command line,
// no page takes.
func TestPagesTakeNoEnglishFromTheDesk(t *testing.T) {
	english := regexp.MustCompile(`\b(?:Words|Standing|Heard)\(\)|desk\.(?:EntryWords|TappedWords)\(`)
	still := []string{}
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no sources", err)
	}
	seen := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(b), "\n") {
			if !english.MatchString(line) || strings.Contains(line, "in.Words()") || strings.HasPrefix(line, "func ") {
				continue
			}
			if slices.ContainsFunc(still, func(s string) bool {
				at, what, _ := strings.Cut(s, ": ")
				return at == name && strings.Contains(line, what)
			}) {
				seen++
				continue
			}
			t.Errorf("%s:%d: a page takes English from the desk; take Says, by worded: %s", name, i+1, strings.TrimSpace(line))
		}
	}
	if seen != len(still) {
		t.Error("what is listed here as English still is not there any more; take it out of the list")
	}
}
