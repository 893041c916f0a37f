package main

import (
	"os"
	"strings"
)

// userName is who works at this terminal, for the record.
func userName() string {
	for _, v := range []string{"VEDETTE_BY", "USER", "LOGNAME"} {
		if u := strings.TrimSpace(os.Getenv(v)); u != "" {
			return u
		}
	}
	return "command line"
}
