package sms

import "strings"

// Serving gives the gateways that serve a number, in order.
func (c *Config) Serving(number string) (names []string) {
	if len(c.Routes) == 0 {
		for i := range c.Gateways {
			names = append(names, c.Gateways[i].Name)
		}
		return names
	}
	longest := -1
	for _, r := range c.Routes {
		if strings.HasPrefix(number, r.Prefix) && len(r.Prefix) > longest {
			longest, names = len(r.Prefix), r.Gateways
		}
	}
	return names
}

// Price gives what a segment to a number costs, and whether that is known.
func (c *Config) Price(number string) (perSegment float64, known bool) {
	longest := -1
	for _, p := range c.Prices {
		if strings.HasPrefix(number, p.Prefix) && len(p.Prefix) > longest {
			longest, perSegment, known = len(p.Prefix), p.PerSegment, true
		}
	}
	return perSegment, known
}
