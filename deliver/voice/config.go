package voice

import (
	"io"
	"maps"
	"strings"

	"vedette/deliver/gateway"
)

// Config is how calls leave.
type Config struct {
	gateway.Config
	Ring     int              `json:"ring"`            // seconds that a phone rings, 30 when 0
	Machines bool             `json:"detect_machines"` // the gateway listens whether a machine took the call
	Voices   map[string]Voice `json:"voices"`          // by language, over those we know; a language without one is spoken to in English
	Prices   []Price          `json:"prices"`
}

// Voice is how a language is asked for at a gateway.
type Voice struct {
	Language string `json:"language"` // "fr-FR"
	Name     string `json:"name"`     // "" for the gateway's own choice
}

// Price is what a begun minute costs to the numbers that begin with a prefix.
type Price struct {
	Prefix    string  `json:"prefix"`
	PerMinute float64 `json:"per_minute"`
}

// The bounds of how long a phone rings, in seconds. Beyond a minute most
// carriers hang up.
const (
	defaultRing = 30
	minRing     = 10
	maxRing     = 60
)

// English is the language of whoever has no voice.
const English = "en"

// ours are the voices of gateways in the form of Twilio. There is none for
// Persian.
var ours = map[string]Voice{
	English: {Language: "en-GB"}, "fr": {Language: "fr-FR"}, "es": {Language: "es-ES"}, "ru": {Language: "ru-RU"},
	"ar": {Language: "arb", Name: "Polly.Zeina"}, "he": {Language: "he-IL", Name: "Google.he-IL-Standard-A"},
}

// Read reads a configuration, JSON, with what getenv knows in place of ${NAME}.
func Read(r io.Reader, getenv func(string) string) (*Config, error) {
	c := &Config{}
	if err := c.Config.Read(r, "voice", c, getenv); err != nil {
		return nil, err
	}
	if c.Ring == 0 {
		c.Ring = defaultRing
	}
	if c.Ring < minRing || c.Ring > maxRing {
		return nil, c.Bad("a phone rings for %d seconds; give %d to %d", c.Ring, minRing, maxRing)
	}
	for _, p := range c.Prices {
		if err := c.CheckPrice(p.Prefix, p.PerMinute, "a minute"); err != nil {
			return nil, err
		}
	}
	for i := range c.Gateways {
		if err := c.checkDoor(&c.Gateways[i]); err != nil {
			return nil, err
		}
	}
	voices := maps.Clone(ours)
	for l, v := range c.Voices {
		if v.Language == "" || len(l) != 2 || l != strings.ToLower(l) {
			return nil, c.Bad("a voice needs a language of two letters and the gateway's word for it, like \"fr\": {\"language\": \"fr-FR\"}; one has %q", l)
		}
		voices[l] = v
	}
	c.Voices = voices
	return c, nil
}

// checkDoor looks at what a JSON gateway needs to speak our words: where they
// are, and a secret, without which it cannot prove that it is the one who asks.
func (c *Config) checkDoor(g *gateway.Gateway) error {
	switch {
	case g.Form == gateway.FormTwilio:
		return nil
	case g.Secret == "":
		return c.Bad("%s needs a secret: it signs what it asks us, or anybody could hear what is said", g.Name)
	case !strings.Contains(string(g.Body), "{words}"):
		return c.Bad("the body of %s holds no {words}: the address at which it asks what to say", g.Name)
	}
	return nil
}

// Spoken gives the language somebody is spoken to in: the first that there is a voice
// for, English where there is for none.
func (c *Config) Spoken(languages ...string) string {
	for _, l := range languages {
		if _, ok := c.Voices[l]; ok {
			return l
		}
	}
	return English
}

// Price gives what a begun minute to a number costs, and whether that is known.
func (c *Config) Price(number string) (perMinute float64, known bool) {
	list := make([]gateway.Price, len(c.Prices))
	for i, p := range c.Prices {
		list[i] = gateway.Price{Prefix: p.Prefix, Each: p.PerMinute}
	}
	return gateway.Longest(list, number)
}
