package layout

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"vedette"
	"vedette/parse/page"
	"vedette/parse/phrase"
	"vedette/parse/when"
)

// scanner goes over the lines once and makes blocks of them.
type scanner struct {
	*Layout
	page   page.Page
	isArea func(string) bool
	lines  []page.Line
	i      int
	out    []Block

	sec     Section
	group   string          // topic or group in force
	lead    lead            // list of advice in force
	daily   string          // item line of a daily summary in force
	dates   map[string]bool // lines the issue time was read from
	title   int             // index of the title's line, -1 when there is none
	titled  bool            // its line is behind us
	summary bool            // the title is that of a daily or regional summary
	headed  bool            // there is a section heading somewhere
	width   int             // of hard-wrapped text, 0 when lines are not wrapped
	run     struct {        // of lines without a blank one between
		end     int // line after it
		wrapped bool
	}

	open   int // block of the item a next line may continue, -1 when none
	bullet bool
	indent int
	gap    bool // a blank line stands before this one
}

// scan is the pass from lines to blocks.
func (l *Layout) scan(p page.Page, isArea func(string) bool) {
	s := &scanner{Layout: l, page: p, isArea: isArea, lines: p.Lines, open: -1, dates: map[string]bool{}}
	s.survey()
	steps := []func(l page.Line) bool{
		s.takeBlank, s.takeFurniture, s.takeTitle, s.takePanel, s.takeDate, s.takeHeading, s.takeByline, s.takeInline, s.takeDaily, s.takeTopic,
	}
	for s.i < len(s.lines) {
		line := s.lines[s.i]
		taken := false
		for _, step := range steps {
			if taken = step(line); taken {
				break
			}
		}
		if !taken {
			s.takeStatement(line)
		}
		s.gap = line.Text == ""
		s.i++
	}
	s.finish()
	l.Blocks = s.out
	if title, ok := l.Title(); ok && l.Dated[0] == 0 { // "MENA Daily Summary – 3 July 2026"
		if n := ReadTitle(l.t, title.Text); n.Dated {
			l.Stamp, l.Dated = n.Stamp, title.Lines
		}
	}
}

// maxItem is the longest item read, in bytes; no analyst writes one so long.
const maxItem = 16 << 10

// maxLine is the longest line that can be more than text, in bytes: a byline,
// a part of a date.
const maxLine = 1 << 10

// maxItems and maxText are the most statements of one report, and the most
// bytes of them, that are read. They bound the work on hostile text.
const (
	maxItems = 4000
	maxText  = 384 << 10
)

// finish joins the lines of items, and leaves those unread that are too long
// to be any, or too many.
func (s *scanner) finish() {
	items, text, cut := 0, 0, -1
	for i := range s.out {
		b := &s.out[i]
		if len(b.more) > 0 {
			b.Text = strings.Join(append([]string{b.Text}, b.more...), " ")
			b.more = nil
		}
		if b.Kind == Item && len(b.Text) > maxItem {
			b.Kind = Unread
			s.find(vedette.FindTooLong, b.Lines, false, "an item of %d bytes is no statement of a report; it was not read", len(b.Text))
		}
		if b.Kind != Item {
			continue
		}
		items, text = items+1, text+len(b.Text)
		if items <= maxItems && text <= maxText {
			continue
		}
		if b.Kind = Unread; cut < 0 {
			cut = b.Lines[0]
		}
	}
	if cut >= 0 {
		s.find(vedette.FindTooLong, vedette.Lines{cut, s.last}, false, "no report has more than %d statements or %d kB of them; those from line %d on were not read", maxItems, maxText>>10, cut)
	}
}

// survey looks over the page before the scan: where the title is, whether
// there are headings, whether lines are wrapped.
func (s *scanner) survey() {
	s.title, s.out = -1, make([]Block, 0, len(s.lines))
	s.measure()
	untyped, seen := -1, 0
	for i, l := range s.lines {
		if l.Text == "" {
			continue
		}
		if _, _, ok := s.heading(l.Text); ok {
			s.headed = true
			break // a title stands above the headings
		}
		if seen++; seen > 40 || s.title >= 0 {
			continue
		}
		if s.isTitle(l.Text) {
			s.title = i
		} else if untyped < 0 && s.mayTitle(i) {
			untyped = i
		}
	}
	if s.title < 0 {
		s.title = untyped
	}
}

// widest is the most characters of a line that was wrapped by hand or program.
const widest = 130

// measure finds the width of hard-wrapped text. Lines longer than any wrapped
// one tell that there is none, unless several lines do break off in the middle
// of a sentence: then the longest of these is the width, and what is longer is
// whole.
func (s *scanner) measure() {
	if s.page.HTML {
		return
	}
	long, over, broken, brokenWidth := 0, false, 0, 0
	for i, l := range s.lines {
		n := utf8.RuneCountInString(l.Text)
		if n > widest {
			over = true
			continue
		}
		s.width = max(s.width, n)
		if len(l.Text) <= 60 {
			continue
		}
		if long++; i+1 < len(s.lines) && lowerStart(s.lines[i+1].Text) && !endsSentence(l.Text) {
			broken, brokenWidth = broken+1, max(brokenWidth, n)
		}
	}
	switch {
	case long < 3 || broken == 0 || over && broken < 3:
		s.width = 0
	case over:
		s.width = brokenWidth
	}
}

// isTitle says whether a line names a type of report and a headline.
func (s *scanner) isTitle(text string) bool {
	if _, ok := cutBullet(text); ok || len(text) > 400 {
		return false
	}
	n := ReadTitle(s.t, text)
	return n.Kind != vedette.KindUnknown && n.Headline != "" && !endsWith(text, '.')
}

// mayTitle says whether a line without a type can be the title: words, no
// date, no label, no sentence.
func (s *scanner) mayTitle(i int) bool {
	text := s.lines[i].Text
	_, bulleted := cutBullet(text)
	var d when.Stamp
	return !bulleted && !endsWith(text, '.') && len(text) < 300 && phrase.Count(text, 3) >= 3 && !d.Add(s.t, text) &&
		len(s.panel(text)) == 0 && !s.isByline(text) && !s.isFurniture(text)
}

func endsWith(s string, c byte) bool { return s != "" && s[len(s)-1] == c }

// put adds a block for the line being scanned.
func (s *scanner) put(k Kind, l page.Line, text string) *Block {
	s.out = append(s.out, Block{Kind: k, Lines: vedette.Lines{l.First, l.Last}, Text: text, Section: s.sec, Group: s.group, at: s.i})
	if k != Blank && k != Aside {
		s.open = -1
	}
	return &s.out[len(s.out)-1]
}

func (s *scanner) takeBlank(l page.Line) bool {
	switch {
	case l.Furniture:
		s.put(Aside, l, "").Reason = vedette.AsidePageFurniture
	case l.Text == "":
		s.put(Blank, l, "")
	default:
		return false
	}
	return true
}

func (s *scanner) takeFurniture(l page.Line) bool {
	if rest, ok := s.splitPage(l.Text); ok {
		s.put(Aside, l, l.Text).Reason = vedette.AsidePageFurniture
		s.i++
		s.put(Aside, s.lines[s.i], rest).Reason = vedette.AsidePageFurniture
		return true
	}
	if !s.isFurniture(l.Text) {
		return false
	}
	s.put(Aside, l, l.Text).Reason = vedette.AsidePageFurniture
	return true
}

// splitPage says whether a line ends with the first half of a page number that
// a reader of PDF split, "Pag" and "e2", and gives the next line.
func (s *scanner) splitPage(text string) (next string, ok bool) {
	if len(text) > 120 || s.i+1 >= len(s.lines) || len(s.lines[s.i+1].Text) > 12 {
		return "", false
	}
	next = s.lines[s.i+1].Text
	half := text[strings.LastIndexByte(text, ' ')+1:]
	if half == "" || next == "" || s.t.Noise.Opens(half) || !strings.ContainsAny(next, "0123456789") {
		return "", false
	}
	return next, s.furniture(half + next)
}

// isFurniture says whether a line is of the page and not of the report: words
// of the table and nothing else, a mark of copyright, or several parts of which
// one is such and none is a sentence.
func (s *scanner) isFurniture(text string) bool {
	if len(text) > 160 || text == "" {
		return false
	}
	if c := text[0]; c < 0x80 && c|0x20 != 'c' && c != '(' && !parted(text) && !s.t.Noise.Opens(text) {
		return false // the usual line, told without taking it apart
	}
	low := strings.ToLower(text)
	if strings.HasPrefix(low, "©") || strings.HasPrefix(low, "copyright ") || strings.HasPrefix(low, "(c) ") {
		return true
	}
	entries := strings.FieldsFunc(strings.ReplaceAll(text, ". ", "|"), parts)
	known := 0
	for _, p := range entries {
		if p = strings.Trim(p, " .>→–—-"); p == "" {
			continue
		}
		if s.furniture(p) {
			known++
		} else if len(entries) == 1 || phrase.Count(p, 9) > 8 {
			return false
		}
	}
	return known > 0
}

// parts says whether a mark parts the entries of a menu or footer.
func parts(r rune) bool {
	switch r {
	case '|', '·', '•', '»', '›':
		return true
	}
	return false
}

// parted says whether such a mark may stand in a text, told by its first byte.
func parted(text string) bool {
	for i := range len(text) {
		if c := text[i]; c == '|' || c == 0xc2 || c == 0xe2 && i+2 < len(text) && (text[i+2] == 0xa2 || text[i+2] == 0xba) {
			return true
		}
	}
	return false
}

// furniture says whether words are one phrase of the table of furniture.
func (s *scanner) furniture(text string) bool {
	if !s.t.Noise.Opens(text) {
		return false
	}
	label, ok := s.t.Noise.Whole(phrase.Tokens(strings.ReplaceAll(text, "/", " of ")))
	return ok && label == "furniture"
}

// takeTitle takes the title's line; a later line that is a title too begins
// the second copy or another report.
func (s *scanner) takeTitle(l page.Line) bool {
	if s.i == s.title {
		b := s.put(TitleLine, l, l.Text)
		for n := 0; n < 3 && s.titleWraps(); n++ {
			s.i++
			b.Text, b.Lines[1] = b.Text+" "+s.lines[s.i].Text, s.lines[s.i].Last
		}
		s.titled = true
		switch ReadTitle(s.t, b.Text).Kind {
		case vedette.KindDailySummary, vedette.KindRegionalSummary:
			s.summary = true
		}
		return true
	}
	if !s.titled || s.sec == None || !s.isTitle(l.Text) {
		return false
	}
	s.sec, s.group, s.daily = None, "", ""
	s.put(TitleLine, l, l.Text)
	return true
}

// titleWraps says whether the line after the title goes on with it: it opens
// with a small letter, or the title fills its line and what follows is none of
// the things that stand there.
func (s *scanner) titleWraps() bool {
	if s.i+1 >= len(s.lines) || s.lines[s.i+1].Text == "" {
		return false
	}
	text, next := s.lines[s.i].Text, s.lines[s.i+1].Text
	var d when.Stamp
	_, _, head := s.heading(next)
	_, bulleted := cutBullet(next)
	switch {
	case head || bulleted || d.Add(s.t, next) || len(s.panel(next)) > 0 || s.isByline(next):
		return false
	case lowerStart(next):
		return true
	}
	return s.width > 0 && utf8.RuneCountInString(text)*5 >= s.width*4 && !endsSentence(text) && !endsSentence(next)
}

func (s *scanner) takeDate(l page.Line) bool {
	if s.sec != None {
		if !s.dateOfNext() || !s.gap && s.open >= 0 && !endsSentence(s.lines[s.i-1].Text) {
			return false
		}
		s.put(Issued, l, l.Text)
		return true
	}
	if s.dates[l.Text] {
		s.put(Issued, l, l.Text)
		return true
	}
	if !s.Stamp.Add(s.t, l.Text) {
		return false
	}
	s.date(l)
	return true
}

// dateOfNext says whether the line is part of a date that stands above a
// further title.
func (s *scanner) dateOfNext() bool {
	var d when.Stamp
	for j := s.i; j < len(s.lines) && j < s.i+6; j++ {
		text := s.lines[j].Text
		if text == "" || d.Add(s.t, text) {
			continue
		}
		return j > s.i && s.isTitle(text)
	}
	return false
}

func (s *scanner) date(l page.Line) {
	s.put(Issued, l, l.Text)
	s.dates[l.Text] = true
	if s.Dated[0] == 0 {
		s.Dated[0] = l.First
	}
	s.Dated[1] = l.Last
}

func (s *scanner) isByline(text string) bool {
	if len(text) > maxLine || !s.t.Noise.Opens(text) {
		return false
	}
	ts := phrase.Tokens(text)
	if len(ts) < 2 || len(ts) > 14 || endsSentence(text) {
		return false
	}
	h, ok := s.t.Noise.At(ts, 0)
	if !ok || h.Label != "byline" || h.To >= len(ts) {
		return false
	}
	to := h.To
	if (ts[to].Word == "the" || ts[to].Word == "our") && to+1 < len(ts) {
		to++
	}
	return ts[h.To].Word == ":" || ts[to].Upper
}

// takeByline takes a byline before the claims, and anywhere one that says so:
// "Written by: A | Reviewed by: B".
func (s *scanner) takeByline(l page.Line) bool {
	if !s.isByline(l.Text) {
		return false
	}
	if word, _, named := strings.Cut(l.Text, ":"); s.sec != None && s.sec != Summary && !(named && s.t.Noise.Is(phrase.Tokens(word), 0, "byline")) {
		return false
	}
	s.put(Aside, l, l.Text).Reason = vedette.AsideByline
	return true
}

func lowerStart(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(c)
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}
