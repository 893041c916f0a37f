package clock

import "strings"

// windowsZones are the names Windows and Outlook have for time zones, with
// the IANA zone of each: the "001" rows of windowsZones.xml of the Unicode
// CLDR (Unicode License v3).
const windowsZones = `
Egypt Standard Time=Africa/Cairo; Morocco Standard Time=Africa/Casablanca; South Africa Standard Time=Africa/Johannesburg;
South Sudan Standard Time=Africa/Juba; Sudan Standard Time=Africa/Khartoum; W. Central Africa Standard Time=Africa/Lagos;
E. Africa Standard Time=Africa/Nairobi; Sao Tome Standard Time=Africa/Sao_Tome; Libya Standard Time=Africa/Tripoli;
Namibia Standard Time=Africa/Windhoek; Aleutian Standard Time=America/Adak; Alaskan Standard Time=America/Anchorage;
Tocantins Standard Time=America/Araguaina; Paraguay Standard Time=America/Asuncion; Bahia Standard Time=America/Bahia;
SA Pacific Standard Time=America/Bogota; Argentina Standard Time=America/Buenos_Aires; Eastern Standard Time (Mexico)=America/Cancun;
Venezuela Standard Time=America/Caracas; SA Eastern Standard Time=America/Cayenne; Central Standard Time=America/Chicago;
Central Brazilian Standard Time=America/Cuiaba; Mountain Standard Time=America/Denver; Greenland Standard Time=America/Godthab;
Turks And Caicos Standard Time=America/Grand_Turk; Central America Standard Time=America/Guatemala; Atlantic Standard Time=America/Halifax;
Cuba Standard Time=America/Havana; US Eastern Standard Time=America/Indianapolis; SA Western Standard Time=America/La_Paz;
Pacific Standard Time=America/Los_Angeles; Mountain Standard Time (Mexico)=America/Mazatlan; Central Standard Time (Mexico)=America/Mexico_City;
Saint Pierre Standard Time=America/Miquelon; Montevideo Standard Time=America/Montevideo; Eastern Standard Time=America/New_York;
US Mountain Standard Time=America/Phoenix; Haiti Standard Time=America/Port-au-Prince; Magallanes Standard Time=America/Punta_Arenas;
Canada Central Standard Time=America/Regina; Pacific SA Standard Time=America/Santiago; E. South America Standard Time=America/Sao_Paulo;
Newfoundland Standard Time=America/St_Johns; Pacific Standard Time (Mexico)=America/Tijuana; Yukon Standard Time=America/Whitehorse;
Jordan Standard Time=Asia/Amman; Arabic Standard Time=Asia/Baghdad; Azerbaijan Standard Time=Asia/Baku; SE Asia Standard Time=Asia/Bangkok;
Altai Standard Time=Asia/Barnaul; Middle East Standard Time=Asia/Beirut; Central Asia Standard Time=Asia/Bishkek; India Standard Time=Asia/Calcutta;
Transbaikal Standard Time=Asia/Chita; Sri Lanka Standard Time=Asia/Colombo; Syria Standard Time=Asia/Damascus; Bangladesh Standard Time=Asia/Dhaka;
Arabian Standard Time=Asia/Dubai; West Bank Standard Time=Asia/Hebron; W. Mongolia Standard Time=Asia/Hovd;
North Asia East Standard Time=Asia/Irkutsk; Israel Standard Time=Asia/Jerusalem; Afghanistan Standard Time=Asia/Kabul;
Russia Time Zone 11=Asia/Kamchatka; Pakistan Standard Time=Asia/Karachi; Nepal Standard Time=Asia/Katmandu;
North Asia Standard Time=Asia/Krasnoyarsk; Magadan Standard Time=Asia/Magadan; N. Central Asia Standard Time=Asia/Novosibirsk;
Omsk Standard Time=Asia/Omsk; North Korea Standard Time=Asia/Pyongyang; Qyzylorda Standard Time=Asia/Qyzylorda; Myanmar Standard Time=Asia/Rangoon;
Arab Standard Time=Asia/Riyadh; Sakhalin Standard Time=Asia/Sakhalin; Korea Standard Time=Asia/Seoul; China Standard Time=Asia/Shanghai;
Singapore Standard Time=Asia/Singapore; Russia Time Zone 10=Asia/Srednekolymsk; Taipei Standard Time=Asia/Taipei;
West Asia Standard Time=Asia/Tashkent; Georgian Standard Time=Asia/Tbilisi; Iran Standard Time=Asia/Tehran; Tokyo Standard Time=Asia/Tokyo;
Tomsk Standard Time=Asia/Tomsk; Ulaanbaatar Standard Time=Asia/Ulaanbaatar; Vladivostok Standard Time=Asia/Vladivostok;
Yakutsk Standard Time=Asia/Yakutsk; Ekaterinburg Standard Time=Asia/Yekaterinburg; Caucasus Standard Time=Asia/Yerevan;
Azores Standard Time=Atlantic/Azores; Cape Verde Standard Time=Atlantic/Cape_Verde; Greenwich Standard Time=Atlantic/Reykjavik;
Cen. Australia Standard Time=Australia/Adelaide; E. Australia Standard Time=Australia/Brisbane; AUS Central Standard Time=Australia/Darwin;
Aus Central W. Standard Time=Australia/Eucla; Tasmania Standard Time=Australia/Hobart; Lord Howe Standard Time=Australia/Lord_Howe;
W. Australia Standard Time=Australia/Perth; AUS Eastern Standard Time=Australia/Sydney; UTC-11=Etc/GMT+11; Dateline Standard Time=Etc/GMT+12;
UTC-02=Etc/GMT+2; UTC-08=Etc/GMT+8; UTC-09=Etc/GMT+9; UTC+12=Etc/GMT-12; UTC+13=Etc/GMT-13; UTC=Etc/UTC; Astrakhan Standard Time=Europe/Astrakhan;
W. Europe Standard Time=Europe/Berlin; GTB Standard Time=Europe/Bucharest; Central Europe Standard Time=Europe/Budapest;
E. Europe Standard Time=Europe/Chisinau; Turkey Standard Time=Europe/Istanbul; Kaliningrad Standard Time=Europe/Kaliningrad;
FLE Standard Time=Europe/Kiev; GMT Standard Time=Europe/London; Belarus Standard Time=Europe/Minsk; Russian Standard Time=Europe/Moscow;
Romance Standard Time=Europe/Paris; Russia Time Zone 3=Europe/Samara; Saratov Standard Time=Europe/Saratov; Volgograd Standard Time=Europe/Volgograd;
Central European Standard Time=Europe/Warsaw; Mauritius Standard Time=Indian/Mauritius; Samoa Standard Time=Pacific/Apia;
New Zealand Standard Time=Pacific/Auckland; Bougainville Standard Time=Pacific/Bougainville; Chatham Islands Standard Time=Pacific/Chatham;
Easter Island Standard Time=Pacific/Easter; Fiji Standard Time=Pacific/Fiji; Central Pacific Standard Time=Pacific/Guadalcanal;
Hawaiian Standard Time=Pacific/Honolulu; Line Islands Standard Time=Pacific/Kiritimati; Marquesas Standard Time=Pacific/Marquesas;
Norfolk Standard Time=Pacific/Norfolk; West Pacific Standard Time=Pacific/Port_Moresby; Tonga Standard Time=Pacific/Tongatapu`

var windows = func() map[string]string {
	m := map[string]string{}
	for _, entry := range strings.Split(windowsZones, ";") {
		name, zone, _ := strings.Cut(strings.TrimSpace(entry), "=")
		m[strings.ToLower(name)] = zone
	}
	return m
}()
