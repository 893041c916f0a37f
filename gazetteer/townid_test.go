package gazetteer

import (
	"testing"

	"vedette"
)

// A town that has no GeoNames number is found by where it lies, and under no
// other way of writing that.
func TestTownsWithoutANumber(t *testing.T) {
	g := Default()
	all := g.Lookup("Macomia")
	if len(all) != 1 || all[0].ID != "at:-12.25/40.12" || all[0].Country != "MZ" || len(all[0].Zones) != 1 || all[0].Zones[0] != "Africa/Maputo" {
		t.Fatalf("Macomia is %+v", all)
	}
	if a, ok := g.Area("at:-12.25/40.12"); !ok || a.Name != "Macomia" {
		t.Errorf("its id gives %+v", a)
	}
	for _, id := range []vedette.AreaID{"at:", "at:-12.25", "at:-12.250/40.12", "at:-12.25/40.120", "at:NaN/40.12", "at:-12.25/400", "at:0.00/0.00", "gn:3434290002"} {
		if a, ok := g.Area(id); ok {
			t.Errorf("%s is %s", id, a.Name)
		}
	}
	for _, p := range []vedette.Point{{Lat: -90, Lon: -180}, {Lat: 90, Lon: 180}, {Lat: -0.004, Lon: 0.004}, {Lat: 12.345, Lon: -67.895}} {
		id := TownID(NumberAt(p))
		if no, ok := townNumber(id); !ok || uint32(no) != NumberAt(p) {
			t.Errorf("%v is %s, which reads %d", p, id, no)
		}
	}
}
