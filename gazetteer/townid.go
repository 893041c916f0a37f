package gazetteer

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"vedette"
)

// A town is known by its GeoNames number. One that comes from a list without
// such numbers is known by where it lies, to a hundredth of a degree, about a
// kilometre: its number is firstPlaced and more, of parallels and meridians
// counted from the south pole and the date line.
const (
	firstPlaced = 3_000_000_000
	meridians   = 36_001
)

// NumberAt gives the number of a town that is known by where it lies.
func NumberAt(p vedette.Point) uint32 {
	return firstPlaced + uint32(math.Round((p.Lat+90)*100))*meridians + uint32(math.Round((p.Lon+180)*100))
}

// TownID gives the id of a town by its number: "gn:287286" or "at:-12.25/40.12".
func TownID(no uint32) vedette.AreaID {
	if no < firstPlaced {
		return vedette.AreaID("gn:" + strconv.Itoa(int(no)))
	}
	no -= firstPlaced
	return vedette.AreaID(fmt.Sprintf("at:%.2f/%.2f", float64(no/meridians)/100-90, float64(no%meridians)/100-180))
}

// townNumber reads the id of a town.
func townNumber(id vedette.AreaID) (int, bool) {
	if digits, ok := strings.CutPrefix(string(id), "gn:"); ok {
		no, err := strconv.ParseUint(digits, 10, 32)
		return int(no), err == nil && no < firstPlaced && digits[0] != '0' && digits[0] != '+'
	}
	where, ok := strings.CutPrefix(string(id), "at:")
	if !ok {
		return 0, false
	}
	lat, lon, _ := strings.Cut(where, "/")
	p, err := vedette.Point{}, [2]error{}
	p.Lat, err[0] = strconv.ParseFloat(lat, 64)
	p.Lon, err[1] = strconv.ParseFloat(lon, 64)
	if err[0] != nil || err[1] != nil || !(math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180) {
		return 0, false
	}
	no := NumberAt(p)
	return int(no), TownID(no) == id
}
