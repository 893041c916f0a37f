package document_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"vedette/intake/document"
)

// word makes a Word document of the body of its text, and of other entries.
func word(t testing.TB, body string, more ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	more = append([]string{"[Content_Types].xml", "<Types/>", "word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`}, more...)
	for i := 0; i < len(more); i += 2 {
		w, err := z.Create(more[i])
		if err == nil {
			_, err = w.Write([]byte(more[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func paragraph(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }

// page makes a PDF of one page that draws a stream, with resources.
func pdfOf(stream, resources string, more ...string) []byte {
	out := "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
		"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<" + resources + ">>>>endobj\n" +
		fmt.Sprintf("4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n", len(stream), stream)
	return []byte(out + strings.Join(more, "\n") + "\ntrailer<</Root 1 0 R>>\n")
}

const helvetica = "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>"

func deflated(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.String()
}

// What a file says, by its kind.
func TestFilesAreRead(t *testing.T) {
	latin, err := charmap.ISO8859_1.NewEncoder().String("<html><head><meta charset='iso-8859-1'></head><body><h1>Alert: São Tomé</h1><p>Café closed</p></body></html>")
	if err != nil {
		t.Fatal(err)
	}
	cyrillic, err := charmap.KOI8R.NewEncoder().String("Тревога")
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("<p>Alert: Zürich</p><p>two</p>")
	if err != nil {
		t.Fatal(err)
	}
	packed := deflated("BT /F1 12 Tf 72 700 Td (Iraq Alert: Strikes) Tj 0 -14 Td [(Ba) -20 (sra) -300 (is) -300 (calm)] TJ 0 -40 Td (Caf\\351 \\(closed\\)) Tj ET")
	for _, c := range []struct{ name, file, want string }{
		{"a.txt", "Alert: one\nline\n", "Alert: one\nline\n"},
		{"a.html", latin, "<html><head><meta charset='iso-8859-1'></head><body><h1>Alert: São Tomé</h1><p>Café closed</p></body></html>"},
		{"wide.htm", wide, "<p>Alert: Zürich</p><p>two</p>"},
		{"noname", "<html><body><p>one</p><ul><li>two</ul>", "<html><body><p>one</p><ul><li>two</ul>"},
		{"a.eml", "Subject: =?utf-8?q?FW=3A_Alert=3A_Z=C3=BCrich?=\nContent-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte(cyrillic)) + "\n", "Alert: Zürich\n\nТревога\n"},
		{"b.eml", "Subject: Alert\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nAlert\nplain=20wo=\nrds\n--y\nContent-Type: text/html\n\n<p>markup</p><p>b</p>\n--y--\n--x\nContent-Type: application/pdf\nContent-Disposition: attachment\n\nzzz\n--x--\n", "Alert\nplain words\n"},
		{"c.eml", "Content-Type: text/html\n\n<html><meta charset=windows-1252><p>caf\xe9</p><p>b</p>", "café\nb\n"},
		{"a.docx", string(word(t, paragraph("Iraq Alert: Strikes")+"<w:p/><w:p/>"+
			`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr><w:tabs><w:tab w:val="left"/></w:tabs><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Leave </w:t></w:r><w:del><w:r><w:delText>never</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>now &amp; fast</w:t><w:tab/><w:t>x</w:t></w:r></w:p>`+
			"<w:tbl><w:tr><w:tc>"+paragraph("RISK")+"</w:tc><w:tc>"+paragraph("High")+"</w:tc></w:tr></w:tbl>"+
			"<w:p><w:r><mc:AlternateContent><mc:Choice>"+"<w:txbxContent>"+paragraph("Box")+"</w:txbxContent></mc:Choice><mc:Fallback>"+paragraph("Box")+"</mc:Fallback></mc:AlternateContent></w:r></w:p>")), "Iraq Alert: Strikes\n\n- Leave now & fast x\nRISK\nHigh\nBox\n"},
		{"a.pdf", string(pdfOf(packed, helvetica)), ""}, // its filter is not named
		{"b.pdf", strings.Replace(string(pdfOf(packed, helvetica)), "<</Length", "<</Filter/FlateDecode/Length", 1), "Iraq Alert: Strikes\nBasra is calm\n\nCafé (closed)\n"},
	} {
		got, err := document.Read(c.name, []byte(c.file))
		if c.want == "" {
			if err == nil {
				t.Errorf("%s: %q", c.name, got.Body)
			}
			continue
		}
		if err != nil || string(got.Body) != c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, got.Body, err, c.want)
		}
	}
}

// A PDF of a browser: composite fonts, tables of letters, packed objects.
func TestAPDFOfABrowserIsRead(t *testing.T) {
	file, err := os.ReadFile("testdata/chromium.pdf")
	if err != nil {
		t.Fatal(err)
	}
	got, err := document.Read("chromium.pdf", file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Iraq Alert: Strikes near Basra close the port; stay\naway from it\n", "\nAFFECTED AREA\nIraq\nRISK\nHigh\n", "the efficient office “flows” on\n– for now.", "\nAvoid all travel to Basra.\n"} {
		if !strings.Contains(string(got.Body), want) {
			t.Errorf("no %q in\n%s", want, got.Body)
		}
	}
	if o := got.Origin("chromium.pdf"); o != "chromium.pdf (read from PDF)" {
		t.Error(o)
	}
}

// What was left out of a file is said where its origin is.
func TestWhatIsLeftOutIsSaid(t *testing.T) {
	doc := word(t, paragraph("Alert")+"<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>", "word/footnotes.xml", "<w:footnotes><w:footnote w:id='0'><w:t>note</w:t></w:footnote></w:footnotes>", "word/comments.xml", "<x/>")
	got, err := document.Read("a.docx", doc)
	if o := got.Origin("a.docx"); err != nil || o != "a.docx (read from Word; tracked changes taken as accepted; 1 footnotes not read; comments not read)" {
		t.Error(o, err)
	}
}

// What cannot be read for sure, or is more than a report, is refused with what to do.
func TestFilesAreRefusedInWords(t *testing.T) {
	show := "BT /F1 12 Tf 72 700 Td (abcdefghijklmnopqrstuvwxyz) Tj ET"
	lost := "/Font<</F1<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<<>>]>>>>"
	hebrew := "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</Differences[97/uni05D0]>>>>>>"
	bomb := strings.Repeat("<w:p/>", 8<<20)
	nested := strings.Repeat("<w:tbl>", 300)
	deep := "Content-Type: multipart/mixed; boundary=x\n\n" + nestedMail(20)
	flate := strings.Replace(string(pdfOf(deflated(deflated(strings.Repeat(" ", 128<<20))), helvetica)), "<</Length", "<</Filter[/FlateDecode/FlateDecode]/Length", 1)
	for _, c := range []struct{ name, file, want string }{
		{"big.pdf", "%PDF-" + strings.Repeat("a", document.MaxFile+1), "larger than 8 MB"},
		{"old.doc", "\xd0\xcf\x11\xe0xxxx", "save it as .docx"},
		{"a.rtf", `{\rtf1`, "save it as .docx"},
		{"a.docx", "not a zip", "is no .docx file"},
		{"b.docx", "PK\x03\x04 not a zip", "broken Word file"},
		{"a.zip", string(word(t, "")[:0]) + string(archive(t, "readme.txt", "x")), "no Word document"},
		{"empty.docx", string(word(t, "<w:p/>")), "has no text"},
		{"bomb.docx", string(word(t, bomb)), "unpacks to more than 32 MB"},
		{"many.docx", string(word(t, paragraph("x"), strings.Split(strings.Repeat("a,b,", 4001)+"c,d", ",")...)), "more than any document"},
		{"nested.docx", string(word(t, nested)), "nested too deep"},
		{"entities.docx", string(archive(t, "word/document.xml", `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document><w:p><w:t>&b;</w:t></w:p></w:document>`)), "declares entities"},
		{"entity.docx", string(word(t, "<w:p><w:r><w:t>&nbsp;&lol9;</w:t></w:r></w:p>")), "broken Word file"},
		{"crossed.docx", string(word(t, "<w:p><w:r></w:p></w:r>")), "broken Word file"},
		{"a.eml", "no header at all", "is no mail"},
		{"deep.eml", deep, "nested too deep"},
		{"attached.eml", "Content-Type: application/pdf\n\nzzz", "save the attachment"},
		{"klingon.eml", "Content-Type: text/plain; charset=klingon\n\n\xfe\x80", "not known here (klingon)"},
		{"scan.pdf", string(pdfOf("/I Do", "/XObject<</I 9 0 R>>", "9 0 obj<</Subtype/Image/Filter/DCTDecode/Length 3>>stream\nabc\nendstream endobj")), "is a scan"},
		{"blank.pdf", string(pdfOf("", helvetica)), "is a scan"},
		{"locked.pdf", strings.Replace(string(pdfOf(show, helvetica)), "/Root", "/Encrypt 7 0 R/Root", 1), "locked with a password"},
		{"letters.pdf", string(pdfOf(show, lost)), "which letters its signs are"},
		{"none.pdf", string(pdfOf(show, "")), "which letters its signs are"},
		{"hebrew.pdf", string(pdfOf(show, strings.Replace(hebrew, "[97", "[98/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z 97", 1))), "from right to left"},
		{"bomb.pdf", flate, "more work to read than any report"},
		{"deep.pdf", "%PDF-1.4\n1 0 obj" + strings.Repeat("[", 100), "more work to read than any report"},
		{"broken.pdf", "%PDF-1.4\nxxxx", "broken PDF"},
		{"endless.pdf", string(pdfOf(strings.Repeat("/X Do ", 10), "/XObject<</X 9 0 R>>", "9 0 obj<</Subtype/Form/Resources<</XObject<</X 9 0 R>>>>/Length 60>>stream\n"+strings.Repeat("/X Do ", 10)+"\nendstream endobj")), "more work to read than any report"},
		{"pages.pdf", "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[" + strings.Repeat("<<>>", 201) + "]>>endobj", "more than 200 pages"},
	} {
		got, err := document.Read(c.name, []byte(c.file))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.name) {
			t.Errorf("%s: %.100q, %v; want %q", c.name, got.Body, err, c.want)
		}
	}
}

// nestedMail is mail in mail, so deep.
func nestedMail(deep int) (out string) {
	for i := range deep {
		out += fmt.Sprintf("--%s\nContent-Type: multipart/mixed; boundary=%s\n\n", strings.Repeat("x", i+1), strings.Repeat("x", i+2))
	}
	return out
}

func archive(t testing.TB, entry, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(entry)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// holds is what is so of any file: it gives a bounded text of UTF-8, or a sentence.
func holds(t *testing.T, name string, file []byte) {
	got, err := document.Read(name, file)
	switch {
	case err != nil:
		if s := err.Error(); !strings.Contains(s, name) || len(s) > 500 {
			t.Errorf("an error of %d bytes: %.200s", len(s), s)
		}
	case !utf8.Valid(got.Body) && got.Kind != "text":
		t.Errorf("not UTF-8: %q", got.Body)
	case strings.Contains("a mail, Word, PDF", got.Kind) && (len(got.Body) > 2<<20+1 || len(bytes.TrimSpace(got.Body)) == 0):
		t.Errorf("%d bytes of text from %s", len(got.Body), got.Kind)
	}
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte("<html><meta charset=koi8-r><p>a</p><li>b"))
	f.Add([]byte("<meta charset=utf-16><p>\xff\xfea"))
	f.Add([]byte("<meta charset=iso-2022-jp><p>\x1b$B"))
	f.Fuzz(func(t *testing.T, file []byte) { holds(t, "a.html", file) })
}

func FuzzEML(f *testing.F) {
	f.Add([]byte("Subject: =?koi8-r?b?4A==?=\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\na\n--x\nContent-Type: text/html; charset=utf-7\n\n<p>b\n--x--"))
	f.Fuzz(func(t *testing.T, file []byte) { holds(t, "a.eml", file) })
}

// The text of a Word document, packed: what is wrong with archives is the archive's.
func FuzzDocx(f *testing.F) {
	f.Add([]byte(paragraph("a") + "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:br/><w:t>b</w:t></w:r></w:p><mc:Fallback><x/></mc:Fallback>"))
	f.Add([]byte("<!DOCTYPE a><a>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		holds(t, "a.docx", word(t, string(body)))
		holds(t, "b.docx", append([]byte("PK\x03\x04"), body...))
	})
}
