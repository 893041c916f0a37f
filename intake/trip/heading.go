package trip

import (
	"vedette"
	"vedette/intake/place"
	"vedette/intake/sheet"
)

// The fields of a trips file.
const (
	fieldEmail sheet.Field = iota
	fieldTraveller
	fieldName
	fieldFirst
	fieldLast
	fieldNumber
	fieldMode
	fieldFrom
	fieldFromCountry
	fieldTo
	fieldToCountry
	fieldDeparts
	fieldDepartsTime
	fieldDepartsZone
	fieldArrives
	fieldArrivesTime
	fieldArrivesZone
	fieldZone
	fieldCarrier
	fieldFlight
	fieldTrain
	fieldService
	fieldShip
	fieldSeas
	fieldHotel
	fieldPlace
	fieldCountry
	fieldStayFrom
	fieldStayUntil
	fieldPhone
	fieldStatus
)

// fieldHeadings lists what the columns of trips files are called.
var fieldHeadings = sheet.NewHeadings([]sheet.Heads{
	fieldEmail: {Field: "email", Names: `email; e-mail address; mail; traveller email; traveler email; passenger email; employee email; work email; courriel; e-mail du voyageur; adresse e-mail;
		e-mail des reisenden; correo electrónico; correo; correo del viajero`},
	fieldTraveller: {Field: "id", Names: `personnel number; personnel no; employee id; employee number; staff id; staff number; traveller id; traveler id; passenger id; person id; external id;
		matricule; personalnummer; mitarbeiternummer; número de empleado; id de empleado`},
	fieldName: {Field: "name", Names: `traveller; traveler; traveller name; traveler name; passenger; passenger name; pax; name; full name; employee; employee name; person; voyageur; passager; nom complet;
		nom; reisender; reisende; passagier; mitarbeiter; viajero; pasajero; nombre completo; nombre`},
	fieldFirst: {Field: "first name", Names: `first name; given name; forename; prénom; vorname; nombre de pila`},
	fieldLast:  {Field: "last name", Names: `last name; family name; surname; nom de famille; nachname; familienname; apellidos; apellido`},
	fieldNumber: {Field: "trip", Names: `trip number; trip id; trip; trip no; booking number; booking reference; booking ref; booking; booking id; booking code; pnr; record locator; locator; reservation;
		reservation number; confirmation number; itinerary number; itinerary id; travel request; numéro de voyage; numéro de réservation; référence de réservation; dossier; reisenummer; buchungsnummer;
		buchungscode; buchung; número de viaje; número de reserva; localizador; reserva; expediente`},
	fieldMode: {Field: "mode", Names: `mode; mode of travel; mode of transport; travel mode; transport; transport type; means of transport; type; segment type; moyen de transport; mode de transport; verkehrsmittel;
		reiseart; medio de transporte; medio`},
	fieldFrom: {Field: "from", Names: `from airport; origin airport; departure airport; from; origin; from city; departure city; departs from; departure place; departure location; from place; leaving from; origin city; departure station;
		departure port; aéroport de départ; de; ville de départ; lieu de départ; origine; von; abflughafen; abflugort; abfahrtsort; startort; desde; origen; ciudad de origen; aeropuerto de salida; lugar de salida`},
	fieldFromCountry: {Field: "from", Names: `from country; origin country; departure country; pays de départ; abreiseland; startland; país de origen; país de salida`},
	fieldTo: {Field: "to", Names: `to airport; destination airport; arrival airport; to; destination; to city; arrival city; destination city; arrives at; arrival place; arrival location; to place; going to; arrival station; arrival port;
		aéroport d'arrivée; à; ville d'arrivée; lieu d'arrivée; nach; zielflughafen; zielort; ankunftsort; ziel; hasta; destino; ciudad de destino; aeropuerto de llegada; lugar de llegada`},
	fieldToCountry: {Field: "to", Names: `to country; destination country; arrival country; pays d'arrivée; pays de destination; zielland; país de destino; país de llegada`},
	fieldDeparts: {Field: "departs", Names: `departs; departure; departure date and time; departure datetime; departure date/time; departure date; dep date; date of departure; departing; leaves; etd; std; date;
		travel date; départ; date de départ; date et heure de départ; abflug; abfahrt; abreise; abflugdatum; abfahrtsdatum; abreisedatum; datum; salida; fecha de salida; fecha y hora de salida; fecha`},
	fieldDepartsTime: {Field: "departs", Names: `departure time; dep time; time of departure; heure de départ; abflugzeit; abfahrtszeit; hora de salida`},
	fieldDepartsZone: {Field: "zone", Names: `departure time zone; departure timezone; departure zone; departure tz; from time zone; from timezone; origin time zone; fuseau de départ; zeitzone abflug; zona horaria de salida`},
	fieldArrives: {Field: "arrives", Names: `arrives; arrival; arrival date and time; arrival datetime; arrival date/time; arrival date; arr date; date of arrival; arriving; eta; sta; arrivée; date d'arrivée;
		date et heure d'arrivée; ankunft; ankunftsdatum; llegada; fecha de llegada; fecha y hora de llegada`},
	fieldArrivesTime: {Field: "arrives", Names: `arrival time; arr time; time of arrival; heure d'arrivée; ankunftszeit; hora de llegada`},
	fieldArrivesZone: {Field: "zone", Names: `arrival time zone; arrival timezone; arrival zone; arrival tz; to time zone; to timezone; destination time zone; fuseau d'arrivée; zeitzone ankunft; zona horaria de llegada`},
	fieldZone:        {Field: "zone", Names: `time zone; timezone; zone; tz; iana zone; utc offset; fuseau horaire; fuseau; zeitzone; zona horaria`},
	fieldCarrier: {Field: "carrier", Names: `carrier; airline; operator; airline name; rail company; shipping company; shipping line; vendor; supplier; compagnie; compagnie aérienne; transporteur; fluggesellschaft;
		airline-name; bahn; reederei; aerolínea; compañía; transportista`},
	fieldFlight:  {Field: "number", Names: `flight; flight number; flight no; flight nr; vol; numéro de vol; flugnummer; flug; vuelo; número de vuelo`},
	fieldTrain:   {Field: "number", Names: `train; train number; train no; numéro de train; zug; zugnummer; tren; número de tren`},
	fieldService: {Field: "number", Names: `flight or train number; flight/train number; service number; service; segment number; number; numéro; nummer; número`},
	fieldShip:    {Field: "ship", Names: `ship; vessel; vessel name; ship name; ferry; navire; bateau; schiff; schiffsname; fähre; barco; buque`},
	fieldSeas:    {Field: "seas", Names: `seas; sea; through; crosses; seas crossed; waters; mers; mer; meere; mares; mar`},
	fieldHotel:   {Field: "stay", Names: `hotel; hotel name; stay; stay name; accommodation; accommodation name; lodging; property; property name; hôtel; nom de l'hôtel; hébergement; unterkunft; hotelname; alojamiento; nombre del hotel`},
	fieldPlace: {Field: "stay place", Names: `stay place; stay city; hotel city; stay location; hotel location; accommodation city; hotel address; address; ville de l'hôtel; ville du séjour; hotelort; ort der unterkunft; ciudad del hotel; ` +
		place.CityNames},
	fieldCountry: {Field: "stay place", Names: `stay country; hotel country; ` + place.CountryNames},
	fieldStayFrom: {Field: "stay from", Names: `stay from; check-in; check-in date; checkin; hotel check-in; from date; start date; start; trip start; begin; begins; first day; début; date de début; date d'entrée; du; beginn;
		anreise; anreisedatum; startdatum; reisebeginn; entrada; fecha de entrada; fecha de inicio; inicio`},
	fieldStayUntil: {Field: "stay until", Names: `stay until; until; check-out; check-out date; checkout; hotel check-out; to date; end date; end; trip end; return; return date; last day; fin; date de fin; date de retour; retour; au; ende;
		bis; enddatum; reiseende; rückreise; rückreisedatum; fecha de regreso; regreso; vuelta; fecha de fin; fecha de vuelta`},
	fieldPhone:  {Field: "stay phone", Names: `hotel phone; stay phone; phone of stay; accommodation phone; property phone; hotel telephone; téléphone de l'hôtel; hotel telefon; telefon hotel; hoteltelefon; teléfono del hotel`},
	fieldStatus: {Field: "status", Names: `status; booking status; trip status; segment status; cancelled; canceled; is cancelled; statut; annulé; buchungsstatus; storniert; estado; estado de la reserva; cancelado; anulado`},
})

// open finds delimiter and header line of a trips file.
func open(text string) (*sheet.Reader, error) {
	in, err := sheet.NewReader(text, fieldHeadings)
	if err != nil {
		return nil, err
	}
	who := in.Has(fieldEmail) || in.Has(fieldTraveller) || in.Has(fieldName) || in.Has(fieldFirst) || in.Has(fieldLast)
	when := in.Has(fieldDeparts) || in.Has(fieldArrives) || in.Has(fieldStayFrom) || in.Has(fieldStayUntil)
	if !who || !when {
		missing := "who travels"
		if who {
			missing = "when"
		}
		return nil, vedette.Errorf(vedette.CodeInvalid, "line %d: no column for %s among %s: the first line must hold the headers (traveller, trip, mode, from, to, departs, arrives …)",
			in.Table.Line, missing, in.Header())
	}
	return in, nil
}
