package vedette

import "time"

// Report is a text as it came in. It is never changed.
type Report struct {
	ID         ID
	Origin     string // where it came from: a file name, "stdin", a feed
	Provider   string
	Digest     string // SHA-256 of Text, hex
	ReceivedAt time.Time
	Text       []byte

	File *ReportFile // it came in, where it is being kept; ReportFile of the store gives it later
}

// ReportFile is the file that a report came in.
type ReportFile struct {
	ID     ID
	Name   string // as whoever sent it called it
	Kind   string // what it was read as: "text", "PDF"
	Size   int64
	Digest string // SHA-256 of its bytes, hex

	WrappedKey, Sealed []byte // its bytes, under a key of their own; nil where the report's text is the file

	Altered bool // what is kept is not what the record says was kept: see Verb
}

// MaxReportFile is how large a file is kept beside the text that was read out of it, in
// bytes.
const MaxReportFile = 8 << 20

// Verb is what the one log says of it: its sum, so that the log's own sums vouch for the
// file, too.
func (f *ReportFile) Verb() string { return "kept, SHA-256 " + f.Digest }

// CameIn is a report as a list has it: without its text, with what stands at its head as it
// was read, and the newest draft or update that it is in.
type CameIn struct {
	Report
	Title    string
	Headline string
	Risk     Risk
	Doubts   int     // findings
	Update   *Update // nil where it is in none; its id, state, number and situation
	Unknown  bool    // it came before that was kept: it may be in one
}
