// Package dump is the format of a backup: what a database holds, apart from
// any engine. It knows neither SQL nor what the tables mean.
//
// A dump is a gzip stream of lines of JSON: the header; for each table a line
// with its name and columns and a line per row; the trailer with the number
// of rows and the SHA-256 of all lines before it. Integers and texts are
// JSON's own, bytes are {"b": base64}. It holds sealed records and wrapped
// keys as the database does, and never the installation's key.
package dump

import (
	"encoding/json"
	"time"

	"vedette"
)

// format is the first word of a header.
const format = "vedette-backup-1"

// Header says what a dump is of.
type Header struct {
	Format       string     `json:"format"`
	Schema       int        `json:"schema"`
	Engine       string     `json:"engine"`
	TakenAt      time.Time  `json:"taken_at"`
	Installation vedette.ID `json:"installation"`
	KeyCheck     []byte     `json:"key_check"` // tells the right key from a wrong one
	CreatedAt    time.Time  `json:"created_at"`
}

type table struct {
	Table   string   `json:"table"`
	Columns []string `json:"columns"`
}

type trailer struct {
	Rows   map[string]int `json:"rows"`
	SHA256 string         `json:"sha256"`
}

// blob marks bytes among the values of a row.
type blob struct {
	B []byte `json:"b"`
}

// number gives an integer as int64, another number as float64.
func number(v json.RawMessage) (any, error) {
	var n json.Number
	if err := json.Unmarshal(v, &n); err != nil {
		return nil, err
	}
	if i, err := n.Int64(); err == nil {
		return i, nil
	}
	return n.Float64()
}
