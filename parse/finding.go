package parse

import (
	"cmp"
	"fmt"
	"slices"

	"vedette"
)

// find notes a finding once.
func (r *reader) find(code vedette.FindingCode, lines vedette.Lines, blocks bool, format string, args ...any) {
	f := vedette.Finding{Code: code, Lines: lines, Message: fmt.Sprintf(format, args...), Blocks: blocks}
	if n := len(r.out.Findings); n > 0 && r.out.Findings[n-1] == f {
		return
	}
	r.out.Findings = append(r.out.Findings, f)
}

// sortFindings puts them in the order of their lines; those on one line keep
// the order of the passes, and none stands twice.
func (r *reader) sortFindings() {
	slices.SortStableFunc(r.out.Findings, func(a, b vedette.Finding) int { return cmp.Compare(a.Lines[0], b.Lines[0]) })
	r.out.Findings = slices.Compact(r.out.Findings)
}
