package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/auth/rights"
	"vedette/store"
)

// PersonFile is everything that is kept about one person, to be given to them or to
// whoever may have it. It holds what others wrote about them, too.
type PersonFile struct {
	Organisation string         `json:"organisation"`
	Person       vedette.ID     `json:"person"`
	Name         string         `json:"name"`
	MadeAt       time.Time      `json:"made_at"`
	Holds        []FileTable    `json:"holds"`
	LeftOut      []LeftOutTable `json:"left_out"`
}

// FileTable is one kind of thing that is kept. A row has as many values as there are
// columns: text, numbers, times, true and false, or JSON of what was sealed.
type FileTable struct {
	Table   string   `json:"table"`
	What    string   `json:"what"`
	Columns []string `json:"columns"`
	Rows    [][]any  `json:"rows"`
}

// LeftOutTable is one that the file does not tell of, and why.
type LeftOutTable struct {
	Table string `json:"table"`
	Why   string `json:"why"`
}

// PersonFile gathers everything that is kept about somebody, and writes into the record
// that it leaves, before it does.
func (d *Desk) PersonFile(ctx context.Context, person string) (*PersonFile, error) {
	if err := d.asks(&ctx, rights.Export); err != nil {
		return nil, err
	}
	p, err := d.wholly(ctx, person)
	if err != nil {
		return nil, err
	}
	if p.Erased {
		return nil, vedette.Errorf(vedette.CodeNotFound, "they are erased: what was private of them can be read by nobody, and the rest names nobody")
	}
	kept, err := d.rows.PersonFile(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	f := &PersonFile{Organisation: d.OrgName(), Person: p.ID, Name: p.Record.Name, MadeAt: d.Now().UTC()}
	keys := d.keysOf(p.ID, kept.Keys)
	for i := range kept.Tables {
		t := &kept.Tables[i]
		if len(t.Rows) > 0 {
			f.Holds = append(f.Holds, opened(t, keys))
		}
	}
	if err := d.saidIn(ctx, f); err != nil {
		return nil, err
	}
	f.LeftOut = append(f.LeftOut, LeftOutTable{"person_records: duress", "the duress word, where they have one: whoever reads this file over their shoulder must not learn it"})
	f.name()
	left := store.LeftOut()
	for _, table := range slices.Sorted(maps.Keys(left)) {
		f.LeftOut = append(f.LeftOut, LeftOutTable{table, left[table]})
	}
	return f, d.NoteExport(ctx, ExportPerson, p.ID)
}

// keysOf opens the keys that somebody's things are sealed with: one, unless a damaged one
// was replaced.
func (d *Desk) keysOf(id vedette.ID, wrapped [][]byte) (out []auth.PersonKey) {
	for _, w := range wrapped {
		if pk, err := d.Key.Unwrap(id, w); err == nil {
			out = append(out, pk)
		}
	}
	return out
}

// opened is a table with what is sealed in it opened.
func opened(t *store.PersonTable, keys []auth.PersonKey) FileTable {
	out := FileTable{Table: t.Name, What: t.Title, Columns: t.Columns, Rows: t.Rows}
	for i, purposes := range t.Seals {
		for _, row := range t.Rows {
			b, _ := row[i].([]byte)
			row[i] = openAny(b, purposes, keys)
		}
	}
	for i, c := range t.Columns {
		if c != "body" && c != "variant_no" {
			continue
		}
		for _, row := range t.Rows { // JSON that lies there in the clear
			if s, ok := row[i].(string); ok && json.Valid([]byte(s)) {
				row[i] = json.RawMessage(s)
			}
		}
	}
	return out
}

// openAny opens something with whichever key and purpose it was sealed: JSON where it is
// some, else text; nil for nothing.
func openAny(sealed []byte, purposes []string, keys []auth.PersonKey) any {
	if len(sealed) == 0 {
		return nil
	}
	for _, pk := range keys {
		for _, purpose := range purposes {
			b, err := pk.Open(purpose, sealed)
			switch {
			case err != nil:
				continue
			case purpose == recordPurpose:
				return withoutDuress(b)
			case len(b) > 0 && (b[0] == '{' || b[0] == '[') && json.Valid(b):
				return json.RawMessage(b)
			}
			return string(b)
		}
	}
	return unreadable
}

// called is what some columns are called in the file, where the table's name for them
// says how it lies there and not what it is.
var called = map[string]string{"sealed": "words", "sealed_end": "words_at_its_end", "variant_no": "shown", "reason_no": "reason", "policy_id": "policy"}

// name gives the columns the names they have in the file.
func (f *PersonFile) name() {
	for i := range f.Holds {
		cols := slices.Clone(f.Holds[i].Columns)
		for n, c := range cols {
			if other, ok := called[c]; ok {
				c = other
			}
			cols[n] = strings.TrimSuffix(c, "_id")
		}
		f.Holds[i].Columns = cols
	}
}

// recordPurpose is what a record is sealed for.
const recordPurpose = "record"

// withoutDuress is a record without the word that shows that somebody makes them answer.
func withoutDuress(record []byte) any {
	var fields map[string]json.RawMessage
	if json.Unmarshal(record, &fields) != nil {
		return unreadable
	}
	delete(fields, "duress")
	b, err := json.Marshal(fields)
	if err != nil {
		return unreadable
	}
	return json.RawMessage(b)
}

// saidIn puts into the notices what they said: the lines of advice, of the update they
// are of.
func (d *Desk) saidIn(ctx context.Context, f *PersonFile) error {
	updates := map[vedette.ID]*vedette.Update{}
	for i := range f.Holds {
		t := &f.Holds[i]
		at, of := slices.Index(t.Columns, "variant_no"), slices.Index(t.Columns, "update_id")
		if t.Table != "notices" || at < 0 || of < 0 {
			continue
		}
		t.Columns = append(slices.Clone(t.Columns), "about", "said")
		for n, row := range t.Rows {
			id, _ := row[of].(string)
			u, err := d.updateOf(ctx, updates, vedette.ID(id))
			if err != nil {
				return err
			}
			body, _ := row[at].(json.RawMessage)
			lines, err := d.linesOf(ctx, updates, u, body)
			if err != nil {
				return err
			}
			t.Rows[n] = append(row, headlineOf(u), lines)
		}
	}
	return nil
}

func (d *Desk) updateOf(ctx context.Context, have map[vedette.ID]*vedette.Update, id vedette.ID) (*vedette.Update, error) {
	if u, ok := have[id]; ok {
		return u, nil
	}
	u, err := d.rows.Update(ctx, id)
	if err == nil {
		have[id] = u
	}
	return u, err
}

// linesOf are the words of the advice that a notice showed.
func (d *Desk) linesOf(ctx context.Context, have map[vedette.ID]*vedette.Update, u *vedette.Update, body []byte) ([]string, error) {
	var v vedette.Variant
	if len(body) == 0 || json.Unmarshal(body, &v) != nil {
		return nil, nil
	}
	out := []string{}
	for _, l := range slices.Concat(v.Lines, v.Others) {
		of := u
		if l.Update != "" {
			var err error
			if of, err = d.updateOf(ctx, have, l.Update); err != nil {
				return nil, err
			}
		}
		if l.Group < len(of.Content.Recommendations) && l.Item < len(of.Content.Recommendations[l.Group].Advice) {
			out = append(out, of.Content.Recommendations[l.Group].Advice[l.Item].Text)
		}
	}
	return out, nil
}

// WriteJSON writes the file for machines.
func (f *PersonFile) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(f)
}

// WriteText writes the file for people: each thing with its columns, a line each.
func (f *PersonFile) WriteText(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "Everything that %s keeps about %s (%s), as of %s.\n", line(f.Organisation), line(f.Name), f.Person, f.MadeAt.Format(fileTime))
	for _, t := range f.Holds {
		fmt.Fprintf(&b, "\n\n%s (%s, %d)\n", strings.ToUpper(t.What[:1])+t.What[1:], t.Table, len(t.Rows))
		for _, row := range t.Rows {
			b.WriteString("\n")
			for i, v := range row {
				if text := inWords(v); text != "" {
					fmt.Fprintf(&b, "  %-16s %s\n", t.Columns[i], text)
				}
			}
		}
	}
	b.WriteString("\n\nNot in this file, and why\n\n")
	for _, l := range f.LeftOut {
		fmt.Fprintf(&b, "  %-22s %s\n", l.Table, l.Why)
	}
	_, err := b.WriteTo(w)
	return err
}

const fileTime = "2 January 2006 15:04:05 UTC"

// inWords is a value as somebody reads it, "" for none.
func inWords(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return "yes"
		}
		return ""
	case time.Time:
		return v.UTC().Format(fileTime)
	case json.RawMessage:
		var b bytes.Buffer
		if json.Indent(&b, v, strings.Repeat(" ", 19), "  ") != nil {
			return line(string(v))
		}
		return b.String()
	case []string:
		return line(strings.Join(v, " / "))
	}
	return line(fmt.Sprint(v))
}

// line keeps words of others to one line: none can look like another part of the file.
func line(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' }), " ")
}
