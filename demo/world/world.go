// Package world invents the people of the demo and of the benchmarks: their
// names, sites, homes and trips. The names are put together from lists of
// first and last names; whoever bears one is not meant. Mail addresses are at
// example.org (RFC 2606), phone numbers from 07700 900000–900999, which the
// British regulator Ofcom keeps free for drama.
package world

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"vedette"
	"vedette/gazetteer"
)

// World is an invented organisation: its sites and its people.
type World struct {
	Sites  []vedette.Site // without keys and ids, which the store gives
	People []Person
}

// Person is one of the invented people.
type Person struct {
	Record vedette.PersonRecord
	Home   vedette.AreaID // where they are when not on a trip: the site's city, a country, a sea
	Site   string         // name of their site, "" for those at sea and those kept by country
	Trips  []vedette.Stay // by time; each is a trip of its own
}

// New invents a world. It is the same for the same people, seed and now. About
// half of the people are in the Middle East and North Africa; some are aboard
// vessels, some kept by country only, some travel or are about to.
func New(g *gazetteer.Gazetteer, people int, seed uint64, now time.Time) World {
	m := &maker{
		g:      g,
		rand:   rand.New(rand.NewPCG(seed, 0x76656465747465)),
		now:    now.UTC().Truncate(time.Hour),
		emails: map[string]int{},
		heads:  make([]string, len(sites)),
	}
	m.settle()
	w := World{Sites: m.sites, People: make([]Person, people)}
	for i := range w.People {
		w.People[i] = m.person(i)
	}
	return w
}

// maker is a world in the making.
type maker struct {
	g      *gazetteer.Gazetteer
	rand   *rand.Rand
	now    time.Time
	sites  []vedette.Site
	total  int            // of all weights
	emails map[string]int // how often a local part was wanted
	heads  []string       // for each site the address of the first person there
	head   string         // address of the first person of all
	phones int            // given so far
}

// settle finds the cities of the sites.
func (m *maker) settle() {
	for _, s := range sites {
		city := m.city(s.city, s.country)
		at := city.Center
		m.sites = append(m.sites, vedette.Site{Name: s.city + " " + s.sort, Area: city.ID, Point: &at})
		m.total += s.weight
	}
}

// city finds a city of the lists; a test holds that all are there. Without it
// the country stands in.
func (m *maker) city(name string, country vedette.AreaID) vedette.Area {
	for _, a := range m.g.Lookup(name) {
		if a.Kind == vedette.AreaCity && a.Country == country {
			return a
		}
	}
	a, _ := m.g.Area(country)
	return a
}

// Every so manyth person is one of these.
const (
	everyVessel  = 125
	everyCountry = 80
	everyTrip    = 10
	everyPhone   = 3
	phoneNumbers = 1_000
)

func (m *maker) person(i int) Person {
	var p Person
	nation, head := "", -1
	switch {
	case i%everyVessel == everyVessel-1:
		v := vessels[i/everyVessel%len(vessels)]
		p.Home, nation = v.sea, v.nation
	case i%everyCountry == everyCountry-1:
		c := scattered[i/everyCountry%len(scattered)]
		p.Home, nation = vedette.AreaID(c), c
	default:
		head = m.site(i)
		p.Home, p.Site, nation = m.sites[head].Area, m.sites[head].Name, string(sites[head].country)
	}
	m.fill(&p, i, m.nation(nation), nation)
	p.Record.Manager = m.manager(head, p.Record.Email())
	if i%everyTrip == everyTrip/2 {
		p.Trips = m.trips(i/everyTrip, p.Home)
	}
	return p
}

// site gives everyone a site by weight; the first people one each.
func (m *maker) site(i int) int {
	if i < len(sites) {
		return i
	}
	n := m.rand.IntN(m.total)
	for at, s := range sites {
		if n -= s.weight; n < 0 {
			return at
		}
	}
	return 0
}

// nation is where someone working in a country is from: mostly from there.
func (m *maker) nation(country string) string {
	locals := 70
	if n, ok := localsPerCent[country]; ok {
		locals = n
	}
	if _, ok := nations[country]; ok && m.rand.IntN(100) < locals {
		return country
	}
	return abroad[m.rand.IntN(len(abroad))]
}

// fill invents name, language, citizenship and addresses.
func (m *maker) fill(p *Person, i int, from, country string) {
	n := nations[from]
	first, last := pick(m.rand, n.first), pick(m.rand, n.last)
	r := &p.Record
	r.Name = first + " " + last
	r.Language = n.language
	switch k := m.rand.IntN(100); {
	case k < 8: // not known
	case k < 14 && from != "GB":
		r.Citizenship = []vedette.AreaID{vedette.AreaID(from), "GB"}
	default:
		r.Citizenship = []vedette.AreaID{vedette.AreaID(from)}
	}
	r.Addresses = append(r.Addresses, vedette.Address{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: m.email(first, last)})
	if i%everyPhone == 0 && m.phones < phoneNumbers {
		r.Addresses = append(r.Addresses, vedette.Address{No: vedette.AddressPhone, Channel: vedette.ChannelSMS, Value: fmt.Sprintf("+447700900%03d", m.phones)})
		m.phones++
	}
}

// email makes an address nobody else of this world has.
func (m *maker) email(first, last string) string {
	local := plain(first) + "." + plain(last)
	m.emails[local]++
	if n := m.emails[local]; n > 1 {
		local = fmt.Sprintf("%s.%d", local, n)
	}
	return local + "@example.org"
}

// plain leaves the letters a mail address may have.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(unaccent.Replace(name)))
}

// manager is the head of the person's site; heads report to the first of all.
func (m *maker) manager(site int, self string) string {
	if m.head == "" {
		m.head = self
	}
	if site >= 0 && m.heads[site] == "" {
		m.heads[site] = self
	} else if site >= 0 {
		return m.heads[site]
	}
	if self == m.head {
		return ""
	}
	return m.head
}

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// trips gives the nth traveller a trip: ahead, under way or just over.
func (m *maker) trips(n int, home vedette.AreaID) []vedette.Stay {
	d := journeys[n%len(journeys)]
	area := m.city(d.city, d.country).ID
	if area == home {
		area = m.city("Paris", "FR").ID
	}
	day := 24 * time.Hour
	from := m.now.Add(time.Duration(d.in) * day)
	stays := []vedette.Stay{{Area: area, From: from, To: from.Add(time.Duration(d.days) * day)}}
	if n%5 == 4 { // a second trip a month later
		again := from.Add(30 * day)
		stays = append(stays, vedette.Stay{Area: area, From: again, To: again.Add(4 * day)})
	}
	return stays
}
