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
}
