package archive

import (
	"slices"
	"strings"
	"unicode/utf8"

	"vedette"
	"vedette/fold"
)

// Bounds of what is kept of one update, and of what is asked.
const (
	mostWords  = 5_000 // of an update, each once
	mostLetter = 40    // of a word, in bytes: what is longer is found by its beginning
	mostAsked  = 12    // words of a question
	// leastBegun is from how many bytes on a word finds those that begin with it: what is
	// shorter would find most updates.
	leastBegun = 3
)

// Words are the words an update is found by, folded, each once, in order: those of its
// headline, its places, what it says and what it advises.
func Words(u *vedette.Update) []string {
	var list []string
	each(u, func(text string) {
		for _, w := range fold.Words(text) {
			list = append(list, cut(w))
			if own, joined := parted(w); joined {
				list = append(list, cut(own))
			}
		}
	})
	slices.Sort(list)
	list = slices.Compact(list)
	return list[:min(len(list), mostWords)]
}

// particles are letters that Hebrew and Arabic write before a word, onto it: and, in, to,
// from, the, that. Whether they are, or begin the word, is not known without a dictionary,
// so the word is found by both.
const particles = "והבכלמש" + "وفبلك"

// leastOwn is how many letters a word has without its particle.
const leastOwn = 3

// parted gives a word without the particle that it may begin with.
func parted(w string) (own string, joined bool) {
	first, size := utf8.DecodeRuneInString(w)
	return w[size:], strings.ContainsRune(particles, first) && utf8.RuneCountInString(w) > leastOwn
}

func cut(w string) string { return w[:min(len(w), mostLetter)] }

// each goes through the texts of an update.
func each(u *vedette.Update, see func(string)) {
	c := &u.Content
	for _, text := range []string{c.Title, c.Headline, c.CallToAction, u.Situation.Title} {
		see(text)
	}
	for i := range u.Tongues {
		see(u.Tongues[i].Headline)
	}
	for i := range c.Affected {
		see(c.Affected[i].Text)
	}
	for i := range c.Summary {
		see(c.Summary[i].Text)
	}
	for i := range c.Topics {
		see(c.Topics[i].Title)
		for j := range c.Topics[i].Claims {
			see(c.Topics[i].Claims[j].Text)
		}
	}
	for i := range c.Assessments {
		see(c.Assessments[i].Text)
	}
	for i := range c.Recommendations {
		see(c.Recommendations[i].Heading)
		for j := range c.Recommendations[i].Advice {
			see(c.Recommendations[i].Advice[j].Text)
		}
	}
}

// Term is a word that is asked for.
type Term struct {
	Word  string
	Begun bool // words that begin with it are meant, too
}

// Asked are the words of a question: an update is meant that has them all. More than
// twelve is CodeInvalid.
func Asked(question string) ([]Term, error) {
	var terms []Term
	for _, w := range fold.Words(question) {
		t := Term{cut(w), len(w) >= leastBegun}
		if !slices.Contains(terms, t) {
			terms = append(terms, t)
		}
	}
	if len(terms) > mostAsked {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%d words are looked for at once; up to %d are, and fewer find more", len(terms), mostAsked)
	}
	return terms, nil
}
