package ground

import (
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// List makes the argument of {in}, of integers, and of {rows}, of slices or
// arrays. Bytes go into it by [Hex]. What JSON cannot hold gives "", which
// both engines refuse.
func List[T any](items []T) string {
	if len(items) == 0 {
		return "[]" // of nil, JSON would make null
	}
	b, err := json.Marshal(items)
	if err != nil {
		return ""
	}
	return string(b)
}

// Hex writes bytes for a [List].
func Hex(b []byte) string { return hex.EncodeToString(b) }

// Micros gives a time as it is stored: microseconds UTC, 0 for the zero time.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Moment gives a stored time.
func Moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// Time scans a stored time into t, NULL as the zero time.
func Time(t *time.Time) sql.Scanner { return (*stored)(t) }

type stored time.Time

// Scan takes what the driver gives.
func (t *stored) Scan(v any) error {
	us, ok := v.(int64)
	if !ok && v != nil {
		return fmt.Errorf("a time is stored as an integer, not as a %T", v)
	}
	*t = stored(Moment(us))
	return nil
}

// Span scans stored microseconds into a duration.
func Span(d *time.Duration) sql.Scanner { return (*span)(d) }

type span time.Duration

// Scan takes what the driver gives.
func (d *span) Scan(v any) error {
	us, ok := v.(int64)
	if !ok {
		return fmt.Errorf("a duration is stored as an integer, not as a %T", v)
	}
	*d = span(time.Duration(us) * time.Microsecond)
	return nil
}

// Plain makes a text that both engines can hold: valid UTF-8 without NUL,
// and at most max bytes where max is not 0.
func Plain(s string, max int) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
	if max > 0 && len(s) > max {
		s = strings.ToValidUTF8(s[:max], "")
	}
	return s
}

// Most makes a LIMIT of a number where 0 is no limit.
func Most(limit int) int64 {
	if limit <= 0 {
		return 1 << 40
	}
	return int64(limit)
}

// Bit gives a truth as it is stored, 1 or 0.
func Bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
