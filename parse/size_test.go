package parse

import (
	"maps"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"vedette/gazetteer"
	"vedette/parse/page"
	"vedette/testdata/reports"
)

// ofSize is a report that says the piece until it has about size bytes: in
// eight items, half of them claims and half advice, where a piece is no line
// of its own.
func ofSize(piece string, size int) []byte {
	const head, told = "Iran ALERT: a test of size\nCurrent Situation:\n", "Recommendations:\n"
	half := strings.Repeat(piece, size/2/len(piece))
	if !strings.Contains(piece, "\n") {
		half = strings.Repeat("- "+strings.Repeat(piece, size/8/len(piece))+"\n", 4)
	}
	return []byte(head + half + told + half)
}

// Four times the text may take four times as long, and ten for a busy
// machine; a pass that goes over its words again takes sixteen. The larger
// items are just short of what is read as one.
func TestReadingIsLinear(t *testing.T) {
	const most, floor = 10, 30 * time.Millisecond
	size := 30 << 10
	if testing.Short() {
		size /= 4
	}
	g := gazetteer.Default()
	for name, piece := range reports.Hostile {
		text, longer := ofSize(piece, size), ofSize(piece, 4*size)
		sound(t, Read(g, text, Options{}))
		least := [2]time.Duration{time.Hour, time.Hour}
		slow := true
		for try := 0; try < 12 && slow; try++ {
			for i, b := range [][]byte{text, longer} {
				start := worked(t)
				Read(g, b, Options{})
				least[i] = min(least[i], worked(t)-start)
			}
			slow = least[1] > most*least[0] && least[1] > floor
		}
		if slow {
			t.Errorf("%s: %d kB take %v, four times as much takes %v", name, size>>10, least[0], least[1])
		}
	}
}

// worked is the processor's time that this program has had: a busy machine
// takes the clock's, not this.
func worked(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// The longest text that is read, of lines, of items as long as are read, and
// of one endless line.
func TestTheLongestTextIsRead(t *testing.T) {
	if testing.Short() {
		t.Skip("short: the longest texts are left out")
	}
	for name, text := range reports.Longest("Avoid all travel to Iran, if it happens, until May 3. ", page.MaxBytes) {
		r := Read(gazetteer.Default(), text, Options{})
		sound(t, r)
		if read := len(r.Recommendations) > 0; read != (name != "one line") {
			t.Errorf("%s: advice read: %v", name, read)
		}
	}
}

// The figures to watch, for the worst of texts.
func BenchmarkReadHostile(b *testing.B) {
	g := gazetteer.Default()
	for _, name := range slices.Sorted(maps.Keys(reports.Hostile)) {
		texts := reports.Longest(reports.Hostile[name], page.MaxBytes)
		for _, form := range slices.Sorted(maps.Keys(texts)) {
			b.Run(name+"/"+form, func(b *testing.B) {
				b.SetBytes(int64(len(texts[form])))
				b.ReportAllocs()
				for b.Loop() {
					Read(g, texts[form], Options{})
				}
			})
		}
	}
}
