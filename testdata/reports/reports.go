// Package reports holds sample reports for the tests and the demo. They tell
// public facts in words of this project's own.
package reports

import _ "embed"

// Gulf is a situation update on the tension between the United States and
// Iran, as known on 5 February 2026: every section, two topics, three groups
// of advice, and the body printed twice.
//
//go:embed gulf.txt
var Gulf string
