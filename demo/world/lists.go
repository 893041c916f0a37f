package world

import (
	"strings"

	"vedette"
)

// sites are the thirty places of the organisation; the weight is their share
// of its people.
var sites = []struct {
	city    string
	country vedette.AreaID
	sort    string
	weight  int
}{
	{"London", "GB", "head office", 95},
	{"Paris", "FR", "office", 70},
	{"Berlin", "DE", "office", 60},
	{"Washington", "US", "office", 60},
	{"Singapore", "SG", "office", 60},
	{"Nairobi", "KE", "office", 50},
	{"Lagos", "NG", "office", 45},
	{"São Paulo", "BR", "office", 50},
	{"Istanbul", "TR", "office", 40},
	{"Nicosia", "CY", "office", 20},
	{"Tehran", "IR", "office", 30},
	{"Isfahan", "IR", "workshop", 12},
	{"Tel Aviv", "IL", "office", 35},
	{"Haifa", "IL", "depot", 14},
	{"Basra", "IQ", "camp", 25},
	{"Baghdad", "IQ", "office", 28},
	{"Erbil", "IQ", "office", 22},
	{"Beirut", "LB", "office", 25},
	{"Amman", "JO", "office", 28},
	{"Dubai", "AE", "hub", 55},
	{"Abu Dhabi", "AE", "office", 25},
	{"Doha", "QA", "office", 22},
	{"Kuwait City", "KW", "office", 18},
	{"Manama", "BH", "office", 16},
	{"Muscat", "OM", "office", 18},
	{"Riyadh", "SA", "office", 30},
	{"Jeddah", "SA", "depot", 16},
	{"Cairo", "EG", "office", 32},
	{"Casablanca", "MA", "office", 20},
	{"Tunis", "TN", "office", 15},
}

// vessels are where the people at sea are, and where most are from.
var vessels = []struct {
	sea    vedette.AreaID
	nation string
}{{"red-sea", "IN"}, {"red-sea", "GB"}, {"red-sea", "EG"}, {"persian-gulf", "IN"}, {"red-sea", "KE"}, {"gulf-of-oman", "IN"}}

// scattered are the countries of people of whom no more is known.
var scattered = []string{"IQ", "IL", "IR", "SA", "LB", "AE", "JO", "EG", "FR", "US", "KE", "TR"}

// journeys are where travellers go: in so many days (before now below zero),
// for so many days.
var journeys = []struct {
	city     string
	country  vedette.AreaID
	in, days int
}{
	{"Baghdad", "IQ", 3, 5},
	{"Dubai", "AE", 1, 4},
	{"Paris", "FR", -2, 5},
	{"Tehran", "IR", 5, 6},
	{"Doha", "QA", -1, 3},
	{"Singapore", "SG", 6, 7},
	{"Erbil", "IQ", -3, 9},
	{"London", "GB", 2, 3},
	{"Riyadh", "SA", 4, 4},
	{"Tel Aviv", "IL", -1, 4},
	{"Nairobi", "KE", -4, 10},
	{"Kuwait City", "KW", 7, 3},
	{"Basra", "IQ", 2, 12},
	{"Berlin", "DE", -9, 6},
	{"Muscat", "OM", 12, 5},
	{"Amman", "JO", -2, 6},
}

// localsPerCent is how many of a country's people are nationals of it, where
// it is not 70 in a hundred.
var localsPerCent = map[string]int{
	"AE": 15, "QA": 15, "KW": 25, "BH": 35, "OM": 45, "SA": 40, "SG": 75, "IR": 75, "IQ": 65,
}

// abroad are the nations of those who work in a country not their own.
var abroad = []string{"GB", "FR", "DE", "US", "IN", "IN", "LB", "JO", "EG", "KE", "BR", "TR", "IR", "SG", "NG"}

// nation is how people of a country are called.
type nation struct {
	language    string
	first, last []string
}

func names(list string) []string { return strings.Split(list, ", ") }

var (
	levantFirst = names("Rami, Layal, Ziad, Hala, Samer, Rasha, Wissam, Dima, Nabil, Carine, Fadi, Yara, Bassel, Lina, Tarek, Mirna")
	levantLast  = names("Khairallah, Abou Zeid, Shammas, Barakeh, Qattan, Nakhleh, Sabbagh, Halawi, Zreik, Tannous, Baraghith, Dabbas, Smadi")
	gulfFirst   = names("Faisal, Noura, Majid, Hessa, Saif, Maitha, Turki, Amal, Jassim, Dana, Hamad, Reem, Badr, Sheikha, Yousef, Latifa")
	gulfLast    = names("Al Marzuqi, Al Dosari, Al Balushi, Al Hajri, Al Shehhi, Al Rumaihi, Al Anezi, Al Harthy, Al Mutawa, Al Ruwais, Al Jassasi, Al Buainain")
	iraqFirst   = names("Haidar, Zainab, Mustafa, Shahad, Sarmad, Rusul, Laith, Noor, Hawre, Shilan, Aram, Tara, Muthanna, Sura")
	iraqLast    = names("Al Sudairi, Al Jubouri, Al Khafaji, Al Rawi, Hawrami, Barwari, Al Bayati, Zangana, Al Samarrai, Al Dulaimi, Surchi")
)

// nations has the names, by country.
var nations = map[string]nation{
	"IR": {"fa", names("Shirin, Kaveh, Parisa, Bahram, Mina, Arash, Laleh, Siavash, Golnar, Nima, Roya, Farhad, Taraneh, Omid, Yasaman, Kian"),
		names("Delavar, Ardakani, Sohrabi, Golestani, Mehrabadi, Kashfi, Roshanak, Tavakol, Zarrinpour, Sepehri, Bahmani, Noorbakhsh, Daryaei, Firouzan")},
	"IL": {"he", names("Noa, Eitan, Tamar, Yoav, Shira, Omer, Hila, Nadav, Maayan, Ido, Rotem, Lior, Gal"),
		names("Shaked, Ben Ami, Rosner, Alkalai, Tzur, Oren, Mizrahi, Gilad, Halevi, Doron, Arbel, Nahmias")},
	"IQ": {"ar", iraqFirst, iraqLast},
	"LB": {"ar", levantFirst, levantLast},
	"JO": {"ar", levantFirst, levantLast},
	"AE": {"ar", gulfFirst, gulfLast},
	"QA": {"ar", gulfFirst, gulfLast},
	"KW": {"ar", gulfFirst, gulfLast},
	"BH": {"ar", gulfFirst, gulfLast},
	"OM": {"ar", gulfFirst, gulfLast},
	"SA": {"ar", gulfFirst, gulfLast},
	"EG": {"ar", names("Sherif, Yasmin, Karim, Heba, Amr, Dalia, Hossam, Nesma, Wael, Mariam, Tamer, Aya, Ramy, Salma"),
		names("Shenouda, El Gohary, Abdel Latif, Mansour, El Deeb, Hegazy, Badawi, Sorour, El Naggar")},
	"MA": {"fr", names("Salma, Youssef, Imane, Anas, Kenza, Mehdi, Ghita, Reda, Hind, Ayoub, Zineb, Othmane"),
		names("Bennouna, El Fassi, Tazi, Berrada, Lahlou, Chraibi, Sqalli, Benkirat, Ouazzani, Kettani, Idrissi")},
	"TN": {"fr", names("Amira, Skander, Ines, Aymen, Rim, Hatem, Olfa, Seif, Nesrine, Mehrez, Sonia, Walid"),
		names("Gharbi, Mahjoub, Ben Amor, Jaziri, Chebbi, Hammami, Sassi, Ayari, Mejri, Zouari, Bouzid")},
	"TR": {"tr", names("Elif, Burak, Zeynep, Emre, Defne, Onur, Selin, Kaan, Ece, Cem, Nazlı, Tolga, Aslı, Barış"),
		names("Yıldırım, Karaca, Aydın, Koçak, Şimşek, Tunçer, Özkan, Bulut, Güneş, Ergin, Taşkın, Uçar")},
	"CY": {"el", names("Eleni, Andreas, Despina, Marios, Ioanna, Stelios, Christina, Petros, Maria, Yiannis"),
		names("Hadjiloizou, Christofi, Kyriakou, Panayi, Loizides, Themistokleous, Zenonos, Pieri, Savva, Photiou")},
	"FR": {"fr", names("Lucie, Étienne, Camille, Hugo, Manon, Rémi, Élodie, Julien, Maëlle, Quentin, Anaïs, Bastien"),
		names("Garnier, Lemoine, Delorme, Rousset, Vasseur, Perrot, Chauvin, Marchal, Gauthier, Leclair, Baudry, Fontaine")},
	"GB": {"en", names("Clara, Oliver, Harriet, Callum, Imogen, Rhys, Eleanor, Fraser, Beth, Duncan, Priya, Tobias"),
		names("Whitfield, Marsh, Ashdown, Pryce, Thornbury, Lockwood, Penrose, Hartley, Selby, Burrell, Wexham")},
	"DE": {"de", names("Annika, Jonas, Friederike, Malte, Svenja, Lukas, Katrin, Moritz, Jörn, Silke, Till, Wiebke"),
		names("Brandt, Lüders, Kessler, Hoffstedt, Vogelsang, Thiele, Ackermann, Sommer, Grünwald, Petersen, Döring")},
	"US": {"en", names("Emily, Marcus, Hannah, Tyrell, Grace, Dylan, Sofia, Caleb, Naomi, Wyatt, Elena, Brandon"),
		names("Holloway, Whitaker, Delgado, Prescott, Mercer, Lindgren, Okafor, Castellano, Granger, Hensley, Beckett, Rowland")},
	"SG": {"en", names("Wei Ling, Jun Hao, Mei Xuan, Kai Wen, Siti, Faizal, Arjun, Kavitha, Hui Min, Zhi Hao"),
		names("Tan, Lim, Ong, Goh, Chua, Rahim, Pillai, Koh, Seah, Nair")},
	"IN": {"en", names("Rohan, Meera, Vikram, Ananya, Sandeep, Kavya, Nikhil, Divya, Suresh, Lakshmi, Farhan, Jaya"),
		names("Mistry, Kulkarni, Fernandes, Rao, Thomas, Iyer, Deshpande, Saxena, Pereira")},
	"KE": {"en", names("Wanjiru, Otieno, Achieng, Kamau, Njeri, Mutua, Akinyi, Kiprono, Wambui, Barasa, Nafula, Omondi"),
		names("Mwangi, Odhiambo, Njoroge, Wekesa, Muthoni, Onyango, Kilonzo, Gathoni, Makori")},
	"NG": {"en", names("Chidinma, Tunde, Ngozi, Emeka, Folake, Ibrahim, Aisha, Segun, Amaka, Uche, Halima, Kunle"),
		names("Adeyemi, Okonkwo, Balogun, Nwachukwu, Danjuma, Ogunleye, Oyelaran, Ekpo, Umeh, Lawal")},
	"BR": {"pt-BR", names("Beatriz, Thiago, Larissa, Rafael, Camila, Gustavo, Júlia, André, Letícia, Caio, Inês, João"),
		names("Nogueira, Teixeira, Figueiredo, Brandão, Siqueira, Azevedo, Peixoto, Carvalhal, Assunção, Rezende, Falcão")},
}

// unaccent writes the letters of the lists without marks.
var unaccent = strings.NewReplacer(
	"á", "a", "ã", "a", "ç", "c", "É", "E", "é", "e", "ê", "e", "ë", "e", "í", "i", "ï", "i", "ó", "o", "ö", "o", "õ", "o", "ú", "u", "ü", "u",
	"ğ", "g", "ı", "i", "Ş", "S", "ş", "s", "Ö", "O", "Ü", "U",
)
