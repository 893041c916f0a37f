package ground

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"

	"vedette"
)

// dialect is all that differs between the engines.
type dialect struct {
	name    string
	words   map[string]string // words in braces, by what replaces them
	in      string            // that a value is in a JSON array of integers: %s is the parameter
	pick    map[string]string // an item of a JSON array as a column, by type; %d is its place
	items   string            // a JSON array as rows with the column value
	tables  string            // lists the tables of the place
	alone   string            // keeps other programs from migrating at the same time
	analyze string            // counts tables anew for the planner; "" for none
	forget  string            // empties the journal, which holds what was erased; "" for none
	read    sql.TxOptions     // a transaction that sees one moment
	refuse  func(refusal) []string
	guess   func(table, column string) []string         // what has the planner guess how many rows have a value, instead of counting; nil where it does
	fault   func(error) (code vedette.Code, again bool) // what an error means, and whether trying again may help
	bulk    func(ctx context.Context, conn any, table string, cols []string, n int, row func(int) []any) error
	stream  func(ctx context.Context, conn any, text string, args []any, fn func(Row) error) error
	reader  func(ctx context.Context, db *DB, needed bool) (r Reader, end func(), err error)
}

// refusal is a REFUSE statement of a migration.
type refusal struct{ Name, Event, Table, When, Sentence string }

var inBraces = regexp.MustCompile(`\{[^{}]+\}`)

// render makes the engine's SQL of the one text. Besides the dialect's words
// and the caller's it knows {in $1}, being in a JSON array of integers, and
// {rows $1 a:key b:text}, a JSON array of arrays as rows with these columns.
func (d *dialect) render(text string, words map[string]string) string {
	return inBraces.ReplaceAllStringFunc(text, func(braced string) string {
		word := braced[1 : len(braced)-1]
		if w, ok := d.words[word]; ok {
			return w
		}
		if w, ok := words[word]; ok {
			return w
		}
		switch f := strings.Fields(word); {
		case f[0] == "in" && len(f) == 2:
			return fmt.Sprintf(d.in, f[1])
		case f[0] == "rows" && len(f) > 2:
			return d.rows(f[1], f[2:])
		}
		return braced // the engine will name it as a syntax error
	})
}

func (d *dialect) rows(param string, cols []string) string {
	picks := make([]string, len(cols))
	for i, c := range cols {
		name, kind, _ := strings.Cut(c, ":")
		picks[i] = fmt.Sprintf(d.pick[kind], i) + " AS " + name
	}
	return "SELECT " + strings.Join(picks, ", ") + " FROM " + fmt.Sprintf(d.items, param)
}
