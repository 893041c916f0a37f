package intake

import (
	"strings"

	"vedette"
	"vedette/intake/address"
	"vedette/intake/sheet"
)

// maxContacts is how many second contacts of a kind are kept.
const maxContacts = 10

// contacts puts together whom to ask when a person does not answer.
func contacts(in *sheet.Reader) []vedette.Contact {
	all := contactsOf(in, vedette.ContactEmergency, fieldEmergencyName, fieldEmergencyPhone, fieldEmergencyEmail)
	return append(all, contactsOf(in, vedette.ContactCompanion, fieldCompanionName, fieldCompanionPhone, fieldCompanionEmail)...)
}

// contactsOf gathers the contacts of one kind. Columns whose headers bear the
// same number belong together; of several columns without one, the first name
// goes with the first phone, and so on.
func contactsOf(in *sheet.Reader, kind vedette.ContactKind, name, phone, email sheet.Field) []vedette.Contact {
	var all []vedette.Contact
	number := map[int][]int{} // the contacts of a number, in all
	slot := func(c sheet.Cell, taken func(*vedette.Contact) bool) *vedette.Contact {
		for _, i := range number[c.Column.Number] {
			if !taken(&all[i]) {
				return &all[i]
			}
		}
		number[c.Column.Number] = append(number[c.Column.Number], len(all))
		all = append(all, vedette.Contact{Kind: kind})
		return &all[len(all)-1]
	}
	for _, c := range in.Cells(name) {
		for _, part := range strings.Split(c.Value, ";") {
			if contact := readContact(in, sheet.Cell{Value: strings.TrimSpace(part), Column: c.Column}); contact != (vedette.Contact{}) {
				contact.Kind = kind
				*slot(c, func(*vedette.Contact) bool { return true }) = contact
			}
		}
	}
	for _, c := range in.Cells(phone) {
		if p := in.Told(c, address.Phone); p != "" {
			slot(c, func(o *vedette.Contact) bool { return o.Phone != "" && o.Phone != p }).Phone = p
		}
	}
	for _, c := range in.Cells(email) {
		if e := in.Told(c, address.Email); e != "" {
			slot(c, func(o *vedette.Contact) bool { return o.Email != "" && o.Email != e }).Email = e
		}
	}
	if len(all) > maxContacts {
		in.Problem(sheet.Cell{}, "this row has more than ten contacts of a kind: keep those who know where the person is")
		return nil
	}
	return all
}

// readContact reads "Ana Ruiz", "Ana Ruiz +34 600 000 000", "Ana, ana@example.org".
func readContact(in *sheet.Reader, c sheet.Cell) vedette.Contact {
	var contact vedette.Contact
	var name, phone []string
	for _, w := range strings.Fields(c.Value) {
		w = strings.Trim(w, ",:<>|")
		switch {
		case w == "":
		case strings.Contains(w, "@"):
			contact.Email = in.Told(sheet.Cell{Value: w, Column: c.Column}, address.Email)
		case strings.ContainsAny(w, "0123456789") && strings.Trim(w, "0123456789+().-/") == "":
			phone = append(phone, w)
		case strings.Trim(w, "-–—/") != "":
			name = append(name, w)
		}
	}
	contact.Name = strings.Join(name, " ")
	if len(phone) > 0 {
		contact.Phone = in.Told(sheet.Cell{Value: strings.Join(phone, " "), Column: c.Column}, address.Phone)
	}
	return contact
}
