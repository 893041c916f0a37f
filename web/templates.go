package web

import (
	"embed"
	"html/template"
)

//go:embed templates
var templateFS embed.FS

// parsePages reads all templates; a value they ask for and do not get is an
// error, not a gap on the page.
func parsePages() (*template.Template, error) {
	named := func(b byline, id, label string) namedBy { return namedBy{b, id, label} }
	tile := func(n int, words, address string) whoTile { return whoTile{n, words, address, words == unreachedWords} }
	return template.New("").Funcs(template.FuncMap{"named": named, "tile": tile, "field": fieldOf, "fields": fieldsOf}).Option("missingkey=error").ParseFS(templateFS, "templates/*.html")
}
