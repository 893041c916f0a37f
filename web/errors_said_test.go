package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
)

// unseen are the sources whose errors no page shows, by how their paths begin, and who reads
// them instead.
var unseen = map[string]string{
	"app/":                 "whoever runs the server, where a command starts it; the night board shows in English why no manifest is written",
	"bench/":               "whoever measures",
	"cmd/":                 "whoever types the command",
	"demo/":                "whoever runs the demo",
	"deliver/bounce/":      "the log: mail servers' reports, and what providers say of addresses",
	"deliver/email/":       "whoever sets up the mail server; a letter that fails is told by its state",
	"deliver/gateway/":     "whoever sets up gateways, and the gateway that is answered",
	"deliver/inbox/":       "whoever sets up the mailbox",
	"deliver/limit/":       "whoever sets up the limits of mail",
	"deliver/provider/":    "whoever sets up the provider, and the provider that is answered",
	"deliver/webhook/sign": "the machine that is told",
	"engine/":              "the log",
	"gazetteer/tables/":    "whoever builds the gazetteer",
	"httpd/cert/":          "whoever sets up TLS",
	"manifest/":            "whoever runs the server; the night board shows it in English",
	"reconcile/":           "whoever compares a log, on the command line",
	"scim/":                "the directory that is answered",
	"store/backup":         "whoever types the command",
	"store/dump/":          "whoever types the command",
	"store/ground/":        "whoever runs the database; a page says that something went wrong",
	"store/restore":        "whoever types the command",
}

// makers are the functions and methods that errors are made with, and which of their arguments
// is the sentence.
var makers = map[string]int{
	"vedette.Errorf": 1, "vedette.Wrap": 2, "sheet.Reason": 0, "document.because": 0, "door.why": 0, "in.Problem": 1, "in.Remark": 1, "in.Missing": 1,
}

// errorForms are the sentences of errors that a page may show, as a page says them, with where
// each is.
func errorForms(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range goFiles(t) {
		name := strings.TrimPrefix(name, "../")
		if unread(name) {
			continue
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, "../"+name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if d, ok := n.(*ast.FuncDecl); ok && passes(d, f.Name.Name) {
				return false
			}
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			at, made := makers[calledAs(call, f.Name.Name)]
			if !made || len(call.Args) <= at {
				return true
			}
			if at > 0 && ours[codeOf(call.Args[at-1])] && !strings.HasPrefix(name, "httpd/") {
				return true
			}
			form, ok := writtenOut(call.Args[at])
			if !ok {
				t.Errorf("%s: an error is made of no sentence that is written out there", set.Position(call.Pos()))
			}
			all[onPage.Replace(form)] = set.Position(call.Pos()).String()
			return true
		})
	}
	return all
}

// ours are the codes of errors of which a page says no more than that something went wrong here.
var ours = map[string]bool{"CodeInternal": true, "CodeLostLease": true, "CodeWrongKey": true}

// codeOf is the code that an error is made with, where it is written out.
func codeOf(e ast.Expr) string {
	if s, ok := e.(*ast.SelectorExpr); ok {
		return s.Sel.Name
	}
	if i, ok := e.(*ast.Ident); ok {
		return i.Name
	}
	return ""
}

func unread(name string) bool {
	for begins := range unseen {
		if strings.HasPrefix(name, begins) {
			return true
		}
	}
	return false
}

// passes says whether a function is one that errors are made with, and passes its sentence on.
func passes(d *ast.FuncDecl, within string) bool {
	called := within + "." + d.Name.Name
	if d.Recv != nil {
		called = "in." + d.Name.Name
	}
	_, ok := makers[called]
	return ok || called == "in.Check" && within == "oidc" // whoever sets up the identity provider reads that
}

// writtenOut is a sentence that is written out, in one piece or several.
func writtenOut(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		a, ok := writtenOut(e.X)
		b, also := writtenOut(e.Y)
		return a + b, ok && also && e.Op == token.ADD
	}
	return "", false
}
