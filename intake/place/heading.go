package place

// What the columns that say where are called in any file.
const (
	CountryNames = `country; country code; country name; country or sea; country or area; country of residence; current country; work country; host country;
		country of assignment; nation; pays; land; país`
	CityNames = `city; town; city name; city or town; town or city; municipality; ville; stadt; ciudad; place; location; duty station; current city; work city;
		office city; lieu; ort; localité; lugar; localidad; ubicación`
	DivisionNames = `state; province; state or province; state province; region; governorate; division; département; bundesland; provincia; estado; canton; kanton; county`
	LatNames      = `latitude; lat; breite; breitengrad; latitud`
	LonNames      = `longitude; lon; lng; long; länge; längengrad; longitud`
	PointNames    = `coordinates; lat lon; lat long; lat lng; latlon; latitude longitude; gps; gps coordinates; point; geolocation; coordonnées; koordinaten; coordenadas`
)
