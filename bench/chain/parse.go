package main

import (
	"slices"
	"time"

	"vedette/bench/figure"
	"vedette/gazetteer"
	"vedette/parse"
	"vedette/testdata/reports"
)

// parsing measures reading the sample: the first time, gazetteer and all,
// and warm.
func parsing() []figure.Figure {
	begin := time.Now()
	o := parse.Options{Received: begin}
	rd := parse.Read(gazetteer.Default(), []byte(reports.Gulf), o)
	cold := time.Since(begin)
	var warm []time.Duration
	for range 200 {
		b := time.Now()
		rd = parse.Read(gazetteer.Default(), []byte(reports.Gulf), o)
		warm = append(warm, time.Since(b))
	}
	slices.Sort(warm)
	if len(rd.Recommendations) == 0 {
		panic("the sample report has no recommendations")
	}
	return []figure.Figure{
		{Name: "parse of the sample, first, gazetteer loaded", Value: ms(cold), Unit: "ms"},
		{Name: "parse of the sample, warm, median of 200", Value: ms(warm[len(warm)/2]), Unit: "ms"},
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
