package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// A command that is copied from a page in Arabic has unseen marks around its words, and
// does what it says all the same.
func TestACommandCopiedFromAPage(t *testing.T) {
	var out, errs bytes.Buffer
	if code := run(world{in: strings.NewReader(""), out: &out, err: &errs, now: time.Now, args: []string{"place", "\u2068Tunisia\u2069"}}); code != 0 || !strings.Contains(out.String(), "Tunisia") {
		t.Errorf("%d: %s%s", code, &out, &errs)
	}
}
