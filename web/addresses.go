package web

import "strings"

// Addresses are the patterns of all that the portal answers when it is read (GET), as
// http.ServeMux has them: whoever looks through all pages knows by them which there are.
func Addresses() []string {
	var out []string
	for _, rt := range (&portal{}).routes() {
		if strings.HasPrefix(rt.pattern, "GET ") {
			out = append(out, rt.pattern)
		}
	}
	return out
}
