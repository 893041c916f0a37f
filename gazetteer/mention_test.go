package gazetteer

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"vedette"
)

// said gives the mentions of a text as "span=first candidate", adjectives
// with "~", codes with "#" and airports with "^" before. Slight ones are left
// out.
func said(text string) []string {
	var out []string
	for _, m := range Default().Mentions(text) {
		if m.Slight {
			continue
		}
		mark := [...]string{"", "~", "#", "^"}[m.Form]
		out = append(out, mark+text[m.Span[0]:m.Span[1]]+"="+string(m.Areas[0]))
	}
	return out
}

func TestMentions(t *testing.T) {
	for text, want := range map[string]string{
		"Iran’s request and Iran's answer":              "Iran=IR Iran=IR",
		"US-Iran talks; tell us, the US":                "#US=US Iran=IR #US=US",
		"A U.S. official and the U.S.’s allies":         "#U.S.=US #U.S.=US",
		"The UAE and the Emirates, Emirati":             "#UAE=AE Emirates=AE ~Emirati=AE",
		"USA, United States of America, American":       "#USA=US United States of America=US ~American=US",
		"Turkey ate turkey in Türkiye, a Turk":          "Turkey=TR Türkiye=TR ~Turk=TR",
		"unspecified Middle Eastern leaders":            "~Middle Eastern=middle-east",
		"across the MENA region":                        "#MENA=mena",
		"MENA SITUATION UPDATE: TEHRAN AND IRAQ":        "#MENA=mena TEHRAN=gn:112931 IRAQ=IQ",
		"travel to Gulf states":                         "Gulf states=gulf-states",
		"in the Arabian/Persian Gulf, should":           "Arabian/Persian Gulf=persian-gulf",
		"in the Red Sea and the Gulf of Aden":           "Red Sea=red-sea Gulf of Aden=gulf-of-aden",
		"ships in the Gulf are at risk":                 "Gulf=persian-gulf",
		"the Gulf Cooperation Council met":              "",
		"the Gulf Coast":                                "Gulf Coast=gulf-coast",
		"Washington treats, Tehran expressed":           "Washington=gn:4140963 Tehran=gn:112931",
		"in Muscat at 10:00":                            "Muscat=gn:287286",
		"Basra, Sana’a, Sanaa, Kiev and Kyiv":           "Basra=gn:99532 Sana’a=gn:71137 Sanaa=gn:71137 Kiev=gn:703448 Kyiv=gn:703448",
		"Deir ez-Zor, Sharm el-Sheikh, Mazar-i-Sharif":  "Deir ez-Zor=gn:170794 Sharm el-Sheikh=gn:349340 Mazar-i-Sharif=gn:1133616",
		"Bosnia and Herzegovina, Trinidad & Tobago":     "Bosnia and Herzegovina=BA Trinidad & Tobago=TT",
		"Democratic Republic of the Congo; DRC":         "Democratic Republic of the Congo=CD #DRC=CD",
		"Guinea-Bissau, Guinea, Bissau":                 "Guinea-Bissau=GW Guinea=GN Bissau=gn:2374775",
		"Côte d'Ivoire, Côte d’Ivoire, Ivory Coast":     "Côte d'Ivoire=CI Côte d’Ivoire=CI Ivory Coast=CI",
		"a Burkinabè and the Burkinabe":                 "~Burkinabè=BF ~Burkinabe=BF",
		"South Sudan-Sudan border, South Sudanese":      "South Sudan=SS Sudan=SD ~South Sudanese=SS",
		"Michael Jordan and Chad Smith; Jordan":         "Jordan=JO",
		"Defence Minister Israel Katz said":             "",
		"Reading a Nice report Of Mobile things":        "",
		"CONTACT US. CALL US. US STRIKES":               "#US=US",
		"Houthi, Taliban and Hezbollah attacks":         "",
		"Islamic State of Iraq and the Levant":          "",
		"the Washington Post, Times of Israel":          "",
		"New Jersey and New Mexico":                     "New Jersey=US-NJ New Mexico=US-NM",
		"Cox's Bazar’s camps":                           "Cox's Bazar=gn:1336134",
		"Gaza City; Gaza Strip; Gaza; the West Bank":    "Gaza City=gn:281133 Gaza Strip=adm1:GZ Gaza=adm1:GZ West Bank=adm1:WE",
		"St. Petersburg and St. Kitts and Nevis":        "St. Petersburg=gn:498817 St. Kitts and Nevis=KN",
		"It ended in Iran. Iraq began":                  "Iran=IR Iraq=IQ",
		"Israelis, Saudis, Iraqis and Swiss":            "~Israelis=IL ~Saudis=SA ~Iraqis=IQ ~Swiss=CH",
		"Indian Ocean, South China Sea, American Samoa": "Indian Ocean=indian-ocean South China Sea=south-china-sea American Samoa=AS",
		"Horn of Africa, West African":                  "Horn of Africa=horn-of-africa ~West African=west-africa",
		"iran and tehran":                               "",
		"the Baltic; Baltic states":                     "Baltic=baltic-sea Baltic states=baltics",
		"(Iran), “Iraq”, [Yemen]":                       "Iran=IR Iraq=IQ Yemen=YE",
		"anti-Israel, Iran-backed, non-US":              "Israel=IL Iran=IR #US=US",
		"Georgia, Luxembourg, Kuwait City":              "Georgia=GE Luxembourg=LU Kuwait City=gn:285787",
		"Bahrain, Doha, Hormuz, Bab al-Mandab Strait":   "Bahrain=BH Doha=gn:290030 Hormuz=strait-of-hormuz Bab al-Mandab Strait=bab-el-mandeb",
		"Washington, D.C. and London":                   "Washington, D.C.=gn:4140963 London=gn:2643743",
	} {
		if got := strings.Join(said(text), " "); got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestMentionsOfAmbiguousNames(t *testing.T) {
	for text, want := range map[string][]vedette.AreaID{
		"Congolese": {"CD", "CG"},
		"Korea":     {"KR", "KP"},
		"Tripoli":   {"gn:2210247", "gn:266826", "LY-TB"},
		"Hyderabad": {"gn:1269843", "gn:1176734"},
		"Moscow":    {"gn:524901", "RU-MOS", "RU-MOW"},
		"Iran":      {"IR"},
	} {
		got := Default().Mentions(text)
		if len(got) != 1 || !slices.Equal(got[0].Areas, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// Two megabytes of anything are searched in well under a quarter of a second;
// the limit here leaves room for a slow machine.
// hostile are pieces of text that, said over and over, make a careless search
// go over the same words again.
var hostile = []string{"US ", "South ", "Saint ", "St. ", "a", "é", "’", "& ", ", ", "-", "The ", "\xff", "I.", "United Kingdom of Great Britain and ", "Iran’s "}

// Four times the text may take four times as long, and ten for a busy
// machine; a search that goes over its words again takes sixteen.
func TestMentionsIsLinear(t *testing.T) {
	const most, floor = 10, 150 * time.Millisecond
	size := 128 << 10
	if testing.Short() {
		size /= 4
	}
	g := Default()
	for _, piece := range hostile {
		text := strings.Repeat(piece, 4*size/len(piece))
		least := [2]time.Duration{time.Hour, time.Hour}
		slow := true
		for try := 0; try < 3 && slow; try++ {
			for i, part := range []string{text[:len(text)/4], text} {
				start := time.Now()
				g.Mentions(part)
				least[i] = min(least[i], time.Since(start))
			}
			slow = least[1] > most*least[0] && least[1] > floor
		}
		if slow {
			t.Errorf("%q: %d kB take %v, four times as much takes %v", piece, size>>10, least[0], least[1])
		}
	}
}

func FuzzMentions(f *testing.F) {
	for _, s := range []string{"US-Iran talks", "Iran’s", "U.S.", "St. Kitts & Nevis", "\xff\xfeIran", "Washington, D.C.", "the Gulf", "Côte d’Ivoire", "I.I.I.I.I.I.I.I.I.", "ǅ", "Paris, Texas", "Tel Aviv (TLV)", "Province of Neuquén", "Republic of Dagestan", "Gen. Chad Holland", "Kherson Oblast's", "Atlanta, GA", "TLV airport"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, m := range Default().Mentions(text) {
			if m.Span[0] < end || m.Span[1] <= m.Span[0] || m.Span[1] > len(text) {
				t.Fatalf("%q: span %v after %d", text, m.Span, end)
			}
			end = m.Span[1]
			if !utf8.RuneStart(text[m.Span[0]]) || end < len(text) && utf8.ValidString(text) && !utf8.RuneStart(text[end]) {
				t.Fatalf("%q: span %v cuts a letter", text, m.Span)
			}
			if len(m.Areas) == 0 || len(m.Areas) > mostAreas {
				t.Fatalf("%q: %d candidates", text, len(m.Areas))
			}
			for _, a := range m.Areas {
				if _, ok := Default().area(a); !ok {
					t.Fatalf("%q: unknown area %q", text, a)
				}
			}
		}
		if again := Default().Mentions(text); !reflect.DeepEqual(again, Default().Mentions(text)) {
			t.Fatalf("%q: twice is not the same", text)
		}
	})
}

func BenchmarkMentions(b *testing.B) {
	text := strings.Repeat("On February 4, US-Iran talks slated for February 6 were reportedly cancelled after the US rejected Iran’s request to change the meeting location to Oman and limit negotiations to the nuclear file. ", 10_000)
	Default()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Default().Mentions(text)
	}
}

// The figures to watch, for the worst of texts.
func BenchmarkMentionsHostile(b *testing.B) {
	g := Default()
	for _, piece := range hostile {
		text := strings.Repeat(piece, 2_000_000/len(piece))
		b.Run(fmt.Sprintf("%q", piece), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				g.Mentions(text)
			}
		})
	}
}

// A body's initials are no airport, though its name is a town's too.
func TestABodysInitialsAreNoAirport(t *testing.T) {
	for text, want := range map[string]bool{
		"The Haitian National Police (PNH) confirmed it.": false,
		"Flights from Medellín (MDE) are late.":           true,
		"Sochi International Airport (AER) is shut.":      true,
	} {
		sure := false
		for _, m := range Default().Mentions(text) {
			sure = sure || m.Form == FormAirport && !m.Slight
		}
		if sure != want {
			t.Errorf("%q: an airport for sure: %v, want %v", text, sure, want)
		}
	}
}
