package web

import (
	"bytes"
	"fmt"
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/intake/sheet"
)

// saveCalls gives the call sheets of a roll-call, or one caller's alone, as a
// table that no spreadsheet runs anything of.
func (p *portal) saveCalls(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Desk.CallSheets(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	one, err := readSheet(r, len(c.Sheets))
	if err != nil {
		return err
	}
	name := "call-sheets"
	if one != 0 {
		c.Sheets, name = c.Sheets[one-1:one], fmt.Sprintf("call-sheet-%d", one)
	}
	if m := c.Status.Mark(); m != "" {
		name = m + "-" + name
	}
	var b bytes.Buffer
	if err := sheet.WriteAll(&b, c.Table(p.whereabouts)); err != nil {
		return err
	}
	if err := p.Desk.NoteExport(r.Context(), desk.ExportCalls, vedette.ID(r.PathValue("id"))); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-%s.csv"`, name, c.AsOf.UTC().Format("20060102-1504Z")))
	if _, err := b.WriteTo(w); err != nil {
		p.Log.Debug("a table was not read to its end", "err", err)
	}
	return nil
}
