package limit

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"vedette"
)

// Rules are what is asked for: by destination, and for all others.
type Rules struct {
	All Rule
	Of  map[string]Rule
}

// For gives the rule for a destination.
func (r *Rules) For(to string) Rule {
	if own, ok := r.Of[to]; ok {
		return own
	}
	return r.All
}

const (
	maxFile      = 1 << 20
	maxAtOnce    = 1000
	maxPerMinute = 10_000_000
)

// Read reads rules as JSON: {"default": {"connections": 4, "per_minute": 1200},
// "example.org": {"connections": 2, "per_minute": 600}}. 0, or a figure left out,
// is no bound.
func Read(in io.Reader) (Rules, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	if err != nil {
		return Rules{}, vedette.Wrap(err, vedette.CodeInvalid, "the limits of mail cannot be read")
	}
	if len(text) > maxFile {
		return Rules{}, vedette.Errorf(vedette.CodeInvalid, "the limits of mail are longer than %d bytes", maxFile)
	}
	dec := json.NewDecoder(strings.NewReader(string(text)))
	dec.DisallowUnknownFields()
	var all map[string]Rule
	if err := dec.Decode(&all); err != nil {
		return Rules{}, vedette.Errorf(vedette.CodeInvalid, `the limits of mail do not read (%s); write {"default": {"connections": 4}, "example.org": {"connections": 2, "per_minute": 600}}`, wrong(err))
	}
	if dec.More() {
		return Rules{}, vedette.Errorf(vedette.CodeInvalid, "the limits of mail go on after their end; write one { … }")
	}
	out := Rules{Of: map[string]Rule{}}
	for name, r := range all {
		if err := r.check(name); err != nil {
			return Rules{}, err
		}
		to := Destination("x@" + name)
		switch {
		case name == "default":
			out.All = r
			continue
		case to == "" || strings.ContainsAny(name, "@ \t\r\n") || !strings.Contains(name, "."):
			return Rules{}, vedette.Errorf(vedette.CodeInvalid, "the limits of mail name %q, which is no mail domain; write one like example.org, or default for all others", name)
		}
		if _, twice := out.Of[to]; twice {
			return Rules{}, vedette.Errorf(vedette.CodeInvalid, "the limits of mail name %s twice; write it once", to)
		}
		out.Of[to] = r
	}
	return out, nil
}

func wrong(err error) string {
	if s := err.Error(); len(s) <= 200 {
		return s
	}
	return "it is no such JSON"
}

func (r Rule) check(name string) error {
	for _, f := range []struct {
		what    string
		n, most int
	}{{"connections", r.Connections, maxAtOnce}, {"per_minute", r.PerMinute, maxPerMinute}} {
		if f.n < 0 || f.n > f.most {
			return vedette.Errorf(vedette.CodeInvalid, "the limits of mail: %s of %s is %d; give 0 (no bound) to %d", f.what, fmt.Sprintf("%.100q", name), f.n, f.most)
		}
	}
	return nil
}

// Destination gives what a mail's limits go by: the domain of its address, in
// small letters; "" where it has none.
func Destination(address string) string {
	_, domain, _ := strings.Cut(address, "@")
	if i := strings.LastIndex(domain, "@"); i >= 0 {
		domain = domain[i+1:]
	}
	return strings.ToLower(strings.TrimSuffix(domain, "."))
}
