package main

import (
	"fmt"

	"vedette"
	"vedette/app"
)

// drawn reads shapes from files and circles as typed.
func (s *session) drawn(files, circles []string) (out []vedette.Shape, err error) {
	for _, f := range files {
		shapes, err := s.shapes(f)
		if err != nil {
			return nil, err
		}
		out = append(out, shapes...)
	}
	for _, text := range circles {
		shape, err := app.ReadCircle(text)
		if err != nil {
			return nil, err
		}
		out = append(out, shape)
	}
	return out, nil
}

// shapes names what an update draws.
func (p *paper) shapes(shapes []vedette.Shape) {
	for i := range shapes {
		s := &shapes[i]
		words := clean(s.Name)
		if s.Risk != vedette.RiskUnknown {
			words += ", risk " + s.Risk.String()
		}
		if s.Unsure > 0 {
			words += fmt.Sprintf(", known to %v km", s.Unsure)
		}
		p.field("drawn", words)
	}
}
