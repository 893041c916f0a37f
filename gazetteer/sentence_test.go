package gazetteer

import (
	"slices"
	"strings"
	"testing"

	"vedette"
)

// all gives the mentions of a text as "span=candidates", slight ones with "?"
// behind.
func all(text string) []string {
	var out []string
	for _, m := range Default().Mentions(text) {
		var ids []string
		for _, a := range m.Areas {
			ids = append(ids, string(a))
		}
		s := [...]string{"", "~", "#", "^"}[m.Form] + text[m.Span[0]:m.Span[1]] + "=" + strings.Join(ids, ",")
		if m.Slight {
			s += "?"
		}
		out = append(out, s)
	}
	return out
}

func TestMentionsOfDivisions(t *testing.T) {
	for text, want := range map[string]string{
		"Shelling hit Kherson overnight":                       "Kherson=gn:706448,UA-65",
		"Shelling hit Kherson Oblast overnight":                "Kherson Oblast=UA-65",
		"in the Kherson region and Kherson oblast":             "Kherson=UA-65 | Kherson=UA-65",
		"the Kherson Governor said":                            "Kherson=gn:706448,UA-65",
		"Basra Governorate's roads":                            "Basra Governorate=IQ-BA",
		"Borno State, Nigeria":                                 "Borno State=NG-BO | Nigeria=NG",
		"in Niger State and in Niger":                          "Niger State=NG-NI | Niger=NE",
		"Province of Neuquén":                                  "Province of Neuquén=AR-Q",
		"the province of Helmand":                              "Helmand=AF-HEL",
		"the State of Georgia; the state of Georgia":           "State of Georgia=US-GA | Georgia=US-GA",
		"Georgia and its Black Sea coast":                      "Georgia=GE,US-GA | Black Sea=black-sea",
		"Atlanta, Georgia":                                     "Atlanta=gn:4180439 | Georgia=US-GA",
		"Atlanta, GA, and Washington, DC":                      "Atlanta=gn:4180439 | #GA=US-GA | Washington, DC=gn:4140963",
		"Lebanon, Pennsylvania":                                "Lebanon=gn:5197517 | Pennsylvania=US-PA",
		"Tripoli, Lebanon":                                     "Tripoli=gn:266826 | Lebanon=LB",
		"Tripoli, Libya":                                       "Tripoli=gn:2210247,LY-TB | Libya=LY",
		"Ashdod, Israel":                                       "Ashdod=gn:295629 | Israel=IL",
		"Paris, Texas, not Paris, France":                      "Paris=gn:4717560 | Texas=US-TX | Paris=gn:2988507,FR-75C | France=FR",
		"Jordan, Syria, Lebanon and Iraq":                      "Jordan=JO | Syria=SY | Lebanon=LB | Iraq=IQ",
		"Kansas, Oklahoma and Texas":                           "Kansas=US-KS | Oklahoma=US-OK,gn:4544349 | Texas=US-TX",
		"Tehran, IN THE MORNING":                               "Tehran=gn:112931,IR-23",
		"in Washington and in Washington State":                "Washington=gn:4140963 | Washington State=US-WA",
		"New York and New York State":                          "New York=gn:5128581,US-NY | New York State=US-NY",
		"Mexico City; the State of Mexico; Mexico":             "Mexico City=gn:3530597,MX-CMX | State of Mexico=MX-MEX | Mexico=MX",
		"Punjab province saw rain":                             "Punjab=IN-PB,PK-PB",
		"Punjab, Pakistan":                                     "Punjab=PK-PB | Pakistan=PK",
		"Amazonas, Brazil":                                     "Amazonas=BR-AM | Brazil=BR",
		"Córdoba, Argentina":                                   "Córdoba=gn:3860259,AR-X | Argentina=AR",
		"Luxembourg, and Luxembourg Province":                  "Luxembourg=LU | Luxembourg Province=BE-WLX,LU-L,LU-LU",
		"Eastern Province's coast; eastern regions":            "Eastern Province=SA-04,LK-5",
		"Delta State and Rivers State; Plateau state":          "Delta State=NG-DE | Rivers State=NG-RI | Plateau=BJ-PL,NG-PL",
		"Delta variants, Rivers rose, Lakes froze":             "Delta=gn:5937615? | Rivers=gn:6122707? | Lakes=gn:7262905?",
		"Unity State; Upper Nile state; Lakes State":           "Unity State=SS-UY | Upper Nile=SS-NU | Lakes State=SS-LK",
		"Upper Nile":                                           "Upper Nile=SS-NU?",
		"North Kivu and South Kivu; Ituri":                     "North Kivu=CD-NK | South Kivu=CD-SK | Ituri=CD-IT",
		"Tigray, Amhara, Oromia and Afar":                      "Tigray=ET-TI | Amhara=ET-AM | Oromia=ET-OR | Afar=ET-AF",
		"Somali Region and Somali troops":                      "Somali Region=ET-SO | ~Somali=SO",
		"Cabo Delgado province, Mozambique":                    "Cabo Delgado=MZ-P | Mozambique=MZ",
		"the Donbas; Darfur; Nagorno-Karabakh":                 "Donbas=donbas | Darfur=darfur | Nagorno-Karabakh=nagorno-karabakh",
		"Crimea and Sevastopol":                                "Crimea=UA-43 | Sevastopol=gn:694423,UA-40",
		"Gaza Strip; the West Bank; Gaza City":                 "Gaza Strip=adm1:GZ | West Bank=adm1:WE | Gaza City=gn:281133",
		"England, Scotland and Northern Ireland":               "England=GB-ENG | Scotland=GB-SCT | Northern Ireland=GB-NIR",
		"Kyiv City and Kyiv Oblast":                            "Kyiv City=UA-30 | Kyiv Oblast=UA-32,UA-30",
		"US Department of State":                               "#US=US",
		"Kachin State; the Sagaing Region; Rakhine":            "Kachin State=MM-11 | Sagaing Region=MM-01 | Rakhine=MM-16",
		"the Republic of Georgia and the Republic of Dagestan": "Republic of Georgia=GE | Republic of Dagestan=RU-DA",
	} {
		if got := strings.Join(all(text), " | "); got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestMentionsOfAirports(t *testing.T) {
	for text, want := range map[string]string{
		"Ben Gurion Airport closed":                      "^Ben Gurion Airport=iata:TLV",
		"at Ben Gurion International Airport":            "^Ben Gurion International Airport=iata:TLV",
		"Ben Gurion airport":                             "^Ben Gurion airport=iata:TLV",
		"Soekarno-Hatta International Airport":           "^Soekarno-Hatta International Airport=iata:CGK",
		"Istanbul Airport and Sabiha Gökçen Airport":     "^Istanbul Airport=iata:IST | ^Sabiha Gökçen Airport=iata:SAW",
		"Murtala Muhammed International Airport, Lagos":  "^Murtala Muhammed International Airport=iata:LOS | Lagos=gn:2332459,NG-LA",
		"Heathrow Airport; London Heathrow Airport":      "^Heathrow Airport=iata:LHR | ^London Heathrow Airport=iata:LHR",
		"flights from Tel Aviv (TLV) to Beirut (BEY)":    "Tel Aviv=gn:293397,IL-TA | ^TLV=iata:TLV | Beirut=gn:276781,LB-BA | ^BEY=iata:BEY",
		"Imam Khomeini International Airport (IKA)":      "^Imam Khomeini International Airport=iata:IKA | ^IKA=iata:IKA",
		"LHR Airport is open; airport AMM is not":        "^LHR=iata:LHR | ^AMM=iata:AMM",
		"the TLV index; AMM; a DOH moment; (CAN)":        "^TLV=iata:TLV? | ^AMM=iata:AMM? | ^DOH=iata:DOH?", // slight: the reader decides
		"THE AIRPORT; ALL AIRPORTS":                      "",
		"Queen Alia Airport":                             "^Queen Alia Airport=iata:AMM",
		"Aden Adde International Airport":                "^Aden Adde International Airport=iata:MGQ",
		"Dubai International Airport and Dubai":          "^Dubai International Airport=iata:DXB | Dubai=gn:292223,AE-DU",
		"Simón Bolívar International Airport, Venezuela": "^Simón Bolívar International Airport=iata:CCS | Venezuela=VE",
	} {
		if got := strings.Join(all(text), " | "); got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
}

// People, bodies and groups are no places.
func TestWhatIsNoPlace(t *testing.T) {
	for text, want := range map[string]string{
		"Michael Jordan, Georgia O'Keeffe, Chad Smith":                "",
		"Jordan Israel and Paris Houston met Sydney Sweeney":          "",
		"Ireland Baldwin; Israel Katz; Milan Nedić; Victoria Adeyemi": "",
		"Austin Reyes, Charlotte Moreau, Florence Achieng":            "",
		"Lincoln Diaz, Jackson Ochieng and Santiago Peña":             "",
		"President Chad Holland spoke":                                "",
		"Gen. Chad Holland and Col. Paris Mukasa":                     "",
		"spokesperson Victoria Brno said":                             "",
		"Mr. Jordan Basra":                                            "",
		"US President Trump":                                          "#US=US",
		"the President of Chad":                                       "Chad=TD",
		"Minister Israel said; Israel Foreign Ministry":               "Israel=IL | Israel=IL",
		"Foreign Minister of Jordan":                                  "Jordan=JO",
		"Jordan-Israel border":                                        "Jordan=JO | Israel=IL",
		"Islamic State claimed; Islamic State Khorasan Province":      "",
		"Lashkar-e-Jhangvi, Balochistan Liberation Army":              "",
		"Oromo Liberation Army; Arakan Army; Boko Haram":              "",
		"Texas Instruments; Paris Saint-Germain; Manchester United":   "",
		"Shanghai Cooperation Organisation; African Union":            "",
		"the Congo River and the Indian Ocean":                        "Indian Ocean=indian-ocean",
		"Delta Air Lines; Turkish Airlines; Air India":                "",
		"Minsk agreements, Treaty of Rome, Doha Agreement":            "",
		"Sinaloa Cartel gunmen in Sinaloa":                            "Sinaloa=MX-SIN",
		"University of Texas; Boston Globe":                           "",
	} {
		if got := strings.Join(all(text), " | "); got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
}

// A small town, or one with a word or a person's name for its name, counts
// only with a sign.
func TestSlight(t *testing.T) {
	for text, slight := range map[string]bool{
		"Reading": true, "Nice": true, "Buffalo": true, "Miranshah": true, "Jackson": true, "Austin": true, "Hope": true,
		"Basra": false, "Bakhmut": false, "Kramatorsk": false, "Paris": false, "Iran": false, "Kerala": false, "Natanz": false, "Muscat": false,
	} {
		ms := Default().Mentions(text)
		if len(ms) != 1 || ms[0].Slight != slight {
			t.Errorf("%s: %v, want slight %v", text, ms, slight)
		}
	}
	ms := Default().Mentions("Reading, England")
	if len(ms) != 2 || ms[0].Slight || !slices.Equal(ms[0].Areas, []vedette.AreaID{"gn:2639577"}) {
		t.Errorf("Reading, England: %v", ms)
	}
}
