package gazetteer

import (
	"math"

	"vedette"
	"vedette/gazetteer/shape"
)

// Distance is the great-circle distance in kilometres.
func Distance(a, b vedette.Point) float64 {
	la, lb := radians(a.Lat), radians(b.Lat)
	sinLat := math.Sin((lb - la) / 2)
	sinLon := math.Sin(radians(b.Lon-a.Lon) / 2)
	h := sinLat*sinLat + math.Cos(la)*math.Cos(lb)*sinLon*sinLon
	return 2 * shape.EarthKM * math.Asin(math.Sqrt(min(h, 1)))
}

func radians(deg float64) float64 { return deg * math.Pi / 180 }
