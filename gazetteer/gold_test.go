package gazetteer

import (
	"strings"
	"testing"

	"vedette"
)

// gold are names as reports write them and what each means first: an id, or
// for a city its country.
const gold = `
Kyiv city UA; Kiev city UA; Kharkiv city UA; Kharkov city UA; Kherson city UA; Odesa city UA; Odessa city UA; Zaporizhzhia city UA; Mariupol city UA; Bakhmut city UA
Lviv city UA; Dnipro city UA; Sevastopol city UA; Simferopol city UA; Crimea UA-43; Donbas donbas; Zakarpattia UA-21; Luhansk city UA; Kramatorsk city UA; Pokrovsk city UA
Moscow city RU; Belgorod city RU; Kursk city RU; Rostov-on-Don city RU; Grozny city RU; Chechnya RU-CE; Dagestan RU-DA; Ingushetia RU-IN; Tatarstan RU-TA; Makhachkala city RU; Saint Petersburg city RU; St. Petersburg city RU; North Ossetia RU-SE; North Caucasus north-caucasus
Damascus city SY; Aleppo city SY; Idlib city SY; Raqqa city SY; Deir ez-Zor city SY; Homs city SY; Latakia city SY; Daraa city SY; Suwayda city SY; Rif Dimashq SY-RD; Rural Damascus SY-RD; Hasakah city SY; Qamishli city SY
Baghdad city IQ; Basra city IQ; Basrah city IQ; Mosul city IQ; Erbil city IQ; Kirkuk city IQ; Nineveh IQ-NI; Anbar IQ-AN; Diyala IQ-DI; Salah al-Din IQ-SD; Dhi Qar IQ-DQ; Kurdistan Region kurdistan-region; Iraqi Kurdistan kurdistan-region; Sulaymaniyah city IQ; Fallujah city IQ; Najaf city IQ
Tehran city IR; Isfahan city IR; Khuzestan IR-06; Sistan and Baluchestan IR-11; Hormozgan IR-22; Zahedan city IR; West Azerbaijan IR-04; Bandar Abbas city IR; Ahvaz city IR
Sana'a city YE; Aden city YE; Marib city YE; Hodeidah city YE; Taiz city YE; Hadramawt YE-HD; Shabwah YE-SH; Saada city YE; Mukalla city YE; Abyan YE-AB; Socotra YE-SU
Beirut city LB; Nabatieh city LB; South Lebanon LB-JA; Baalbek city LB; Baalbek-Hermel LB-BH; Akkar LB-AK; Mount Lebanon LB-JL; Tyre city LB; Sidon city LB
Tel Aviv city IL; Haifa city IL; Ashkelon city IL; Galilee galilee; Gaza City city PS; Rafah city PS; Khan Younis city PS; Jenin city PS; Nablus city PS; Hebron city PS; Ramallah city PS
Riyadh city SA; Jeddah city SA; Jizan city SA; Najran city SA; Asir SA-14; Doha city QA; Abu Dhabi city AE; Dubai city AE; Fujairah city AE; Muscat city OM; Dhofar OM-ZU; Musandam OM-MU; Manama city BH
Cairo city EG; North Sinai EG-SIN; Sinai sinai; Alexandria city EG; Benghazi city LY; Misrata city LY; Sirte city LY; Sabha city LY; Derna city LY; Kasserine city TN; Sfax city TN; Tamanrasset city DZ; Laayoune city EH
Khartoum city SD; El Fasher city SD; Port Sudan city SD; Darfur darfur; North Darfur SD-DN; South Kordofan SD-KS; Kassala city SD; Nyala city SD; Juba city SS; Jonglei SS-JG; Malakal city SS; Central Equatoria SS-EC
Addis Ababa city ET; Tigray ET-TI; Amhara ET-AM; Oromia ET-OR; Afar ET-AF; Gambela city ET; Mekelle city ET; Mogadishu city SO; Kismayo city SO; Lower Shabelle SO-SH; Galgaduud SO-GA; Hargeisa city SO; Awdal SO-AW; Nairobi city KE; Mombasa city KE; Mandera city KE; Lamu city KE; Turkana KE-43; Garissa city KE
Abuja city NG; Lagos city NG; Borno NG-BO; Kaduna city NG; Zamfara NG-ZA; Maiduguri city NG; Benue NG-BE; Yobe NG-YO; Niger Delta niger-delta; Bayelsa NG-BY; Niamey city NE; Tillabéri city NE; Diffa city NE; Agadez city NE; Bamako city ML; Mopti city ML; Timbuktu city ML; Kidal city ML; Gao city ML; Ménaka city ML
Ouagadougou city BF; Soum BF-SOM; Djibo city BF; Seno BF-SEN; Liptako-Gourma liptako-gourma; N'Djamena city TD; Lake Chad Basin lake-chad-basin; Bamenda city CM; Far North CM-EN ?; Adamawa NG-AD; Bangui city CF; Vakaga CF-VK; Goma city CD; Bukavu city CD; North Kivu CD-NK; Ituri CD-IT; Kinshasa city CD; Tshopo CD-TO; Beni city CD ?
Cabo Delgado MZ-P; Pemba city MZ; Palma city ES; Maputo city MZ; Nampula city MZ; KwaZulu-Natal ZA-KZN; Gauteng ZA-GP; Johannesburg city ZA; Cape Town city ZA; Casamance casamance; Ziguinchor city SN; Dakar city SN; Conakry city GN; Freetown city SL; Abidjan city CI
Islamabad city PK; Karachi city PK; Peshawar city PK; Quetta city PK; Khyber Pakhtunkhwa PK-KP; Balochistan PK-BA; Sindh PK-SD; Gilgit-Baltistan PK-GB; Kabul city AF; Kandahar city AF; Helmand AF-HEL; Nangarhar AF-NAN; Panjshir AF-PAN; Herat city AF; Kunduz city AF
New Delhi city IN; Manipur IN-MN; Jammu and Kashmir IN-JK; Ladakh IN-LA; Assam IN-AS; Chhattisgarh IN-CG; West Bengal IN-WB; Srinagar city IN; Imphal city IN; Kashmir kashmir; Dhaka city BD; Chittagong city BD; Cox's Bazar city BD; Colombo city LK; Jaffna city LK; Kathmandu city NP; Madhesh NP-P2
Rakhine MM-16; Kachin MM-11; Kayin MM-13; Sagaing city MM; Yangon city MM; Naypyidaw city MM; Chin MM-14; Bangkok city TH; Pattani city TH; Narathiwat city TH; Yala city TH; Mindanao mindanao; Maguindanao PH-MAG; Sulu PH-SLU; Davao City city PH; Marawi city PH; Basilan PH-BAS; Jakarta city ID; Aceh ID-AC; Papua ID-PA; Central Sulawesi ID-ST; Sabah MY-12; Sarawak MY-13
Xinjiang CN-XJ; Tibet CN-XZ; Inner Mongolia CN-NM; Guangdong CN-GD; Urumqi city CN; Hong Kong HK; Taipei city TW; Hokkaido JP-01; Okinawa city JP; Fukushima city JP; Gyeonggi KR-41; Seoul city KR; Pyongyang city KP; Kinmen TW-KIN
Tbilisi city GE; Abkhazia GE-AB; South Ossetia south-ossetia; Nagorno-Karabakh nagorno-karabakh; Stepanakert city AZ; Syunik AM-SU; Nakhchivan city AZ; Almaty city KZ; Mangystau KZ-47; Gorno-Badakhshan TJ-GB; Karakalpakstan UZ-QR; Osh city KG; Batken city KG
Istanbul city TR; Diyarbakir city TR; Hatay TR-31; Gaziantep city TR; Şırnak city TR; Bavaria DE-BY; Saxony DE-SN; Catalonia ES-CT; Andalusia ES-AN; Scotland GB-SCT; Northern Ireland GB-NIR; England GB-ENG; Corsica FR-20R; Sicily IT-82; Lombardy IT-25; Republika Srpska BA-SRP; Vojvodina RS-VO; Mitrovica city XK; Transnistria MD-SN; Gagauzia MD-GA; Chișinău city MD; Tiraspol city MD
Texas US-TX; California US-CA; Florida US-FL; Puerto Rico PR; Minneapolis city US; Ontario CA-ON; Quebec city CA; Alberta CA-AB; British Columbia CA-BC; Sinaloa MX-SIN; Michoacán MX-MIC; Tamaulipas MX-TAM; Chiapas MX-CHP; Guerrero MX-GRO; Tijuana city MX; Culiacán city MX; Mexico City city MX; Petén GT-17
Port-au-Prince city HT; Artibonite HT-AR; Bogotá city CO; Cauca CO-CAU; Catatumbo ?; Arauca city CO; Norte de Santander CO-NSA; Chocó CO-CHO; Caracas city VE; Zulia VE-V; Apure VE-C; Táchira VE-S; Guayaquil city EC; Guayas EC-G; Manabí EC-M; Esmeraldas city EC ?; Lima city PE; Loreto PE-LOR; Cusco city PE; Rio de Janeiro city BR; Bahia BR-BA; Amazonas BR-AM ?; La Paz city BO; Cochabamba city BO; Araucanía CL-AR; Neuquén city AR; Essequibo essequibo; San Salvador city SV; Tegucigalpa city HN; Managua city NI
Vanuatu VU; Port Vila city VU; Bougainville PG-NSB; Hela PG-HLA; Honiara city SB; Nouméa city NC; New South Wales AU-NSW; Queensland AU-QLD
Persian Gulf persian-gulf; Arabian Gulf persian-gulf; Strait of Hormuz strait-of-hormuz; Türkiye TR; Côte d'Ivoire CI; Sahel sahel; Horn of Africa horn-of-africa
`

// Names mean what reports mean by them. A "?" marks what is left open.
func TestGoldNames(t *testing.T) {
	g := Default()
	n := 0
	for entry := range strings.SplitSeq(strings.ReplaceAll(gold, "\n", ";"), ";") {
		entry = strings.TrimSpace(entry)
		if entry == "" || strings.HasSuffix(entry, "?") {
			continue
		}
		n++
		words := strings.Fields(entry)
		last := len(words) - 1
		want, country := vedette.AreaID(words[last]), vedette.AreaID("")
		name := strings.Join(words[:last], " ")
		if words[last-1] == "city" {
			name, want, country = strings.Join(words[:last-1], " "), "", want
		}
		ms := g.Mentions(name)
		if len(ms) != 1 {
			t.Errorf("%s: %d mentions", name, len(ms))
			continue
		}
		got, _ := g.Area(ms[0].Areas[0])
		if want != "" && got.ID != want || country != "" && (got.Kind != vedette.AreaCity || got.Country != country) || ms[0].Span != [2]int{0, len(name)} {
			t.Errorf("%s: %s %s in %s, %v; want %s%s", name, got.ID, got.Kind, got.Country, ms[0].Areas, want, country)
		}
		if ms[0].Slight {
			t.Errorf("%s is slight", name)
		}
	}
	if n < 300 {
		t.Errorf("only %d names", n)
	}
}
