package gazetteer

import "vedette"

// Called is what an area is called within a sentence, in each language that has a name
// for it.
type Called struct {
	g  *Gazetteer
	id vedette.AreaID
}

// Called gives what an area is called, for a sentence.
func (g *Gazetteer) Called(id vedette.AreaID) Called { return Called{g, id} }

// String is its usual English name.
func (c Called) String() string { return c.g.Name(c.id) }

// In is its name in a language, by its BCP 47 tag, else the English one.
func (c Called) In(language string) string { return c.g.NameIn(c.id, language) }
