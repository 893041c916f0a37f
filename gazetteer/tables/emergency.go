package tables

import "strings"

// Emergency is a line of emergency.txt.
type Emergency struct {
	Country string
	Numbers []string // none on record: empty
}

// EmergencyNumbers reads emergency.txt.
func EmergencyNumbers() ([]Emergency, error) {
	return read("emergency.txt", func(l line) (Emergency, error) {
		cols, err := l.columns(2, 2)
		if err != nil {
			return Emergency{}, err
		}
		e := Emergency{Country: cols[0]}
		if cols[1] != "-" {
			e.Numbers = strings.Fields(cols[1])
			if len(e.Numbers) == 0 {
				return e, l.errorf(`names no number; write "-" where none is on record`)
			}
		}
		for _, n := range e.Numbers {
			if len(n) < 2 || len(n) > 5 || strings.Trim(n, "0123456789") != "" {
				return e, l.errorf("%q is no number of an emergency service", n)
			}
		}
		return e, nil
	})
}
