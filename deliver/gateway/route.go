package gateway

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

// Price is what something costs to the numbers that begin with a prefix.
type Price struct {
	Prefix string
	Each   float64
}

// Longest gives what it costs to a number by the longest of the prefixes, and
// whether that is known.
func Longest(prices []Price, number string) (each float64, known bool) {
	longest := -1
	for _, p := range prices {
		if strings.HasPrefix(number, p.Prefix) && len(p.Prefix) > longest {
			longest, each, known = len(p.Prefix), p.Each, true
		}
	}
	return each, known
}

// CheckPrice says what is wrong with a price; per names what it is of.
func (c *Config) CheckPrice(prefixed string, each float64, per string) error {
	if !prefix.MatchString(prefixed) || each < 0 || c.Currency == "" {
		return c.Bad("a price needs a prefix like \"+44\" and what %s costs, and all of them a currency; one has %q", per, prefixed)
	}
	return nil
}
