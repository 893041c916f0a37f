package intake

import (
	"strconv"
	"strings"

	"vedette"
	"vedette/intake/sheet"
)

// words makes a look-up of what people write: folded word → value.
func words[T any](lists ...entry[T]) map[string]T {
	m := map[string]T{}
	for _, l := range lists {
		for _, w := range strings.Split(l.words, ";") {
			m[sheet.Fold(w)] = l.value
		}
	}
	return m
}

type entry[T any] struct {
	value T
	words string
}

var standings = words(
	entry[vedette.Standing]{vedette.StandingResident, `resident; expat; expatriate; assignee; international assignee; long-term assignee; international staff; international; posted; posted worker;
		seconded; secondee; relocated; third country national; tcn; expatrié; expatriée; résident; résidente; détaché; détachée; personnel international; ansässig; entsandt;
		entsandter; entsandte; expatriierter; expatriado; expatriada; residente; asignado; desplazado; desplazada; personal internacional`},
	entry[vedette.Standing]{vedette.StandingVisitor, `visitor; visiting; business traveller; business traveler; traveller; traveler; business trip; tourist; guest; visiteur; visiteuse; voyageur;
		voyageur d'affaires; en mission; besucher; besucherin; geschäftsreisender; geschäftsreisende; dienstreisender; dienstreisende; dienstreise; visitante; viajero; viajera;
		viajero de negocios; en comisión de servicio`},
	entry[vedette.Standing]{vedette.StandingLocal, `local; local hire; locally hired; local staff; local national; locally engaged; locally engaged staff; locally employed; locally employed staff; national;
		national staff; host country national; hcn; recruté local; recrutement local; personnel local; personnel national; local employee; ortskraft; lokalkraft; lokal; lokales personal;
		einheimisch; nationale kraft; personal local; personal nacional; contratación local; contratado local; contratada local; nacional`},
)

var precisions = words(
	entry[vedette.Precision]{vedette.PrecisionExact, `exact; precise; address; point; full; exacte; précis; précise; adresse; genau; exakt; punkt; exacta; exacto; precisa; dirección; punto`},
	entry[vedette.Precision]{vedette.PrecisionCity, `city; town; city only; city level; ville; stadt; ort; ciudad`},
	entry[vedette.Precision]{vedette.PrecisionCountry, `country; country only; country level; pays; land; país`},
)

var yesNo = words(
	entry[bool]{true, `yes; y; true; x; 1; ok; on; opted in; opt-in; in; oui; o; vrai; ja; j; wahr; sí; s; verdadero; ✓; ✔`},
	entry[bool]{false, `no; n; false; 0; off; opted out; opt-out; out; none; non; faux; nein; falsch; falso`},
)

// relations are the words for who someone is to a person.
var relations = words(
	entry[string]{"spouse", `spouse; wife; husband; conjoint; conjointe; époux; épouse; mari; ehepartner; ehepartnerin; ehemann; ehefrau; gatte; gattin; cónyuge; esposo; esposa; marido`},
	entry[string]{"partner", `partner; partenaire; compagnon; compagne; lebenspartner; lebenspartnerin; lebensgefährte; lebensgefährtin; pareja`},
	entry[string]{"child", `child; children; kid; kids; son; sons; daughter; daughters; baby; infant; infants; enfant; enfants; fils; fille; filles; bébé; kind; kinder; sohn; söhne; tochter; töchter;
		hijo; hijos; hija; hijas; niño; niños; niña; niñas; bebé`},
	entry[string]{"parent", `parent; parents; mother; father; mère; père; mutter; vater; eltern; madre; padre; padres`},
	entry[string]{"sibling", `sibling; siblings; brother; brothers; sister; sisters; frère; frères; sœur; sœurs; soeur; bruder; brüder; schwester; schwestern; hermano; hermanos; hermana; hermanas`},
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

// choose reads a cell that holds one of a few words, zero where it is empty.
func choose[T any](in *sheet.Reader, c sheet.Cell, of map[string]T, mend string) T {
	var none T
	if c.Value == "" {
		return none
	}
	key := sheet.Fold(c.Value)
	if key == "" {
		key = c.Value // a mark such as ✓, which folding drops
	}
	v, ok := of[key]
	if !ok {
		in.Problem(c, mend)
	}
	return v
}
