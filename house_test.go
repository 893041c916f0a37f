package vedette_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is the plan of the house: who may import whom, below "vedette".
// "" is the root package, the nouns. Tests may import more. A package that
// is not here fails: think where it belongs before you add it.
var mayImport = map[string][]string{
	"": {"wording"}, // what a reason says, in every language

	// Rules know nouns and places. They are pure.
	"gazetteer":        {"", "gazetteer/tables", "gazetteer/shape", "gazetteer/words"},
	"gazetteer/tables": {""},
	"gazetteer/shape":  {""},
	"gazetteer/words":  {},
	"parse": {"", "gazetteer", "parse/page", "parse/phrase", "parse/words", "parse/layout", "parse/place", "parse/when",
		"parse/voice", "parse/counsel"},
	"parse/page":       {""},
	"parse/mark":       {"", "parse/page"},
	"parse/phrase":     {""},
	"parse/words":      {"", "parse/phrase"},
	"parse/when":       {"", "parse/phrase", "parse/words"},
	"parse/place":      {"", "gazetteer", "parse/phrase", "parse/words"},
	"parse/layout":     {"", "parse/page", "parse/phrase", "parse/when", "parse/words"},
	"parse/voice":      {"", "parse/phrase", "parse/when", "parse/words"},
	"parse/counsel":    {"", "gazetteer", "parse/phrase", "parse/place", "parse/when", "parse/words"},
	"match":            {"", "wording", "gazetteer", "match/index", "match/reach", "match/say"},
	"match/reach":      {"", "gazetteer/shape"},
	"match/say":        {"", "wording", "gazetteer", "match/reach"},
	"advise":           {"", "wording", "gazetteer", "advise/audience", "advise/condition", "posture"},
	"advise/audience":  {"", "wording", "gazetteer"},
	"advise/condition": {"", "wording"},
	"advise/until":     {"", "wording", "gazetteer"},
	"advise/news":      {"", "gazetteer"},
	"posture":          {"", "gazetteer", "advise/audience", "advise/condition", "advise/until"},
	"tell/record":      {"", "gazetteer", "advise", "advise/until", "advise/news", "tell", "store", "match", "roster"},
	"tell":             {"", "gazetteer", "match", "advise", "advise/until", "advise/news"},
	"draw":             {"", "gazetteer"},
	"paper":            {""},
	"paper/papertest":  {},
	"fold":             {},
	"archive":          {"", "fold", "gazetteer"},
	"agenda":           {"", "gazetteer"},
	"reconcile":        {""},
	"chain":            {""},
	"roll":             {""},
	"handover":         {"", "wording"},
	"manifest":         {""},
	"wording":          {},
	"escalate":         {""},
	"rota":             {""},
	"reachable":        {"", "wording"},
	"reachable/listen": {"", "gazetteer", "reachable", "store"},
	"wish":             {"", "gazetteer"},
	"feed":             {""},
	"feed/cap":         {""},
	"scim":             {""},
	"flash":            {""},
	"intake":           {"", "gazetteer", "intake/sheet", "intake/address", "intake/place", "intake/trip", "intake/itinerary"},
	"intake/sheet":     {""},
	"intake/address":   {"", "intake/sheet"},
	"intake/clock":     {"", "intake/sheet", "wording"},
	"intake/place":     {"", "gazetteer", "intake/clock", "intake/sheet", "wording"},
	"intake/trip":      {"", "gazetteer", "intake/address", "intake/clock", "intake/place", "intake/sheet", "wording"},
	"intake/itinerary": {"", "gazetteer", "intake/address", "intake/clock", "intake/place", "intake/sheet", "intake/trip", "wording"},

	// The files that reports come in.
	"intake/document":     {"", "parse/page", "intake/document/pdf"},
	"intake/document/pdf": {""},

	// The index of who is where, and its parts.
	"match/index":       {"", "gazetteer", "match/reach", "match/index/set", "match/index/spell", "match/index/grid", "match/index/cover", "match/index/row"},
	"match/index/set":   {},
	"match/index/spell": {},
	"match/index/row":   {""},
	"match/index/grid":  {"", "gazetteer/shape"},
	"match/index/cover": {"", "gazetteer", "gazetteer/shape"},

	// Secrets, storage and channels know nouns.
	"auth":                {""},
	"auth/rights":         {""},
	"auth/guard":          {""},
	"auth/aside":          {"auth"},
	"auth/passkey":        {""},
	"auth/oidc":           {""},
	"store":               {"", "chain", "store/ground", "store/code", "store/dump", "store/book", "store/fact", "store/board", "store/roll", "store/rota", "store/door", "store/share", "store/shelf"},
	"store/book":          {"", "chain", "store/ground", "store/code"},
	"store/fact":          {"", "store/ground", "store/code", "store/book"},
	"store/rota":          {"", "store/ground", "store/code", "store/book"},
	"store/door":          {"", "store/ground", "store/code", "store/book"},
	"store/share":         {"", "store/ground", "store/code", "store/book"},
	"store/shelf":         {"", "store/ground"},
	"store/board":         {"", "store/ground", "store/code", "store/book", "store/rota"},
	"store/roll":          {"", "store/ground", "store/code", "store/book"},
	"store/ground":        {""},
	"store/code":          {""},
	"store/dump":          {""},
	"deliver":             {"", "deliver/excerpt", "deliver/phrase", "deliver/segment", "deliver/words"},
	"deliver/excerpt":     {},
	"deliver/phrase":      {"deliver/excerpt"},
	"deliver/segment":     {},
	"deliver/words":       {},
	"deliver/bounce":      {"", "deliver"},
	"deliver/email":       {"", "deliver", "deliver/bounce", "deliver/email/relay"},
	"deliver/email/relay": {},
	"deliver/inbox":       {"", "deliver"},
	"deliver/provider":    {"", "deliver/bounce", "deliver/webhook"},
	"deliver/outbound":    {"", "deliver"},
	"deliver/webhook":     {"", "deliver", "deliver/breaker", "deliver/outbound"},
	"deliver/breaker":     {},
	"deliver/limit":       {""},
	"deliver/gateway":     {"", "deliver", "deliver/breaker", "deliver/outbound", "deliver/webhook"},
	"deliver/sms":         {"", "deliver", "deliver/gateway"},
	"deliver/push":        {"", "deliver", "deliver/breaker", "deliver/outbound", "deliver/webhook"},
	"deliver/voice":       {"", "deliver", "deliver/gateway", "deliver/words"},

	// Desk and engine stand beside each other on rules and store.
	"roster": {"", "fold", "gazetteer", "match", "match/index", "match/index/spell", "advise", "auth", "store"},
	"desk":   {"", "wording", "feed", "feed/cap", "agenda", "archive", "chain", "gazetteer", "parse", "flash", "match", "match/index", "match/say", "tell", "tell/record", "advise", "advise/news", "advise/until", "posture", "intake", "reconcile", "roll", "handover", "rota", "reachable", "reachable/listen", "wish", "auth", "auth/guard", "auth/oidc", "auth/passkey", "auth/rights", "store", "roster", "deliver", "deliver/breaker", "deliver/segment", "deliver/gateway", "deliver/provider", "deliver/push", "deliver/sms", "deliver/voice", "deliver/webhook", "deliver/bounce"},
	"engine": {"", "gazetteer", "match", "match/say", "advise", "advise/news", "advise/until", "posture", "rota", "tell", "tell/record", "reachable/listen", "escalate", "wish", "auth", "auth/rights", "store", "roster", "deliver", "deliver/breaker", "deliver/limit", "deliver/webhook"},

	// Doors know the desk.
	"httpd":      {""},
	"httpd/cert": {""},
	"web":        {"", "wording", "auth/oidc", "auth/passkey", "auth/rights", "reachable", "gazetteer", "intake/document", "intake/sheet", "parse/mark", "draw", "paper", "deliver/gateway", "deliver/provider", "deliver/voice", "deliver/words", "desk", "feed", "flash", "httpd", "scim", "web/messages"},

	"web/messages": {"deliver/words", "wording"},

	// The demo's world and mailbox are parts like others.
	"demo/world":       {"", "gazetteer"},
	"demo/mailbox":     {"", "deliver/email"},
	"testdata/reports": {},

	// Only app knows all; the command goes through it.
	"app": {"", "manifest", "reachable", "gazetteer", "parse", "parse/mark", "feed", "intake", "intake/document", "intake/sheet", "match/say", "auth", "auth/aside", "auth/oidc", "store", "roster", "desk", "engine", "deliver", "deliver/bounce", "deliver/email", "deliver/inbox", "deliver/limit", "deliver/provider", "deliver/push", "deliver/sms", "deliver/voice", "deliver/webhook",
		"httpd", "httpd/cert", "web", "demo/world", "demo/mailbox", "testdata/reports"},
	"conf":        {},
	"cmd/vedette": {"", "app", "conf", "desk", "store", "reachable", "wording"},

	// Tools and measuring stand outside of the house.
	"gazetteer/build":          {"", "gazetteer", "gazetteer/tables", "gazetteer/words"},
	"store/storetest":          {},
	"auth/passkey/passkeytest": {},
	"auth/oidc/oidctest":       {},
	"deliver/delivertest":      {"", "deliver", "deliver/email", "deliver/words", "deliver/webhook"},
	"bench/chain":              nil, // measures all parts
	"bench/who":                nil,
	"bench/people":             nil,
	"bench/doors":              nil,
	"bench/portal":             nil,
	"bench/parse":              nil,
	"bench/match":              nil,
	"bench/cluster":            {},
	"bench/child":              {},
	"bench/figure":             {},
	"bench/load":               {"httpd", "web"},
	"bench/deliver":            nil,
}

// clockless are packages that are given the time and never ask for it.
var clockless = []string{"", "gazetteer", "parse", "parse/page", "parse/mark", "parse/phrase", "parse/words", "parse/layout", "parse/place",
	"parse/when", "parse/voice", "parse/counsel", "match", "match/index", "match/index/set", "match/index/spell", "match/index/row", "match/index/grid", "match/index/cover", "reconcile", "roll", "rota", "escalate", "wish", "reachable", "reachable/listen",
	"match/reach", "match/say", "advise", "advise/audience", "advise/condition", "advise/news", "advise/until", "posture", "tell", "intake", "intake/document", "intake/document/pdf", "intake/sheet", "intake/address", "intake/clock",
	"intake/place", "intake/trip", "intake/itinerary", "draw", "feed", "scim", "auth", "auth/rights", "auth/guard", "auth/passkey", "deliver", "deliver/limit", "deliver/excerpt", "deliver/phrase", "deliver/segment", "deliver/words", "web/messages", "demo/world"}

func TestImports(t *testing.T) {
	for dir, files := range packages(t) {
		allowed, known := mayImport[dir]
		if !known {
			t.Errorf("package %q is not in the plan of the house (mayImport)", dir)
			continue
		}
		if allowed == nil {
			continue
		}
		for _, f := range files {
			for _, imp := range f.Imports {
				path, _ := strconv.Unquote(imp.Path.Value)
				if path == "time" && slices.Contains(clockless, dir) {
					checkClock(t, dir, f)
				}
				room, ours := strings.CutPrefix(path+"/", "vedette/")
				if !ours {
					continue
				}
				if room = strings.TrimSuffix(room, "/"); !slices.Contains(allowed, room) {
					t.Errorf("%s imports vedette/%s, which the plan of the house does not allow", dir, room)
				}
			}
		}
	}
}

func checkClock(t *testing.T, dir string, f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && (sel.Sel.Name == "Now" || sel.Sel.Name == "Since") {
			t.Errorf("%q reads the clock (time.%s); it is to be given the time", dir, sel.Sel.Name)
		}
		return true
	})
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	for dir, files := range packages(t) {
		if !slices.ContainsFunc(files, func(f *ast.File) bool { return f.Doc != nil && len(f.Doc.Text()) > 40 }) {
			t.Errorf("package %q has no package comment", dir)
		}
	}
}

func TestThePlanHasNoEmptyRooms(t *testing.T) {
	have := packages(t)
	for _, dir := range slices.Sorted(maps.Keys(mayImport)) {
		if len(have[dir]) == 0 {
			t.Errorf("the plan names %q, but nothing is in it", dir)
		}
	}
}

// packages parses every package's files but its tests. It reads the files
// itself: go list's answers are cached without regard to them.
func packages(t *testing.T) map[string][]*ast.File {
	t.Helper()
	out := map[string][]*ast.File{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ParseComments)
		if err != nil {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		if dir == "." {
			dir = ""
		}
		out[dir] = append(out[dir], f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The tests that doc/threats.md names are there.
func TestThreatsNameTestsThatAreThere(t *testing.T) {
	doc, err := os.ReadFile("doc/threats.md")
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	err = filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				there[fn.Name.Name] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9]+)`").FindAllStringSubmatch(string(doc), -1)
	for _, m := range named {
		if !there[m[1]] {
			t.Errorf("doc/threats.md names %s, which is no test", m[1])
		}
	}
	if len(named) < 60 {
		t.Errorf("doc/threats.md names %d tests", len(named))
	}
}

// In which language somebody is told is said in one place, deliver.Language: nothing that
// writes, texts, calls or shows a page to people goes by their record alone.
func TestTheLanguageOfARecordIsAskedInOnePlace(t *testing.T) {
	raw := regexp.MustCompile(`(?:\brec|\bRecord)\.Language\b`)
	asked := regexp.MustCompile(`(?:deliver\.Language\([^()]*(?:rec|Record)\.Language\)|d\.language\(ctx, &?(?:p\.Record|rec)\))`)
	for _, dir := range []string{"desk", "engine", "web", "app", "deliver"} {
		err := filepath.WalkDir(dir, func(path string, f fs.DirEntry, err error) error {
			if err != nil || f.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || path == filepath.Join("desk", "person_fields.go") {
				return err // where a person's record is shown and edited it is the record's
			}
			text, err := os.ReadFile(path)
			if left := asked.ReplaceAll(text, nil); raw.Match(left) {
				t.Errorf("%s tells somebody in the language of their record: ask deliver.Language", path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
