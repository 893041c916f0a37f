package web

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"vedette"
	"vedette/draw"
)

// groundName is the digest that names a ground's files.
func (p *portal) groundName(m draw.Map) string {
	sum := sha256.Sum256(p.maps.Ground(p.Gaz, m, false))
	return hex.EncodeToString(sum[:8])
}

// groundFile reads the name of a ground's file: its digest, and whether it is the dark one.
func groundFile(file string) (name string, dark bool, err error) {
	name, dark = strings.CutSuffix(file, ".dark.svg")
	if !dark {
		light := false
		if name, light = strings.CutSuffix(name, ".light.svg"); !light {
			return "", false, vedette.Errorf(vedette.CodeNotFound, "no map has this address; load the page again")
		}
	}
	return name, dark, nil
}

// sendGround sends a ground; the one that was asked for by its digest is kept.
func (p *portal) sendGround(w http.ResponseWriter, m draw.Map, name string, dark bool) error {
	w.Header().Set("Cache-Control", "no-store")
	if name == p.groundName(m) {
		w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	if _, err := w.Write(p.maps.Ground(p.Gaz, m, dark)); err != nil {
		p.Log.Debug("a map was not read to its end", "err", err)
	}
	return nil
}

// frameQuery is what a map looks at, as an address says it: a middle, and degrees.
func frameQuery(f draw.Frame) url.Values {
	lat, lon := (f.South+f.North)/2, math.Mod((f.West+f.East)/2+540, 360)-180
	span := min(max((f.North-f.South)/fitMargin, leastLook), mostLook)
	short := func(n float64, digits int) string { return strconv.FormatFloat(n, 'f', digits, 64) }
	return url.Values{"at": {short(max(min(lat, 85), -85), 3) + "," + short(lon, 3)}, "span": {short(span, 2)}}
}
