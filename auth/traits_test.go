package auth

import (
	"encoding/json"
	"reflect"
	"testing"

	"vedette"
)

// traitsOf is what a full reading of the record gives.
func traitsOf(r *vedette.PersonRecord) Traits {
	return Traits{Citizenship: r.Citizenship, Standing: r.Standing, Dependants: len(r.Dependants) > 0, Led: r.Led(), Boss: BossHash(r.Manager), Wishes: r.Wishes, Restricted: r.Restricted}
}

// same fails the test unless the traits are those of the record.
func same(t *testing.T, got Traits, r *vedette.PersonRecord) {
	t.Helper()
	for ref, at := range r.Points {
		if p, ok := got.Point(ref); !ok || p != at {
			t.Errorf("point %q is %v, %v; want %v", ref, p, ok, at)
		}
	}
	if len(got.points) != len(r.Points) {
		t.Errorf("%d points; want %d", len(got.points), len(r.Points))
	}
	if got.points = nil; !reflect.DeepEqual(got, traitsOf(r)) {
		t.Errorf("traits %+v; want %+v", got, traitsOf(r))
	}
}

var traitRecords = []vedette.PersonRecord{
	{},
	{Name: "Mina Example", Addresses: []vedette.Address{{No: 1, Channel: vedette.ChannelEmail, Value: "mina@example.org"}}},
	{Name: `quo"te \ , } ] { [ "points":{`, Citizenship: []vedette.AreaID{"FR", "LB"}, Standing: vedette.StandingResident},
	{Name: "Mina", Dependants: []vedette.Dependant{{Name: `a "b", {c`}, {}}, Points: map[string]vedette.Point{"home": {Lat: -33.123456789, Lon: 1e-7}, "stay 2": {}}},
	{Language: "ar", Contacts: []vedette.Contact{{Kind: "companion", Name: "}"}}, Points: map[string]vedette.Point{`od"d <ref>`: {Lat: 90, Lon: -180}}},
	{Name: "Noor", Wishes: vedette.Wishes{Order: vedette.OrderOf(vedette.ChannelSMS, vedette.ChannelEmail), Digest: vedette.DailyAt(7 * 60)}},
	{Name: "Mina", Manager: "Ada Example", Wishes: vedette.Wishes{Quiet: vedette.Quiet{From: 22 * 60, To: 7*60 + 30}}},
	{Name: "Mina", Manager: "mina", Discreet: true, Restricted: true, Duress: "x"},
	{Name: `M "a"`, Manager: "ada@example.org", Addresses: []vedette.Address{{No: 1, Channel: vedette.ChannelEmail, Value: "mina@example.org"}}},
	{Name: "Mina", Manager: "Mina@example.org", Addresses: []vedette.Address{{No: 1, Channel: vedette.ChannelEmail, Value: "m@example.org"}, {No: 2, Channel: vedette.ChannelEmail, Value: "mina@example.org"}}},
	{Checkins: true, Citizenship: []vedette.AreaID{`a\b`, "é", "\u2028"}, External: "7", Precision: vedette.PrecisionCity, Points: map[string]vedette.Point{"": {Lat: 1}}},
}

func TestTraitsAreThoseOfTheRecord(t *testing.T) {
	k := NewKey()
	o := k.Opener()
	for i := range traitRecords {
		id := vedette.NewID(now)
		pk, wrapped := k.NewPersonKey(id)
		sealed, err := pk.SealRecord(&traitRecords[i])
		if err != nil {
			t.Fatal(err)
		}
		got, err := o.Traits(id, wrapped, sealed)
		if err != nil {
			t.Fatalf("record %d: %v", i, err)
		}
		same(t, got, &traitRecords[i])

		if _, err := o.Traits(vedette.NewID(now), wrapped, sealed); vedette.ErrorCode(err) != vedette.CodeWrongKey {
			t.Errorf("under another id: %v", err)
		}
		if _, err := NewKey().Opener().Traits(id, wrapped, sealed); vedette.ErrorCode(err) != vedette.CodeWrongKey {
			t.Errorf("with another installation key: %v", err)
		}
		if _, err := o.Traits(id, wrapped, pk.Seal("reply", []byte("{}"))); vedette.ErrorCode(err) != vedette.CodeWrongKey {
			t.Errorf("a reply opens as a record: %v", err)
		}
		sealed[len(sealed)-1] ^= 1
		if _, err := o.Traits(id, wrapped, sealed); vedette.ErrorCode(err) != vedette.CodeWrongKey {
			t.Errorf("a damaged record: %v", err)
		}
	}
	if _, err := o.Traits("", nil, nil); err == nil {
		t.Error("nothing opens")
	}
}

// What the quick reader does not know it leaves to the full one.
func TestTraitsOfWhatIsWrittenOtherwise(t *testing.T) {
	for _, text := range []string{`{ "standing": "local", "points": {"home": {"lat": 1, "lon": 2}} }`, `{"citizenship":null,"standing":"local"}`,
		`{"standing":"\u006cocal","citizenship":["F\u0052"]}`, `{"points":{"home":null},"dependants":[]}`, `null`} {
		var r vedette.PersonRecord
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			t.Fatal(err)
		}
		got, err := readTraits("x", []byte(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
		}
		same(t, got, &r)
	}
	for _, text := range []string{``, `{`, `{"points":`, `{"standing":"local"`, `{"citizenship":["FR"`, `{"points":{"a":{"lat":x}}}`, `[]`} {
		if _, err := readTraits("x", []byte(text)); vedette.ErrorCode(err) != vedette.CodeInternal {
			t.Errorf("%q reads: %v", text, err)
		}
	}
}

// Whatever a record holds, its traits are those of a full reading.
func FuzzTraits(f *testing.F) {
	for i := range traitRecords {
		b, err := json.Marshal(&traitRecords[i])
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var r vedette.PersonRecord
		if json.Unmarshal(text, &r) != nil {
			readTraits("x", text) // ends, and does not panic
			return
		}
		b, err := json.Marshal(&r)
		if err != nil {
			t.Skip() // holds what cannot be written
		}
		r = vedette.PersonRecord{}
		if err := json.Unmarshal(b, &r); err != nil {
			t.Fatal(err)
		}
		got, err := readTraits("x", b)
		if err != nil {
			t.Fatalf("%s: %v", b, err)
		}
		same(t, got, &r)
	})
}
