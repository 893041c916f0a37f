// Package web is the portal: pages a server renders, that work without
// scripts. Each file holds one action; the routes are one list; templates
// are read when the portal is made, so a broken one never meets a reader.
//
// Report text is foreign. It reaches a page only through safe or visible,
// which keep control characters from turning the page around, and through
// html/template, which escapes it; it stands in elements with dir="auto".
package web
