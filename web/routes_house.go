package web

import "vedette/auth/rights"

// houseRoutes are the pages that run the house. Whoever may see people sees them all
// but the figures and channels; who changes what is decided line by line
// (decision 0045).
func (p *portal) houseRoutes() []route {
	return []route{
		p.room("GET /people", rights.SeePeople, p.listAllPeople),
		p.room("POST /people", rights.KeepPeople, p.savePerson),
		p.room("GET /people/add", rights.KeepPeople, p.addPersonForm),
		p.room("GET /people/{id}", rights.SeePeople, p.showPerson),
		p.room("POST /people/{id}", rights.KeepPeople, p.savePerson),
		p.room("GET /people/{id}/edit", rights.KeepPeople, p.editPersonForm),
		p.room("GET /people/{id}/erase", rights.KeepPeople, p.eraseForm),
		p.room("POST /people/{id}/erase", rights.KeepPeople, p.erasePerson),
		p.export("GET /people/{id}/file.json", rights.Export, p.personFile("json", "application/json")),
		p.export("GET /people/{id}/file.txt", rights.Export, p.personFile("txt", "text/plain")),
		p.room("GET /people/import", rights.KeepPeople, p.openImport("people")),
		p.room("POST /people/import", rights.KeepPeople, p.takeImport("people")),
		p.room("GET /sites", rights.SeePeople, p.listSites),
		p.room("POST /sites", rights.RunHouse, p.saveSite),
		p.room("GET /sites/add", rights.RunHouse, p.siteForm),
		p.room("GET /sites/import", rights.RunHouse, p.openImport("sites")),
		p.room("POST /sites/import", rights.RunHouse, p.takeImport("sites")),
		p.room("GET /sites/{id}", rights.SeePeople, p.showSite),
		p.room("POST /sites/{id}", rights.RunHouse, p.saveSite),
		p.room("GET /sites/{id}/edit", rights.RunHouse, p.siteForm),
		p.room("GET /sites/{id}/remove", rights.RunHouse, p.removeSite),
		p.room("POST /sites/{id}/remove", rights.RunHouse, p.removeSite),
		p.room("GET /trips", rights.SeePeople, p.listTrips),
		p.room("POST /trips", rights.KeepPeople, p.saveTrip),
		p.room("GET /trips/add", rights.KeepPeople, p.addTripForm),
		p.room("GET /trips/import", rights.KeepPeople, p.openImport("trips")),
		p.room("POST /trips/import", rights.KeepPeople, p.takeImport("trips")),
		p.room("GET /trips/{id}", rights.SeePeople, p.showTrip),
		p.room("POST /trips/{id}", rights.KeepPeople, p.saveTrip),
		p.room("GET /trips/{id}/cancel", rights.KeepPeople, p.cancelTrip),
		p.room("POST /trips/{id}/cancel", rights.KeepPeople, p.cancelTrip),
		p.room("GET /watches", rights.SeePeople, p.listWatches),
		p.room("POST /watches", rights.KeepPeople, p.addWatch),
		p.room("GET /watches/{id}", rights.SeePeople, p.showWatch),
		p.room("POST /watches/{id}", rights.KeepPeople, p.saveWatch),
		p.room("GET "+housePath, rights.SeePeople, p.showHouse),
		p.room("GET "+settingsPath, rights.RunHouse, p.showSettings),
		p.room("POST "+settingsPath, rights.RunHouse, p.saveSettings),
		p.room("GET "+policiesPath, rights.RunHouse, p.showPolicies),
		p.room("POST "+policiesPath, rights.RunHouse, p.setPolicy),
		p.room("GET "+rotaPath, rights.SeePeople, p.showRota),
		p.room("POST "+rotaPath, rights.HandOver, p.actOnRota),
		p.room("GET "+tasksPath, rights.SeePeople, p.listTasks),
		p.room("POST "+tasksPath, rights.HandOver, p.actOnTask),
		p.room("GET "+organisationsPath, rights.Administer, p.showOrganisations),
		p.room("POST "+organisationsPath, rights.Administer, p.actOnOrganisations),
		p.room("GET "+channelsPath, rights.RunHouse, p.showChannels),
		p.room("POST "+channelsPath, rights.RunHouse, p.actOnChannels),
	}
}
