package sms

import (
	"io"

	"vedette/deliver/gateway"
)

// Config is how short messages leave.
type Config struct {
	gateway.Config
	Segments int     `json:"segments"` // most of one message, 2 when 0
	Prices   []Price `json:"prices"`
}

// Price is what a segment costs to the numbers that begin with a prefix.
type Price struct {
	Prefix     string  `json:"prefix"`
	PerSegment float64 `json:"per_segment"`
}

const (
	defaultSegments = 2
	maxSegments     = 6
)

// Read reads a configuration, JSON, with what getenv knows in place of ${NAME}.
func Read(r io.Reader, getenv func(string) string) (*Config, error) {
	c := &Config{}
	if err := c.Config.Read(r, "text message", c, getenv); err != nil {
		return nil, err
	}
	if c.Segments == 0 {
		c.Segments = defaultSegments
	}
	if c.Segments < 1 || c.Segments > maxSegments {
		return nil, c.Bad("%d segments for one message; give 1 to %d", c.Segments, maxSegments)
	}
	for _, p := range c.Prices {
		if err := c.CheckPrice(p.Prefix, p.PerSegment, "a segment"); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Price gives what a segment to a number costs, and whether that is known.
func (c *Config) Price(number string) (perSegment float64, known bool) {
	list := make([]gateway.Price, len(c.Prices))
	for i, p := range c.Prices {
		list[i] = gateway.Price{Prefix: p.Prefix, Each: p.PerSegment}
	}
	return gateway.Longest(list, number)
}
