package intake

import (
	"vedette"
	"vedette/intake/place"
	"vedette/intake/sheet"
)

// The fields of a people file.
const (
	fieldName sheet.Field = iota
	fieldFirst
	fieldLast
	fieldEmail
	fieldPhone
	fieldVoice
	fieldLanguage
	fieldManager
	fieldCitizenship
	fieldSite
	fieldCountry
	fieldDivision
	fieldCity
	fieldLat
	fieldLon
	fieldPoint
	fieldExternal
	fieldStanding
	fieldPrecision
	fieldCheckins
	fieldDiscreet
	fieldRestricted
	fieldDuress
	fieldQuiet
	fieldOrder
	fieldDigest
	fieldDependants
	fieldSpouse
	fieldChildren
	fieldDependantCount
	fieldEmergencyName
	fieldEmergencyPhone
	fieldEmergencyEmail
	fieldCompanionName
	fieldCompanionPhone
	fieldCompanionEmail
	fieldCount
)

// peopleHeadings lists what the columns of people files are called.
var peopleHeadings = sheet.NewHeadings([]sheet.Heads{
	fieldName: {Field: "name", Names: `name; full name; person; person name; employee; employee name; traveller; traveler; traveller name; traveler name; display name; complete name;
		staff name; nom complet; nom et prénom; prénom et nom; nom; vollständiger name; mitarbeiter; mitarbeiterin; nombre completo; nombre y apellidos;
		nombre`},
	fieldFirst: {Field: "first name", Names: `first name; given name; given names; forename; first; given; firstname; prénom; vorname; nombre de pila; primer nombre`},
	fieldLast:  {Field: "last name", Names: `last name; family name; surname; last; family; nom de famille; nachname; familienname; apellidos; apellido`},
	fieldEmail: {Field: "email", Names: `email; e-mail address; mail; work email; business email; company email; office email; primary email; email 1; mail address; courriel; adresse e-mail;
		adresse mail; adresse électronique; e-mail-adresse; mailadresse; correo electrónico; correo; personal email; private email`},
	fieldPhone: {Field: "phone", Names: `mobile; mobile phone; mobile number; cell; cell phone; cellphone; work mobile; phone mobile; mobil; handy; handynummer; mobiltelefon; portable;
		téléphone portable; móvil; celular; phone; phone number; telephone; telephone number; tel; tel no; phone no; work phone; business phone; phone 1;
		téléphone; numéro de téléphone; telefon; telefonnummer; rufnummer; teléfono`, Many: true},
	fieldVoice: {Field: "voice", Names: `voice; voice number; voice call; number to call; call number; landline; landline number; fixed line; fixed line number; fixed phone; home phone; home number; desk phone;
		satellite phone; satphone; téléphone fixe; fixe; numéro fixe; festnetz; festnetznummer; festnetztelefon; teléfono fijo; número fijo; línea fija`},
	fieldLanguage: {Field: "language", Names: `language; preferred language; lang; locale; language code; langue; langue préférée; sprache; bevorzugte sprache; idioma; idioma preferido; lengua`},
	fieldManager: {Field: "manager", Names: `manager; manager email; line manager; manager name; supervisor; reports to; responsable; vorgesetzter; vorgesetzte; supérieur; jefe;
		responsable directo`},
	fieldCitizenship: {Field: "citizenship", Names: `citizenship; citizenships; nationality; nationalities; second citizenship; second nationality; nationality 1; nationality 2; citizen of;
		country of citizenship; passport country; nationalité; nationalités; citoyenneté; staatsangehörigkeit; staatsbürgerschaft; nationalität; nacionalidad;
		ciudadanía`, Many: true},
	fieldSite: {Field: "site", Names: `site; site name; office; office name; workplace; work site; work location; facility; branch; bureau; lieu de travail; standort; büro; niederlassung;
		arbeitsort; oficina; sede; sucursal`},
	fieldCountry:  {Field: "country", Names: place.CountryNames},
	fieldDivision: {Field: "state or province", Names: place.DivisionNames},
	fieldCity:     {Field: "city", Names: place.CityNames},
	fieldLat:      {Field: "latitude", Names: place.LatNames},
	fieldLon:      {Field: "longitude", Names: place.LonNames},
	fieldPoint:    {Field: "latitude, longitude", Names: place.PointNames},
	fieldExternal: {Field: "id", Names: `personnel number; personnel no; employee id; employee number; employee no; staff id; staff number; staff no; worker id; person id; payroll number;
		badge number; external id; id; matricule; numéro de matricule; numéro d'employé; personalnummer; personal nr; mitarbeiternummer; mitarbeiter id;
		número de empleado; número de personal; id de empleado; legajo`},
	fieldStanding: {Field: "standing", Names: `standing; residency status; residence status; resident status; expat status; expatriate status; assignment type; traveller type; traveler type;
		staff type; staff category; statut de résidence; statut du personnel; type d'affectation; aufenthaltsstatus; art der entsendung; personalkategorie;
		situación de residencia; tipo de personal; tipo de asignación`},
	fieldPrecision: {Field: "precision", Names: `precision; location precision; precision of location; location detail; level of detail; what we keep; précision; précision du lieu; genauigkeit;
		ortsgenauigkeit; precisión; precisión de la ubicación`},
	fieldCheckins: {Field: "check-ins", Names: `check-ins; check-in opt-in; checkin opt in; opt in check-ins; check-in consent; check-in; opted in; opt-in; consentement check-in;
		accepte les check-ins; check-in zustimmung; check-in einwilligung; consentimiento check-in; acepta check-ins`},
	fieldDiscreet: {Field: "discreet", Names: `discreet; discreet messages; discretion; discreet wording; discret; messages discrets; diskret; diskrete nachrichten;
		discreto; mensajes discretos`},
	fieldRestricted: {Field: "restricted", Names: `restricted; restricted person; protected person; executive protection; personne protégée; geschützte person; persona protegida`},
	fieldDuress:     {Field: "duress word", Names: `duress; duress word; duress code; duress phrase; code word; mot de contrainte; mot de détresse; notwort; codewort; palabra de coacción; palabra clave`},
	fieldQuiet: {Field: "quiet hours", Names: `quiet hours; quiet time; quiet; do not disturb; dnd; do not disturb hours; night hours; silent hours; heures de silence; heures calmes;
		ne pas déranger; ruhezeit; ruhezeiten; nicht stören; nachtruhe; horas de silencio; horas tranquilas; no molestar`},
	fieldOrder: {Field: "channels", Names: `channels; order of channels; channel order; preferred channels; preferred channel; contact by; contact preference; canaux; canal préféré;
		ordre des canaux; kanäle; bevorzugter kanal; reihenfolge der kanäle; canales; canal preferido; orden de canales`},
	fieldDigest: {Field: "digest", Names: `digest; daily digest; digest at; digest time; daily summary; résumé quotidien; tagesübersicht; resumen diario`},
	fieldDependants: {Field: "dependants", Names: `dependants; dependents; dependant; dependent; dependant names; dependent names; family members; accompanying family; personnes à charge;
		famille; membres de la famille; angehörige; familienangehörige; mitreisende angehörige; familie; dependientes; familiares; personas a cargo`, Numbered: true},
	fieldSpouse: {Field: "dependants", Names: `spouse; spouse name; partner; partner name; wife; husband; spouse or partner; conjoint; conjointe; conjoint(e); époux; épouse; ehepartner;
		ehepartnerin; lebenspartner; cónyuge; pareja; esposo; esposa`},
	fieldChildren: {Field: "dependants", Names: `children; child; child name; names of children; children names; number of children; enfants; enfant; nombre d'enfants; kinder; kind; anzahl kinder;
		hijos; hijo; hija; número de hijos`, Numbered: true},
	fieldDependantCount: {Field: "dependants", Names: `number of dependants; number of dependents; dependant count; dependent count; no of dependants; no of dependents; nombre de personnes à charge;
		anzahl angehörige; anzahl angehöriger; número de dependientes`},
	fieldEmergencyName: {Field: "emergency contact", Names: `emergency contact; emergency contact name; name of emergency contact; emergency name; ice; ice contact; ice name; in case of emergency; next of kin;
		next of kin name; contact d'urgence; contact urgence; nom du contact d'urgence; personne à prévenir; personne à contacter en cas d'urgence;
		notfallkontakt; notfallkontakt name; name notfallkontakt; name des notfallkontakts; kontakt im notfall; contacto de emergencia; contacto emergencia;
		nombre del contacto de emergencia; persona de contacto en caso de emergencia`, Numbered: true},
	fieldEmergencyPhone: {Field: "emergency contact", Names: `emergency phone; emergency contact phone; emergency contact number; emergency contact mobile; emergency number; emergency mobile; emergency telephone;
		ice phone; ice number; ice mobile; next of kin phone; next of kin number; téléphone d'urgence; téléphone urgence; numéro d'urgence;
		téléphone du contact d'urgence; téléphone de la personne à prévenir; notfalltelefon; notfallnummer; notfallkontakt telefon; telefon notfallkontakt;
		telefonnummer notfallkontakt; teléfono de emergencia; teléfono emergencia; teléfono del contacto de emergencia; móvil de emergencia`, Numbered: true},
	fieldEmergencyEmail: {Field: "emergency contact", Names: `emergency email; emergency contact email; ice email; next of kin email; e-mail d'urgence; courriel d'urgence; courriel du contact d'urgence;
		e-mail du contact d'urgence; notfall e-mail; notfallkontakt e-mail; e-mail notfallkontakt; correo de emergencia; correo del contacto de emergencia;
		correo electrónico de emergencia; email del contacto de emergencia`, Numbered: true},
	fieldCompanionName: {Field: "companion", Names: `companion; companion name; travel companion; travelling companion; traveling companion; travelling with; traveling with; accompagnant; accompagnateur;
		compagnon de voyage; nom de l'accompagnant; begleitperson; begleitung; begleiter; reisebegleitung; reisebegleiter; acompañante; nombre del acompañante;
		compañero de viaje`, Numbered: true},
	fieldCompanionPhone: {Field: "companion", Names: `companion phone; companion number; companion mobile; travel companion phone; téléphone de l'accompagnant; telefon begleitperson; begleitperson telefon;
		telefon reisebegleitung; teléfono del acompañante`, Numbered: true},
	fieldCompanionEmail: {Field: "companion", Names: `companion email; travel companion email; courriel de l'accompagnant; e-mail de l'accompagnant; e-mail begleitperson; begleitperson e-mail;
		correo del acompañante; correo electrónico del acompañante`, Numbered: true},
})

// openPeople finds delimiter and header line of a people file.
func openPeople(text string) (*sheet.Reader, error) {
	in, err := sheet.NewReader(text, peopleHeadings)
	if err != nil {
		return nil, err
	}
	if !in.Has(fieldName) && !in.Has(fieldFirst) && !in.Has(fieldLast) && !in.Has(fieldEmail) {
		return nil, vedette.Errorf(vedette.CodeInvalid,
			"line %d: no column for a name or an e-mail address among %s: the first line must hold the headers (name, email, country, city …)",
			in.Table.Line, in.Header())
	}
	return in, nil
}

// whereabouts takes the cells of a people file that say where.
func whereabouts(in *sheet.Reader) place.Cells {
	return place.Cells{Country: in.Cell(fieldCountry), Division: in.Cell(fieldDivision), City: in.Cell(fieldCity), Lat: in.Cell(fieldLat), Lon: in.Cell(fieldLon), Point: in.Cell(fieldPoint)}
}
