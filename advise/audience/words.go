package audience

import "strings"

// The words an audience is read by. What is on none of these lists makes the
// audience unclear, and an unclear one is told with its audience first.
var (
	// nationWords say that citizenship is meant.
	nationWords = words("national nationals citizen citizens citizenship citizenships nationality nationalities " +
		"passport passports foreigner foreigners expatriate expatriates expat expats")

	// foreignWords say that the other countries' are meant.
	foreignWords = words("foreign foreigner foreigners expatriate expatriates expat expats")

	// plainWords name anyone a notice can reach: each of them travels, works
	// for somebody, and is a person.
	plainWords = words("traveler travelers traveller travellers personnel staff employee employees worker workers " +
		"company companies business businesses organization organizations organisation organisations firm firms " +
		"corporation corporations operator operators client clients individual individuals person persons people " +
		"anyone everyone everybody those")

	// fillWords say nothing about who is meant.
	fillWords = words("a an the all any every each and or our")

	// linkWords join people to the citizenship they have.
	linkWords = words("with without of who hold holds holding holder holders having possessing")

	// markWords turn a group of nationals about.
	markWords = words("non dual local foreign other")

	// placeWords begin what says where: the targets decide that.
	placeWords = words("in into to within inside at on across throughout near around operating traveling travelling " +
		"transiting visiting based located present currently still already remaining staying planning intending considering")

	// narrowWords ask more than being in a place.
	narrowWords = words("who whose whom with without of from except excluding including particularly especially residing living " +
		"considered deemed not only unless if that aged over under")

	// residentWords name those who live somewhere, wherever they are from.
	residentWords = words("resident residents inhabitant inhabitants")

	// visitorWords name those who are somewhere for a time.
	visitorWords = words("visitor visitors tourist tourists holidaymaker holidaymakers nonresident nonresidents non-resident non-residents")

	// leisureWords name visitors of whom not all are meant.
	leisureWords = words("tourist tourists holidaymaker holidaymakers")

	// hiredWords name those who work for somebody, so that "local" and
	// "international" before them say how they were hired.
	hiredWords = words("staff personnel employee employees worker workers hire hires colleague colleagues staffers")

	// travelWords name those who travel, so that "short-term" before them says
	// that they visit.
	travelWords = words("traveler travelers traveller travellers")

	// familyWords name those who go where one of the organisation's goes.
	familyWords = words("family families dependant dependants dependent dependents spouse spouses partner partners child children relatives")

	// kinWords say nothing more about whose family is meant: the reader's.
	kinWords = words("member members accompanying their his her its your own")
)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
