package intake

import (
	"strconv"
	"strings"

	"vedette"
	"vedette/intake/sheet"
)

// What is wrong with a cell that holds none of them.
var (
	noStanding  = sheet.Reason("is no standing we know: write resident (expat, assignee), visitor (business traveller) or local (local hire), or leave it empty")
	noPrecision = sheet.Reason("is no precision we know: write exact, city or country, or leave it empty")
	notYesNo    = sheet.Reason("is neither yes nor no: write one of them, or leave it empty")
)

var standings = sheet.Words(
	sheet.As[vedette.Standing](vedette.StandingResident, `resident; expat; expatriate; assignee; international assignee; long-term assignee; international staff; international; posted; posted worker;
		seconded; secondee; relocated; third country national; tcn; expatrié; expatriée; résident; résidente; détaché; détachée; personnel international; ansässig; entsandt;
		entsandter; entsandte; expatriierter; expatriado; expatriada; residente; asignado; desplazado; desplazada; personal internacional`),
	sheet.As[vedette.Standing](vedette.StandingVisitor, `visitor; visiting; business traveller; business traveler; traveller; traveler; business trip; tourist; guest; visiteur; visiteuse; voyageur;
		voyageur d'affaires; en mission; besucher; besucherin; geschäftsreisender; geschäftsreisende; dienstreisender; dienstreisende; dienstreise; visitante; viajero; viajera;
		viajero de negocios; en comisión de servicio`),
	sheet.As[vedette.Standing](vedette.StandingLocal, `local; local hire; locally hired; local staff; local national; locally engaged; locally engaged staff; locally employed; locally employed staff; national;
		national staff; host country national; hcn; recruté local; recrutement local; personnel local; personnel national; local employee; ortskraft; lokalkraft; lokal; lokales personal;
		einheimisch; nationale kraft; personal local; personal nacional; contratación local; contratado local; contratada local; nacional`),
)

var precisions = sheet.Words(
	sheet.As[vedette.Precision](vedette.PrecisionExact, `exact; precise; address; point; full; exacte; précis; précise; adresse; genau; exakt; punkt; exacta; exacto; precisa; dirección; punto`),
	sheet.As[vedette.Precision](vedette.PrecisionCity, `city; town; city only; city level; ville; stadt; ort; ciudad`),
	sheet.As[vedette.Precision](vedette.PrecisionCountry, `country; country only; country level; pays; land; país`),
)

// relations are the words for who someone is to a person.
var relations = sheet.Words(
	sheet.As[string]("spouse", `spouse; wife; husband; conjoint; conjointe; époux; épouse; mari; ehepartner; ehepartnerin; ehemann; ehefrau; gatte; gattin; cónyuge; esposo; esposa; marido`),
	sheet.As[string]("partner", `partner; partenaire; compagnon; compagne; lebenspartner; lebenspartnerin; lebensgefährte; lebensgefährtin; pareja`),
	sheet.As[string]("child", `child; children; kid; kids; son; sons; daughter; daughters; baby; infant; infants; enfant; enfants; fils; fille; filles; bébé; kind; kinder; sohn; söhne; tochter; töchter;
		hijo; hijos; hija; hijas; niño; niños; niña; niñas; bebé`),
	sheet.As[string]("parent", `parent; parents; mother; father; mère; père; mutter; vater; eltern; madre; padre; padres`),
	sheet.As[string]("sibling", `sibling; siblings; brother; brothers; sister; sisters; frère; frères; sœur; sœurs; soeur; bruder; brüder; schwester; schwestern; hermano; hermanos; hermana; hermanas`),
)

// numbers are the small numbers people write in words.
var numbers = func() map[string]int {
	m := map[string]int{}
	for i, list := range []string{"one un une ein eine einen uno una", "two deux zwei dos", "three trois drei tres", "four quatre vier cuatro", "five cinq fuenf funf cinco", "six sechs seis"} {
		for _, w := range strings.Fields(list) {
			m[w] = i + 1
		}
	}
	return m
}()

func number(s string) (int, bool) {
	if n, ok := numbers[sheet.Fold(s)]; ok {
		return n, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && len(s) <= 4
}
