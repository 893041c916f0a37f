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
	return template.New("").Option("missingkey=error").ParseFS(templateFS, "templates/*.html")
}
